import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The configuration file that k6 reads where nobody names another one, as Go's os.UserConfigDir() has it. */
export function usualConfigFile(environment: Environment): string {
  return path.join(configFolder(environment), 'k6', 'config.json');
}

function configFolder(environment: Environment): string {
  if (process.platform === 'win32') return environment.APPDATA ?? '';
  if (process.platform === 'darwin')
    return path.join(environment.HOME || os.homedir(), 'Library', 'Application Support');
  return environment.XDG_CONFIG_HOME || path.join(environment.HOME || os.homedir(), '.config');
}
