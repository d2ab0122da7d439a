import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RUN_ORDER, decodeRunOrder, encodeRunOrder, type RunOrder } from './run-order.ts';

const someText = fc.string({ minLength: 1 });
const seconds = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0);

const orders: fc.Arbitrary<RunOrder> = fc.record(
  {
    runId: someText,
    summaryFile: someText,
    measuresAtRest: fc.boolean(),
    testId: someText,
    abortOnFailAfterSeconds: seconds,
    defaultWarmUpSeconds: seconds,
    readsServerMetrics: fc.boolean(),
    hasSecondClient: fc.boolean(),
    isInspected: fc.boolean(),
    isRecorded: fc.boolean(),
    isExported: fc.boolean(),
    backendUrl: fc.webUrl(),
  },
  {
    requiredKeys: [
      'runId',
      'summaryFile',
      'measuresAtRest',
      'defaultWarmUpSeconds',
      'readsServerMetrics',
      'hasSecondClient',
      'isInspected',
      'isRecorded',
      'isExported',
      'backendUrl',
    ],
  },
);

const overTheEnvironment = (order: Partial<RunOrder>) => {
  const variables = encodeRunOrder(order);
  return decodeRunOrder((name) => variables[name]);
};

describe('a run order', () => {
  it('arrives as it was given', () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(overTheEnvironment(order)).toEqual(order);
      }),
    );
  });

  it('is plain data, which survives being stored', () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(JSON.parse(JSON.stringify(order))).toEqual(order);
      }),
    );
  });

  it('is completed by the defaults where it is given in part', () => {
    const part = { isRecorded: true, defaultWarmUpSeconds: 2.5 };
    expect(overTheEnvironment(part)).toEqual({ ...DEFAULT_RUN_ORDER, ...part });
    expect(decodeRunOrder(() => undefined)).toEqual(DEFAULT_RUN_ORDER);
    expect(decodeRunOrder(() => '')).toEqual(DEFAULT_RUN_ORDER);
  });

  it('sets a variable of its own for each member, and none for what is left out', () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(Object.keys(encodeRunOrder(order))).toHaveLength(Object.keys(order).length);
      }),
    );
    expect(encodeRunOrder({ testId: undefined, measuresAtRest: false })).toEqual({ VERDICT_AT_REST: 'off' });
  });

  it('keeps its variables apart from those of k6', () => {
    fc.assert(
      fc.property(orders, (order) => {
        for (const name of Object.keys(encodeRunOrder(order))) expect(name).toMatch(/^VERDICT_/);
      }),
    );
  });
});
