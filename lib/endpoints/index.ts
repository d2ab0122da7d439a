import { defineEndpoints } from 'k6-verdict';
import { agents, agentsActive } from './agents.ts';
import { authValidate } from './auth.ts';
import { health } from './health.ts';
import { projects } from './projects.ts';
import { services } from './services.ts';
import { echoSocket, type SocketId } from './sockets.ts';
import { systemDisk, systemInfo, systemNetwork, systemPorts, systemProcesses, systemStats } from './system.ts';

/** The 12 endpoints of LOAD-CONCURRENT-001, in the order in which reports list them. */
export const endpoints = defineEndpoints([
  systemStats,
  systemPorts,
  systemProcesses,
  systemInfo,
  systemNetwork,
  systemDisk,
  services,
  agents,
  agentsActive,
  projects,
  authValidate,
  health,
]);

export type EndpointId = (typeof endpoints)[number]['id'];

export {
  agents,
  agentsActive,
  authValidate,
  echoSocket,
  health,
  projects,
  type SocketId,
  services,
  systemDisk,
  systemInfo,
  systemNetwork,
  systemPorts,
  systemProcesses,
  systemStats,
};
