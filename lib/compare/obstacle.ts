import type { StoredRun } from '../core/judge/run-summary.ts';
import { formatActual } from '../core/spec/figure-text.ts';
import type { Arranged } from './design.ts';
import { mean } from './moments.ts';
import { otherWorkloads, workloadDifferences } from './workload-difference.ts';

/** Why these runs cannot be compared at all; most important first. */
export interface Obstacle {
  readonly reasons: readonly [string, ...string[]];
}

const FEWEST_LEFT = 3;

/** @param kept without what had to be left out */
export function obstacleOf(arranged: Arranged, kept: Arranged): Obstacle | undefined {
  const { base, head } = arranged;
  const all = [...base, ...head];
  const empty = base.length === 0 ? 'base' : head.length === 0 ? 'head' : undefined;
  if (empty !== undefined) return { reasons: [`not one run of ${empty} left a summary`] };
  const foreign = all.find(({ fingerprint }) => fingerprint === undefined);
  if (foreign !== undefined) return { reasons: [whyUnknown(foreign)] };
  const other = otherWorkloads(base, head);
  if (other !== undefined) return otherWorkload(...other);
  const ratio = loadRatio(kept);
  if (ratio > MOST_UNEQUAL_LOAD)
    return {
      reasons: [
        `the loads differ: arrivals of base and head differ by ${formatActual(ratio - 1, MOST_UNEQUAL_LOAD - 1, 'share')}`,
      ],
    };
  return tooFewLeft(arranged, kept);
}

function whyUnknown({ runId, source }: StoredRun): string {
  return source === 'script'
    ? `${runId} does not say what its workload was: an earlier version wrote it, so run the script again`
    : `${runId} does not say what its workload was: only summaries of k6-verdict do`;
}

function tooFewLeft({ base, head }: Arranged, kept: Arranged): Obstacle | undefined {
  const lost = base.length + head.length - kept.base.length - kept.head.length;
  if (lost === 0) return undefined;
  const planned = Math.min(base.length, head.length);
  const fewest = Math.min(kept.base.length, kept.head.length);
  const isEnough = fewest >= Math.min(FEWEST_LEFT, planned) && fewest > 0 && kept.design !== 'single';
  if (isEnough) return undefined;
  const what = kept.design === 'paired' ? 'pairs' : 'runs';
  return {
    reasons: [`only ${fewest} of ${planned} ${what} can be compared, and at least ${FEWEST_LEFT} are needed`],
  };
}

/** More than this, and head was sent another load than base. */
const MOST_UNEQUAL_LOAD = 1.02;

/** Of an open model, how much more arrivals (started or dropped) one side had than the other. */
function loadRatio({ base, head }: Arranged): number {
  const arrivals = (runs: readonly StoredRun[]) => mean(runs.map((run) => Math.log(Math.max(1, arrivalsOf(run)))));
  if (base.length === 0 || head.length === 0 || base[0]?.load.model !== 'open') return 1;
  return Math.exp(Math.abs(arrivals(head) - arrivals(base)));
}

/** A script has no warm-up, so what k6 interrupted had arrived: a slow service leaves more of that. */
function arrivalsOf({ source, load }: StoredRun): number {
  const { completed = 0, failed = 0, dropped = 0, interrupted = 0 } = load.iterations ?? {};
  return completed + failed + dropped + (source === 'script' ? interrupted : 0);
}

/** Endpoints share the load: with one more, each of the others is sent less. So nothing of it is comparable. */
function otherWorkload(one: StoredRun, other: StoredRun): Obstacle {
  return {
    reasons: [
      `the workloads differ, so the figures are not compared: ${one.runId} against ${other.runId}`,
      ...workloadDifferences(one, other),
    ],
  };
}
