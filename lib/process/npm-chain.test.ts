import { describe, expect, it } from 'vitest';
import { npmChain, type Relative } from './npm-chain.ts';

const GROUP = 10;

/** Processes by their names: pid, parent, group, and whether npm stands above them. */
function chainOf(...all: readonly [pid: number, parent: number, group: number, isUnderNpm: boolean][]) {
  const known = all.map(
    ([pid, parent, group, isUnderNpm]): Relative => ({ pid, parent, group, isUnderNpm, bornAt: '1', isDead: false }),
  );
  const { masters, isOrphan } = npmChain(all[0]?.[0] ?? 0, (pid) => known.find((each) => each.pid === pid));
  return { masters: masters.map(({ pid }) => pid), isOrphan };
}

describe('who waits for us', () => {
  it('is the shell that npm started, and npm, but not the shell of a person', () => {
    const chain = chainOf([12, 11, GROUP, true], [11, 10, GROUP, true], [10, 5, GROUP, false], [5, 1, 5, false]);
    expect(chain).toEqual({ masters: [11, 10], isOrphan: false });
  });

  it('is every npm, where one calls the other', () => {
    const chain = chainOf(
      [14, 13, GROUP, true],
      [13, 12, GROUP, true],
      [12, 11, GROUP, true],
      [11, 10, GROUP, true],
      [10, 5, GROUP, false],
    );
    expect(chain.masters).toEqual([13, 12, 11, 10]);
  });

  it('is nobody without npm, also where the same script runs it in the same group', () => {
    expect(chainOf([12, 11, GROUP, false], [11, 5, GROUP, false]).masters).toEqual([]);
  });

  it('is nobody from a shell with job control that npm started, or after setsid', () => {
    const inShell = chainOf([12, 11, 12, true], [11, 10, 11, true], [10, 5, GROUP, false]);
    expect(inShell).toEqual({ masters: [], isOrphan: false });
    const script = chainOf([13, 12, 12, true], [12, 11, 12, true], [11, 10, 11, true], [10, 5, GROUP, false]);
    expect(script).toEqual({ masters: [12], isOrphan: false });
  });

  it('is nobody any more where npm was killed before we began', () => {
    const chain = chainOf([12, 11, GROUP, true], [11, 1, GROUP, true], [1, 0, 1, false]);
    expect(chain).toEqual({ masters: [11], isOrphan: true });
    expect(chainOf([12, 11, GROUP, true], [11, 1, GROUP, true]).isOrphan).toBe(true);
  });

  it('was nobody where the script of npm put us into the background and ended', () => {
    expect(chainOf([12, 1, GROUP, true], [1, 0, 1, false])).toEqual({ masters: [], isOrphan: false });
  });
});
