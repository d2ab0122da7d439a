import { describe, expect, test } from 'vitest';
import { SERVICE_TIMES_KEPT, TruthLedger } from './truth.ts';

describe('the truth', () => {
  test('follows each request from its arrival to its end', () => {
    const truth = new TruthLedger();
    const [first, second, third] = [1, 2, 3, 4].map(() => truth.requestReceived('agents'));
    first?.delivered(200);
    second?.abandoned();
    third?.reset();
    const counts = { received: 4, delivered: { 200: 1 }, abandoned: 1, reset: 1, inFlight: 1 };
    expect(truth.read().endpoints.agents).toMatchObject(counts);
    expect(truth.read().totals).toEqual(counts);
  });

  test('counts the first end of a request only', () => {
    const truth = new TruthLedger();
    const visit = truth.requestReceived('agents');
    visit.abandoned();
    visit.delivered(200);
    expect(truth.read().totals).toMatchObject({ delivered: {}, abandoned: 1, inFlight: 0 });
  });

  test('tells everybody who asked when a request ends, once', () => {
    const visit = new TruthLedger().requestReceived('agents');
    const told: string[] = [];
    visit.whenEnded(() => told.push('first'));
    visit.whenEnded(() => told.push('second'));
    visit.abandoned();
    visit.reset();
    expect(told).toEqual(['first', 'second']);
  });

  test('starts again from nothing, without the requests that were in flight', () => {
    const truth = new TruthLedger();
    const visit = truth.requestReceived('agents');
    truth.connectionAccepted();
    truth.unmatchedDelivered(404);
    truth.reset();
    visit.delivered(200);
    expect(truth.read()).toEqual(new TruthLedger().read());
  });

  test('keeps a bounded number of service times and says how many it left out', () => {
    const truth = new TruthLedger();
    for (let request = 0; request < SERVICE_TIMES_KEPT + 5; request += 1) {
      truth.requestReceived('health').delivered(request % 2 === 0 ? 200 : 429);
    }
    const { serviceMs, serviceMsNotKept } = truth.read().endpoints.health;
    expect(serviceMs[200]?.length).toBe(SERVICE_TIMES_KEPT / 2);
    expect(serviceMs[429]?.length).toBe(SERVICE_TIMES_KEPT / 2);
    expect(serviceMsNotKept).toBe(5);
  });
});
