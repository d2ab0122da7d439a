import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { readText, received, type WantedFile } from './read-text.ts';

/** What a file holds, unchecked. @throws UserError for one that cannot be read, or is no JSON */
export function readJson(file: string, wanted: WantedFile): unknown {
  const text = readText(file, wanted);
  try {
    return JSON.parse(text);
  } catch (error) {
    const { what, expected, todo } = wanted;
    throw new UserError({ what, received: received(file, wanted, faultOf(error)), expected, ...present({ todo }) });
  }
}

/** Where a text stops being JSON, and none of it: that may be a secret. */
export function faultOf(error: unknown): string {
  const [place] = /at position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message) ?? [];
  return place === undefined ? 'it is no JSON' : `it is no JSON ${place}`;
}
