import type { Format, FormatContext, Formats, KeptFormat, Outputs } from './format.ts';
import { writeResult } from './run-folder.ts';
import type { Terminal } from './terminal.ts';
import { addToStepSummary, expectWritable, linksOf, writeOutput } from './verdict-outputs.ts';

/** Whom the texts are told. */
export interface Audience {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** @throws UserError for a file that cannot be written: said before anything is measured or judged */
export function expectOutputs<Table>({ files }: Outputs<Table>): void {
  for (const file of Object.values<string | undefined>(files)) if (file !== undefined) expectWritable(file);
}

/** Tells a model wherever somebody asked for it, on standard output, and to GitHub in a run of GitHub Actions. */
export async function publish<Model, Table extends Formats<Model>>(
  formats: Table & Formats<Model>,
  model: Model,
  { prints, files }: Outputs<Table>,
  { terminal, environment }: Audience,
): Promise<void> {
  const context = { hasColour: terminal.hasColour, links: linksOf(environment) };
  await writeFiles(formats, model, files, context);
  const { isUsual, text } = await printedText(formats, model, prints, context);
  terminal.print(text);
  if (environment.GITHUB_ACTIONS !== 'true') return;
  // A program that asked for a text of its own reads nothing else on standard output.
  const to = isUsual ? 'stdout' : 'stderr';
  const annotate = (commands: string) => terminal.annotate(commands, to);
  for (const format of Object.values<Format<Model>>(formats)) {
    if (format.to === 'workflow commands') annotate(await format.render(model, context));
    if (format.to === 'step summary') addToStepSummary(await format.render(model, context), environment, annotate);
  }
}

async function writeFiles<Model>(
  formats: Formats<Model>,
  model: Model,
  files: Readonly<Partial<Record<string, string>>>,
  context: FormatContext,
): Promise<void> {
  for (const [name, format] of Object.entries(formats)) {
    const file = files[name];
    if (format.to === 'named file' && file !== undefined) writeOutput(file, await format.render(model, context));
  }
}

async function printedText<Model>(
  formats: Formats<Model>,
  model: Model,
  prints: Readonly<Partial<Record<string, boolean>>>,
  context: FormatContext,
): Promise<{ readonly isUsual: boolean; readonly text: string }> {
  const printed = Object.entries(formats).flatMap(([name, format]) =>
    format.to === 'standard output' ? [{ name, format }] : [],
  );
  const wanted =
    printed.find(({ name }) => prints[name] === true) ?? printed.find(({ format }) => format.option === undefined);
  if (wanted === undefined) throw new Error('A table of formats without one to print');
  const { render, option } = wanted.format;
  return { isUsual: option === undefined, text: await render(model, context) };
}

/** Writes every format that is kept in results/ into a folder, each file whole or not at all. */
export async function keep<Model>(formats: Formats<Model>, model: Model, folder: string): Promise<void> {
  for (const { file, render } of keptOf(formats))
    await writeResult(folder, file, await render(model, { hasColour: false }));
}

/** The formats of a table that are kept in results/. */
export function keptOf<Model>(formats: Formats<Model>): KeptFormat<Model>[] {
  return Object.values(formats).filter((format) => format.to === 'results folder');
}
