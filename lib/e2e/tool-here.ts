import { vi } from 'vitest';
import { program } from '../cli/program.ts';
import { UserError } from '../core/errors.ts';
import { EXIT } from '../core/exit-codes.ts';
import { type Environment, projectRoot, type ToolEnd } from './tool.ts';

/** Calls the tool as its main.ts does, in this process: for many cases that start nothing. Not side by side. */
export async function callToolHere(args: readonly string[], environment: Environment = {}): Promise<ToolEnd> {
  const written = { stdout: '', stderr: '' };
  const spies = [
    ...(['stdout', 'stderr'] as const).map((name) =>
      vi.spyOn(process[name], 'write').mockImplementation((text) => {
        written[name] += String(text);
        return true;
      }),
    ),
    vi.spyOn(process, 'cwd').mockReturnValue(projectRoot),
  ];
  const { PATH = '', HOME = '', K6_BIN = '' } = process.env;
  const inherited = process.env;
  process.env = { PATH, HOME, K6_BIN, NO_COLOR: '1', ...environment };
  try {
    return { exitCode: await program(args), ...written };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { exitCode: EXIT.badInput, ...written, stderr: `${written.stderr}k6-verdict: ${error.message}\n` };
  } finally {
    process.env = inherited;
    for (const spy of spies) spy.mockRestore();
  }
}
