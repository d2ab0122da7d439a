import path from 'node:path';
import type { Comparison } from '../compare/comparison.ts';
import { shownPath } from '../files/shown-path.ts';
import { COMPARISON_FORMATS } from './comparison-formats.ts';
import type { Outputs } from './format.ts';
import { type Audience, keep, publish } from './publish.ts';

export type ComparisonOutputs = Outputs<typeof COMPARISON_FORMATS>;

/** Keeps a comparison in its folder, and tells it wherever people look. */
export async function publishComparison(
  comparison: Comparison,
  folder: string,
  outputs: ComparisonOutputs,
  audience: Audience,
): Promise<void> {
  await keep(COMPARISON_FORMATS, comparison, folder);
  await publish(COMPARISON_FORMATS, comparison, outputs, audience);
  audience.terminal.say(`Comparison: ${shownPath(path.join(folder, COMPARISON_FORMATS.html.file))}`);
}
