import { shownName } from '../../core/spec/shown.ts';

/** What commander says of a mistake, without the values that it repeats: of an option its name is enough. */
export function withoutValues(message: string): string {
  return message
    .replace(
      /unknown option '(--[^\s'=]+|-\w)?.*?'(?=$|\n)/su,
      (_, name = 'without a name') => `unknown option ${name}`,
    )
    .replace(/ argument '.*' is invalid\./su, ' has a value that is none.')
    .replace(/unknown command '(.*?)'(?=$|\n)/su, (_, name: string) => `unknown command ${shownName(name)}`);
}
