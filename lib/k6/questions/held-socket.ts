import { sleep } from 'k6';
import exec from 'k6/execution';
import { WebSocket } from 'k6/websockets';
import { classifySocketError } from '../../core/measure/outcome.ts';
import type { SocketPlan } from '../../core/questions/websocket/answer.ts';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import { headersOf } from '../headers.ts';
import { type RunEndpoint, tagsOf } from '../run-endpoint.ts';
import { sinceStartMs } from './note.ts';
import { SocketRecord } from './socket-record.ts';

/** A socket to hold, and what is said on it. */
export interface SocketToHold {
  readonly endpoint: RunEndpoint;
  readonly server: BaseUrl;
  readonly plan: SocketPlan;
  readonly durationSeconds: number;
  readonly message: string;
}

/** How long the server may take to answer the closing: it must not hold the run. */
const CLOSING_MS = 2000;

/** The `readyState` of a socket that takes messages. */
const OPEN = 1;

/** Opens a socket when its turn has come, sends a message per heartbeat, and closes it at the end of the duration. */
export function holdSocket({ endpoint, server, plan, durationSeconds, message }: SocketToHold): void {
  waitForTurn(plan);
  const record = new SocketRecord(endpoint.id);
  const socket = open(endpoint, server);
  const timers: number[] = [];
  const end = (closeCode?: number) => {
    for (const timer of timers) clearInterval(timer);
    record.end(closeCode);
  };
  // k6 hangs for ever when a socket is closed that is still opening: such a one is left to the end of the run.
  const giveUp = () => {
    record.fail('timeout');
    end();
  };
  socket.onopen = () => {
    if (record.isEnded) return;
    record.opened();
    const beat = () => {
      // Closing takes a while, and a message then is an exception: it would end the user, and all that is still to be noted.
      if (socket.readyState !== OPEN) return;
      record.sending();
      socket.send(message);
    };
    beat();
    timers.push(setInterval(beat, plan.heartbeatSeconds * 1000));
  };
  socket.onmessage = () => record.answered();
  socket.onerror = (event) => record.fail(classifySocketError(String(event?.error)));
  // Its type says that there is no event; k6 hands one on.
  socket.onclose = ((event?: { code?: number }) => end(record.isOurs ? undefined : event?.code)) as () => void;
  const closeIt = () => {
    if (!record.isOpen) return giveUp();
    record.isOurs = true;
    socket.close(1000);
    timers.push(setTimeout(() => end(), CLOSING_MS));
  };
  timers.push(
    setTimeout(() => {
      if (!record.isOpen) giveUp();
    }, endpoint.timeoutMs),
    setTimeout(closeIt, Math.max(1, durationSeconds * 1000 - sinceStartMs())),
  );
}

/** The sockets are opened evenly over the time for that. */
function waitForTurn({ sockets, openingSeconds }: SocketPlan): void {
  const place = (exec.vu.idInTest - 1) / sockets;
  sleep(Math.max(0, place * openingSeconds - sinceStartMs() / 1000));
}

function open(endpoint: RunEndpoint, { href, credentials }: BaseUrl): WebSocket {
  return new WebSocket(href.replace(/^http/, 'ws') + endpoint.path, null, {
    headers: { ...headersOf(endpoint, credentials) },
    tags: tagsOf(endpoint, { endpoint: endpoint.id }),
  });
}
