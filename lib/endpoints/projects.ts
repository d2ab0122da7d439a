import { defineEndpoint } from 'k6-verdict';

export const projects = defineEndpoint({ id: 'projects', path: '/api/projects', category: 'Project' });

export default [projects] as const;
