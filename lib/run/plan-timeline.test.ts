import { describe, expect, it } from 'vitest';
import { planTimeline } from './plan-timeline.ts';

describe('planTimeline', () => {
  const few = { requests: 3000, seconds: 60 };
  const nothingElse = { environment: {}, k6Arguments: [] };

  it('makes k6 record without its server, and tells ok replies apart', () => {
    expect(planTimeline('/run/timeline.ndjson', few, nothingElse)).toEqual({
      environment: {
        K6_WEB_DASHBOARD: 'true',
        K6_WEB_DASHBOARD_PORT: '-1',
        K6_WEB_DASHBOARD_PERIOD: '2s',
        K6_WEB_DASHBOARD_TAGS: 'expected_response',
        K6_WEB_DASHBOARD_RECORD: '/run/timeline.ndjson',
      },
    });
  });

  it('records nothing where the machine has not the memory for it', () => {
    const { environment, remark } = planTimeline('/x', { requests: 1e12, seconds: 60 }, nothingElse);
    expect(environment).toEqual({});
    expect(remark).toMatch(/GiB/);
  });

  it.each([
    [{ environment: { K6_WEB_DASHBOARD: 'true' }, k6Arguments: [] }, 'K6_WEB_DASHBOARD'],
    [{ environment: { K6_WEB_DASHBOARD_EXPORT: 'x.html' }, k6Arguments: [] }, 'K6_WEB_DASHBOARD_EXPORT'],
    [{ environment: { K6_OUT: 'web-dashboard' }, k6Arguments: [] }, 'K6_OUT'],
    [{ environment: {}, k6Arguments: ['--out', 'web-dashboard=open'] }, 'web-dashboard=open'],
  ])('leaves a dashboard that somebody else set up alone: %j', (surroundings, name) => {
    expect(planTimeline('/x', few, surroundings)).toEqual({
      environment: {},
      remark: `No requests over time: ${name} sets up a dashboard, and k6 has only one.`,
    });
  });

  it('is not kept from it by an empty variable', () => {
    const { remark } = planTimeline('/x', few, { environment: { K6_WEB_DASHBOARD: '' }, k6Arguments: [] });
    expect(remark).toBeUndefined();
  });
});
