/** What K6_OUT names, with commas between; an `--out` names one. */
export function outputsIn(text = ''): string[] {
  return text
    .split(',')
    .map((output) => output.trim())
    .filter((output) => output !== '');
}

/** Whether an output is our record. */
export function isRecord(output: string): boolean {
  return /^verdict(=|$)/.test(output);
}

/** Why nobody else may ask for it. */
export const OWN_RECORD = 'k6-verdict keeps a record of its own, and there is one to a run';
