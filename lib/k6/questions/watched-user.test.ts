import { expect, it } from 'vitest';
import type { AnsweredRequest, EndedJourney } from '../journeys/watching.ts';
import type { Reply, Requester } from '../request.ts';
import { WatchedUser } from './watched-user.ts';

const reply = { status: 200 } as Reply;
const requester = { endpoint: { id: 'list' } } as Requester;

function watched() {
  const begun: number[] = [];
  const answered: AnsweredRequest[] = [];
  const ended: EndedJourney[] = [];
  const user = new WatchedUser({
    probes: {
      begun: (atMs) => begun.push(atMs),
      answered: (request) => answered.push(request),
      ended: (journey) => ended.push(journey),
    },
  });
  const count = user.counting(requester, () => 'ok');
  // Each request is answered twice: it is led on.
  const send = () => {
    user.sends();
    return [count(reply), count(reply)];
  };
  return { user, send, seen: { begun, answered, ended } };
}

it('sees of a journey when it began, each request on the wire, and how it ended', () => {
  const { user, send, seen } = watched();
  user.begins('probes');
  expect(send()).toEqual(['ok', 'ok']);
  user.ended(false, 'list');
  const [begunAtMs = Number.NaN] = seen.begun;
  expect(seen.ended).toEqual([{ begunAtMs, isCompleted: false, stoppedAt: 'list' }]);
  expect(seen.answered).toMatchObject([
    { endpoint: 'list', reply, outcome: 'ok' },
    { endpoint: 'list', reply, outcome: 'ok' },
  ]);
  const sentAt = seen.answered.map(({ sentAtMs }) => sentAtMs);
  expect(sentAt[0]).toBeGreaterThanOrEqual(begunAtMs);
  expect(sentAt[1]).toBeGreaterThanOrEqual(sentAt[0] ?? Number.NaN);
});

it('sees nothing of another stream, and changes nothing of what is counted', () => {
  const { user, send, seen } = watched();
  user.begins('probes');
  user.begins('overload');
  expect(send()).toEqual(['ok', 'ok']);
  user.ended(true);
  expect(seen).toMatchObject({ begun: [expect.any(Number)], answered: [], ended: [] });
});
