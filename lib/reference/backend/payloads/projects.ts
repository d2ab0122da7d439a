const table = [
  ['atlas', 'active', 'main', 412, 3, 'passed'],
  ['beacon', 'active', 'main', 268, 7, 'passed'],
  ['cascade', 'active', 'develop', 1_034, 12, 'failed'],
  ['drift', 'paused', 'main', 57, 0, 'passed'],
  ['ember', 'active', 'release/2.4', 719, 5, 'passed'],
  ['fathom', 'archived', 'main', 186, 0, 'none'],
  ['gantry', 'active', 'main', 333, 9, 'running'],
  ['harbor', 'active', 'main', 94, 1, 'passed'],
] as const;

export const projects = {
  projects: table.map(([name, status, branch, files, openTasks, lastBuild], index) => ({
    id: `prj-${index + 1}`,
    name,
    status,
    path: `/srv/projects/${name}`,
    branch,
    files,
    openTasks,
    lastBuild,
    updatedAt: `2025-11-${String(index + 1).padStart(2, '0')}T16:30:00Z`,
  })),
  total: table.length,
};
