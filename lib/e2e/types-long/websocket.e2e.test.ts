import { expect, it } from 'vitest';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

const timeout = 120_000;

it('1,000 sockets are held at once, without an error of ours', { timeout }, async () => {
  const backend = await backendWith();
  const { summary, exitCode } = await runScenario('websocket', { BASE_URL: backend.url });
  expect(summary.study).toMatchObject({ started: 1000, mostHeld: 1000, heldToTheEnd: 1000, refused: 0, dropped: 0 });
  const { sockets } = await backend.readTruth();
  expect(sockets).toMatchObject({ most: 1000, opened: 1000, refused: 0 });
  expect(exitCode).toBe(0);
});

it.each([
  ['refuse', 'status 503'],
  ['reset', 'connection reset'],
  ['close', 'closed at once (1013)'],
  ['hang', 'no answer in time'],
])('the cap is found exactly, and how it turns sockets away: %s', { timeout }, async (whenFull, refusal) => {
  const backend = await backendWith('--socket-cap', '173', '--sockets-when-full', whenFull);
  const { summary, exitCode } = await runScenario('websocket', {
    BASE_URL: backend.url,
    VUS: '250',
    DURATION: '14s',
    REQUEST_TIMEOUT: '2s',
  });
  expect(summary.study).toMatchObject({
    cap: 173,
    mostHeld: 173,
    heldToTheEnd: 173,
    refused: 77,
    refusals: { [refusal]: 77 },
  });
  expect((await backend.readTruth()).sockets).toMatchObject({ most: 173, opened: 173, refused: 77 });
  expect(exitCode).toBe(99);
});

it('a service that goes away in the middle drops its sockets', { timeout }, async () => {
  const backend = await backendWith();
  setTimeout(() => void backend.stop(), 8000);
  const { summary } = await runScenario('websocket', { BASE_URL: backend.url, VUS: '50', DURATION: '14s' });
  // Those that come later find nobody.
  const { study } = summary;
  if (study?.kind !== 'websocket') throw new Error('no study of sockets');
  expect(study).toMatchObject({ started: 50, heldToTheEnd: 0 });
  expect(study.dropped).toBeGreaterThan(20);
  expect(study.dropped + study.refused).toBe(50);
  expect(summary.verdict).toBe('fail');
});
