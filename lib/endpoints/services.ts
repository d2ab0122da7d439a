import { defineEndpoint } from '../core/endpoint.ts';
import { perMinute } from './limits.ts';

export const services = defineEndpoint({
  id: 'services',
  path: '/api/services',
  category: 'Service',
  rateLimit: perMinute(60),
});
