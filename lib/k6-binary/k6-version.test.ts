import { describe, expect, it } from 'vitest';
import { ownModuleFolder, readK6Module } from './k6-module.ts';
import { isSupportedK6, PINNED_K6, parseK6Version } from './k6-version.ts';

describe('reading what "k6 version" prints', () => {
  it.each([
    ['a release', 'k6 v2.2.0 (go1.26.8, linux/amd64)\n', '2.2.0'],
    ['a release with its commit', 'k6 v2.0.1 (commit/1a2b3c4d5e, go1.26.8, darwin/arm64)\n', '2.0.1'],
    ['a release candidate', 'k6 v2.1.0-rc1 (commit/1a2b3c-dirty, go1.26.8, linux/amd64)\n', '2.1.0-rc1'],
    [
      'a commit between releases',
      'k6 v2.2.1-0.20260801101010-abcdef123456+dirty (go1.27.0, linux/amd64)',
      '2.2.1-0.20260801101010-abcdef123456+dirty',
    ],
    ['a k6 from a development Go', 'k6 v2.2.0 (devel go1.27-1a2b3c Mon Nov 23 X:arenas, linux/amd64)', '2.2.0'],
    ['k6 on Windows', 'k6.exe v2.2.0 (go1.26.8, windows/amd64)\r\n', '2.2.0'],
    ['k6 in a file of another name', 'k6-v2.2.0-linux-amd64 v2.2.0 (go1.26.8, linux/amd64)', '2.2.0'],
    ['k6 in a file with a space in its name', 'my k6 v2.2.0 (go1.26.8, linux/amd64)', '2.2.0'],
    ['a bare version', 'k6 2.2.0', '2.2.0'],
    [
      'a k6 with extensions',
      'k6 v2.2.0 (go1.26.8, linux/amd64)\nExtensions:\n  github.com/grafana/xk6-faker v0.4.4, k6/x/faker [js]\n',
      '2.2.0',
    ],
    ['a line before it', 'provisioning...\nk6 v2.2.0 (go1.26.8, linux/amd64)\n', '2.2.0'],
  ])('finds the version of %s', (_, printed, version) => {
    expect(parseK6Version(printed)).toBe(version);
  });

  it.each([
    ['nothing', ''],
    ['another program', 'ls (GNU coreutils) 9.4'],
    ['go', 'go version go1.26.8 linux/amd64'],
    ['a version of something else', 'tool v2.2.0 (built today)'],
    ['a k6 without a version', 'k6 v(devel) (go1.26.8, linux/amd64)'],
  ])('finds none in %s', (_, printed) => {
    expect(parseK6Version(printed)).toBeUndefined();
  });
});

describe('the supported versions', () => {
  it.each(['2.0.0', '2.2.0', '2.99.1', '2.1.0-rc1', '2.2.1-0.20260801101010-abcdef123456', '2.2.0+dirty'])(
    'include %s',
    (version) => {
      expect(isSupportedK6(version)).toBe(true);
    },
  );

  it.each(['1.4.0', '0.57.0', '2.0.0-rc1', '3.0.0', '3.0.0-rc1'])('do not include %s', (version) => {
    expect(isSupportedK6(version)).toBe(false);
  });
});

it('pins the k6 that go.mod requires, which is a supported one', async () => {
  const { k6Version } = await readK6Module(ownModuleFolder());
  expect(k6Version).toBe(PINNED_K6);
  expect(isSupportedK6(PINNED_K6)).toBe(true);
});
