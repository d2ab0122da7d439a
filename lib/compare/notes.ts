import type { StoredRun } from '../core/judge/run-summary.ts';
import { formatLimit } from '../core/spec/figure-text.ts';
import { isInForce } from '../core/spec/waiver.ts';
import { counted, named } from '../core/spec/words.ts';
import type { ComparedRow } from './comparison.ts';
import { DECIDING_PERCENTILES } from './deciding-percentile.ts';
import type { Arranged } from './design.ts';
import type { ComparisonPolicy } from './policy.ts';
import { isOfAll, nameOfSubject, subjectIn } from './row-subject.ts';

interface Known {
  readonly assumedNoiseCv?: number;
  readonly selfChecks?: { readonly base: readonly StoredRun[] };
}

/** What must be known of how these runs stand to each other. */
export function notesOnDesign({ design, base, head }: Arranged, { assumedNoiseCv, selfChecks }: Known): string[] {
  const few = Math.min(base.length, head.length);
  switch (design) {
    case 'paired':
      return [
        ...(few < 5 ? [`${few} pairs are too few to find small changes; 5 are recommended.`] : []),
        ...(selfChecks === undefined ? [] : [noiseOfSelfChecks(selfChecks.base.length)]),
      ];
    case 'unpaired':
      return [
        'The runs are of one session, and not in turn: what drifted meanwhile counts as a change. `npm run ab` runs them in turn.',
      ];
    case 'history':
      return [
        'The runs are of different sessions: what changed on the machine since then counts as a change. `npm run ab` runs both in turn.',
      ];
    case 'single':
      if (selfChecks !== undefined) return [noiseOfSelfChecks(selfChecks.base.length)];
      return [
        assumedNoiseCv === undefined
          ? 'One run against one: how much two runs of the same release differ is not known, so there is no verdict. Run 4 more pairs (`npm run ab`).'
          : `The noise of a run is assumed to be ${formatLimit(assumedNoiseCv, 'share')}, not measured.`,
      ];
  }
}

function noiseOfSelfChecks(pairs: number): string {
  return `The noise is that of ${pairs} pairs of base against base${pairs < 5 ? ', which are too few: 5 are needed' : ''}.`;
}

/** Latencies of different machines differ without any release. */
export function notesOnMachines({ base, head }: Arranged): string[] {
  const machines = (runs: readonly StoredRun[]) => [
    ...new Set(runs.flatMap(({ host }) => (host === undefined ? [] : `${host.cores} cores of ${host.cpuModel}`))),
  ];
  const all = machines([...base, ...head]);
  return all.length < 2 ? [] : [`The load came from different machines, which counts as a change: ${all.join('; ')}.`];
}

/** Two environments may be compared, and are rarely alike in anything but their names. */
export function notesOnEnvironments({ base, head }: Arranged): string[] {
  if (new Set([...base, ...head].map(({ environment }) => environment)).size < 2) return [];
  const text = (runs: readonly StoredRun[]) =>
    named([...new Set(runs.map(({ environment }) => environment ?? 'none that is named'))]);
  return [
    `The runs are of different environments, and whatever else differs between these counts as a change: base of ${text(base)}, head of ${text(head)}.`,
  ];
}

/** Those that have ended are said: their rows fail again. */
export function notesOnAcceptances({ accept = [], today }: ComparisonPolicy): string[] {
  const ended = accept.filter((each) => today !== undefined && !isInForce(each, today));
  const texts = ended.map((each) => ({ row: `${nameOfSubject(each) ?? 'all'} ${each.metric}`, until: each.until }));
  const [only, ...others] = texts;
  if (only === undefined) return [];
  if (others.length === 0) return [`The acceptance of ${only.row} ended on ${only.until}.`];
  return [`${texts.length} acceptances ended: ${named(texts.map(({ row, until }) => `${row} on ${until}`))}.`];
}

/** In a closed model a slower service is sent less. */
export function notesOnLoad(rows: readonly ComparedRow[], { base }: Arranged): string[] {
  const goodput = rows.find((row) => row.metric === 'goodput' && isOfAll(row));
  if (base[0]?.load.model !== 'closed' || goodput === undefined || goodput.state === 'unchanged') return [];
  return [
    'Latencies are at unequal load: users wait for their responses, and the goodput is not known to be unchanged.',
  ];
}

/** Rows of a script are whatever it requested: what only some runs met cannot be compared. */
export function notesOnRows(rows: readonly ComparedRow[], { base, head }: Arranged): string[] {
  const endpoints = [...new Set(rows.flatMap(({ endpoint }) => endpoint ?? []))];
  const missing = endpoints.filter((endpoint) =>
    [...base, ...head].some((run) => subjectIn(run, { endpoint }) === undefined),
  );
  if (missing.length === 0) return [];
  const rest = missing.length - MOST_NAMED;
  const shown = [...missing.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
  return [
    `Only some runs met ${shown}: not compared by ${missing.length === 1 ? 'itself' : 'themselves'}, and among all requests together.`,
  ];
}

const MOST_NAMED = 5;

/** Where replies are few, a lower percentile decides, and what happens above it is not seen. */
export function notesOnPercentiles(rows: readonly ComparedRow[]): string[] {
  const lower = DECIDING_PERCENTILES.slice(1).flatMap((metric) => {
    const own = rows.filter((row) => row.family === 'endpoint latency' && row.metric === metric);
    const names = own.map(nameOfSubject);
    return own.length === 0
      ? []
      : [
          `of ${counted(own.length, own.some(({ journey }) => journey !== undefined) ? 'row' : 'endpoint')} the ${metric} (${names.join(', ')})`,
        ];
  });
  return lower.length === 0
    ? []
    : [
        `Instead of the p95 decides ${lower.join(', ')}: what got slower above that is not seen. A longer run, or one with more users, gives more responses.`,
      ];
}
