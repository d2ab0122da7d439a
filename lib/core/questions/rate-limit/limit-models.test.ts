import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RateLimit } from '../../spec/endpoint.ts';
import { bestModel, freeAt, type LimitedReply, type LimitModel } from './limit-models.ts';

const reply = (atMs: number, isAccepted: boolean): LimitedReply => ({
  atMs,
  sentAtMs: atMs - 1,
  doneAtMs: atMs + 1,
  isAccepted,
});

/** What the script of the scenario sends: two bursts, then one request after another. In milliseconds. */
function askingTimes({ requests, windowSeconds }: Pick<RateLimit, 'requests' | 'windowSeconds'>): number[] {
  const windowMs = windowSeconds * 1000;
  const first = Math.ceil(0.6 * requests);
  return [
    ...Array.from({ length: first }, (_, i) => 5 + i * 2),
    ...Array.from({ length: requests - first + 3 }, (_, i) => 0.4 * windowMs + i * 2),
    ...Array.from({ length: 126 }, (_, i) => 0.45 * windowMs + (i * windowMs) / 120),
  ];
}

/** The second burst of the script: a window that begins in it gives two of its own requests each a window. */
const isOutsideBursts = (atMs: number) => atMs < 24_000 || atMs > 24_060;

/** An exact limiter of each kind. */
function answer(
  { requests, windowSeconds, algorithm, boundaryMs = 0 }: LimitModel,
  times: readonly number[],
): LimitedReply[] {
  const windowMs = windowSeconds * 1000;
  const accepted: number[] = [];
  let tokens = requests;
  let last = times[0] ?? 0;
  return times.map((at) => {
    tokens = Math.min(requests, tokens + ((at - last) * requests) / windowMs);
    last = at;
    const windowOf = (time: number) => Math.floor((time - boundaryMs) / windowMs);
    const fits = {
      'sliding-window': accepted.filter((time) => time > at - windowMs).length < requests,
      'fixed-window': accepted.filter((time) => windowOf(time) === windowOf(at)).length < requests,
      'token-bucket': tokens >= 1,
    }[algorithm];
    if (fits) accepted.push(at);
    if (fits) tokens -= 1;
    return reply(at, fits);
  });
}

const declared = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

describe('the limit that explains the responses', () => {
  it.each(['sliding-window', 'token-bucket'] as const)('is a %s that was met', (algorithm) => {
    const model = { requests: 60, windowSeconds: 60, algorithm };
    expect(bestModel(declared, answer(model, askingTimes(declared)), 50)).toEqual({ model, unexplained: 0 });
  });

  it('is a fixed window, wherever its windows begin', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 59_500 }).filter(isOutsideBursts), (boundaryMs) => {
        const model: LimitModel = { requests: 60, windowSeconds: 60, algorithm: 'fixed-window', boundaryMs };
        const found = bestModel(declared, answer(model, askingTimes(declared)), 50);
        expect(found?.model).toMatchObject({ requests: 60, algorithm: 'fixed-window' });
        // Where it begins is known as well as requests were close to each other.
        const { boundaryMs: met = 0, boundaryToleranceMs = 0 } = found?.model ?? {};
        const off = Math.abs(met - boundaryMs) % 60_000;
        expect(Math.min(off, 60_000 - off)).toBeLessThanOrEqual(boundaryToleranceMs);
      }),
      { numRuns: 60 },
    );
  });

  it('is none, and never a wrong one, where a fixed window begins amid a burst', () => {
    for (let boundaryMs = 23_990; boundaryMs <= 24_110; boundaryMs += 1) {
      const model: LimitModel = { requests: 60, windowSeconds: 60, algorithm: 'fixed-window', boundaryMs };
      const found = bestModel(declared, answer(model, askingTimes(declared)), 50);
      if (found !== undefined) expect(found.model).toMatchObject({ requests: 60, algorithm: 'fixed-window' });
      else expect(isOutsideBursts(boundaryMs)).toBe(false);
    }
  });

  it('has its own number of requests, whatever is declared', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 55 }), (requests) => {
        const model: LimitModel = { requests, windowSeconds: 60, algorithm: 'sliding-window' };
        expect(bestModel(declared, answer(model, askingTimes(declared)), 50)?.model).toEqual(model);
      }),
      { numRuns: 30 },
    );
  });

  it('is the declared one of those that cannot be told apart, with the others named', () => {
    // Used up at once, and never again.
    const times = [0, 2, 4, 6, 8, 10, ...Array.from({ length: 20 }, (_, i) => 1000 + i * 4000)];
    const found = bestModel(
      declared,
      answer({ requests: 4, windowSeconds: 60, algorithm: 'sliding-window' }, times),
      50,
    );
    expect(found?.model).toMatchObject({ requests: 4, algorithm: 'sliding-window', orElse: ['fixed-window'] });
  });

  it('is none where nothing was refused, or what was refused follows no rule', () => {
    const times = askingTimes(declared);
    expect(
      bestModel(
        declared,
        times.map((at) => reply(at, true)),
        50,
      ),
    ).toBeUndefined();
    expect(
      bestModel(
        declared,
        times.map((at, i) => reply(at, i % 3 !== 0)),
        50,
      ),
    ).toBeUndefined();
  });
});

describe('a place is free again', () => {
  const replies = [0, 100, 200].map((at) => reply(at, true));
  it.each<[LimitModel, number]>([
    [{ requests: 3, windowSeconds: 1, algorithm: 'sliding-window' }, 1000],
    [{ requests: 2, windowSeconds: 1, algorithm: 'sliding-window' }, 1100],
    [{ requests: 3, windowSeconds: 1, algorithm: 'fixed-window', boundaryMs: 400 }, 400],
    [{ requests: 3, windowSeconds: 1, algorithm: 'fixed-window', boundaryMs: 250 }, 1250],
  ])('%j: at %i ms', (model, atMs) => {
    expect(freeAt(model, replies, 300)).toBe(atMs);
  });

  it('in a bucket, when a token has come', () => {
    expect(freeAt({ requests: 1, windowSeconds: 1, algorithm: 'token-bucket' }, [reply(0, true)], 300)).toBeCloseTo(
      1000,
      6,
    );
  });
});
