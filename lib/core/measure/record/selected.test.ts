import { expect, test } from 'vitest';
import { endpointLatencyMetric, overallLatencyMetric, stepOutcomeMetric } from '../k6-metrics.ts';
import { selectedOf } from './selected.ts';

test('the name of a metric alone has no tags', () => {
  expect(selectedOf('iterations')).toEqual({ metric: 'iterations', tags: {} });
});

test('the names that the library gives are taken apart', () => {
  expect(selectedOf(overallLatencyMetric('ok'))).toEqual({
    metric: 'http_req_duration',
    tags: { expected_response: 'true', phase: 'load' },
  });
  expect(selectedOf(endpointLatencyMetric('ok', 'list {id}: all'))).toEqual({
    metric: 'http_req_duration',
    tags: { endpoint: 'list {id}: all', expected_response: 'true' },
  });
  expect(selectedOf(stepOutcomeMetric(3, 'timeout'))).toEqual({
    metric: 'step_not_ok',
    tags: { step_outcome: '3|timeout' },
  });
});
