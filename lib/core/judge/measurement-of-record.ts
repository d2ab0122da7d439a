import { OWN_METRICS } from '../measure/k6-metrics.ts';
import type { AtRest } from '../measure/measured.ts';
import { causesOf } from '../measure/record/causes.ts';
import { metricsOfRecord } from '../measure/record/metrics-of-record.ts';
import type { RecordedSample, RecordTotals } from '../measure/record/read-record.ts';
import { byEndpoint, loadRequests } from '../measure/record/request-cells.ts';
import { EVENT_KEY } from '../questions/events.ts';
import { k6OptionsOf } from '../spec/k6-options.ts';
import { NOT_DECLARED } from '../spec/not-declared.ts';
import { present } from '../spec/present.ts';
import { formatCount } from '../spec/units.ts';
import { type K6Measurement, type MeasuredTest, withAliases } from './measurement.ts';

/** What `setup()` notes, since with k6's own figures off nobody sees what it returns. */
interface SetupEvent {
  readonly loadStartedAtMs: number;
  readonly atRest: readonly AtRest[];
}

/** What a script of the library left in its record. */
export interface RecordedMeasurement {
  readonly measurement: K6Measurement;
  /** What the script of a question noted, in order. */
  readonly events: readonly unknown[];
}

/**
 * Makes of a record what `handleSummary` would have left.
 * @throws Error for a record of a script that is not of the library
 */
export function measurementOfRecord(record: RecordTotals): RecordedMeasurement {
  const { aliases, ...test } = testOfRecord(record);
  const events = eventsIn(record.samples);
  const setup = events.find(isSetup);
  const k6Options = k6OptionsOf(record.options);
  const metrics = withAliases(metricsOfRecord(record, test), aliases);
  const loadStartedAtMs =
    setup === undefined || setup.loadStartedAtMs > record.lastAtMs ? undefined : setup.loadStartedAtMs;
  const measurement: K6Measurement = present({
    ...test,
    k6Options: Object.keys(k6Options).length > 0 ? k6Options : undefined,
    loadStartedAt: loadStartedAtMs === undefined ? undefined : new Date(loadStartedAtMs).toISOString(),
    atRest: setup?.atRest ?? [],
    metrics: withWindow(metrics, loadStartedAtMs, record.lastAtMs),
    causes: causesByEndpoint(record, test),
    stoppedBy: record.end.stoppedBy?.name,
    recordLacks: whatIsLacking(record, test),
  });
  return { measurement, events: events.filter((event) => !isSetup(event)) };
}

/** The run that a record is of; undefined for a script of somebody else. */
export function runIdOfRecord(record: Pick<RecordTotals, 'test'>): string | undefined {
  try {
    return testOfRecord(record).runId;
  } catch {
    return undefined;
  }
}

/** @throws Error for a record of a script that is not of the library */
export function testOfRecord({ test }: Pick<RecordTotals, 'test'>): MeasuredTest {
  const measured = (test as { readonly measured?: unknown } | undefined)?.measured;
  if (typeof measured !== 'string') throw new Error('The record is not of a load test of this library.');
  return JSON.parse(measured) as MeasuredTest;
}

/** When the load began, where this is the sample that says so. */
export function startOfLoadIn(sample: RecordedSample): number | undefined {
  return eventsIn([sample]).find(isSetup)?.loadStartedAtMs;
}

function eventsIn(samples: readonly RecordedSample[]): unknown[] {
  return samples.flatMap(({ metric, metadata }) => {
    const text = metric === OWN_METRICS.events ? metadata?.[EVENT_KEY] : undefined;
    return text === undefined ? [] : [JSON.parse(text) as unknown];
  });
}

function isSetup(event: unknown): event is SetupEvent {
  return typeof event === 'object' && event !== null && 'loadStartedAtMs' in event;
}

/** A k6 that was killed has not measured how long its load lasted: up to the end of the record, for all that is known. */
function withWindow(
  metrics: K6Measurement['metrics'],
  loadStartedAtMs: number | undefined,
  lastAtMs: number,
): K6Measurement['metrics'] {
  if (loadStartedAtMs === undefined || metrics[OWN_METRICS.loadWindow] !== undefined) return metrics;
  return { ...metrics, [OWN_METRICS.loadWindow]: { values: { value: lastAtMs - loadStartedAtMs } } };
}

/** What a record lacks that k6 did not write to its end. */
export const CUT_OFF = 'it was cut off, and nothing is known of what came after';

/** A question is answered from all of its samples, or not at all. */
function whatIsLacking({ isWhole, end }: RecordTotals, { study }: MeasuredTest): string | undefined {
  if (!isWhole) return CUT_OFF;
  const dropped = end.droppedSamples ?? 0;
  return study !== undefined && dropped > 0 ? `${formatCount(dropped)} single samples were too many for it` : undefined;
}

/** Why requests of the load were not as expected, of each endpoint that has any such. */
export function causesByEndpoint({ series }: RecordTotals, { endpoints }: MeasuredTest): K6Measurement['causes'] {
  const load = byEndpoint(loadRequests(series));
  return Object.fromEntries(
    [...endpoints.map(({ id }) => id), NOT_DECLARED]
      .map((id) => [id, causesOf(load.get(id) ?? [])] as const)
      .filter(([, causes]) => causes.length > 0),
  );
}
