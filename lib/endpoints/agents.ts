import { defineEndpoint } from '../core/endpoint.ts';
import { perMinute } from './limits.ts';

export const agents = defineEndpoint({
  id: 'agents',
  path: '/api/agents',
  category: 'Agent',
  rateLimit: perMinute(60),
});
export const agentsActive = defineEndpoint({ id: 'agents-active', path: '/api/agents/active', category: 'Agent' });
