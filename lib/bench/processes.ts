import { spawn } from 'node:child_process';

export interface ProcessCost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly exitCode: number | null;
}

/**
 * Runs a program and measures it as a whole process. POSIX `times` tells the CPU time of finished children, which
 * Node does not.
 */
export function measureProcess(command: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<ProcessCost> {
  const startedAtMs = performance.now();
  const shell = spawn('sh', ['-c', '"$@" >/dev/null 2>&1; code=$?; times; exit $code', 'sh', ...command], { env, cwd });
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    shell.on('error', reject);
    shell.on('close', (exitCode) => {
      const ofChildren = output.trim().split('\n').at(-1) ?? '';
      const cpuSeconds = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
        (sum, [, m, s]) => sum + Number(m) * 60 + Number(s),
        0,
      );
      resolve({ cpuSeconds, wallSeconds: (performance.now() - startedAtMs) / 1000, exitCode });
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
