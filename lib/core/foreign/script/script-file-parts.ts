import { RUN_VERDICT } from '../../judge/k6-summary/k6-words.ts';
import { baseOf, type K6File } from '../k6-file.ts';

/**
 * The k6-summary.json of a script has two files in one: what k6 says of its whole run, under k6's names, and what a
 * report says of the load, each metric of it with this before its name. So no metric of a script is taken for ours.
 */
const OURS = `${RUN_VERDICT}_`;

/** 1 where the record was whole, and 0 where it was cut off. */
export const IS_WHOLE = 'is_whole';

/** The name under which the file of a script has a metric of ours. */
export function ourName(metric: string): string {
  return baseOf(metric) === RUN_VERDICT ? metric : `${OURS}${metric}`;
}

/** What of a summary says something of the load, and what of k6's whole run. */
export interface FileParts {
  readonly ofLoad: K6File;
  readonly ofRun: K6File;
}

/** Undefined for what is not the file of a script that k6-verdict wrote. */
export function scriptFileParts(file: K6File): FileParts | undefined {
  if (!file.metrics.has(ourName(IS_WHOLE))) return undefined;
  const isOurs = (name: string) => name.startsWith(OURS) || baseOf(name) === RUN_VERDICT;
  const all = [...file.metrics];
  const ours = all.filter(([name]) => isOurs(name));
  return {
    ofLoad: { ...file, metrics: new Map(ours.map(([name, metric]) => [withoutPrefix(name), metric])) },
    ofRun: { ...file, metrics: new Map(all.filter(([name]) => !isOurs(name))) },
  };
}

function withoutPrefix(name: string): string {
  return name.startsWith(OURS) ? name.slice(OURS.length) : name;
}

/** What k6's names of sub-metrics cannot hold, and what is taken out of names that others wrote. */
const NOT_IN_TAGS = /[%,"'?#@]|^\s|\s$/g;

/** A row as the value of a tag; the names of rows are those of a script's author. */
export function rowToTag(id: string): string {
  return id.replace(NOT_IN_TAGS, (char) => `%${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The opposite of rowToTag. */
export function tagToRow(tag: string): string {
  return tag.replace(/%([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
