import path from 'node:path';
import type { WantedLoad } from './session.ts';

/** Whether what was named is the path of a script: a scenario's name never has a separator or the ending of one. */
export function isScript(named: string): boolean {
  return /[/\\]/.test(named) || /\.[cm]?[jt]s$/i.test(named);
}

/** @param folder that paths start from */
export function wantedLoad(named: string, folder: string): WantedLoad {
  return isScript(named) ? { script: named, file: path.resolve(folder, named) } : { name: named };
}
