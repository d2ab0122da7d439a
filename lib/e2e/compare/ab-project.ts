import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Comparison } from '../../compare/comparison.ts';
import type { AbRecord } from '../../results/ab-record.ts';
import { unhurriedProject } from '../own-project.ts';
import { projectRoot } from '../tool.ts';

/** This repository's scenarios, where a run is left out from another share of the machine on. */
export function projectAllowing(mostBusyShare: number, folder = unhurriedProject()): string {
  const file = path.join(folder, 'package.json');
  const own = JSON.parse(readFileSync(file, 'utf8')) as { 'k6-verdict': object };
  const comparison = { mostBusyShare };
  writeFileSync(file, JSON.stringify({ ...own, 'k6-verdict': { ...own['k6-verdict'], comparison } }));
  return folder;
}

/** A checkout of it that starts its service with `npm start`: that others keep the machine busy is no reason. */
export function checkoutOf(folder: string, start: string): void {
  cpSync(unhurriedProject(), folder, { recursive: true, verbatimSymlinks: true });
  const file = path.join(projectAllowing(1, folder), 'package.json');
  const own = JSON.parse(readFileSync(file, 'utf8')) as { scripts: object };
  writeFileSync(file, JSON.stringify({ ...own, scripts: { ...own.scripts, start } }));
}

/** Answers on a port of its own after 20 ms. */
export function backendCommand(port: number, ...more: readonly string[]): string {
  const file = path.join(projectRoot, 'lib', 'reference', 'backend', 'start.mjs');
  return [`"${process.execPath}" "${file}" --port ${port} --no-rate-limits --delay-ms 20`, ...more].join(' ');
}

/** What `ab` left in a results folder. */
export function readAb(results: string): {
  readonly record: AbRecord;
  readonly comparison: Comparison;
  readonly files: string[];
} {
  const [folder = ''] = readdirSync(results).filter((name) => name.includes('-ab-'));
  const read = (name: string) => JSON.parse(readFileSync(path.join(results, folder, name), 'utf8')) as unknown;
  return {
    record: read('ab.json') as AbRecord,
    get comparison() {
      return read('comparison.json') as Comparison;
    },
    files: readdirSync(path.join(results, folder)).sort(),
  };
}
