import { defineEndpoint } from '../core/endpoint.ts';

export const health = defineEndpoint({ id: 'health', path: '/api/health', category: 'Health' });
