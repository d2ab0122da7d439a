import { Trend } from 'k6/metrics';
import { OWN_METRICS } from '../../core/measure/k6-metrics.ts';
import type { ObservedOutcome } from '../../core/measure/outcome.ts';
import type { SocketEvent } from '../../core/questions/websocket/answer.ts';
import { present } from '../../core/spec/present.ts';
import { outcomeMetrics } from '../outcome-metrics.ts';
import { note, sinceStartMs } from './note.ts';

const socketConnect = new Trend(OWN_METRICS.socketConnect, true);
const roundTrip = new Trend(OWN_METRICS.roundTrip, true);
const { notOkDuration, counters } = outcomeMetrics();

/** What became of one socket: it is counted as it happens, and noted when it has ended. */
export class SocketRecord {
  /** Whether its user closed it. */
  isOurs = false;
  isEnded = false;
  readonly #endpoint: string;
  readonly #startedAtMs = sinceStartMs();
  #openedAtMs: number | undefined;
  #outcome: ObservedOutcome | undefined;
  #sent = 0;
  #answered = 0;
  /** When the messages were sent that are not answered yet. */
  readonly #sentAtMs: number[] = [];

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  get isOpen(): boolean {
    return this.#openedAtMs !== undefined;
  }

  opened(): void {
    this.#openedAtMs = sinceStartMs();
    socketConnect.add(this.#openedAtMs - this.#startedAtMs, { result: 'ok' });
  }

  /** Why it did not open; what goes wrong on an open socket shows when it closes. */
  fail(outcome: ObservedOutcome): void {
    if (this.isOpen || this.#outcome !== undefined) return;
    this.#outcome = outcome;
    const ms = sinceStartMs() - this.#startedAtMs;
    socketConnect.add(ms, { result: 'failed' });
    notOkDuration.add(ms, { endpoint: this.#endpoint });
    counters[outcome].add(1, { endpoint: this.#endpoint });
  }

  sending(): void {
    this.#sentAtMs.push(Date.now());
    this.#sent += 1;
  }

  answered(): void {
    const at = this.#sentAtMs.shift();
    if (at === undefined) return;
    this.#answered += 1;
    roundTrip.add(Date.now() - at);
  }

  /** @param closeCode as the server gave it */
  end(closeCode: number | undefined): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.fail('other_error');
    note(
      present({
        startedAt: this.#startedAtMs / 1000,
        openedAt: this.#openedAtMs === undefined ? undefined : this.#openedAtMs / 1000,
        closedAt: sinceStartMs() / 1000,
        isHeld: this.isOurs && this.isOpen,
        outcome: this.#outcome,
        closeCode,
        sent: this.#sent,
        answered: this.#answered,
      }) satisfies SocketEvent,
    );
  }
}
