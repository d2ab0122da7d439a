const GIB = 1024 ** 3;

export const systemStats = {
  cpu: {
    usagePercent: 23.4,
    perCore: [31.2, 18.9, 27.5, 16.1, 22.8, 24.0, 19.7, 27.0],
    frequencyMhz: 3_593,
    loadAverage: [1.42, 1.18, 0.97],
  },
  memory: { totalBytes: 32 * GIB, usedBytes: 13.5 * GIB, availableBytes: 18.5 * GIB, percent: 42.2 },
  swap: { totalBytes: 4 * GIB, usedBytes: 0.25 * GIB, percent: 6.3 },
  disk: { totalBytes: 512 * GIB, usedBytes: 288 * GIB, percent: 56.3 },
  collectedAt: '2025-11-10T09:15:00Z',
};

const listeners = [
  [22, 'sshd', 812],
  [80, 'proxy', 1_102],
  [443, 'proxy', 1_102],
  [5_432, 'database', 1_204],
  [6_379, 'cache', 1_218],
  [8_080, 'api-gateway', 4_012],
  [9_090, 'metrics', 4_077],
  [9_310, 'asset-pipeline', 4_033],
  [54_112, 'control-center', 4_001],
] as const;

export const systemPorts = {
  ports: listeners.map(([port, process, pid]) => ({
    port,
    protocol: 'tcp',
    state: 'LISTEN',
    address: port < 1_024 ? '0.0.0.0' : '127.0.0.1',
    process,
    pid,
  })),
  total: listeners.length,
};

const processNames = [
  'init',
  'sshd',
  'proxy',
  'database',
  'cache',
  'control-center',
  'api-gateway',
  'scheduler',
  'asset-pipeline',
  'image-worker',
  'metrics',
  'journal',
  'cron',
  'node-exporter',
  'agent-quality',
  'agent-backend',
  'agent-art',
  'agent-systems',
  'log-shipper',
  'backup',
  'dns-cache',
  'time-sync',
  'shell',
  'editor',
] as const;

export const systemProcesses = {
  processes: processNames.map((name, index) => ({
    pid: index === 0 ? 1 : 800 + index * 173,
    name,
    user: index < 3 ? 'root' : 'control',
    status: index % 5 === 4 ? 'running' : 'sleeping',
    cpuPercent: ((index * 29) % 83) / 10,
    memoryMb: 12 + ((index * 131) % 940),
    threads: 1 + ((index * 7) % 24),
  })),
  total: processNames.length,
};

export const systemInfo = {
  hostname: 'control-01',
  os: { name: 'Linux', release: '6.8.0', architecture: 'x86_64' },
  cpu: { model: 'Generic 8-core', physicalCores: 4, logicalCores: 8 },
  memoryBytes: 32 * GIB,
  runtime: { name: 'python', version: '3.12.4' },
  bootedAt: '2025-11-09T09:14:48Z',
};

const interfaces = [
  ['lo', '127.0.0.1', 8_412_077, 8_412_077, 0],
  ['eth0', '10.0.4.17', 918_330_412, 402_118_905, 3],
  ['eth1', '10.0.8.17', 12_884_019, 9_120_448, 0],
  ['docker0', '172.17.0.1', 55_019_332, 61_204_118, 0],
] as const;

export const systemNetwork = {
  interfaces: interfaces.map(([name, address, bytesReceived, bytesSent, dropped]) => ({
    name,
    address,
    up: true,
    speedMbps: name === 'lo' ? null : 1_000,
    bytesReceived,
    bytesSent,
    packetsReceived: Math.round(bytesReceived / 880),
    packetsSent: Math.round(bytesSent / 640),
    errors: 0,
    dropped,
  })),
  connections: { established: 48, timeWait: 17, listening: listeners.length },
};

const partitions = [
  ['/', '/dev/nvme0n1p2', 'ext4', 128, 71],
  ['/home', '/dev/nvme0n1p3', 'ext4', 256, 143],
  ['/srv', '/dev/nvme1n1p1', 'xfs', 128, 74],
] as const;

export const systemDisk = {
  partitions: partitions.map(([mountpoint, device, filesystem, totalGib, usedGib]) => ({
    mountpoint,
    device,
    filesystem,
    totalBytes: totalGib * GIB,
    usedBytes: usedGib * GIB,
    freeBytes: (totalGib - usedGib) * GIB,
    percent: Math.round((usedGib / totalGib) * 1_000) / 10,
  })),
  io: { readBytesPerSecond: 1_204_224, writeBytesPerSecond: 3_919_872 },
};
