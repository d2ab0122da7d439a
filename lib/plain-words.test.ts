import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GLOSSARY = path.join(ROOT, 'docs/glossary.md');
const NOT_USED = '## Words that are not used';

/** What users of the package read is made of these; what only its developers run is not. */
const NOT_READ_BY_USERS = /(\.test\.ts$|\.d\.ts$|^lib\/(e2e|bench|testing|mutation|reference)\/)/;

interface Text {
  readonly place: string;
  readonly text: string;
}

const words = wordsNotUsed(readFileSync(GLOSSARY, 'utf8'));
const files = readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .map((file) => `lib/${file.replaceAll(path.sep, '/')}`)
  .filter((file) => !file.includes('node_modules'));

describe('the words that the glossary does not use', () => {
  it.each([
    ['in a sentence', 'Latency at rest is known.', ['at rest']],
    ['whatever the case and the space', 'Ok\n  replies', ['ok replies', 'replies']],
    ['not within another word', 'that restarted, laddering, replying', []],
  ])('are found %s', (_, text, found) => {
    expect(wordsIn(text)).toEqual(found);
  });

  it('are found in strings of the sources, and not in their names and comments', () => {
    const source = [
      'const ladder = 1; /* at rest */',
      'say(`a ladder of $',
      "{ladder}`, 'ladder', 'no ladder here');",
    ].join('');
    expect(stringsOf(source)).toEqual(['a ladder of ', 'no ladder here']);
  });

  it('are found in text, and not in code, of a page', () => {
    expect(withoutCode('a `reply`\n```ts\nreply\n```\nb\n```\nshown reply\n```\n').trim().split(/\s+/)).toEqual(
      'a b shown reply'.split(' '),
    );
  });

  it.each([
    ['golden files', goldenFiles(), 30],
    ['pages', pages(), 15],
    ['strings of the sources, of which help, messages and reports are made', strings(), 3000],
  ] as const)('stand in none of the %s', (_, texts, least) => {
    expect(texts.length).toBeGreaterThan(least);
    expect(
      texts.flatMap(({ place, text }) => wordsIn(text).map((word) => `${place}: ${word}: ${text.slice(0, 200)}`)),
    ).toEqual([]);
  });
});

function wordsNotUsed(glossary: string): string[] {
  const rows = glossary.slice(glossary.indexOf(NOT_USED)).matchAll(/^\| ([^|]+) \| [^|]+ \|$/gm);
  return [...rows].flatMap(([, not = '']) => not.split(', ')).filter((word) => word !== 'not');
}

function wordsIn(text: string): string[] {
  return words.filter((word) => new RegExp(`\\b${word.replaceAll(' ', '\\s+')}\\b`, 'i').test(text));
}

function goldenFiles(): Text[] {
  return files
    .filter((file) => /\/golden\/[^/]+\.(md|html|txt|xml)$/.test(file) && !file.includes('fixtures'))
    .flatMap((file) =>
      // A name in JUnit stays what it was, so that a server keeps its history.
      linesOf(file, readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/ (class)?name="[^"]*"/g, '')),
    );
}

function pages(): Text[] {
  const docs = readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', ...docs.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)].flatMap((file) => {
    const [page = ''] = readFileSync(path.join(ROOT, file), 'utf8').split(NOT_USED);
    return linesOf(file, withoutCode(page));
  });
}

function strings(): Text[] {
  return files
    .filter((file) => file.endsWith('.ts') && !NOT_READ_BY_USERS.test(file))
    .flatMap((place) => stringsOf(readFileSync(path.join(ROOT, place), 'utf8')).map((text) => ({ place, text })));
}

/** Sentences, and not names: what has a space. */
function stringsOf(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found.filter((text) => /[a-z] |\s[a-z]/i.test(text));
}

/** What a page shows of a terminal is text; what has a language is code. */
function withoutCode(page: string): string {
  return page
    .replaceAll(/^```\w.*\n[\s\S]*?^```$/gm, '')
    .replaceAll(/^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '');
}

function linesOf(place: string, text: string): Text[] {
  return text.split('\n').map((line) => ({ place, text: line }));
}
