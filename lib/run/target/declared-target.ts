import path from 'node:path';
import { parseBaseUrl } from '../../core/spec/base-url.ts';
import { expectShape } from '../../results/expect-shape.ts';
import { readOwnConfig } from '../../results/project.ts';
import type { CommandTarget } from './command-target.ts';
import type { RunningTarget } from './running-target.ts';

/** How long a service may take until it answers, where nobody says. */
export const READY_TIMEOUT_SECONDS = 120;

const NAME = '"k6-verdict".target';

/**
 * The service of a project, as its package.json declares it:
 * `"k6-verdict": { "target": { "command": "npm start", "url": "http://127.0.0.1:8000" } }`. Without a command it is one
 * that runs. Undefined where nothing is declared.
 *
 * @throws UserError for a declaration that cannot be meant
 */
export function readDeclaredTarget(root: string): RunningTarget | CommandTarget | undefined {
  const file = path.join(root, 'package.json');
  const { target } = readOwnConfig(file);
  if (target === undefined) return undefined;
  const declared = expectShape<Declaration>('target', target, {
    what: `${NAME} in ${file} does not say what to test.`,
    expected:
      '{ "url": "http://127.0.0.1:8000" } for a service that runs; for one that is to be started also "command", and if need be "cwd", "reuseExisting" (true or false) and "readyTimeoutSeconds"',
    name: 'target',
  });
  const { url, command, cwd = '.', reuseExisting = false, readyTimeoutSeconds = READY_TIMEOUT_SECONDS } = declared;
  const named = `${NAME}.url`;
  const where = { url, address: parseBaseUrl(url, named), named };
  if (command === undefined) return { kind: 'running', ...where };
  return {
    kind: 'command',
    ...where,
    command,
    commandNamed: `${NAME}.command`,
    folder: path.resolve(root, cwd),
    reusesRunning: reuseExisting,
    readyTimeoutSeconds,
  };
}

interface Declaration {
  readonly url: string;
  readonly command?: string;
  /** From the folder of package.json. */
  readonly cwd?: string;
  readonly reuseExisting?: boolean;
  readonly readyTimeoutSeconds?: number;
}
