import { sleep } from 'k6';
import http from 'k6/http';
import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Auth, Credentials } from '../auth/auth.ts';
import type { Data } from '../data/data.ts';
import { thinkFor } from '../pause.ts';
import type { Send } from './call.ts';
import { hideOwn } from './hide-own.ts';
import type { Journey, JourneyTools, JourneyUser } from './journey-definition.ts';
import {
  ANYBODY,
  connectFor,
  type FindStep,
  type HeldDialogues,
  type SeeReply,
  type Sender,
  sendAllFor,
  sendOrStop,
} from './sender.ts';
import type { Steps } from './steps.ts';

/** Where users differ: those of the load, and the one of the trial. */
export interface Circumstances {
  /** Asked when its first journey begins: k6 does not tell it before. */
  readonly number: () => number;
  readonly rowOf: (data: Data) => unknown;
  readonly think: (seconds: number) => void;
  readonly sendFor: (user: OneUser, sender: Sender) => Send;
  readonly seen?: SeeReply;
}

export function pause(seconds: number): void {
  sleep(thinkFor(seconds));
}

type Tools = { -readonly [Member in keyof JourneyTools]: JourneyTools[Member] };

/** One user, and what it keeps from one journey to the next. */
export class OneUser {
  /** The endpoint that was asked last; undefined where none was, in this journey. */
  lastStep: string | undefined;
  readonly held: HeldDialogues = { count: 0 };
  steps: Steps;
  private readonly circumstances: Circumstances;
  private user: JourneyUser | undefined;
  private readonly credentials = new Map<Auth, Credentials>();
  private readonly tools = new Map<Journey, Tools>();

  constructor(steps: Steps, circumstances: Circumstances) {
    this.steps = steps;
    this.circumstances = circumstances;
  }

  /** What to wait for before a journey; undefined where there is nothing. */
  ready({ auth }: Journey): Promise<void> | undefined {
    return auth === undefined ? undefined : this.credentialsOf(auth).ready();
  }

  /** The tools for going through a journey once. */
  toolsFor(journey: Journey, steps: Steps, seeded: unknown): JourneyTools {
    this.steps = steps;
    this.lastStep = undefined;
    const tools = this.tools.get(journey) ?? this.makeTools(journey);
    if (journey.data !== undefined) tools.row = this.circumstances.rowOf(journey.data);
    tools.setup = seeded;
    return tools;
  }

  /** Without what belongs to this user alone. */
  hideOwn(text: string): string {
    const tools = [...this.tools.values()].map(({ row, setup }) => [row, setup]);
    const url = this.lastStep === undefined ? undefined : this.steps.byId.get(this.lastStep)?.place;
    const credentials = [...this.credentials.values()].map((each) => each.own(url));
    const cookies = url && http.cookieJar().cookiesForURL(url);
    return hideOwn(text, tools, credentials, cookies, this.user?.memory);
  }

  private makeTools(journey: Journey): Tools {
    this.user ??= { number: this.circumstances.number(), memory: {} };
    const { sendFor, seen, think } = this.circumstances;
    const sender = journey.auth === undefined ? ANYBODY : this.credentialsOf(journey.auth);
    const tools = {
      send: sendFor(this, sender),
      sendAll: sendAllFor(this.stepOf, sender, seen),
      connect: connectFor(this.stepOf, sender, this.held, seen),
      think,
      row: undefined,
      setup: undefined,
      user: this.user,
    };
    this.tools.set(journey, tools);
    return tools;
  }

  private credentialsOf(auth: Auth): Credentials {
    const known = this.credentials.get(auth);
    if (known !== undefined) return known;
    const begun = auth.begin({
      sendWith: (carried) => sendOrStop(this.stepOf, carried, this.circumstances.seen),
      row: auth.data === undefined ? undefined : this.circumstances.rowOf(auth.data),
    });
    this.credentials.set(auth, begun);
    return begun;
  }

  /** Finds the step of an endpoint, which is then the last one. */
  readonly stepOf: FindStep = (endpoint: Endpoint) => {
    const step = this.steps.byId.get(endpoint.id);
    if (step === undefined)
      throw new Error(`"${endpoint.id}" is not among the endpoints that a journey of this test needs`);
    this.lastStep = endpoint.id;
    return step;
  };
}
