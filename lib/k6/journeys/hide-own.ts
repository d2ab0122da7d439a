import { withoutAll } from '../../core/spec/shown.ts';

/**
 * A text, such as that of an exception, without what belongs to one user alone: its rows, its credentials, what `setup`
 * gave it and what it has kept. As it is, and as JSON and URLs write it.
 */
export function hideOwn(text: string, ...own: readonly unknown[]): string {
  const secrets = textsIn(own).flatMap((each) => [each, JSON.stringify(each).slice(1, -1), encodeURIComponent(each)]);
  return withoutAll(secrets, text);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}
