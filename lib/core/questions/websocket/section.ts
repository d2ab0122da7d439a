import type { Block } from '../../spec/document/blocks.ts';
import { cell, countCell, left, right, table } from '../../spec/document/cells.ts';
import { formatCount } from '../../spec/units.ts';
import type { SocketStudy } from './answer.ts';
import { wholeMs } from './whole-ms.ts';

/** How the question is answered. */
export const METHOD =
  'Each user opens one socket, sends a message per heartbeat and closes it at the end. A socket that the server closes as soon as it is open, without an answer, counts as refused.';

export function section(study: SocketStudy, of: string): Block[] {
  const {
    started,
    mostHeld,
    heldToTheEnd,
    refused,
    dropped,
    refusals,
    dropCodes,
    messages,
    connectMs,
    roundTripMs,
    open,
  } = study;
  const rows: readonly (readonly [string, string])[] = [
    ['Started', formatCount(started)],
    ['Open at one time, at most', formatCount(mostHeld)],
    ['Held to the end', formatCount(heldToTheEnd)],
    ['Refused', formatCount(refused)],
    ['Lost while open', formatCount(dropped)],
    ['Messages sent', formatCount(messages.sent)],
    ['Messages answered', formatCount(messages.answered)],
    ...percentileRow('Until it was open', connectMs),
    ...percentileRow('Message to answer', roundTripMs),
  ];
  return [
    { kind: 'facts', facts: rows.map(([name, text]) => ({ name, text })) },
    {
      kind: 'chart',
      chart: {
        kind: 'lines',
        title: `Open sockets${of}`,
        description: `At most ${formatCount(mostHeld)} at one time.`,
        x: { title: 'Time since the load began', scale: 'linear', unit: 'seconds' },
        y: { title: 'Open sockets', scale: 'linear', unit: 'count' },
        series: [{ name: 'open', role: '1', points: open.map(({ atSeconds, sockets }) => [atSeconds, sockets]) }],
      },
    },
    ...countTable(`How sockets were refused${of}`, 'Refused by', refusals),
    ...countTable(`How sockets were lost${of}`, 'Close code', dropCodes),
  ];
}

function percentileRow(name: string, ms: SocketStudy['roundTripMs']): (readonly [string, string])[] {
  if (ms === undefined) return [];
  return [[name, `p50 ${wholeMs(ms.p50)}, p95 ${wholeMs(ms.p95)}, p99 ${wholeMs(ms.p99)}, at most ${wholeMs(ms.max)}`]];
}

function countTable(caption: string, title: string, counts: Readonly<Record<string, number>>): Block[] {
  const rows = Object.entries(counts);
  if (rows.length === 0) return [];
  return [
    table(
      caption,
      [...left(title), ...right('Sockets')],
      rows.map(([name, count]) => [cell(name), countCell(count)]),
    ),
  ];
}
