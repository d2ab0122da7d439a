import { defineEndpoint } from 'k6-verdict';
import { perMinute } from './limits.ts';

export const services = defineEndpoint({
  id: 'services',
  path: '/api/services',
  category: 'Service',
  rateLimit: perMinute(60),
});

export default [services] as const;
