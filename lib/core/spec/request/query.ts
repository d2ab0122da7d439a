/** What can stand in a query or a form. */
export type Value = string | number | boolean;

/** The query of a URL, or the fields of a form. A list repeats its name; what is undefined is left out. */
export type Query = Readonly<Record<string, Value | readonly Value[] | undefined>>;

/** `?a=1&a=2&q=two%20words`; empty where there is nothing to say. */
export function queryString(query: Query): string {
  const text = encodedPairs(query);
  return text === '' ? '' : `?${text}`;
}

/** The same without the question mark: application/x-www-form-urlencoded, with spaces as %20. */
export function encodedPairs(query: Query): string {
  let text = '';
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    if (Array.isArray(value)) for (const each of value) text += pair(name, each);
    else text += pair(name, value as Value);
  }
  return text.slice(1);
}

function pair(name: string, value: Value): string {
  return `&${encodeText(name)}=${encodeText(String(value))}`;
}

/** As encodeURIComponent; half of a pair of UTF-16, which that throws at, becomes the replacement character. */
export function encodeText(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replaceAll(LONE_HALF, '\ufffd'));
  }
}

const LONE_HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
