import { defineEndpoints } from 'k6-verdict';
import agents from './agents.ts';
import auth from './auth.ts';
import health from './health.ts';
import projects from './projects.ts';
import services from './services.ts';
import system from './system.ts';

export * from './agents.ts';
export * from './auth.ts';
export * from './health.ts';
export * from './projects.ts';
export * from './services.ts';
export * from './sockets.ts';
export * from './system.ts';

/**
 * The 12 endpoints of LOAD-CONCURRENT-001, in the order in which reports list them. A new endpoint stands in the file
 * of its resource, and has a budget in thresholds/.
 */
export const endpoints = defineEndpoints([...system, ...services, ...agents, ...projects, ...auth, ...health]);

export type EndpointId = (typeof endpoints)[number]['id'];
