import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/errors.ts';
import { EXIT } from '../core/exit-codes.ts';
import { type Plan, plannedSeconds } from '../core/load-shape.ts';
import type { LoadRecord } from '../core/measured.ts';
import { mergeRuns } from '../core/merge-runs.ts';
import { encodeRunOrder } from '../core/run-order.ts';
import type { RunSummary } from '../core/run-summary.ts';
import { EVENT_KEY } from '../core/studies/events.ts';
import { studySoak } from '../core/studies/soak.ts';
import { formatCount, formatDuration } from '../core/units.ts';
import { exitCodeOfRun } from '../core/verdict.ts';
import { fingerprintOf } from './complete-summary.ts';
import { type StartedK6, startK6, stopInTurns } from './k6-process.ts';
import { createPartFolder, createRunFolder, type RunFolder, removeMeasured, writeResult } from './run-folder.ts';
import { concludeRun, type OrderedRun, orderRun, type Readings, reportRun, takeReadings } from './run-once.ts';
import { readServerMetrics } from './server-metrics.ts';
import type { PreparedScenario, Session } from './session.ts';
import { consoleArguments, consoleFile } from './study-events.ts';
import { readTimelineOf } from './timeline-of-run.ts';

/** How long before its turn the next k6 is started. */
const LEAD_SECONDS = 15;
/** From letting k6 go to its first request: measured. */
const START_MS = 4;

/**
 * Sends a load that stays as it is in consecutive parts, each by a k6 process of its own: k6 keeps every sample, and so
 * its memory stays within that of one part. The next process waits, ready, and takes over in the moment in which the
 * load of the one before ends; what that one still waits for finishes beside it. The summaries are merged into one.
 *
 * @returns the exit code
 * @throws UserError for a load that cannot be cut
 */
export async function runConsecutively(
  session: Session,
  scenario: PreparedScenario,
  segmentSeconds: number,
): Promise<number> {
  const { terminal, project, interruption } = session;
  const cut = cutOf(scenario, segmentSeconds);
  terminal.say(
    `${formatCount(cut.parts)} parts of ${formatDuration(cut.seconds)}, each by a k6 process of its own: about ${formatCount(Math.round(scenario.facts.expected.requests / cut.parts))} requests at a time are kept in memory.`,
  );
  const folder = createRunFolder(project, scenario.name, new Date(), true);
  const running = new Set<StartedK6>();
  let isStopped = false;
  const stop = stopInTurns((signal) => {
    for (const k6 of running) k6.kill(signal);
  }, terminal.say);
  interruption.handOver((times) => {
    isStopped = true;
    stop(times);
  });

  const segments: Promise<RunSummary | number>[] = [];
  let serverMetrics: ReturnType<typeof readServerMetrics> | undefined;
  try {
    let startsAtMs: number | undefined;
    for (let part = 1; part <= cut.parts && !isStopped; part += 1) {
      const segment = await prepareSegment(session, scenario, folder.runId, part, cut.seconds);
      if (segment.ordered.metricsUrl !== undefined) serverMetrics ??= readServerMetrics(segment.ordered.metricsUrl);
      const before = takeReadings();
      const k6 = startK6(segment.ordered.k6);
      running.add(k6);
      // Ends whatever waits for it: a timer that is left would keep us alive until its time.
      const over = new AbortController();
      const segmentEnded = k6.ended
        .finally(() => {
          running.delete(k6);
          over.abort();
        })
        .then((end) => concludeSegment(session, segment.ordered, before, end));
      // What goes wrong in it is told when all of them have ended.
      segmentEnded.catch(() => {});
      segments.push(segmentEnded);
      if (!(await untilReady(segment.api, over.signal))) break;
      if (startsAtMs !== undefined) await untilOrOver(startsAtMs - START_MS, over.signal);
      if (isStopped) break;
      await letGo(segment.api);
      terminal.say(`Part ${part} of ${cut.parts} has begun.`);
      // Only the first one meets the service at rest, before its load.
      startsAtMs ??= await startOfLoad(segment.ordered.folder, over.signal);
      if (startsAtMs === undefined) break;
      startsAtMs += cut.seconds * 1000;
      const lead = Math.min(LEAD_SECONDS, cut.seconds / 2) * 1000;
      // One that ends before its load is over was aborted, or died: the others would only prolong it.
      if (part < cut.parts && !(await untilOrOver(startsAtMs - lead, over.signal))) break;
    }
    const ended = await Promise.all(segments);
    const summaries = ended.filter((each) => typeof each !== 'number');
    const [code] = ended.filter((each) => typeof each === 'number');
    if (summaries.length < 2) {
      terminal.say(
        `Of ${cut.parts} parts ${summaries.length} left a summary: there is nothing to merge. What there is lies in ${folder.path}.1.`,
      );
      return code ?? summaries[0]?.k6ExitCode ?? EXIT.noSummary;
    }
    const merged = mergeSegments(summaries, cut.parts, folder.path, (await serverMetrics?.end()) ?? []);
    await writeResult(folder.path, 'summary.json', `${JSON.stringify(merged, null, 1)}\n`);
    await reportRun(session, folder.path, merged);
    return code ?? exitCodeOfRun(merged.verdict, merged.k6ExitCode);
  } finally {
    for (const k6 of running) k6.kill('SIGKILL');
    await serverMetrics?.end();
    interruption.takeBack();
  }
}

