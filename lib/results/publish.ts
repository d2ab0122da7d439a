import type { UserError } from '../core/spec/errors.ts';
import type { Format, FormatContext, Formats, KeptFormat, Outputs } from './format.ts';
import { placeOf, type Terminal } from './terminal.ts';
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

/**
 * Tells a model on standard output, to GitHub in a run of GitHub Actions, and in every file that somebody asked for.
 * The verdict comes first: what cannot be written after it is told, and changes nothing of it.
 * @returns whether every file could be written
 */
export async function publish<Model, Table extends Formats<Model>>(
  formats: Table & Formats<Model>,
  model: Model,
  { prints, files }: Outputs<Table>,
  { terminal, environment }: Audience,
): Promise<boolean> {
  const context = { ...placeOf(terminal), links: linksOf(environment) };
  const { isUsual, text } = await printedText(formats, model, prints, context);
  terminal.print(text);
  // A program that asked for a text of its own reads nothing else on standard output.
  const to = isUsual ? 'stdout' : 'stderr';
  const annotate = (commands: string) => terminal.annotate(commands, to);
  if (environment.GITHUB_ACTIONS === 'true') await tellGitHub(formats, model, context, environment, annotate);
  const problems = await writeFiles(formats, model, files, context);
  for (const { message } of problems) terminal.say(message);
  return problems.length === 0;
}

/** @returns what could not be written */
async function writeFiles<Model>(
  formats: Formats<Model>,
  model: Model,
  files: Readonly<Partial<Record<string, string>>>,
  context: FormatContext,
): Promise<UserError[]> {
  const problems: UserError[] = [];
  for (const [name, format] of Object.entries(formats)) {
    const file = files[name];
    if (format.to !== 'named file' || file === undefined) continue;
    const problem = writeOutput(file, await format.render(model, context));
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

async function tellGitHub<Model>(
  formats: Formats<Model>,
  model: Model,
  context: FormatContext,
  environment: Audience['environment'],
  annotate: (commands: string) => void,
): Promise<void> {
  for (const format of Object.values<Format<Model>>(formats)) {
    if (format.to === 'workflow commands') annotate(await format.render(model, context));
    if (format.to === 'step summary') addToStepSummary(await format.render(model, context), environment, annotate);
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

/** Hands every format that is kept in results/ to whatever writes it there. */
export async function keep<Model>(
  formats: Formats<Model>,
  model: Model,
  write: (name: string, content: string) => void,
): Promise<void> {
  for (const { file, render } of keptOf(formats)) write(file, await render(model, { hasColour: false }));
}

/** The formats of a table that are kept in results/. */
export function keptOf<Model>(formats: Formats<Model>): KeptFormat<Model>[] {
  return Object.values(formats).filter((format) => format.to === 'results folder');
}
