import parseMetrics from 'parse-prometheus-text-format';
import type { ServerSample } from '../core/measure/server-sample.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';

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

/** Reads the metrics of the target every now and then, until it is ended. A read that fails leaves a gap. */
export function readServerMetrics(url: string): { readonly end: () => Promise<ServerSample[]> } {
  let samples: ServerSample[] = [];
  let periodMs = PERIOD_MS;
  let isEnded = false;
  let wake: () => void = () => {};
  const reading = (async () => {
    while (!isEnded) {
      const sample = await readOnce(url);
      if (sample !== undefined) samples.push(sample);
      if (samples.length > MOST_SAMPLES) {
        samples = samples.filter((_, i) => i % 2 === 0);
        periodMs *= 2;
      }
      if (isEnded) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, periodMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
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

async function readOnce(url: string): Promise<ServerSample | undefined> {
  try {
    const { origin, pathname, search, username, password } = new URL(url);
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const headers = username === '' ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
    const reply = await fetch(origin + pathname + search, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!reply.ok) return undefined;
    return sampleOf(await reply.text(), new Date());
  } catch {
    return undefined;
  }
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
