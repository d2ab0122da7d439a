type Headers = Readonly<Record<string, string>>;

/** All headers of these layers; of those with one name, however it is spelled, the one of the first layer that has it. */
export function layeredHeaders(...layers: readonly (Headers | undefined)[]): Record<string, string> {
  const said = new Set<string>();
  const headers: Record<string, string> = {};
  for (const layer of layers) {
    if (layer === undefined) continue;
    const added = Object.keys(layer).filter((name) => !said.has(name.toLowerCase()));
    for (const name of added) {
      headers[name] = layer[name] as string;
      said.add(name.toLowerCase());
    }
  }
  return headers;
}
