export const health = {
  status: 'healthy',
  service: 'control-center',
  version: '1.0.0',
  uptimeSeconds: 86_412,
  checks: {
    database: { status: 'up', latencyMs: 1.4 },
    cache: { status: 'up', latencyMs: 0.3 },
    agents: { status: 'up', connected: 5 },
  },
};
