import { formatCount } from '../../core/spec/units.ts';

/** How many lines of each kind are kept as they are. */
const LINES_OF_A_KIND = 5;
/** More kinds than any run has causes; what differs in words that mean nothing is to find an end as well. */
const MOST_KINDS = 200;
const MOST_CHARACTERS = 8_000;
/** What is no line of k6's log, such as the last words of a program that crashes. */
const MOST_OTHER_LINES = 20_000;

/** `level=warning` or `"level":"warning"`, the two shapes of k6's log. */
const IS_LOG = /\blevel"?[=:]/;

/**
 * k6 logs a line for every request that fails. Of each kind of line the first ones are kept, and the others counted, so
 * that the log of a long run stays one that can be read, and the disk does not fill.
 */
export class LogDigest {
  readonly #kinds = new Map<string, { first: string; count: number }>();
  #ofFurtherKinds = 0;
  #otherLines = 0;

  /** @returns the line as it is to be kept; undefined where it is only counted */
  take(line: string): string | undefined {
    const kept = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)} ...` : line;
    if (!IS_LOG.test(kept)) {
      this.#otherLines += 1;
      return this.#otherLines > MOST_OTHER_LINES ? undefined : kept;
    }
    const name = kindOf(kept);
    const kind = this.#kinds.get(name);
    if (kind !== undefined) {
      kind.count += 1;
      return kind.count > LINES_OF_A_KIND ? undefined : kept;
    }
    if (this.#kinds.size >= MOST_KINDS) {
      this.#ofFurtherKinds += 1;
      return undefined;
    }
    this.#kinds.set(name, { first: kept, count: 1 });
    return kept;
  }

  /** What was only counted, a line for each kind. */
  counts(): string[] {
    const more = [...this.#kinds.values()].flatMap(({ first, count }) =>
      count > LINES_OF_A_KIND ? `... and ${formatCount(count - LINES_OF_A_KIND)} more of this kind: ${first}` : [],
    );
    const further = this.#ofFurtherKinds > 0 ? [`... and ${formatCount(this.#ofFurtherKinds)} of further kinds`] : [];
    const others = this.#otherLines - MOST_OTHER_LINES;
    return [...more, ...further, ...(others > 0 ? [`... and ${formatCount(others)} further lines`] : [])];
  }
}

/** Whether a line of the log is one of `counts`. */
export function isCount(line: string): boolean {
  return line.startsWith('... and ');
}

/** What lines have in common that tell of the same: all but times, numbers, ids, and the places in an address. */
function kindOf(line: string): string {
  return line
    .replaceAll(/(https?|wss?):\/\/[^\s"'\\]+/g, 'URL')
    .replaceAll(/\b(?=[0-9a-f-]*\d)[0-9a-f-]{8,}\b/gi, '#')
    .replaceAll(/\d+/g, '#');
}
