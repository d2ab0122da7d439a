import { NO_ANSWER, type Outcome, outcomesOfKind } from '../../core/measure/outcome.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import type { Axis, Chart, SeriesRole } from '../../core/spec/document/chart.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatCount, formatMs, formatRate, formatShare } from '../../core/spec/units.ts';
import { named } from '../../core/spec/words.ts';
import type { Distribution } from '../model/distributions.ts';
import type { EndpointRow } from '../model/endpoint-rows.ts';
import type { OverTime } from '../model/over-time.ts';
import type { Report } from '../model/report.ts';

function block(chart: Chart): Block {
  return { kind: 'chart', chart };
}

/** Outcomes that mean much the same to a reader share a colour. */
const KINDS: readonly { readonly name: string; readonly role: SeriesRole; readonly outcomes: readonly Outcome[] }[] = [
  { name: 'ok', role: 'good', outcomes: ['ok'] },
  { name: 'rate limited (429)', role: 'neutral', outcomes: ['rate_limited'] },
  {
    name: 'wrong response',
    role: 'caution',
    outcomes: outcomesOfKind('wrong_reply').filter(
      (outcome) => outcome !== 'rate_limited' && outcome !== 'server_error',
    ),
  },
  { name: 'server error (5xx)', role: '4', outcomes: ['server_error'] },
  { name: 'no response', role: 'bad', outcomes: NO_ANSWER },
  { name: 'not known', role: 'neutral', outcomes: outcomesOfKind('not_told') },
];

const MOST_BARS = 40;

/** What became of the requests to each endpoint. */
export function outcomeChart(endpoints: readonly EndpointRow[]): Block[] {
  const shown = endpoints.filter(({ requests }) => requests > 0).slice(0, MOST_BARS);
  if (shown.length === 0) return [];
  const kinds = KINDS.filter(({ outcomes }) =>
    shown.some((row) => row.outcomes.some(({ outcome }) => outcomes.includes(outcome))),
  );
  const shareOf = (row: EndpointRow, outcomes: readonly Outcome[]) =>
    sum(row.outcomes.filter(({ outcome }) => outcomes.includes(outcome)).map(({ share }) => share));
  return [
    block({
      kind: 'stacked-bars',
      title: 'Outcomes per endpoint',
      description: `${shown
        .map(
          (row) =>
            `${row.path}: ${kinds
              .filter(({ outcomes }) => shareOf(row, outcomes) > 0)
              .map(({ name, outcomes }) => `${formatShare(shareOf(row, outcomes))} ${name}`)
              .join(', ')}`,
        )
        .join('; ')}.${shown.length < endpoints.length ? ' The other endpoints are in the tables.' : ''}`,
      categories: shown.map(({ path }) => path),
      series: kinds.map(({ name, role, outcomes }) => ({
        name,
        role,
        shares: shown.map((row) => shareOf(row, outcomes)),
      })),
    }),
  ];
}

const CURVES_PER_CHART = 4;
const CURVE_ROLES = ['1', '2', '3', '4'] as const;

/** Latency by percentile, some endpoints to a chart. */
export function distributionCharts({ distributions, thresholds }: Report): Block[] {
  const limit = thresholds.find(({ metric, endpoint }) => metric === 'okP95Ms' && endpoint === undefined);
  const all = distributions.filter(({ path }) => path === undefined);
  const own = distributions.filter(({ path }) => path !== undefined);
  const groups = [all, ...chunks(own, CURVES_PER_CHART)].filter((group) => group.length > 0);
  return groups.map((group) =>
    block({
      kind: 'lines',
      title:
        group === all
          ? 'Latency of all successful responses by percentile'
          : `Latency by percentile: ${named(group.map(nameOf))}`,
      description: `${group.map((each) => `${nameOf(each)}: ${describe(each)}`).join('; ')}.`,
      x: { title: 'Percentile of successful responses', scale: 'percentile', unit: 'share' },
      y: { title: 'Latency', scale: 'log', unit: 'ms' },
      series: group.map((each, i) => ({
        name: nameOf(each),
        role: CURVE_ROLES[i] ?? '1',
        points: each.ladder.filter(([quantile]) => quantile > 0 && quantile < 1),
      })),
      ...present({ limit: limit && p95Budget(limit.limit) }),
    }),
  );
}

