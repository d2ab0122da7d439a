import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeComputer } from '../testing/fake-computer.ts';
import { buildPlaceOf } from './build-place.ts';
import { filesThatDecide, ownModuleFolder, readK6Module } from './k6-module.ts';

let computer: FakeComputer;

beforeEach(() => {
  computer = new FakeComputer();
});

afterEach(() => {
  computer.remove();
});

describe('a k6 module', () => {
  it('tells its k6 and the Go it needs', async () => {
    expect(await readK6Module(computer.moduleFolder)).toMatchObject({ k6Version: '2.2.0', goVersion: '1.25.0' });
  });

  it('may list k6 in a block, among others', async () => {
    computer.writeModuleFile(
      'go.mod',
      'module m\n\ngo 1.26\n\nrequire (\n\texample.com/a v1.0.0\n\tgo.k6.io/k6/v2 v2.3.0\n)\n',
    );
    expect(await readK6Module(computer.moduleFolder)).toMatchObject({ k6Version: '2.3.0', goVersion: '1.26' });
  });

  it('is refused without k6 in its go.mod', async () => {
    computer.writeModuleFile('go.mod', 'module m\n\ngo 1.26\n');
    await expect(readK6Module(computer.moduleFolder)).rejects.toThrow('a go.mod without k6');
  });
});

describe('the fingerprint of a module', () => {
  function writeModuleFile(name: string, content: string): void {
    mkdirSync(path.dirname(path.join(computer.moduleFolder, name)), { recursive: true });
    computer.writeModuleFile(name, content);
  }

  async function fingerprint(): Promise<string> {
    return (await readK6Module(computer.moduleFolder)).fingerprint;
  }

  it.each([
    ['go.mod', 'module k6-verdict/k6\n\ngo 1.25.0\n\nrequire go.k6.io/k6/v2 v2.2.1\n'],
    ['go.sum', 'go.k6.io/k6/v2 v2.2.0 h1:abc=\n'],
    ['main.go', 'package main\nimport _ "github.com/grafana/xk6-faker"\n'],
    ['extensions.go', 'package main\n'],
  ])('changes with %s', async (name, content) => {
    const before = await fingerprint();
    computer.writeModuleFile(name, content);
    expect(await fingerprint()).not.toBe(before);
  });

  it.each(['mine/mine.go', 'mine/deep/mine.go', 'mine/my_testdata.go', 'testdata_of/mine.go'])(
    'changes with a .go file in a folder of the module: %s',
    async (name) => {
      const before = await fingerprint();
      writeModuleFile(name, 'package mine\n');
      const added = await fingerprint();
      expect(added).not.toBe(before);
      writeModuleFile(name, 'package mine\n\nvar changed = true\n');
      expect(await fingerprint()).not.toBe(added);
    },
  );

  it('covers the recorder', async () => {
    const files = await filesThatDecide(ownModuleFolder());
    expect(files).toEqual(expect.arrayContaining(['go.mod', 'go.sum', 'main.go', 'recorder/recorder.go']));
    expect(files.filter((name) => name.endsWith('_test.go'))).toEqual([]);
  });

  it.each([
    ['the README', 'README.md'],
    ['a test of Go', 'main_test.go'],
    ['a test of Go in a folder', 'mine/mine_test.go'],
    ['what tests of Go read', 'mine/testdata/recorded.ndjson'],
    ['a program that tests of Go read', 'mine/testdata/deep/main.go'],
  ])('stays when nothing changes but %s', async (_, name) => {
    const before = await fingerprint();
    writeModuleFile(name, 'package mine\n');
    expect(await fingerprint()).toBe(before);
  });

  it('is part of a folder name that people can read', async () => {
    const { folder } = buildPlaceOf(await readK6Module(computer.moduleFolder), '/cache');
    expect(path.basename(folder)).toMatch(
      new RegExp(`^k6-v2\\.2\\.0-${process.platform}-${process.arch}-[0-9a-f]{12}$`),
    );
  });
});
