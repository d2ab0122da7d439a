import { defineEndpoint } from 'k6-verdict';
import { perMinute } from './limits.ts';

const system = { category: 'System' } as const;

export const systemStats = defineEndpoint({
  ...system,
  id: 'system-stats',
  path: '/api/system/stats',
  rateLimit: perMinute(60),
});
export const systemPorts = defineEndpoint({
  ...system,
  id: 'system-ports',
  path: '/api/system/ports',
  rateLimit: perMinute(30),
});
export const systemProcesses = defineEndpoint({ ...system, id: 'system-processes', path: '/api/system/processes' });
export const systemInfo = defineEndpoint({
  ...system,
  id: 'system-info',
  path: '/api/system/info',
  rateLimit: perMinute(60),
});
export const systemNetwork = defineEndpoint({ ...system, id: 'system-network', path: '/api/system/network' });
export const systemDisk = defineEndpoint({ ...system, id: 'system-disk', path: '/api/system/disk' });

export default [systemStats, systemPorts, systemProcesses, systemInfo, systemNetwork, systemDisk] as const;