function p95Budget(limitMs: number): { readonly name: string; readonly y: number } {
  return { name: `p95 budget ${limitMs} ms`, y: limitMs };
}

function nameOf({ path }: Distribution): string {
  return path ?? 'all endpoints';
}

function describe({ ladder, count }: Distribution): string {
  const at = (wanted: number) => ladder.find(([quantile]) => quantile === wanted)?.[1];
  const figures = (
    [
      ['median', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const
  ).flatMap(([name, quantile]) => {
    const ms = at(quantile);
    return ms === undefined ? [] : `${name} ${formatMs(ms)}`;
  });
  return `${figures.join(', ')} of ${formatCount(count)} responses`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** One run over time, in three panels. */
export function overTimeCharts(
  { points, loadStartedAt }: OverTime,
  limitMs: number | undefined,
  what: string,
): Block[] {
  const x = timeAxis(loadStartedAt);
  const line = (name: string, role: SeriesRole, value: (point: OverTime['points'][number]) => number | undefined) => ({
    name,
    role,
    points: points.map((point) => [point.atSeconds, value(point)] as const),
  });
  const perSecond = (count: number, point: OverTime['points'][number]) =>
    point.requests === 0 ? 0 : (count / point.requests) * point.requestsPerSecond;
  const most = Math.max(0, ...points.map(({ requestsPerSecond }) => requestsPerSecond));
  const slowest = Math.max(0, ...points.map(({ okMs }) => okMs?.p95 ?? 0));
  const failed = sum(points.map((point) => point.failed));
  const users = points.flatMap(({ activeUsers }) => activeUsers ?? []);
  const hasLatency = points.some(({ okMs }) => okMs !== undefined);
  return [
    block({
      kind: 'lines',
      title: `Requests per second${what}`,
      description: `At most ${formatRate(most, 'requests')}; ${formatCount(failed)} requests failed over the whole time.`,
      x,
      y: { title: 'Requests per second', scale: 'linear', unit: 'per second' },
      series: [
        line('ok', 'good', (point) => perSecond(point.ok, point)),
        line('rate limited (429)', 'neutral', (point) => perSecond(point.limited, point)),
        line('failed', 'bad', (point) => perSecond(point.failed, point)),
      ],
    }),
    ...(hasLatency
      ? [
          block({
            kind: 'lines',
            title: `Latency of successful responses${what}`,
            description: `The p95 of a period was at most ${formatMs(slowest)}.`,
            x,
            y: { title: 'Latency', scale: 'log', unit: 'ms' },
            series: [
              line('p50', '1', ({ okMs }) => okMs?.p50),
              line('p95', '2', ({ okMs }) => okMs?.p95),
              line('p99', '3', ({ okMs }) => okMs?.p99),
            ],
            ...present({ limit: limitMs === undefined ? undefined : p95Budget(limitMs) }),
          }),
        ]
      : []),
    ...(changes(users)
      ? [
          block({
            kind: 'lines',
            title: `Active users${what}`,
            description: `From ${Math.min(...users)} to ${Math.max(...users)} users were active.`,
            x,
            y: { title: 'Active users', scale: 'linear', unit: 'count' },
            series: [line('active users', '1', ({ activeUsers }) => activeUsers)],
          }),
        ]
      : []),
  ];
}

/** A line that is level but for its end, when users leave one by one, shows nothing. */
function changes(users: readonly number[]): boolean {
  const most = Math.max(...users);
  return users.length > 0 && users.slice(0, -1).some((count) => count < most);
}

/** The time of a run. @param startedAt when its load began, where that is known */
export function timeAxis(startedAt: string | undefined): Axis {
  return { title: 'Time since the load began', scale: 'linear', unit: 'seconds', ...present({ startedAt }) };
}
