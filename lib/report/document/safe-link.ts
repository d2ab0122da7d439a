/** The address of a link if following it only opens a page: https, http, a file beside the report, a place in it. */
export function safeLink(link: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Cs}\s\\]/u.test(link) || link === '') return undefined;
  if (/^https?:\/\/[^/]/i.test(link)) return link;
  // A colon before the first slash would be a scheme, such as javascript:, and two slashes are another host.
  const isRelative = !link.startsWith('//') && !/^[^/?#]*:/.test(link);
  return isRelative ? link : undefined;
}
