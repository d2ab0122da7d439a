import { readTail } from '../../files/read-tail.ts';

/** More than the log of any run has. */
const MOST_BYTES = 16 * 1024 ** 2;

/** Finds one of k6's warnings in its log, and says it in short, with what to do. */
type Warning = (log: string) => string | undefined;

const ignoredOption: Warning = (log) => {
  const line = lineWith('unknown fields in the options', log);
  if (line === undefined) return undefined;
  const field = /unknown field \\*"([\w.-]+)\\*"/.exec(line)?.[1];
  return `k6 ignored an option of the script that it does not know${field === undefined ? '' : `: ${field}`}. Correct its name, or leave it out.`;
};

const manySeries: Warning = (log) =>
  lineWith('unique time series', log) &&
  "k6 had more than 100,000 time series, and keeps all of them in memory: requests whose URLs differ in ids need one name, by tags: { name: 'GET /orders/{id}' } or by http.url.";

/**
 * What k6 warns of in its log, which nobody reads of a run that went well.
 * @returns a line for each
 */
export function describeWarnings(logFile: string): string[] {
  const log = readTail(logFile, MOST_BYTES);
  return [ignoredOption, manySeries].flatMap((warning) => warning(log) ?? []);
}

function lineWith(words: string, log: string): string | undefined {
  return log.split('\n').find((line) => /\blevel"?[=:]\s*"?warn/.test(line) && line.includes(words));
}
