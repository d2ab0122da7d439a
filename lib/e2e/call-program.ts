import { program } from '../cli/program.ts';
import { type Environment, projectRoot } from './tool.ts';

/** Where the program is called, where that is not the project, without variables, its output read by nobody. */
export interface Calling {
  readonly environment?: Environment;
  readonly workingFolder?: string;
  readonly columns?: number;
}

/** Calls the program without a process around it. @throws UserError as it does */
export async function callProgram(
  args: readonly string[],
  { environment = {}, workingFolder = projectRoot, ...rest }: Calling = {},
): Promise<{ readonly exitCode: number; readonly printed: string; readonly said: string }> {
  const printed: string[] = [];
  const said: string[] = [];
  const terminal = {
    print: (text: string) => void printed.push(text),
    say: (line: string) => void said.push(line),
    annotate: (commands: string, to: 'stdout' | 'stderr') => void (to === 'stdout' ? printed : said).push(commands),
    hasColour: false,
  };
  const exitCode = await program(args, { terminal, environment, workingFolder, ...rest });
  return { exitCode, printed: printed.join('\n'), said: said.join('\n') };
}
