import { describeLimit } from '../../measure/rate-limit.ts';
import type { Block, Tone } from '../../spec/document/blocks.ts';
import { cell, countCell, left, list, right, table } from '../../spec/document/cells.ts';
import { formatCount, formatDuration } from '../../spec/units.ts';
import { counted } from '../../spec/words.ts';
import type { RateLimitStudy } from './answer.ts';
import { describeMet } from './limit-text.ts';

const TONES: Readonly<Record<RateLimitStudy['bypasses'][number]['state'], Tone>> = {
  open: 'bad',
  closed: 'good',
  unclear: 'caution',
};

/** How the question is answered. */
export const METHOD =
  'One client sends two bursts and then keeps asking. The accepted requests of each window are counted and compared with every known type of limiter. Bypasses are tried while the ordinary request is refused, just before and just after; each changes one thing of that request. A 401, 403, 5xx or no response gives no result, because something else than the limit refused it.';

export function section(study: RateLimitStudy, of: string): Block[] {
  const { declared, met, mostInWindow, retryAfter, isolation, hasSecondClient, bypasses, requests, accepted } = study;
  const { right: isRight, early, late, missing, isKept } = retryAfter;
  return [
    ...list([
      `Declared: ${describeLimit(declared)} (${declared.algorithm}). Enforced: ${met === undefined ? 'no limit that fits a window or a bucket' : describeMet(met)}.`,
      `${formatCount(accepted)} of ${counted(requests, 'request')} were accepted; at most ${formatCount(mostInWindow)} within any ${formatDuration(declared.windowSeconds)}.`,
      `Retry-After: right in ${formatCount(isRight)} responses, too early in ${formatCount(early)}, too late in ${formatCount(late)}, missing in ${formatCount(missing)}.${isKept === undefined ? '' : ` A request sent after its Retry-After was ${isKept ? 'accepted' : 'refused again'}.`}`,
      isolation === undefined
        ? `Another client: ${hasSecondClient ? 'it sent no request while the first one was refused' : 'not tried, since all requests come from one address (-- --local-ips=A,B)'}.`
        : `Another client, while the first one was refused: ${isolation.refused} of ${counted(isolation.requests, 'request')} refused.`,
    ]),
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Accepted within the last ${formatDuration(declared.windowSeconds)}${of}`,
        description: `At most ${formatCount(mostInWindow)}; the declared limit is ${formatCount(declared.requests)}.`,
        x: { title: 'Time since the load began', scale: 'linear', unit: 'seconds' },
        y: { title: 'Accepted requests', scale: 'linear', unit: 'count' },
        series: [
          {
            name: 'accepted',
            role: '1',
            points: study.inWindow.map(({ atSeconds, accepted: count }) => [atSeconds, count]),
          },
        ],
        limit: { name: `declared ${declared.requests}`, y: declared.requests },
      },
    },
    table(
      `Bypasses of the limit${of}`,
      [...left('Way'), ...right('Tried', 'Accepted'), ...left('Found')],
      bypasses.map(({ way, attempts, letThrough, state, why }) => [
        cell([{ code: way }]),
        countCell(attempts),
        countCell(letThrough),
        cell(
          state === 'unclear' ? `no result: ${why ?? 'the limit was not used up when it was tried'}` : state,
          TONES[state],
        ),
      ]),
    ),
  ];
}
