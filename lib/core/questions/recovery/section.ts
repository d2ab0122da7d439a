import type { Block } from '../../spec/document/blocks.ts';
import { cell, left, list, msCell, right, table } from '../../spec/document/cells.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { formatCount, formatDuration, formatMs } from '../../spec/units.ts';
import { counted } from '../../spec/words.ts';
import type { RecoveryStudy } from './answer.ts';

/** How the question is answered. */
export const METHOD =
  'Probes at a low rate measure latency and success before, during and after the overload. Recovered: the first good probe from which at most two of 20 in a row are bad. A probe is bad when it fails, or is slower than 1.5 times the p95 before the overload (and 25 ms). A journey as a probe is bad when one of its requests is bad, or when it is not completed.';

export function section(study: RecoveryStudy, of: string): Block[] {
  const { endpoints, overload, probes, seconds, probesPerSecond } = study;
  const x = { title: 'Time since the load began', scale: 'linear', unit: 'seconds' } as const;
  const latencies = seconds.map((second) => latencyOf(second, endpoints));
  const slowest = Math.max(0, ...latencies.map(({ slowestMs = 0 }) => slowestMs));
  const failures = latencies.filter(({ failed }) => failed > 0);
  const failed = sum(failures.map((second) => second.failed));
  return [
    ...list([
      `Overload from ${formatDuration(overload.fromSeconds)} to ${formatDuration(overload.toSeconds)}, ${probesPerSecond} probes per second throughout.`,
      `${describeSent(probes)}; bad ones: ${probes.badBefore} before, ${probes.badDuring} during and ${probes.badAfter} after the overload.`,
      ...describeJourneys(study),
    ]),
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Latency of probes${of}`,
        description: `The slowest ok probe took ${formatMs(slowest)}.${failed === 0 ? '' : ` ${counted(failed, 'probe')} failed, in ${counted(failures.length, 'second')}: each of these has a cross.`}`,
        x,
        y: { title: 'Latency of ok probes', scale: 'log', unit: 'ms' },
        series: [
          { name: 'median', role: '1', points: latencies.map(({ atSeconds, medianMs }) => [atSeconds, medianMs]) },
          { name: 'slowest', role: '2', points: latencies.map(({ atSeconds, slowestMs }) => [atSeconds, slowestMs]) },
        ],
        ...(failed === 0
          ? {}
          : { crosses: { name: 'failed', points: failures.map((second) => [second.atSeconds, second.failed]) } }),
      },
    },
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Bad probes${of}`,
        description: 'Share of the probes of a second that failed or were slower than before.',
        x,
        y: { title: 'Share of bad probes', scale: 'linear', unit: 'share' },
        series: [{ name: 'bad', role: 'bad', points: seconds.map(({ atSeconds, badShare }) => [atSeconds, badShare]) }],
      },
    },
    table(
      `Endpoints before and after${of}`,
      [...left('Endpoint'), ...right('p95 before', 'Limit'), ...left('At the end')],
      endpoints.map(({ endpoint, p95BeforeMs, limitMs, isBroken }) => [
        cell([{ code: endpoint }]),
        msCell(p95BeforeMs),
        msCell(limitMs),
        cell(isBroken ? 'slow or failing' : 'as before', isBroken ? 'bad' : 'good'),
      ]),
    ),
  ];
}

/** k6 may begin one more at the very end. */
function describeSent({ answered, planned }: RecoveryStudy['probes']): string {
  return answered < planned ? `${formatCount(answered)} of ${formatCount(planned)} probes` : counted(answered, 'probe');
}

function describeJourneys({ probes: { answered }, journeys }: RecoveryStudy): string[] {
  if (journeys === undefined) return [];
  const { completed, requests } = journeys;
  return [
    `Each probe is a journey: ${formatCount(answered)} were begun, ${formatCount(completed)} completed; they sent ${counted(requests, 'request')}, of which the charts and the table are.`,
  ];
}

type Second = RecoveryStudy['seconds'][number];

/** A failure has no latency, however fast it came. */
interface Latencies extends Pick<Second, 'atSeconds' | 'medianMs' | 'slowestMs'> {
  readonly failed: number;
}

/** Older summaries do not say what failed: there, probes of a second that were all bad although they were fast did. */
function latencyOf(
  { atSeconds, probes, badShare, failed, medianMs, slowestMs }: Second,
  endpoints: RecoveryStudy['endpoints'],
): Latencies {
  const isFast = (slowestMs ?? 0) <= Math.min(...endpoints.map(({ limitMs }) => limitMs));
  if (failed === undefined && badShare === 1 && isFast) return { atSeconds, failed: probes };
  return { atSeconds, failed: failed ?? 0, ...present({ medianMs, slowestMs }) };
}
