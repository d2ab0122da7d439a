/** The module of our own k6 that sends the requests of journeys: `module/sending`. No other k6 has it. */
declare module 'k6/x/verdict' {
  import type { Counter, Trend } from 'k6/metrics';
  import type { Endpoint } from '../../core/spec/endpoint.ts';
  import type { Call, Send } from './call.ts';
  import type { JourneyReply } from './reply.ts';
  import type { Sender } from './sender.ts';
  import type { Step } from './step.ts';

  /** Steps as Go knows them. */
  export interface StepsInGo {
    readonly inGo: unique symbol;
  }

  /** @param replies the prototype of their replies */
  export function stepsOf(steps: readonly Step[], replies: JourneyReply): StepsInGo;

  /** Who sends, and what in the script sees to everything that Go leaves to it. */
  export interface SendingInScript {
    /** `lastStep` is written with each request. */
    readonly user: { lastStep: string | undefined; readonly steps: { readonly inGo: StepsInGo | undefined } };
    readonly credentials: Pick<Sender, 'carries' | 'renewAtMs'>;
    /** Send a request that Go has sent nothing of. */
    readonly send: Send;
    readonly orStop: Send['orStop'];
    /** Sees to a reply that is not `ok`. */
    readonly settled: (endpoint: Endpoint, call: Call | undefined, reply: JourneyReply) => JourneyReply;
    readonly okOrStop: (endpoint: Endpoint, reply: JourneyReply) => JourneyReply;
  }

  export function sendFor(script: SendingInScript): Send;

  /** Adds to a metric, always with the same tags. Only where metrics are made. */
  export function adderTo(metric: Counter | Trend, tags: Readonly<Record<string, string>>): (value: number) => void;
}
