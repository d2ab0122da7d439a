import { present } from '../../core/spec/present.ts';
import { messageIn } from './message-in-log.ts';

/** What k6's log tells of exceptions in the code of a script. */
export interface LoggedExceptions {
  /** Iterations that an exception ended: k6 logs one line for each, and takes it for complete. */
  readonly iterations: number;
  /** Those of them in which a promise was rejected and nobody awaited it; an iteration that is async itself is one to k6. */
  readonly unawaited: number;
  /** The last one outside of the load, of setup() or teardown(), in one line; absent where there was none. */
  readonly outside?: string;
}

/** Of an iteration: what throws outside of the load has no executor. In the two shapes of k6's log. */
const IS_OF_ITERATION = /\bexecutor"?[=:]/;

/** Of an exception that was thrown, not of what a script logs in these words. */
const IS_EXCEPTION = /\bhint"?[=:]"script exception"/;

/** k6 calls a rejected promise so, and gives no hint; what a script logs has a source. */
const IS_REJECTION = /(?:\bmsg=|"msg":)"Uncaught \(in promise\) (?!.*\bsource"?[=:]"?console)/;

/** An async journey that throws is a rejected promise to k6 as well, but the script has counted it (`saysWhere`). */
const IS_OF_JOURNEY = /"Uncaught \(in promise\) (?:[^"\\\s]+: )?journey \\"/;

const MOST_CHARACTERS = 300;

/** Counts the exceptions in k6's log, line by line: all of them, however few of the lines are kept. */
export class ExceptionsInLog {
  #iterations = 0;
  #unawaited = 0;
  #outside: string | undefined;

  /** @param line without what is secret: some of it is told */
  take(line: string): void {
    const isRejection = IS_REJECTION.test(line);
    if (!isRejection && !IS_EXCEPTION.test(line)) return;
    if (!IS_OF_ITERATION.test(line)) {
      this.#outside = inOneLine(messageIn(line) ?? '');
      return;
    }
    this.#iterations += 1;
    if (isRejection && !IS_OF_JOURNEY.test(line)) this.#unawaited += 1;
  }

  found(): LoggedExceptions {
    return { iterations: this.#iterations, unawaited: this.#unawaited, ...present({ outside: this.#outside }) };
  }
}

/** Without the places in the script, which k6.log has. */
function inOneLine(message: string): string {
  const words = message
    .split('\n')
    .filter((line) => !/^\s*at /.test(line))
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^Uncaught \(in promise\) /, '')
    .replace(/^UserError: /, '')
    .trim();
  return words.length > MOST_CHARACTERS ? `${words.slice(0, MOST_CHARACTERS)} ...` : words;
}
