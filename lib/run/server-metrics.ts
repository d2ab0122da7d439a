import parseMetrics from 'parse-prometheus-text-format';
import type { ServerSample } from '../core/measure/server-sample.ts';
import { type BaseUrl, placeOf } from '../core/spec/base-url.ts';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import { ask } from './target/ask.ts';

/** Names under which servers tell the same, the best one first. */
const MEMORY = ['process_resident_memory_bytes', 'go_memstats_heap_inuse_bytes', 'jvm_memory_used_bytes'];
const CONNECTIONS = [
  'http_open_connections',
  'http_server_active_connections',
  'nginx_connections_active',
  'process_open_fds',
];

const PERIOD_MS = 2000;
const TIMEOUT_MS = 5000;
/** Of a long run every other sample goes, as often as it takes. */
const MOST_SAMPLES = 4000;

/** A record of the metrics of the target, as it grows. */
export interface ServerMetrics {
  readonly end: () => Promise<ServerSample[]>;
}

/**
 * Reads the metrics of the target every now and then, until it is ended. A read that fails leaves a gap.
 * @returns when they were read once
 * @throws UserError for an address that answers with a redirect: the host behind it was never allowed
 */
export async function readServerMetrics(url: BaseUrl): Promise<ServerMetrics> {
  const first = await readOnce(url);
  if (first === 'redirect') throw redirected(url);
  let samples: ServerSample[] = first === 'nothing' ? [] : [first];
  let periodMs = PERIOD_MS;
  let isEnded = false;
  let wake: () => void = () => {};
  const reading = (async () => {
    for (;;) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, periodMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (isEnded) wake();
      });
      if (isEnded) break;
      const sample = await readOnce(url);
      if (typeof sample === 'object') samples.push(sample);
      if (samples.length > MOST_SAMPLES) {
        samples = samples.filter((_, i) => i % 2 === 0);
        periodMs *= 2;
      }
    }
  })();
  return {
    end: async () => {
      isEnded = true;
      wake();
      await reading;
      return samples;
    },
  };
}

async function readOnce(url: BaseUrl): Promise<ServerSample | 'nothing' | 'redirect'> {
  try {
    const reply = await ask(url, TIMEOUT_MS);
    if (reply.ok) return sampleOf(await reply.text(), new Date()) ?? 'nothing';
    await reply.body?.cancel();
    return isRedirect(reply.status) ? 'redirect' : 'nothing';
  } catch {
    return 'nothing';
  }
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function redirected(url: BaseUrl): UserError {
  return new UserError({
    what: `The metrics of the target at ${placeOf(url)} are somewhere else: nothing was sent.`,
    received: 'a redirect, which is not followed: load and questions go to no host that was not named',
    expected: 'METRICS_URL (--metrics-url) at which the metrics themselves are',
  });
}

/** @returns undefined for a text that says neither */
export function sampleOf(text: string, at: Date): ServerSample | undefined {
  const families = new Map(parseMetrics(text).map(({ name, metrics }) => [name, metrics]));
  const sumOf = (names: readonly string[]) => {
    const values = names
      .map((name) => (families.get(name) ?? []).flatMap(({ value }) => (value === undefined ? [] : Number(value))))
      .find((found) => found.length > 0 && found.every(Number.isFinite));
    return values && sum(values);
  };
  const memoryBytes = sumOf(MEMORY);
  const openConnections = sumOf(CONNECTIONS);
  if (memoryBytes === undefined && openConnections === undefined) return undefined;
  return { at: at.toISOString(), ...present({ memoryBytes, openConnections }) };
}
