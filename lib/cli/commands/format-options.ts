import type { Format, FormatOption, Outputs } from '../../results/format.ts';
import { HEADING } from './headings.ts';
import { type CommandOption, flag, type Options, text, under } from './option.ts';

type OptionsFor<Values> = { readonly [Name in keyof Values]-?: CommandOption<Values[Name]> };

/** The options of a table of formats: every row that has one. */
export function formatOptions<const Table extends Readonly<Record<string, Format<never>>>>(formats: Table) {
  const options = (to: Format<never>['to'], make: (flags: string, description: string) => CommandOption<unknown>) =>
    Object.fromEntries(
      Object.entries(formats).flatMap(([name, format]) => {
        const option = format.to === to ? optionOf(format) : undefined;
        return option === undefined ? [] : [[name, make(option.flags, option.description)]];
      }),
    );
  return under(HEADING.output, {
    prints: options('standard output', flag),
    files: options('named file', text),
  } satisfies Options as unknown as {
    readonly prints: OptionsFor<Outputs<Table>['prints']>;
    readonly files: OptionsFor<Outputs<Table>['files']>;
  });
}

function optionOf(format: Format<never>): FormatOption | undefined {
  return 'option' in format ? format.option : undefined;
}
