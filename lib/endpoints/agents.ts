import { defineEndpoint } from 'k6-verdict';
import { perMinute } from './limits.ts';

export const agents = defineEndpoint({
  id: 'agents',
  path: '/api/agents',
  category: 'Agent',
  rateLimit: perMinute(60),
});
export const agentsActive = defineEndpoint({ id: 'agents-active', path: '/api/agents/active', category: 'Agent' });

export default [agents, agentsActive] as const;
