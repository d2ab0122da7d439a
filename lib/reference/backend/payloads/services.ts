const table = [
  ['api-gateway', 'running', 4_012, 8_080, 2.4, 184],
  ['scheduler', 'running', 4_019, undefined, 0.6, 96],
  ['asset-pipeline', 'running', 4_033, 9_310, 11.8, 612],
  ['image-worker', 'running', 4_051, undefined, 23.5, 1_480],
  ['notifier', 'stopped', undefined, undefined, 0, 0],
  ['metrics', 'running', 4_077, 9_090, 1.1, 148],
  ['database', 'running', 1_204, 5_432, 4.7, 921],
  ['cache', 'running', 1_218, 6_379, 0.4, 73],
] as const;

export const services = {
  services: table.map(([name, status, pid, port, cpuPercent, memoryMb]) => ({
    name,
    status,
    pid: pid ?? null,
    port: port ?? null,
    cpuPercent,
    memoryMb,
    restarts: name === 'image-worker' ? 2 : 0,
    health: status === 'running' ? 'healthy' : 'unknown',
  })),
  running: table.filter(([, status]) => status === 'running').length,
  total: table.length,
};
