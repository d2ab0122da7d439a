import type { Question } from '../question.ts';
import schema from './answer.schema.json' with { type: 'json' };
import { type SocketEvent, type SocketPlan, type SocketStudy, studySockets } from './answer.ts';
import { contradictions } from './contradictions.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { problems } from './problems.ts';
import { METHOD, section } from './section.ts';

export const websocket: Question<SocketPlan, SocketStudy, typeof METRICS> = {
  kind: 'websocket',
  asks: 'How many sockets can it hold?',
  judgesEndpoints: false,
  seeksLimit: true,
  hasWholeMilliseconds: true,
  schema,
  metrics: METRICS,
  answer: (plan, { events, metrics }) => studySockets(plan, events as readonly SocketEvent[], metrics),
  contradictions,
  headline,
  problems: (answer, fails) => problems(answer, fails('heldSocketsShare' satisfies keyof typeof METRICS)),
  method: METHOD,
  section,
};
