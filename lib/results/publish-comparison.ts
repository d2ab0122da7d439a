import path from 'node:path';
import type { Comparison } from '../compare/comparison.ts';
import { shownPath } from '../files/shown-path.ts';
import { COMPARISON_FORMATS } from './comparison-formats.ts';
import type { Outputs } from './format.ts';
import { KeptResults } from './kept-results.ts';
import { type Audience, keep, publish } from './publish.ts';

export type ComparisonOutputs = Outputs<typeof COMPARISON_FORMATS>;

/**
 * Tells a comparison wherever people look, and keeps it in its folder.
 * @returns whether everything could be written
 */
export async function publishComparison(
  comparison: Comparison,
  folder: string,
  outputs: ComparisonOutputs,
  audience: Audience,
): Promise<boolean> {
  const { terminal } = audience;
  const isAllWritten = await publish(COMPARISON_FORMATS, comparison, outputs, audience);
  const kept = new KeptResults(folder);
  await keep(COMPARISON_FORMATS, comparison, (name, content) => kept.write(name, content));
  if (kept.isWhole) terminal.say(`Comparison: ${shownPath(path.join(folder, COMPARISON_FORMATS.html.file))}`);
  else kept.tell(terminal);
  return isAllWritten && kept.isWhole;
}
