/** What a line of k6's log says, of either shape: `msg="..."` or `"msg":"..."`; undefined where it is no such line. */
export function messageIn(line: string): string | undefined {
  const quoted = /(?:\bmsg=|"msg":)("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  if (quoted === undefined) return undefined;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}
