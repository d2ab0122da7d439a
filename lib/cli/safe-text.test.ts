import fc from 'fast-check';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { annotation } from '../report/workflow-commands.ts';
import { safeCommands, safeText } from './safe-text.ts';
import { terminalOf } from './terminal-of.ts';

const ESCAPE = '\u001b';
const COLOURS = new RegExp(`${ESCAPE}\\[(1|2|22|31|32|33|39)m`, 'g');

/** What GitHub's runner, or Azure's, would take for a command. */
const COMMAND = /^\s*::|##\w*\[/m;

describe('a text on its way out', () => {
  it.each([
    ['::error file=a::pwned', ': :error file=a::pwned'],
    ['   ::error::pwned', '   : :error::pwned'],
    ['\t\u00a0\u3000::error::pwned', '\t\u00a0\u3000: :error::pwned'],
    ['\ufeff\u200b::error::pwned', '\ufeff\u200b: :error::pwned'],
    ['fine\n::add-mask::x\r\n::warning::y', 'fine\n: :add-mask::x\n: :warning::y'],
    ['fine\r::error::x', 'fine\n: :error::x'],
    ['fine\u2028::error::x', 'fine\n: :error::x'],
    ['fine\u0085::error::x', 'fine\n: :error::x'],
    ['a ##[error]b ##[add-mask]c', 'a ## [error]b ## [add-mask]c'],
    ['###[group]', '### [group]'],
    ['##vso[task.setvariable]x ##teamcity[x]', '## vso[task.setvariable]x ## teamcity[x]'],
    ['a::b, std::vector', 'a::b, std::vector'],
    ['# Heading [x]', '# Heading [x]'],
    [`${ESCAPE}]0;title\u0007a${ESCAPE}[2Jb\u009b31mc`, 'abc'],
    [`a${ESCAPE}[`, 'a ['],
    ['a\bb\u0000c\u007f', 'a b c '],
    ['\u202egnp.exe\u2066 \u061c', 'gnp.exe '],
    ['tab\tkept 👩‍👩‍👧 é ü', 'tab\tkept 👩‍👩‍👧 é ü'],
    ['\u{e0041}x\ud800', 'x\ufffd'],
  ])('%j becomes %j', (text, safe) => {
    expect(safeText(text, false)).toBe(safe);
    expect(safeText(text, true).replace(COLOURS, '')).toBe(safe);
  });

  it('keeps the colours that our renderers use, and takes all others', () => {
    const colours = pc.createColors(true);
    const own = `${colours.bold(colours.red('FAIL'))} ${colours.green('ok')} ${colours.yellow('warn')} ${colours.dim('note')}`;
    expect(safeText(own, true)).toBe(own);
    expect(safeText(own, false)).toBe('FAIL ok warn note');
    expect(safeText(`${ESCAPE}[8mhidden ${ESCAPE}[30;40mblack ${ESCAPE}[5mblink`, true)).toBe('hidden black blink');
  });

  it.each([
    `:${ESCAPE}[31m:error::x`,
    `${ESCAPE}[31m::error::x`,
    `${ESCAPE}[8m::error::x`,
    `:${ESCAPE}[8m:error::x`,
    `#${ESCAPE}[31m#[error]`,
    `##${ESCAPE}[5m[error]`,
    `${ESCAPE}[${ESCAPE}[31m31m`,
    ':\u202e:error::x',
    '#\u202e#[error]',
  ])('%j is no command either, with colours or without', (text) => {
    for (const hasColour of [true, false]) {
      expect(safeText(text, hasColour).replace(COLOURS, '')).not.toMatch(COMMAND);
    }
  });

  it('holds nothing that drives a terminal or a runner, whatever it was', () => {
    const piece = fc.constantFrom(':', '::', '#', '##', '[', 'm', '31', ';', ' ', '\n', '\r', ESCAPE, `${ESCAPE}[31m`);
    const other = fc.constantFrom('\u009b', '\u202e', '\u2028', '\u0007', ']0;', 'error', '\ud800', '\u{e0041}', 'é');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, other)), fc.boolean(), (pieces, hasColour) => {
        const safe = safeText(pieces.join(''), hasColour);
        const bare = safe.replace(hasColour ? COLOURS : '', '');
        expect(bare).not.toMatch(/(?![\n\t])\p{Cc}|[\u202e\u2028\u{e0041}]|\p{Cs}/u);
        expect(bare).not.toMatch(COMMAND);
        expect(safe).not.toMatch(COMMAND);
        expect(safeText(safe, hasColour), 'once more').toBe(safe);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('workflow commands that are meant', () => {
  it('go out as they are', () => {
    const commands = [annotation('error', 'k6-verdict: a,b', 'one\ntwo: 100 %'), '::notice::hello'].join('\n');
    expect(safeCommands(commands)).toBe(commands);
  });

  it.each(['x\n::error::y', 'x\r::error::y', '##[error]x', `${ESCAPE}[31m`, '\u202e', 'a::set-output name=b::c'])(
    'hold %j as text alone',
    (text) => {
      const line = annotation('warning', text, text);
      expect(line).not.toMatch(/\p{Cc}|##\[|\u202e/u);
      expect(line.match(/^::warning title=[^:,]*::/)).not.toBeNull();
      expect(safeCommands(line)).toBe(line);
    },
  );

  it.each([
    '::add-mask::x',
    '::set-output name=a::b',
    '::stop-commands::x',
    '::error file=a::x',
    'hello',
    '##[error]x',
  ])('%j is none of them', (line) => {
    expect(safeCommands(line)).not.toMatch(COMMAND);
  });
});

describe('the terminal', () => {
  function written(secrets: readonly string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const write = (to: string[]) => (text: string) => void to.push(text);
    return { out, err, terminal: terminalOf(write(out), write(err), false, secrets) };
  }

  it('lets nothing out that was not made harmless, and commands by one door alone', () => {
    const { out, err, terminal } = written([]);
    terminal.print('::error::a');
    terminal.say('::error::b');
    terminal.annotate('::error::c', 'stdout');
    terminal.annotate('::error::d', 'stderr');
    expect(out).toEqual([': :error::a\n', '::error::c\n']);
    expect(err).toEqual([': :error::b\n', '::error::d\n']);
  });

  it('repeats no secret that it knows, not even one that is put together on the way', () => {
    const { out, err, terminal } = written(['canary-1', 'can\u0007ary']);
    terminal.print('a canary-1 b');
    terminal.say('can\u202eary-1 can\u0007ary');
    terminal.annotate('::error::canary-1', 'stdout');
    expect([...out, ...err]).toEqual(['a *** b\n', '::error::***\n', '*** ***\n']);
  });
});
