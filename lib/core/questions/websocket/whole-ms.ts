/** k6 tells the time of messages in whole milliseconds. */
export function wholeMs(ms: number): string {
  return ms < 1 ? 'below 1 ms' : `${Math.round(ms)} ms`;
}
