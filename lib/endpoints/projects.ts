import { defineEndpoint } from '../core/endpoint.ts';

export const projects = defineEndpoint({ id: 'projects', path: '/api/projects', category: 'Project' });
