/** All that the scenarios of this bundle read credentials from, those of hooks among them. */
const variables = new Set<string>();

/** Notes a variable, so that the tool hides what it holds, whatever its name. */
export function noteVariable(name: string): void {
  variables.add(name);
}

export function variablesOfCredentials(): readonly string[] {
  return [...variables];
}
