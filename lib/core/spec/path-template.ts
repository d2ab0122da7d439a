/** `/orders/42/items` → `/orders/{id}/items`: what requests to one endpoint have in common, for outputs that keep every value of a tag. */
export function pathTemplate(path: string): string {
  // A number, a UUID or a hash. It stands in here since every user of a test would hold it, and few need it.
  const id = /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|(0x)?[\da-f]{16,})$/i;
  return path
    .split('/')
    .map((part) => (id.test(part) ? '{id}' : part))
    .join('/');
}
