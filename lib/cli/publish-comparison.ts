import type { Comparison } from '../compare/comparison.ts';
import { renderBenchmarkJson } from '../report/comparison/render-benchmark-json.ts';
import { renderComparisonAnnotations } from '../report/comparison/render-comparison-annotations.ts';
import { renderComparisonComment, renderComparisonSummary } from '../report/comparison/render-comparison-comment.ts';
import { renderComparisonJunit } from '../report/comparison/render-comparison-junit.ts';
import { renderComparisonTerminal } from '../report/comparison/render-comparison-terminal.ts';
import type { Terminal } from './session.ts';
import { expectWritable, linksOf, tellGitHub, writeOutput } from './verdict-outputs.ts';

/** Where else a comparison is told than in its folder. */
export interface ComparisonOutputs {
  readonly printsJson: boolean;
  readonly junitFile?: string;
  readonly commentFile?: string;
  readonly benchmarkFile?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** @throws UserError for a file that cannot be written, before anything is measured */
export function expectOutputs({ junitFile, commentFile, benchmarkFile }: ComparisonOutputs): void {
  for (const file of [junitFile, commentFile, benchmarkFile]) if (file !== undefined) expectWritable(file);
}

/** Tells a comparison wherever people look. */
export async function publishComparison(
  comparison: Comparison,
  { printsJson, junitFile, commentFile, benchmarkFile, environment }: ComparisonOutputs,
  terminal: Terminal,
): Promise<void> {
  if (junitFile !== undefined) await writeOutput(junitFile, renderComparisonJunit(comparison));
  if (commentFile !== undefined)
    await writeOutput(commentFile, renderComparisonComment(comparison, linksOf(environment)));
  if (benchmarkFile !== undefined) await writeOutput(benchmarkFile, renderBenchmarkJson(comparison));
  terminal.print(
    printsJson
      ? JSON.stringify(comparison, null, 1)
      : renderComparisonTerminal(comparison, terminal.hasColour).trimEnd(),
  );
  if (environment.GITHUB_ACTIONS !== 'true') return;
  const print = printsJson ? terminal.say : terminal.print;
  tellGitHub(renderComparisonAnnotations(comparison), renderComparisonSummary(comparison), environment, print);
}
