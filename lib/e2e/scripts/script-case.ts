import { EXIT } from '../../core/spec/exit-codes.ts';
import type { ScriptService } from './service.ts';

/** What is known of a run only when it begins. */
export interface Places {
  readonly service: ScriptService;
  /** Where the scripts of a table lie, absolute. */
  readonly folder: string;
}

/** A row that the report of a script must have, and the routes of the service that its requests go to. */
export interface ExpectedRow {
  /** The name that its author gave, else `METHOD /path` with numbers, UUIDs and hashes as `{id}`. */
  readonly row: string;
  /** k6's tag: '' outside any group, else `::outer::inner`. */
  readonly group: string;
  /** Requests of the load, those of setup() and teardown() left out; `counted`: as many as the service counted. */
  readonly requests: number | 'counted';
  /** As the service counts them. The lists of two rows of a script are the same or have no route in common. */
  readonly routes: readonly string[];
}

/** A script, how it is called, and how that must end. */
export interface ScriptCase {
  /** Unique within its table. */
  readonly title: string;
  /** Path from the folder of its table. */
  readonly script: string;
  /** It imports packages or paths without extension, so that k6 cannot run it as it is. */
  readonly needsBundle?: true;
  /** Given to k6 by `-e`. */
  readonly variables?: (places: Places) => Readonly<Record<string, string>>;
  /** Variables of k6's process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** More of k6's arguments. */
  readonly args?: (places: Places) => readonly string[];
  /** Hosts that it names and that are not this machine; where they really are, `exampleConfig` says. */
  readonly hosts?: readonly string[];
  /** What `k6 run` ends with, without us. */
  readonly k6ExitCode: number;
  /** Whether it has a threshold that can be crossed; a list without any is none. */
  readonly declaresLimit: boolean;
  readonly rows: readonly ExpectedRow[];
  /** How often setup() and teardown() ask a route of the service. */
  readonly aside?: Readonly<Record<string, number>>;
  /** How often k6 asks one of its own accord or without a name, which is in no row. */
  readonly unseen?: Readonly<Record<string, number>>;
  /** What its handleSummary leaves in the working folder of k6, sorted. Default: nothing. */
  readonly files?: readonly string[];
}

/** What `k6-verdict run` must end with: as k6 does, but a run that nothing judges is no pass. */
export function expectedExitCode({ k6ExitCode, declaresLimit }: ScriptCase): number {
  return k6ExitCode === EXIT.pass && !declaresLimit ? EXIT.thresholds : k6ExitCode;
}

/** A row outside any group. Its routes are what it is called, unless they are given. */
export function row(name: string, requests: ExpectedRow['requests'], ...routes: string[]): ExpectedRow {
  return { row: name, group: '', requests, routes: routes.length > 0 ? routes : [name] };
}

/** The same rows, in a group. */
export function inGroup(group: string, ...rows: readonly ExpectedRow[]): readonly ExpectedRow[] {
  return rows.map((each) => ({ ...each, group }));
}
