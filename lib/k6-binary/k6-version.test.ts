import { describe, expect, it } from 'vitest';
import { ownModuleFolder, readK6Module } from './k6-module.ts';
import { isSupportedK6, listsRecorder, PINNED_K6, parseK6Version } from './k6-version.ts';

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

describe('the recorder in what "k6 version" prints', () => {
  const VERSION = 'k6 v2.2.0 (go1.26.8, linux/amd64)';

  it.each([
    ['of our own build', 'Extensions:\n  k6-verdict/k6/recorder.New , verdict [output]\n'],
    ['registered by another function', 'Extensions:\n  k6-verdict/k6/recorder.init.0.func1 , verdict [output]\n'],
    ['of a build that has our module as a dependency', 'Extensions:\n  k6-verdict/k6 (devel), verdict [output]\n'],
    [
      'among others',
      'Extensions:\n  github.com/grafana/xk6-faker v0.4.4, k6/x/faker [js]\n  k6-verdict/k6/recorder.New , verdict [output]\n  my/own v1.0.0, mine [output]\n',
    ],
    ['on Windows', 'Extensions:\r\n  k6-verdict/k6/recorder.New , verdict [output]\r\n'],
  ])('is found %s', (_, extensions) => {
    expect(listsRecorder(`${VERSION}\n${extensions}`)).toBe(true);
    expect(parseK6Version(`${VERSION}\n${extensions}`)).toBe('2.2.0');
  });

  it.each([
    ['a k6 without extensions', ''],
    ['a k6 with other extensions', 'Extensions:\n  github.com/grafana/xk6-faker v0.4.4, k6/x/faker [js]\n'],
    [
      "somebody else's output of the same name",
      'Extensions:\n  github.com/else/xk6-verdict v1.0.0, verdict [output]\n',
    ],
    ['a module whose name begins like ours', 'Extensions:\n  k6-verdict/k6else v1.0.0, verdict [output]\n'],
    ['another output of ours', 'Extensions:\n  k6-verdict/k6/recorder.New , verdict2 [output]\n'],
    ['a module for scripts of that name', 'Extensions:\n  k6-verdict/k6/recorder.New , verdict [js]\n'],
  ])('is not found in %s', (_, extensions) => {
    expect(listsRecorder(`${VERSION}\n${extensions}`)).toBe(false);
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
