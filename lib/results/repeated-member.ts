/** Strings, and what opens, parts and closes objects and lists; numbers and words are passed over. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gs;

/**
 * The name of a member that an object of this JSON has twice: JSON.parse takes the last one without a word, and another
 * reader the first. Nothing that k6 or k6-verdict writes has one.
 * @param text JSON that can be parsed
 */
export function findRepeatedMember(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const names = open.at(-1);
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ',' && isName && names !== undefined) {
      const name: string = JSON.parse(token);
      if (names.has(name)) return name;
      names.add(name);
    }
    isName = token === '{' || token === ',';
  }
  return undefined;
}
