import { checksContent, type Endpoint } from '../../core/spec/endpoint.ts';
import { endpointsOfPlan } from '../journeys-of-plan.ts';
import { requesterOf } from '../request.ts';
import { endpointsOfRun, type RunEndpoint } from '../run-endpoint.ts';
import { countingOf } from './count-replies.ts';
import type { JourneysOfTest } from './journey-definition.ts';
import { Step } from './step.ts';

/** What tells the requests of the load from all others: those of a warm-up, of the trial and of hooks are in no figure. */
export type StepTag = 'endpoint' | 'warm_up' | 'trial' | 'hook';

/** What steps are made of. */
export interface AskedByTest extends Pick<JourneysOfTest, 'order' | 'target'> {
  readonly endpoints: readonly RunEndpoint[];
}

/** What is asked in a run of this test. */
export function askedBy({ definition, plan, settings, order, target }: JourneysOfTest): AskedByTest {
  return { endpoints: endpointsOfRun(settings, order, endpointsOfPlan(definition, plan)), order, target };
}

/** The steps of one user, by the ids of their endpoints. */
export class Steps {
  private readonly made: Map<string, Step>;
  private readonly test: AskedByTest;
  private readonly tag: StepTag;

  constructor(test: AskedByTest, tag: StepTag) {
    this.test = test;
    this.tag = tag;
    this.made = new Map(test.endpoints.map((endpoint) => [endpoint.id, this.make(endpoint)]));
  }

  /** The step of an endpoint that the test knows. */
  get({ id }: Pick<Endpoint, 'id'>): Step | undefined {
    return this.made.get(id);
  }

  /** The step of any endpoint: hooks may ask others than those of the test. */
  getOrMake(endpoint: Endpoint): Step {
    return this.get(endpoint) ?? this.make(endpoint);
  }

  private make(endpoint: RunEndpoint): Step {
    const { endpoints, target, order } = this.test;
    const mayEnd = order.abortOnFailAfterSeconds !== undefined;
    const counting = { countsOk: checksContent(endpoints), countsCauses: !order.isRecorded || mayEnd };
    const requester = requesterOf(endpoint, target, { [this.tag]: endpoint.id }, counting);
    return new Step(target, requester, this.tag === 'endpoint' ? countingOf(requester, mayEnd) : undefined);
  }
}
