/** A URL as k6 and scripts log it, up to its query: quotes of the log itself are escaped. */
const URL_START = String.raw`((?:https?|wss?)://[^\s"'\\?#]*)`;
/** JSON writes & as an escape. */
const WITH_QUERY = new RegExp(String.raw`${URL_START}\?((?:[^\s"'\\#]|\\u0026)*)`, 'gi');

/** A text in which URLs can stand, with the names of their parameters, and without the values: one of them is a token. */
export function withoutQueries(text: string): string {
  return text.replace(WITH_QUERY, (_, start: string, query: string) => {
    const parameters = query.split(/&|\\u0026/).map((each) => each.replace(/^([\w.[\]-]{1,40})=.*$/s, '$1='));
    return `${start}?${parameters.map((each) => (each.endsWith('=') ? `${each}***` : '***')).join('&')}`;
  });
}

/**
 * The same with templates for the paths that are made of them: `/orders/{id}`. What requests of journeys have in their
 * paths can be of a row of data.
 * @returns what hides them
 */
export function hidingPaths(templates: readonly string[]): (text: string) => string {
  const patterns = templates.map((template) => {
    const pattern = template
      .split(/\{[^{}]*\}/)
      .map(escaped)
      .join(String.raw`[^/\s"'\\?#]+`);
    return { template, pattern: new RegExp(String.raw`${URL_START}${pattern}(?=[\s"'\\?#]|$)`, 'gi') };
  });
  return (text) => patterns.reduce((rest, { template, pattern }) => rest.replace(pattern, `$1${template}`), text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
