import { formatCount, formatShare } from '../../spec/units.ts';
import type { SocketStudy } from './answer.ts';

export function headline({ mostHeld, heldToTheEnd, started, refused, dropped, cap, refusals }: SocketStudy): string {
  const held = `${formatCount(heldToTheEnd)} of ${formatCount(started)} sockets were held to the end (${formatShare(started === 0 ? 0 : heldToTheEnd / started)}), ${formatCount(mostHeld)} at one time`;
  const how = Object.entries(refusals)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name)[0];
  const lost = [
    ...(refused > 0 ? [`${formatCount(refused)} refused${how === undefined ? '' : ` (${how})`}`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} lost`] : []),
  ];
  const capText =
    cap !== undefined
      ? ` The cap is ${formatCount(cap)}.`
      : refused === 0
        ? ' No cap was reached.'
        : ' Some were refused below that number, so there is no fixed cap.';
  return `${held}${lost.length > 0 ? `; ${lost.join(', ')}` : ''}.${capText}`;
}
