const table = [
  ['art-director', 'L1', 'active', 'review style guide'],
  ['character-pipeline', 'L1', 'active', 'render turnaround sheets'],
  ['environment-pipeline', 'L1', 'idle', undefined],
  ['game-systems', 'L1', 'active', 'balance unit costs'],
  ['integration', 'L1', 'idle', undefined],
  ['quality', 'L2', 'active', 'run regression suite'],
  ['backend', 'L2', 'active', 'profile slow queries'],
  ['frontend', 'L2', 'idle', undefined],
  ['security', 'L3', 'idle', undefined],
  ['documentation', 'L3', 'idle', undefined],
  ['load-tester', 'L3', 'idle', undefined],
  ['release', 'L3', 'offline', undefined],
] as const;

const all = table.map(([name, level, status, task], index) => ({
  id: `agt-${String(index + 1).padStart(3, '0')}`,
  name,
  level,
  status,
  currentTask: task ?? null,
  completedTasks: (index * 37 + 11) % 90,
  lastSeen: `2025-11-10T09:${String(index * 4).padStart(2, '0')}:00Z`,
}));
const active = all.filter(({ status }) => status === 'active');

export const agents = {
  agents: all,
  total: all.length,
  byLevel: {
    L1: all.filter(({ level }) => level === 'L1').length,
    L2: all.filter(({ level }) => level === 'L2').length,
    L3: all.filter(({ level }) => level === 'L3').length,
  },
};

export const agentsActive = {
  agents: active.map(({ id, name, currentTask }) => ({
    id,
    name,
    currentTask,
    startedAt: '2025-11-10T08:55:00Z',
    progress: 0.6,
  })),
  total: active.length,
};
