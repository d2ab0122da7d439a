import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { formatFactor, formatMs } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { pathsOf } from '../evidence.ts';
import { idsOf, type Rule } from './rule.ts';

const FAR = 10;
/** A tail shorter than this is not felt. */
const LEAST_TAIL_MS = 100;
/** For one percent of them to be more than an accident. */
const LEAST_REPLIES = 200;

/** Endpoints whose slowest percent takes many times the median. */
export const tail: Rule = ({ endpoints }) => {
  const affected = endpoints.flatMap((endpoint) => {
    const { count, p50, p99 } = endpoint.latencyMs.ok;
    if (p50 === undefined || p99 === undefined || count < LEAST_REPLIES) return [];
    return p99 >= LEAST_TAIL_MS && p99 >= FAR * p50 ? [{ endpoint, p50, p99, count }] : [];
  });
  if (affected.length === 0) return [];
  const paths = named(pathsOf(affected.map(({ endpoint }) => endpoint)));
  return [
    {
      id: 'long-tail',
      title: 'The slowest responses are far slower than the median',
      severity: 'low',
      impact: 'medium',
      area: 'user experience',
      summary: `The slowest 1 % of successful responses of ${paths} takes ${formatFactor(Math.min(...affected.map(({ p50, p99 }) => p99 / p50)))} the median or longer.`,
      description: 'About 1 request in 100 is this slow.',
      endpoints: idsOf(affected.map(({ endpoint }) => endpoint)),
      evidence: affected.map(
        ({ endpoint, p50, p99, count }) =>
          `${endpoint.path}: median ${formatMs(p50)}, p99 ${formatMs(p99)} (${counted(count, 'successful response', 'successful responses')})`,
      ),
      hypotheses: rankHypotheses([
        hypothesis(
          'Requests queue now and then behind something that blocks: a pause of the garbage collector, a lock, a burst.',
          {
            for: ['most responses are fast, few are slow'],
          },
        ),
        hypothesis('Some requests do more work: a cold cache, a new connection, a larger result.', {
          for: affected.length < endpoints.length ? ['not every endpoint shows it'] : [],
        }),
      ]),
      recommendations: [
        { urgency: 'could', text: `Trace the slowest responses of ${paths}, and see where their time goes.` },
      ],
    },
  ];
};
