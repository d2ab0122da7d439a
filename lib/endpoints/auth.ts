import { defineEndpoint } from 'k6-verdict';

export const authValidate = defineEndpoint({ id: 'auth-validate', path: '/api/auth/validate', category: 'Auth' });

export default [authValidate] as const;
