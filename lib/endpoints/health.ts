import { defineEndpoint } from 'k6-verdict';

export const health = defineEndpoint({ id: 'health', path: '/api/health', category: 'Health' });

export default [health] as const;
