import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { EVENT_KEY } from '../core/questions/events.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { LogDigest } from './k6/log-digest.ts';

/** Where k6 writes what the script says, while it runs. */
export function consoleFile({ path: folder }: RunFolder): string {
  return path.join(folder, '.console');
}

/** What k6 must be told so that the events of a study reach us. */
export function consoleArguments(folder: RunFolder): string[] {
  return [`--console-output=${consoleFile(folder)}`];
}

/** `time="..." level=info msg="{\"k6-verdict-event\":{...}}"`: k6's log format, with the text quoted as Go does. */
const LINE = /^time="[^"]*" level=\w+ msg=("(?:[^"\\]|\\.)*")/;

/** Takes the events out of what the script said; all else goes into k6's log, where it would have been. */
export function takeEvents(folder: RunFolder): unknown[] {
  const file = consoleFile(folder);
  if (!existsSync(file)) return [];
  const events: unknown[] = [];
  const others = new LogDigest();
  const kept: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const event = eventIn(line);
    if (event !== undefined) events.push(event);
    else if (line !== '') kept.push(others.take(line) ?? '');
  }
  const said = [...kept, ...others.counts()].filter((line) => line !== '');
  if (said.length > 0) appendFileSync(folder.logFile, `${said.join('\n')}\n`);
  rmSync(file);
  return events;
}

/** The events so far of a script that still runs. */
export function readEvents(folder: RunFolder): unknown[] {
  const file = consoleFile(folder);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => eventIn(line) ?? []);
}

function eventIn(line: string): unknown {
  const quoted = LINE.exec(line)?.[1];
  if (quoted === undefined || !quoted.includes(EVENT_KEY)) return undefined;
  try {
    return (JSON.parse(JSON.parse(quoted) as string) as Record<string, unknown>)[EVENT_KEY];
  } catch {
    return undefined;
  }
}
