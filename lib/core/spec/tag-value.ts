/**
 * Why a name cannot be the value of a tag: k6 splits the tags of a sub-metric's name at commas, and trims quotes and
 * spaces at their edges.
 * @returns undefined for one that can
 */
export function whyNoTag(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (/[,{}\n\r]/.test(name)) return 'it holds a comma, a brace or a line break';
  return /^["'\s]|["'\s]$/.test(name) ? 'it starts or ends with a quote or a space' : undefined;
}