interface Cut {
  readonly parts: number;
  readonly seconds: number;
}

const MOST_PARTS = 1000;

/** Equal parts, none longer than asked for. @throws UserError for a load that is not the same all the time */
function cutOf({ name, facts }: PreparedScenario, segmentSeconds: number): Cut {
  const { isSteady, expected } = facts;
  if (isSteady !== true) {
    throw new UserError({
      what: `The load of ${name} cannot be sent in consecutive parts: it is not the same all the time.`,
      received: `--segment ${formatDuration(segmentSeconds)}, plan ${facts.plan}`,
      expected: 'a plan of constant users or constant arrivals, without ramp-up and warm-up, such as that of soak',
    });
  }
  const parts = Math.ceil(expected.seconds / segmentSeconds);
  const seconds = expected.seconds / parts;
  if (parts < 2 || parts > MOST_PARTS || seconds < 1) {
    throw new UserError({
      what: '--segment does not divide the load.',
      received: `parts of ${formatDuration(segmentSeconds)} for a load of ${formatDuration(expected.seconds)}`,
      expected: `from 2 to ${MOST_PARTS} parts of at least 1s`,
    });
  }
  return { parts, seconds };
}

interface Segment {
  readonly ordered: OrderedRun;
  /** Of k6's REST API. */
  readonly api: string;
}

async function prepareSegment(
  session: Session,
  scenario: PreparedScenario,
  runId: string,
  part: number,
  seconds: number,
): Promise<Segment> {
  const folder = createPartFolder(session.project, runId, part);
  const ordered = await orderRun(
    session,
    {
      ...scenario,
      variables: {
        ...scenario.variables,
        DURATION: `${Math.round(seconds * 1000)}ms`,
        ...encodeRunOrder({ notesStart: true }),
      },
      facts: { ...scenario.facts, expected: partOf(scenario.facts.expected, seconds) },
    },
    { measuresAtRest: session.request.measuresAtRest && part === 1, isLatest: false },
    folder,
  );
  const address = `127.0.0.1:${await freePort()}`;
  // The progress of several k6 side by side cannot be read.
  const own = ['--paused', '--quiet', `--address=${address}`, ...consoleArguments(folder)];
  return {
    ordered: { ...ordered, k6: { ...ordered.k6, k6Arguments: [...own, ...ordered.k6.k6Arguments] } },
    api: `http://${address}/v1/status`,
  };
}

