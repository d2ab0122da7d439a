/**
 * The name of the row of those requests that belong to no endpoint: what a journey sends by k6's own `http`. No endpoint
 * may have this id.
 */
export const NOT_DECLARED = 'not declared';

/** Whether a row is that of an endpoint, which the test declares. */
export function isDeclared({ id }: { readonly id: string }): boolean {
  return id !== NOT_DECLARED;
}
