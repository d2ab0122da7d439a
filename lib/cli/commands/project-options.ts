import { HEADING } from './headings.ts';
import { text, under } from './option.ts';

/** For commands that read runs, or keep them. @param what is in the folder */
export function resultsOption(what: string) {
  return under(HEADING.output, {
    resultsFolder: text('--results <folder>', `where ${what} (default: results/ of the project)`),
  });
}
