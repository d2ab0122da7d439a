import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANNOT_FAKE_PROGRAMS, FakeComputer } from '../testing/fake-computer.ts';
import { findK6 } from './find-k6.ts';
import { goEnvironment } from './go-build.ts';

describe('the environment of go', () => {
  it('keeps what says where modules come from', () => {
    const mine = { GOPROXY: 'https://proxy.example', GOFLAGS: '-modcacherw', HOME: '/home/me' };
    expect(goEnvironment(mine)).toMatchObject(mine);
  });

  it('overrides what would give a program for another computer, or none', () => {
    const mine = { CGO_ENABLED: '1', GO111MODULE: 'off', GOWORK: '/my/go.work', GOOS: 'plan9', GOARCH: 'mips' };
    const env = goEnvironment(mine);
    expect(env).toMatchObject({ CGO_ENABLED: '0', GO111MODULE: 'on', GOWORK: 'off' });
    expect(env.GOOS).not.toBe('plan9');
    expect(env.GOARCH).not.toBe('mips');
  });
});

describe.skipIf(CANNOT_FAKE_PROGRAMS)('the call of go', () => {
  let computer: FakeComputer;

  beforeEach(() => {
    computer = new FakeComputer();
  });

  afterEach(() => {
    computer.remove();
  });

  it('names every flag that a GOFLAGS could spoil', async () => {
    computer.addGo();
    await findK6(computer.options({ GOFLAGS: '-mod=vendor -race -buildmode=c-shared' }));
    const [call] = computer.goCalls();
    for (const flag of ['-trimpath', '-ldflags=-s -w', '-mod=readonly', '-buildmode=default', '-race=false']) {
      expect(call).toContain(flag);
    }
  });
});
