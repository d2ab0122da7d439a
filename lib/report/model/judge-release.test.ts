import { describe, expect, it } from 'vitest';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import { endpointSummary, LINUX_HOST, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import type { RunEvidence } from './evidence.ts';
import { judgeRelease } from './judge-release.ts';
import { lookAt } from './look.ts';
import { type DeclaredPolicy, releasePolicyOf } from './release-policy.ts';

interface Setting extends Partial<RunSummary> {
  readonly outcomes?: OutcomeCounts;
  readonly seconds?: number;
  readonly perMinute?: number;
}

function run(
  scenario: string,
  { outcomes = { ok: 500 }, seconds = 61, perMinute, ...changes }: Setting = {},
): RunEvidence {
  const limit =
    perMinute === undefined
      ? {}
      : { rateLimit: { requests: perMinute, windowSeconds: 60, algorithm: 'sliding-window' as const } };
  const endpoints = [
    endpointSummary('projects', { outcomes: { ok: 900 } }),
    endpointSummary('services', { outcomes, ...limit }),
  ];
  const measured = measuredRun(endpoints, { scenario, load: loadRecord({ windowSeconds: seconds }) });
  return asStored(runSummary(measured, changes));
}

function judge(declared: DeclaredPolicy, runs: readonly RunEvidence[], missing: readonly string[] = []) {
  const { problems } = lookAt(runs, undefined);
  return judgeRelease(releasePolicyOf(declared), { runs, problems, missing });
}
const lacking = (...asked: Parameters<typeof judge>) => judge(...asked).lacking;

describe('a release policy', () => {
  it('is met by whole, sound runs of what it needs, and lists what it asked and what was shown', () => {
    const judged = judge({ needs: ['sustained'] }, [run('sustained', { release: '1.4.2' })]);
    expect(judged).toMatchObject({ isMet: true, lacking: [] });
    expect(judged.requirements).toEqual([
      { requirement: 'a run of sustained', shown: '1 run', isMet: true },
      { requirement: 'sustained: at least 1m of load', shown: '1m1s', isMet: true },
      {
        requirement: 'sustained: at least 400 samples per endpoint',
        shown: '500 samples of /api/services',
        isMet: true,
      },
      { requirement: 'every run passes', shown: '1 of 1', isMet: true },
      { requirement: 'a service of your own as the target', shown: 'http://127.0.0.1:8000', isMet: true },
      { requirement: 'one target in all runs', shown: 'http://127.0.0.1:8000', isMet: true },
      { requirement: 'one release in all runs', shown: '1.4.2', isMet: true },
      { requirement: 'a sound measurement', shown: 'the load was delivered, by a generator that could', isMet: true },
      { requirement: 'no critical finding', shown: 'none', isMet: true },
    ]);
  });

  it('says of each requirement that is lacking by how much, with its figure', () => {
    expect(
      lacking({ needs: ['sustained', 'soak'] }, [run('sustained', { seconds: 20, outcomes: { ok: 205 } })]),
    ).toEqual([
      'sustained: 20s of load, at least 1m needed',
      'sustained: 205 samples of /api/services, at least 400 samples per endpoint needed',
      'soak was not run',
    ]);
  });

  it('has limits of its own, for all needs and for one', () => {
    const short = run('burst', { seconds: 12, outcomes: { ok: 120 } });
    const own = { scenario: 'burst', minDurationSeconds: 10, minSamplesPerEndpoint: 100 };
    expect(lacking({ needs: [own] }, [short])).toEqual([]);
    expect(lacking({ needs: ['burst'], minDurationSeconds: 12, minSamplesPerEndpoint: 120 }, [short])).toEqual([]);
    expect(lacking({ needs: ['burst'], minDurationSeconds: 13, minSamplesPerEndpoint: 121 }, [short])).toHaveLength(2);
  });

  it('counts a minute that ended some milliseconds early', () => {
    expect(lacking({ needs: ['x'] }, [run('x', { seconds: 59.6 })])).toEqual([]);
    expect(lacking({ needs: ['x'] }, [run('x', { seconds: 59.4 })])).toHaveLength(1);
  });

  it('counts 429 responses of a declared limit as samples, and no other', () => {
    const limited = { outcomes: { ok: 60, rate_limited: 440 } };
    expect(lacking({ needs: ['x'] }, [run('x', { ...limited, perMinute: 60 })])).toEqual([]);
    const undeclared = lacking({ needs: ['x'] }, [run('x', { ...limited, verdict: 'pass' })]);
    expect(undeclared).toContain('x: 60 samples of /api/services, at least 400 samples per endpoint needed');
  });

  it('takes the run of a scenario that lacks least, and wants each of them to pass', () => {
    const [short, whole] = [run('x', { seconds: 5 }), run('x')];
    expect(lacking({ needs: ['x'] }, [short, whole])).toEqual([]);
    expect(lacking({ needs: ['x'] }, [{ ...short, verdict: 'fail' }, whole])).toEqual(['1 of 2 runs passed']);
  });

  it.each(['fail', 'no_data', 'invalid_load', 'incomplete'] as const)(
    'is not met by a run that ended as %s',
    (verdict) => {
      expect(lacking({ needs: ['x'] }, [run('x', { verdict }), run('y')])).toEqual(['1 of 2 runs passed']);
    },
  );

  it('is not met where a plan is missing', () => {
    expect(lacking({ needs: ['x'] }, [run('x')], ['1 planned run left no results'])).toEqual([
      '1 planned run left no results',
    ]);
  });
});

describe('the target of a release', () => {
  const embedded = run('x', { targetKind: 'reference-backend' });
  const { targetKind: _, ...unknown } = run('x');

  it('is never the embedded reference backend, whatever the policy says', () => {
    for (const ownTarget of [true, false])
      expect(lacking({ needs: ['x'], ownTarget }, [embedded])).toEqual([
        'x ran against the embedded reference backend',
      ]);
    expect(lacking({ needs: ['y'] }, [run('y'), embedded])).toEqual(['x ran against the embedded reference backend']);
  });

  it('must be known, unless the policy says that it need not', () => {
    const foreign = unknown as RunEvidence;
    expect(lacking({ needs: ['x'] }, [foreign])).toEqual(['the target of x is not known']);
    expect(lacking({ needs: ['x'], ownTarget: false }, [foreign])).toEqual([]);
  });

  it('is one, and so is the release', () => {
    const runs = [run('x', { release: '1.4.1' }), run('y', { release: '1.4.2', target: 'http://elsewhere' })];
    expect(lacking({ needs: ['x'] }, runs)).toEqual([
      'the runs are of 2 targets: http://127.0.0.1:8000 and http://elsewhere',
      'the runs are of 2 releases: 1.4.1 and 1.4.2',
    ]);
  });
});

describe('the measurement of a release', () => {
  it.each<[string, Setting, string]>([
    [
      'a busy machine',
      { host: { ...LINUX_HOST, cpuBusyShare: 0.998 } },
      'x: the test machine was 99.8 % busy; latencies may be too high',
    ],
    [
      'dropped iterations',
      { load: loadRecord({ iterations: { completed: 900, dropped: 100, failed: 0 } }) },
      'x: 100 planned iterations (10 %) were dropped: no user was free to start them',
    ],
    [
      'exceptions of the script',
      { load: loadRecord({ iterations: { completed: 900, dropped: 0, failed: 3 } }) },
      'x: the script threw an exception in 3 iterations',
    ],
    ['a part of a load', { load: loadRecord({ segment: { of: 2 } }) }, 'x: it is one of 2 shards of its load'],
  ])('is not sound with %s, even where the stored verdict is a pass', (_what, changes, lack) => {
    expect(lacking({ needs: ['x'] }, [run('x', { ...changes, verdict: 'pass' })])).toContain(lack);
  });
});

it('a critical finding is never beside a policy that is met, whatever the stored verdict', () => {
  const dead = run('x', { outcomes: { ok: 500, refused: 4000 }, verdict: 'pass' });
  const { isMet, lacking: lacks } = judge({ needs: ['x'] }, [dead]);
  expect(isMet).toBe(false);
  expect(lacks.join()).toMatch(/\b2 critical findings: 74 % of all requests got no response /);
});
