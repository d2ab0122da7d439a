import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../tool.ts';

/** The files of a page: its blocks of code that name one after their language. Blocks of one name are its pieces, in order. */
export function filesOf(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(projectRoot, 'docs', page), 'utf8');
  const files = new Map<string, string>();
  for (const [, name = '', code = ''] of text.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm))
    files.set(name, files.has(name) ? `${files.get(name)}\n${code}` : code);
  return files;
}

/** Writes them into a project. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}
