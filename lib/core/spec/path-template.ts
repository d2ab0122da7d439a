/** A number, a UUID or a hash: what differs from request to request. */
const ID = /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|(0x)?[\da-f]{16,})$/i;

/** `/orders/42/items` → `/orders/{id}/items`: what requests to one endpoint have in common, for outputs that keep every value of a tag. */
export function pathTemplate(path: string): string {
  return path
    .split('/')
    .map((part) => (ID.test(part) ? '{id}' : part))
    .join('/');
}
