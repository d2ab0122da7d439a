import { describeNotSent, notSentOf } from '../../../core/judge/delivery.ts';
import { counted } from '../../../core/spec/words.ts';
import { causeLines } from '../causes.ts';
import { idsOf, type Rule } from './rule.ts';

/** Requests that never left the machine that makes the load: nothing is known of what the service would have said. */
export const notSent: Rule = ({ runs, endpoints }) =>
  runs.flatMap((run) => {
    const unsent = notSentOf([run.totals]);
    if (unsent.count === 0) return [];
    const affected = endpoints.filter(({ outcomes }) => (outcomes.not_sent ?? 0) > 0);
    return [
      {
        id: 'not-sent',
        title: 'The load generator could not send all requests',
        severity: unsent.isTooMuch ? 'high' : 'medium',
        impact: 'medium',
        area: 'measurement',
        summary: `${run.scenario}: ${describeNotSent(unsent)}.`,
        description:
          'These requests never reached the service, so they are excluded from every share that it is judged by.',
        endpoints: idsOf(affected),
        evidence: [
          `${counted(unsent.count, 'request')} that the operating system did not let out`,
          ...causeLines(run.endpoints, ['not_sent']),
          `${counted(unsent.requests - unsent.count, 'request')} that were sent`,
        ],
        hypotheses: [],
        recommendations: [
          {
            urgency: 'must',
            text: 'Look in k6.log for which it was. "too many open files": raise `ulimit -n`. "cannot assign requested address": widen net.ipv4.ip_local_port_range, keep connections alive, or send from several addresses or machines. Otherwise give the machine more memory, or send less.',
          },
        ],
      },
    ];
  });
