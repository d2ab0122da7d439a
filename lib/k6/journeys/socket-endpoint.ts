import { defineEndpoint, type Endpoint, type EndpointDefinition } from '../../core/spec/endpoint.ts';
import type { Carried } from '../auth/auth.ts';
import type { Call, CallOf } from './call.ts';
import { type Dialogue, holdDialogue } from './dialogue.ts';
import type { JourneyReply } from './reply.ts';
import type { Step } from './step.ts';

/** Where a WebSocket is opened. It brings the code for that along: a test without sockets does not hold it. */
export interface SocketEndpoint<Id extends string = string, Path extends string = string> extends Endpoint<Id, Path> {
  readonly holdDialogue: (
    step: Step,
    call: Call,
    carried: Carried,
    dialogue: (socket: Dialogue) => unknown,
  ) => Promise<JourneyReply>;
}

/** What can be said of a WebSocket: its opening is a GET that is answered 101 (RFC 6455 §4). */
export type SocketDefinition<Id extends string, Path extends string> = Omit<
  EndpointDefinition<Id, Path>,
  'method' | 'expectedStatuses' | 'json' | 'form' | 'body' | 'check' | 'redirects'
>;

/** An endpoint for `connect`: the opening of its socket is counted as a request, and is `ok` where the socket opens. */
export function defineSocket<const Id extends string, const Path extends string>(
  definition: SocketDefinition<Id, Path>,
): SocketEndpoint<Id, Path> {
  const opening: EndpointDefinition<Id, Path> = { ...definition, expectedStatuses: [101] };
  return { ...defineEndpoint<Id, Path>(opening), holdDialogue };
}

/** Opens a socket and says and hears on it what the dialogue does, then closes it. */
export type Connect<Id extends string = string> = <Path extends string>(
  endpoint: SocketEndpoint<Id, Path>,
  call: CallOf<Path>,
  dialogue: (socket: Dialogue) => unknown,
) => Promise<JourneyReply>;
