import type { StepsInGo } from 'k6/x/verdict';
import { checksContent, type Endpoint } from '../../core/spec/endpoint.ts';
import type { Servers } from '../../core/spec/server.ts';
import { type CountReply, counterOf, countingOf } from '../iteration.ts';
import { endpointsOfPlan } from '../journeys-of-plan.ts';
import { type Requester, requesterOf } from '../request.ts';
import { endpointsOfRun, type RunEndpoint } from '../run-endpoint.ts';
import { type Places, serverOf } from '../server-of-endpoint.ts';
import { expectingRedirects, followingOf } from './following.ts';
import type { JourneysOfTest } from './journey-definition.ts';
import { Step } from './step.ts';
import type { Watching } from './watching.ts';

/** What tells the requests of the load from all others: those of a warm-up, of the trial and of hooks are in no figure. */
export type StepTag = 'endpoint' | 'warm_up' | 'trial' | 'hook';

/** What steps are made of. */
export interface AskedByTest extends Pick<JourneysOfTest, 'order' | 'target' | 'servers' | 'settings'> {
  readonly endpoints: readonly RunEndpoint[];
}

/** What is asked in a run of this test. */
export function askedBy({ definition, plan, settings, order, target, servers }: JourneysOfTest): AskedByTest {
  const endpoints = endpointsOfRun(settings, order, endpointsOfPlan(definition, plan));
  return { endpoints, order, target, servers, settings };
}

/** The steps of one user, by the ids of their endpoints. */
export class Steps {
  readonly byId: ReadonlyMap<string, Step>;
  /** The same as Go knows them, once it is told. */
  inGo: StepsInGo | undefined;
  private readonly test: AskedByTest;
  private readonly tag: StepTag;
  private readonly watching: Watching | undefined;

  constructor(test: AskedByTest, tag: StepTag, watching?: Watching) {
    this.test = test;
    this.tag = tag;
    this.watching = watching;
    this.byId = new Map(test.endpoints.map((endpoint) => [endpoint.id, this.make(endpoint)]));
  }

  /** The step of any endpoint: hooks may ask others than those of the test, also at servers that it does not name. */
  getOrMake(endpoint: Endpoint, findServers: () => Servers): Step {
    return this.byId.get(endpoint.id) ?? this.make(endpoint, { target: this.test.target, servers: findServers() });
  }

  private make(declared: RunEndpoint, places: Places = this.test): Step {
    const { endpoints, order, settings } = this.test;
    const isFollowing = declared.redirects === 'follow';
    const endpoint = isFollowing ? expectingRedirects(declared) : declared;
    const mayEnd = order.abortOnFailAfterSeconds !== undefined;
    const counting = { countsOk: checksContent(endpoints), countsCauses: !order.isRecorded || mayEnd };
    const requester = requesterOf(endpoint, places, { [this.tag]: endpoint.id }, counting);
    const server = serverOf(places, endpoint);
    // A test of endpoints discards what nobody reads; its hooks read.
    if (this.tag === 'hook') requester.params.responseType = 'text';
    const countOf = (each: Requester) => this.countOf(each, mayEnd);
    const follow = isFollowing ? followingOf(requester, settings.allowedHosts, countOf) : undefined;
    const { watching } = this;
    const sends = watching && (() => watching.sends());
    return new Step(server, requester, { count: countOf(requester), follow, sends });
  }

  /** Only requests of the load are counted. */
  private countOf(requester: Requester, mayEnd: boolean): CountReply | undefined {
    if (this.tag !== 'endpoint') return undefined;
    const count = countingOf(requester, mayEnd);
    return this.watching?.counting(requester, count ?? counterOf(requester)) ?? count;
  }
}
