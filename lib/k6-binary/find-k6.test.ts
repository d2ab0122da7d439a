import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../core/spec/errors.ts';
import { CANNOT_FAKE_PROGRAMS, FakeComputer } from '../testing/fake-computer.ts';
import { buildPlaceOf } from './build-place.ts';
import { type FindK6Options, findK6 } from './find-k6.ts';
import { readK6Module } from './k6-module.ts';

/** Nothing is measured by it: it ends what hangs. */
const GUARD = { timeout: 60_000 };

let computer: FakeComputer;

beforeEach(() => {
  computer = new FakeComputer();
});

afterEach(() => {
  computer.remove();
});

async function refusalOf(options: FindK6Options): Promise<string> {
  const error = await findK6(options).then(
    (k6) => expect.fail(`found ${k6.path}`),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

async function placeOf({ moduleFolder, cacheFolder }: FakeComputer) {
  return buildPlaceOf(await readK6Module(moduleFolder), cacheFolder);
}

describe.skipIf(CANNOT_FAKE_PROGRAMS)('K6_BIN', () => {
  it('beats a k6 on PATH, and one that could be built', async () => {
    computer.addK6('k6', '2.2.0');
    computer.addGo();
    const named = computer.addK6('../elsewhere/my-k6', '2.3.0-rc1');
    expect(await findK6(computer.options({ K6_BIN: named }))).toEqual({
      path: named,
      version: '2.3.0-rc1',
      source: 'K6_BIN',
      hasRecorder: false,
    });
    expect(computer.lines).toEqual([]);
    expect(computer.goCalls()).toEqual([]);
  });

  it('may name a k6 with the recorder', async () => {
    const named = computer.addK6('../elsewhere/my-k6', '2.2.0', { hasRecorder: true });
    expect(await findK6(computer.options({ K6_BIN: named }))).toMatchObject({ source: 'K6_BIN', hasRecorder: true });
  });

  it('may be relative to the current folder', async () => {
    const named = computer.addK6('k6', '2.2.0');
    const k6 = await findK6(computer.options({ K6_BIN: path.relative(process.cwd(), named) }));
    expect(k6.path).toBe(named);
  });

  it('counts as not set when it is empty', async () => {
    computer.addK6('k6', '2.2.0');
    expect((await findK6(computer.options({ K6_BIN: '' }))).source).toBe('PATH');
  });

  it('is asked without the K6_ settings, one of which could keep it from answering', async () => {
    const named = computer.addProgram('picky', '[ -z "$K6_LOG_OUTPUT" ] && echo "k6 v2.2.0 (go1.26.8, linux/amd64)"');
    expect((await findK6(computer.options({ K6_BIN: named, K6_LOG_OUTPUT: 'bad' }))).version).toBe('2.2.0');
  });

  describe('is refused, though a good k6 is on PATH,', () => {
    beforeEach(() => {
      computer.addK6('k6', '2.2.0');
    });

    it('when it names nothing', async () => {
      const missing = path.join(computer.folder, 'missing');
      const message = await refusalOf(computer.options({ K6_BIN: missing }));
      expect(message).toContain('K6_BIN names a file that does not exist');
      expect(message).toContain(`K6_BIN="${missing}"`);
      expect(message).toContain('expected: the path of a k6 program, version >=2.0.0 <3');
      expect(message).toContain('to do:    correct K6_BIN, or unset it');
    });

    it('when it names a folder', async () => {
      expect(await refusalOf(computer.options({ K6_BIN: computer.bin }))).toContain('is a folder');
    });

    it('when it names a text file', async () => {
      const file = path.join(computer.folder, 'notes.txt');
      writeFileSync(file, 'k6 v2.2.0\n');
      expect(await refusalOf(computer.options({ K6_BIN: file }))).toContain('marked as executable');
    });

    it('when its interpreter is missing', async () => {
      const file = computer.addK6('broken', '2.2.0');
      writeFileSync(file, '#!/no/such/interpreter\n');
      expect(await refusalOf(computer.options({ K6_BIN: file }))).toContain('interpreter or loader');
    });

    it('when it names another program', async () => {
      const other = computer.addProgram('other', 'echo "cannot access $1" >&2; exit 2');
      expect(await refusalOf(computer.options({ K6_BIN: other }))).toContain(
        'answered "version" with exit code 2 and "cannot access version"',
      );
    });

    it('when it prints without end', async () => {
      const chatty = computer.addProgram('chatty', 'while :; do echo version; done');
      expect(await refusalOf(computer.options({ K6_BIN: chatty }))).toContain('"version"');
    });

    it('when it never answers, without waiting for what it started', async () => {
      const hanging = computer.addProgram('hanging', '/bin/sleep 30\necho "k6 v2.2.0"');
      const options = { ...computer.options({ K6_BIN: hanging }), versionTimeoutMs: 200 };
      expect(await refusalOf(options)).toContain('did not answer "version" within 0.2 s');
    });

    it('when its version is not supported', async () => {
      const old = computer.addK6('old', '1.4.0');
      const message = await refusalOf(computer.options({ K6_BIN: old }));
      expect(message).toContain('K6_BIN names a k6 that is not supported');
      expect(message).toContain(`k6 v1.4.0 at ${old}`);
    });
  });
});

describe.skipIf(CANNOT_FAKE_PROGRAMS)('PATH, where there is no Go,', () => {
  it('gives its first supported k6, and says which it passed over', async () => {
    const old = computer.addK6('k6', '1.4.0');
    const other = computer.addProgram('../bin2/k6', 'exit 1');
    const good = computer.addK6('../bin3/k6', '2.0.0');
    const folders = [old, other, good].map((file) => path.dirname(file));
    expect(await findK6(computer.options({ PATH: folders.join(':') }))).toEqual({
      path: good,
      version: '2.0.0',
      source: 'PATH',
      hasRecorder: false,
    });
    expect(computer.lines).toEqual([
      `k6 on PATH passed over: ${old} is v1.4.0, not >=2.0.0 <3`,
      `k6 on PATH passed over: ${other} answered "version" with exit code 1 and no output`,
      expect.stringContaining(`k6 on PATH is used, ${good}, which has no recorder`),
    ]);
  });

  it('gives a k6 without the recorder with one line that says what is missing and how to get it', async () => {
    computer.addK6('k6', '2.2.0');
    await findK6(computer.options());
    expect(computer.lines).toHaveLength(1);
    const [line] = computer.lines;
    for (const lack of ['curve over time', 'causes', 'custom metrics', 'single samples']) expect(line).toContain(lack);
    expect(line).toContain('install Go 1.25.0 or newer');
    expect(line).not.toContain('\n');
  });

  it('gives a k6 with the recorder without a word', async () => {
    computer.addK6('k6', '2.2.0', { hasRecorder: true });
    expect(await findK6(computer.options())).toMatchObject({ source: 'PATH', hasRecorder: true });
    expect(computer.lines).toEqual([]);
  });

  it('gives its k6 where the cached build does not run any more', async () => {
    computer.addGo();
    const { path: program } = await findK6(computer.options());
    writeFileSync(program, 'exit 1');
    rmSync(path.join(computer.bin, 'go'));
    const good = computer.addK6('k6', '2.2.0');
    expect(await findK6(computer.options())).toMatchObject({ path: good, source: 'PATH' });
    expect(computer.lines).toContainEqual(expect.stringContaining('it is not used'));
  });
});

describe.skipIf(CANNOT_FAKE_PROGRAMS)('a good k6 on PATH', () => {
  beforeEach(() => {
    computer.addK6('k6', '2.2.0');
  });

  it('is left alone where our own can be built, and where it is in the cache, also without Go', async () => {
    computer.addGo();
    expect(await findK6(computer.options())).toMatchObject({ source: 'built', hasRecorder: true });
    rmSync(path.join(computer.bin, 'go'));
    expect(await findK6(computer.options())).toMatchObject({ source: 'cache', hasRecorder: true });
    expect(computer.lines.join()).not.toContain('on PATH');
  });

  it('does not hide a build that fails, whose advice is to name it by K6_BIN', async () => {
    computer.addProgram('go', 'echo "disk on fire"; exit 1');
    const message = await refusalOf(computer.options());
    expect(message).toContain('go could not build k6 v2.2.0');
    expect(message).toContain('disk on fire');
    expect(message).toContain('set K6_BIN to the path of another k6 program, one on PATH');
  });
});

describe.skipIf(CANNOT_FAKE_PROGRAMS)('our own k6', () => {
  it('builds one, says so before and after, and takes it from the cache the next time', async () => {
    computer.addGo();
    const { program } = await placeOf(computer);
    const own = { path: program, version: '2.2.0', hasRecorder: true };
    expect(await findK6(computer.options())).toEqual({ ...own, source: 'built' });
    expect(computer.lines).toEqual([
      'building k6 v2.2.0, about a minute, once',
      expect.stringMatching(/^built k6 v2\.2\.0 in \d+ s: /),
    ]);
    expect(await findK6(computer.options())).toEqual({ ...own, source: 'cache' });
    expect(computer.goCalls()).toHaveLength(1);
    expect(computer.lines).toHaveLength(2);
  });

  it('leaves nothing beside the program but the log', async () => {
    computer.addGo();
    await findK6(computer.options());
    expect(readdirSync((await placeOf(computer)).folder).sort()).toEqual(['build.log', 'k6']);
  });

  it('needs no Go for what is in the cache', async () => {
    computer.addGo();
    await findK6(computer.options());
    expect((await findK6(computer.options({ PATH: '' }))).source).toBe('cache');
  });

  it('keeps builds in K6_VERDICT_CACHE', async () => {
    computer.addGo();
    const { cacheFolder: _, ...options } = computer.options({ K6_VERDICT_CACHE: path.join(computer.folder, 'mine') });
    expect((await findK6(options)).path).toContain(path.join(computer.folder, 'mine', 'k6-v2.2.0-'));
  });

  it('builds again when a blank import adds an extension', async () => {
    computer.addGo();
    const plain = await findK6(computer.options());
    computer.writeModuleFile('main.go', 'package main\nimport _ "github.com/grafana/xk6-faker"\n');
    const extended = await findK6(computer.options());
    expect(extended.source).toBe('built');
    expect(extended.path).not.toBe(plain.path);
    expect(computer.goCalls()).toHaveLength(2);
  });

  it('may be without the recorder, where somebody took that out of the module', async () => {
    computer.addGo({ hasRecorder: false });
    for (const source of ['built', 'cache']) {
      expect(await findK6(computer.options())).toMatchObject({ source, hasRecorder: false });
    }
  });

  it('builds again when the cached program does not run any more', async () => {
    computer.addGo();
    const { path: program } = await findK6(computer.options());
    writeFileSync(program, 'exit 1');
    expect((await findK6(computer.options())).source).toBe('built');
    expect(computer.lines).toContainEqual(expect.stringContaining('it is not used'));
  });

  it('shares one build between runs that start together', async () => {
    computer.addGo({ isHeld: true });
    const both = Promise.all([findK6(computer.options()), findK6(computer.options())]);
    await vi.waitFor(
      () => expect(computer.lines).toContain('another run is building k6 v2.2.0; waiting for it'),
      GUARD,
    );
    computer.letGoEnd();
    const found = await both;
    expect(found.map(({ source }) => source).sort()).toEqual(['built', 'cache']);
    expect(computer.goCalls()).toHaveLength(1);
  });

  it('builds in place of a run that died while building', async () => {
    computer.addGo();
    const { folder, lockPath } = await placeOf(computer);
    mkdirSync(lockPath, { recursive: true });
    writeFileSync(path.join(folder, 'unfinished-1-aaaa'), 'half a k6');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(path.join(folder, 'unfinished-1-aaaa'), longAgo, longAgo);
    utimesSync(lockPath, longAgo, longAgo);
    expect((await findK6(computer.options())).source).toBe('built');
    expect(readdirSync(folder).sort()).toEqual(['build.log', 'k6']);
  });

  it('waits for a builder that fails, and then tries itself', async () => {
    computer.addProgram('go', 'PATH=/usr/bin:/bin; sleep 0.3; echo "disk on fire"; exit 1');
    const messages = await Promise.all([refusalOf(computer.options()), refusalOf(computer.options())]);
    for (const message of messages) expect(message).toContain('disk on fire');
  });

  it('shows the last lines of a go that fails, and where the rest is', async () => {
    computer.addProgram(
      'go',
      'i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo "go: downloading m$i"; echo "trouble $i" >&2; done; exit 1',
    );
    const message = await refusalOf(computer.options());
    const { program, logFile } = await placeOf(computer);
    expect(message).toContain('go could not build k6 v2.2.0');
    expect(message).toContain('exit code 1');
    expect(message).toContain('trouble 40');
    expect(message).toContain('trouble 26\n');
    expect(message).not.toContain('trouble 25\n');
    expect(message).not.toContain('downloading');
    expect(message).toContain(logFile);
    expect(existsSync(logFile)).toBe(true);
    expect(existsSync(program)).toBe(false);
  });

  it('refuses a build that does not run, and does not keep it', async () => {
    computer.addProgram('go', 'while [ "$1" != "-o" ]; do shift; done; echo broken > "$2"');
    expect(await refusalOf(computer.options())).toContain(
      'set K6_VERDICT_CACHE to a folder from which programs may be run',
    );
    expect(readdirSync((await placeOf(computer)).folder)).toEqual(['build.log']);
  });

  it('refuses a module that builds an unsupported k6, also from the cache', async () => {
    computer.addGo({ version: '3.0.0' });
    for (let time = 1; time <= 2; time++) {
      expect(await refusalOf(computer.options())).toContain('builds a k6 that k6-verdict does not support');
    }
    expect(computer.goCalls()).toHaveLength(1);
  });

  it('refuses a cache folder that cannot be made', async () => {
    computer.addGo();
    writeFileSync(computer.cacheFolder, 'a file');
    expect(await refusalOf(computer.options())).toContain('k6 cannot be built in the cache folder');
  });

  it('names every way to a k6 when there is no Go either', async () => {
    const old = computer.addK6('k6', '1.4.0');
    const message = await refusalOf(computer.options());
    expect(message).toContain('there is no k6 on this computer, and no Go to build it with');
    expect(message).toContain(`K6_BIN is not set; no go on PATH; ${old} is v1.4.0, not >=2.0.0 <3`);
    expect(message).toContain('- install Go 1.25.0 or newer');
    expect(message).toContain('- set K6_BIN');
  });
});

it('says what is wrong with a folder that is no Go module', async () => {
  const options = { ...computer.options(), moduleFolder: path.join(computer.folder, 'nowhere') };
  expect(await refusalOf(options)).toContain('is not the Go module that k6 is built from');
});
