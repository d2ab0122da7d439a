import { describe, expect, it } from 'vitest';
import { adviceOnGoFailure, waysToK6 } from './install-advice.ts';

describe('the ways to a k6', () => {
  it.each([
    ['linux', 'sudo apt-get install k6'],
    ['linux', 'sudo dnf install k6'],
    ['darwin', 'brew install k6'],
    ['win32', 'winget install k6'],
    ['win32', 'choco install k6'],
    ['freebsd', 'https://grafana.com/docs/k6/latest/set-up/install-k6/'],
  ] as const)('on %s include: %s', (platform, way) => {
    expect(waysToK6({ platform, goVersion: '1.25.0' })).toContain(way);
  });

  it('begin with Go, whose k6 alone has the recorder', () => {
    const [, first] = waysToK6({ platform: 'linux', goVersion: '1.25.0' }).split('\n');
    expect(first).toContain('install Go 1.25.0 or newer');
    expect(first).toContain('with its recorder');
  });

  it('always include a newer Go and K6_BIN', () => {
    const ways = waysToK6({ platform: 'darwin', goVersion: '1.25.0' });
    expect(ways).toContain('install Go 1.25.0 or newer');
    expect(ways).toContain('K6_BIN');
  });
});

describe('the advice on a failed build', () => {
  it.each([
    ['go: go.mod requires go >= 1.25.0 (running go 1.24.1; GOTOOLCHAIN=local)', 'install Go 1.25.0 or newer'],
    ["go: errors parsing go.mod:\ngo.mod:3: invalid go version '1.25.0': must match format 1.23", 'install Go 1.25.0'],
    ['Get "https://proxy.golang.org/x": dial tcp: lookup proxy.golang.org: no such host', 'GOPROXY'],
    ['main.go:3:8: module lookup disabled by GOPROXY=off', 'GOPROXY'],
    ['main.go:4:8: cannot find module providing package a/b: import lookup disabled by -mod=readonly', 'go mod tidy'],
    ['main.go:4:8: no required module provides package a/b; to add it:', 'run "go mod tidy" in /the/module'],
    ['write /tmp/a.o: no space left on device', 'disk space'],
    ['main.go:5:1: syntax error', 'mend what go reports'],
  ])('fits to "%s"', (output, advice) => {
    const given = adviceOnGoFailure(output, { goVersion: '1.25.0', folder: '/the/module' });
    expect(given).toContain(advice);
    expect(given).toContain('set K6_BIN to the path of another k6 program');
  });
});
