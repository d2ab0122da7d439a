import type { Problem } from '../../spec/document/finding.ts';
import { formatCount } from '../../spec/units.ts';
import { counted } from '../../spec/words.ts';
import { problem } from '../found-problem.ts';
import type { SocketStudy } from './answer.ts';
import { headline } from './headline.ts';

/** Findings of an answer. */
export function problems(study: SocketStudy, isTooFew: boolean): Problem[] {
  const { refused, dropped, dropCodes } = study;
  return [
    ...(refused > 0
      ? [
          problem({
            id: 'sockets-refused',
            title: isTooFew
              ? 'Fewer sockets are held than required'
              : study.cap === undefined
                ? 'Sockets are refused'
                : 'The cap on sockets is known',
            severity: isTooFew ? 'high' : 'low',
            impact: isTooFew ? 'high' : 'low',
            area: 'capacity',
            summary: headline(study),
            description:
              study.cap === undefined
                ? 'They were refused while fewer were open than at other times, so their number is not the cause.'
                : 'New clients get no socket once the cap is reached.',
            evidence: Object.entries(study.refusals).map(([how, count]) => `${how}: ${formatCount(count)}`),
            todo: {
              urgency: isTooFew ? 'must' : 'could',
              text:
                study.cap === undefined
                  ? 'Find what refuses them: the service, a limit on new connections, or a proxy.'
                  : 'Raise the cap, or spread sockets over more instances.',
            },
          }),
        ]
      : []),
    ...(dropped > 0
      ? [
          problem({
            id: 'sockets-dropped',
            title: 'Sockets are lost while they are open',
            severity: 'high',
            impact: 'high',
            area: 'availability',
            summary: `${counted(dropped, 'socket')} ${dropped === 1 ? 'was' : 'were'} lost while open.`,
            description: 'Their users have to connect again, and may do so all at once.',
            evidence: Object.entries(dropCodes).map(([code, count]) => `close code ${code}: ${formatCount(count)}`),
            todo: {
              urgency: 'must',
              text: 'Find who closes them: the service, a proxy with an idle timeout, or a restart.',
            },
          }),
        ]
      : []),
  ];
}