function partOf(expected: PreparedScenario['facts']['expected'], seconds: number): typeof expected {
  return { requests: Math.round((expected.requests * seconds) / expected.seconds), seconds };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const POLL_MS = 20;
/** k6's status when its users are there, and it waits to be let go. */
const INITIALISED = 4;

/** @returns false if the process ended before */
async function untilReady(api: string, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    try {
      const reply = (await (await fetch(api)).json()) as { data?: { attributes?: { status?: number } } };
      if (reply.data?.attributes?.status === INITIALISED) return true;
    } catch {
      // Its server is not there yet.
    }
    await sleep(POLL_MS);
  }
  return false;
}

/** Waits until a time. @returns false if the process ended before */
function untilOrOver(atMs: number, over: AbortSignal): Promise<boolean> {
  return sleep(Math.max(0, atMs - Date.now()), true, { signal: over }).catch(() => false);
}

async function letGo(api: string): Promise<void> {
  await fetch(api, {
    method: 'PATCH',
    body: JSON.stringify({ data: { type: 'status', id: 'default', attributes: { paused: false } } }),
  });
}

/** When the load of a process begins, as its script notes it; undefined if it ended before. */
async function startOfLoad(folder: RunFolder, over: AbortSignal): Promise<number | undefined> {
  const pattern = new RegExp(`${EVENT_KEY}[^}]*loadStartedAtMs[^0-9]*(\\d+)`);
  while (!over.aborted) {
    const file = consoleFile(folder);
    const found = existsSync(file) ? pattern.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
    if (found !== undefined) return Number(found);
    await sleep(POLL_MS);
  }
  return undefined;
}

async function concludeSegment(
  session: Session,
  ordered: OrderedRun,
  before: Readings,
  end: Awaited<StartedK6['ended']>,
): Promise<RunSummary | number> {
  const summary = await concludeRun(session, ordered, before, end, []);
  if (typeof summary === 'number') return summary;
  const part: RunSummary = { ...summary, instance: Number(ordered.folder.path.split('.').at(-1)) };
  await writeResult(ordered.folder.path, 'summary.json', `${JSON.stringify(part, null, 1)}\n`);
  removeMeasured(ordered.folder);
  return part;
}

/** One summary of the whole, as if one process had sent it. */
function mergeSegments(
  summaries: readonly RunSummary[],
  planned: number,
  folder: string,
  serverSamples: Parameters<typeof studySoak>[1],
): RunSummary {
  return mergeRuns(summaries, (whole) => {
    const load: LoadRecord = {
      ...whole.load,
      plan: lengthened(whole.load.plan, planned),
      ...(whole.load.plannedIterations === undefined
        ? {}
        : { plannedIterations: (whole.load.plannedIterations * planned) / summaries.length }),
      consecutive: { processes: planned, longestGapSeconds: longestGap(summaries) },
    };
    const [first] = summaries;
    if (first === undefined) throw new Error('A run without parts');
    return {
      load,
      fingerprint: fingerprintOf({ ...first, load }, first.k6Version),
      ...(first.study?.kind === 'soak'
        ? {
            study: studySoak(readTimelineOf(folder, { ...first, load }).timeline, serverSamples, {
              loadStartedAt: whole.loadStartedAt,
              seconds: load.windowSeconds,
              hasServerMetrics: serverSamples.length > 0,
            }),
          }
        : {}),
    };
  });
}

/** The plan of one part, as long as all of them. */
function lengthened(plan: Plan, parts: number): Plan {
  return Object.fromEntries(
    Object.entries(plan).map(([stream, shape]) => [
      stream,
      'durationSeconds' in shape ? { ...shape, durationSeconds: shape.durationSeconds * parts } : shape,
    ]),
  );
}

/** Between the planned end of one part's load and the beginning of the next. */
function longestGap(summaries: readonly RunSummary[]): number {
  const gaps = summaries.slice(1).map(({ loadStartedAt }, i) => {
    const before = summaries[i];
    const seconds = Math.max(0, ...Object.values(before?.load.plan ?? {}).map((shape) => plannedSeconds(shape) ?? 0));
    return (Date.parse(loadStartedAt ?? '') - Date.parse(before?.loadStartedAt ?? '')) / 1000 - seconds;
  });
  return Math.max(0, ...gaps.filter(Number.isFinite));
}
