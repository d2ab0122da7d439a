/** What an iteration of a run is called: in a test of journeys, it is one. */
export function iterationWord({ journeys }: { readonly journeys?: readonly unknown[] }): 'iteration' | 'journey' {
  return journeys === undefined ? 'iteration' : 'journey';
}
