import { expect, it } from 'vitest';
import { type SocketEvent, type SocketPlan, studySockets } from './answer.ts';

const plan: SocketPlan = { kind: 'websocket', sockets: 4, openingSeconds: 1, heartbeatSeconds: 1 };
const held = (openedAt: number, closedAt = 10): SocketEvent => ({
  startedAt: openedAt - 0.1,
  openedAt,
  closedAt,
  isHeld: true,
  sent: 9,
  answered: 9,
});
const refused: SocketEvent = { startedAt: 1, closedAt: 1.1, isHeld: false, outcome: 'refused', sent: 0, answered: 0 };

it('sockets are held, or refused, or lost', () => {
  const lost: SocketEvent = { ...held(1, 4), isHeld: false, closeCode: 1006, answered: 3 };
  const study = studySockets(plan, [held(1), held(2), refused, lost], {});
  expect(study).toMatchObject({
    started: 4,
    mostHeld: 3,
    heldToTheEnd: 2,
    refused: 1,
    dropped: 1,
    cap: 3,
    refusals: { 'connection refused': 1 },
    dropCodes: { 1006: 1 },
    messages: { sent: 27, answered: 21 },
  });
});

it('one that the server closes at once, without an answer, was refused', () => {
  const turnedAway: SocketEvent = { ...held(1, 1.2), isHeld: false, closeCode: 1013, sent: 1, answered: 0 };
  const study = studySockets(plan, [held(0.5), held(0.6), held(0.7), turnedAway], {});
  expect(study).toMatchObject({ mostHeld: 3, refused: 1, dropped: 0, refusals: { 'closed at once (1013)': 1 } });
});

it('refused handshakes are told apart by their status, which k6 counts', () => {
  const handshake: SocketEvent = { ...refused, outcome: 'unexpected_status' };
  const metrics = { 'ws_sessions{status:503}': { values: { count: 2 } } };
  expect(studySockets(plan, [held(1), handshake, handshake, handshake], metrics).refusals).toEqual({
    'status 503': 2,
    'another status': 1,
  });
});

it('one that closes when another opens makes room for it', () => {
  expect(studySockets(plan, [held(1, 5), held(5, 9), held(1), held(1)], {}).mostHeld).toBe(3);
});

it('sockets that the generator never started say nothing of the service', () => {
  expect(studySockets(plan, [held(1)], {}).invalid).toMatch(/of 4 sockets the generator started 1/);
});
