import type { EndpointId } from '../../endpoints/index.ts';
import { agents, agentsActive } from './agents.ts';
import { authValidate } from './auth.ts';
import { health } from './health.ts';
import { projects } from './projects.ts';
import { services } from './services.ts';
import { systemDisk, systemInfo, systemNetwork, systemPorts, systemProcesses, systemStats } from './system.ts';

/** What each endpoint says: invented, always the same, and of the size such replies have. */
export const payloads: Readonly<Record<EndpointId, unknown>> = {
  'system-stats': systemStats,
  'system-ports': systemPorts,
  'system-processes': systemProcesses,
  'system-info': systemInfo,
  'system-network': systemNetwork,
  'system-disk': systemDisk,
  services,
  agents,
  'agents-active': agentsActive,
  projects,
  'auth-validate': authValidate,
  health,
};
