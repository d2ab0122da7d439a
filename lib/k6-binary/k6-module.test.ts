import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeComputer } from '../testing/fake-computer.ts';
import { buildPlaceOf } from './build-place.ts';
import { readK6Module } from './k6-module.ts';

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

  it('changes with a .go file in a folder of the module', async () => {
    const before = await fingerprint();
    mkdirSync(path.join(computer.moduleFolder, 'mine'));
    writeFileSync(path.join(computer.moduleFolder, 'mine', 'mine.go'), 'package mine\n');
    expect(await fingerprint()).not.toBe(before);
  });

  it('stays when nothing changes but the README', async () => {
    const before = await fingerprint();
    computer.writeModuleFile('README.md', '# k6\n');
    expect(await fingerprint()).toBe(before);
  });

  it('is part of a folder name that people can read', async () => {
    const { folder } = buildPlaceOf(await readK6Module(computer.moduleFolder), '/cache');
    expect(path.basename(folder)).toMatch(
      new RegExp(`^k6-v2\\.2\\.0-${process.platform}-${process.arch}-[0-9a-f]{12}$`),
    );
  });
});
