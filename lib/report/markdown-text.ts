type Alignment = 'left' | 'right';

/** A table; a column without an alignment is numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = head.map(() => 'left'),
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => ((alignments[i] ?? 'right') === 'right' ? '--:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
}

/** Text from outside as Markdown that shows just that text, in a table cell too. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/([\\`*_{}[\]|~#])/g, '\\$1');
}

/** Text from outside as inline code. */
export function code(text: string): string {
  const safe = text.replace(/\p{Cc}+/gu, ' ').replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${safe} ${fence}` : `${fence}${safe}${fence}`;
}

/** A table of named facts from outside; one that is undefined has no row. */
export function factsTable(facts: readonly (readonly [name: string, value: string | undefined])[]): string {
  return table(
    ['', ''],
    facts.flatMap(([name, value]) => (value === undefined ? [] : [[`**${name}**`, escapeMarkdown(value)]])),
  );
}
