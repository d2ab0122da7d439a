import { Trend } from 'k6/metrics';
import { WebSocket } from 'k6/websockets';
import { REQUESTS } from '../../core/measure/k6-metrics.ts';
import { classifySocketError, codeOf } from '../../core/measure/outcome.ts';
import type { Carried } from '../auth/auth.ts';
import type { Reply } from '../request.ts';
import type { Call } from './call.ts';
import { JourneyStop } from './journey-stop.ts';
import type { JourneyReply } from './reply.ts';
import type { Step } from './step.ts';

/** What is said and heard on an open WebSocket. */
export interface Dialogue {
  readonly say: (text: string) => void;
  /**
   * Waits for the next message. Where none comes in time, or the socket is closed, the journey ends here, and is counted
   * as stopped at this endpoint.
   * @param atMostSeconds @default the timeout of the endpoint
   */
  readonly hear: (atMostSeconds?: number) => Promise<string>;
}

/** k6 measures how long it takes to open a socket, but not among requests: here it is one, as it is on the wire. */
const requests = new Trend(REQUESTS, true);

/** How long the server may take to answer the closing: it must not hold the journey. */
const CLOSING_MS = 2000;

/** The `readyState` of a socket that takes messages. */
const OPEN = 1;

/**
 * Opens a socket, has the dialogue on it, and closes it.
 * @throws JourneyStop for a socket that does not open, or that is closed while the dialogue wants to hear something
 */
export async function holdDialogue(
  step: Step,
  call: Call,
  carried: Carried,
  dialogue: (socket: Dialogue) => unknown,
): Promise<JourneyReply> {
  const socket = new OpenSocket(step, call, carried);
  const reply = await socket.opened;
  try {
    await dialogue(socket);
  } finally {
    await socket.close();
  }
  return reply;
}

class OpenSocket implements Dialogue {
  readonly opened: Promise<JourneyReply>;
  private readonly socket: WebSocket;
  private readonly endpoint: Step['endpoint'];
  private readonly heard: string[] = [];
  private isClosed = false;
  /** Who waits for a message. */
  private wake: () => void = () => undefined;

  constructor(step: Step, call: Call, carried: Carried) {
    const { url, params } = step.request(call, carried);
    const { headers = {}, tags = {}, jar } = params;
    this.endpoint = step.endpoint;
    const startedAtMs = Date.now();
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), null, { headers, tags, ...(jar && { jar }) });
    this.socket.onmessage = (event) => {
      this.heard.push(String(event?.data));
      this.wake();
    };
    const taken = (error: string | undefined) => {
      const reply = openingAsReply(Date.now() - startedAtMs, error);
      requests.add(reply.timings.duration, { ...tags, ...tagsOf(reply) });
      return step.taken(reply);
    };
    this.opened = new Promise((open, fail) => {
      let isDecided = false;
      // Whatever comes first is counted, and nothing after it: a socket can fail once it was open, or open too late.
      const decide = (error?: string) => {
        if (isDecided) return;
        isDecided = true;
        clearTimeout(timer);
        const reply = taken(error);
        if (error === undefined) open(reply);
        else fail(this.stop(`the socket did not open: ${error}`));
      };
      const timer = setTimeout(() => decide('timeout'), this.endpoint.timeoutMs);
      this.socket.onopen = () => (isDecided ? this.socket.close(1000) : decide());
      this.socket.onerror = (event) => decide(String(event?.error));
    });
    this.socket.onclose = () => {
      this.isClosed = true;
      this.wake();
    };
  }

  readonly say = (text: string): void => {
    // On a socket that is closing it is an exception, for which the script can do nothing.
    if (this.socket.readyState !== OPEN) throw this.stop('the socket was closed');
    this.socket.send(text);
  };

  readonly hear = async (atMostSeconds: number = this.endpoint.timeoutMs / 1000): Promise<string> => {
    if (this.heard.length === 0 && !this.isClosed) await this.nextEvent(atMostSeconds * 1000);
    const message = this.heard.shift();
    if (message !== undefined) return message;
    throw this.stop(this.isClosed ? 'the socket was closed' : `no message came within ${atMostSeconds} s`);
  };

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.socket.close(1000);
    await this.nextEvent(CLOSING_MS);
  }

  /** A message, the end of the socket, or the end of the time. k6 ends no iteration while a timer runs. */
  private async nextEvent(atMostMs: number): Promise<void> {
    let timer = 0;
    await new Promise<void>((wake) => {
      this.wake = wake;
      timer = setTimeout(wake, atMostMs);
    });
    clearTimeout(timer);
  }

  private stop(why: string): JourneyStop {
    return new JourneyStop(this.endpoint.id, why);
  }
}

/** What of a reply is looked at. */
function openingAsReply(durationMs: number, error: string | undefined): Reply {
  const failed = error === undefined ? undefined : classifySocketError(error);
  const reply = {
    status: failed === undefined ? 101 : 0,
    error: error ?? '',
    error_code: failed === undefined ? 0 : codeOf(failed),
    timings: { duration: durationMs },
    headers: {},
    body: '',
  };
  return reply as unknown as Reply;
}

/** As k6 tags a request. */
function tagsOf({ status, error, error_code }: Reply): Record<string, string> {
  const isOk = status > 0;
  return {
    status: String(status),
    expected_response: String(isOk),
    ...(isOk ? null : { error, error_code: String(error_code) }),
  };
}
