import { defineEndpoint } from '../core/endpoint.ts';

export const authValidate = defineEndpoint({ id: 'auth-validate', path: '/api/auth/validate', category: 'Auth' });
