/** What can stand in a query or a form. */
export type Value = string | number | boolean;

/** The query of a URL, or the fields of a form. A list repeats its name; what is undefined is left out. */
export type Query = Readonly<Record<string, Value | readonly Value[] | undefined>>;

/** `?a=1&a=2&q=two%20words`; empty where there is nothing to say. */
export function queryString(query: Query): string {
  return pairsAfter('?', query);
}

/** The same without the question mark: application/x-www-form-urlencoded, with spaces as %20. */
export function encodedPairs(query: Query): string {
  return pairsAfter('', query);
}

/** Runs for requests of the load: a loop over numbers is the cheapest one in k6, and so is a text that grows at once. */
function pairsAfter(beginning: string, query: Query): string {
  const names = Object.keys(query);
  let text = '';
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    const value = query[name];
    if (Array.isArray(value)) for (const each of value) text += pair(text === '' ? beginning : '&', name, each);
    else if (value !== undefined) text += pair(text === '' ? beginning : '&', name, value as Value);
  }
  return text;
}

function pair(before: string, name: string, value: Value): string {
  return `${before}${encodeText(name)}=${encodeText(String(value))}`;
}

/** As encodeURIComponent; half of a pair of UTF-16, which that throws at, becomes the replacement character. */
export function encodeText(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(Array.from(text, wellFormed).join(''));
  }
}

/** Of one character, as an iterator takes them: a half is one only where it is alone. k6 finds it by no expression. */
function wellFormed(char: string): string {
  return char.length === 1 && char >= '\ud800' && char <= '\udfff' ? '\ufffd' : char;
}
