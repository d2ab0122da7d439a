import { readFileSync } from 'node:fs';
import { factsOf, type ProcessFacts } from './process-facts.ts';

/** A process, and whether npm (or npx, pnpm, yarn, bun) started it, or what started it. */
export interface Relative extends ProcessFacts {
  readonly isUnderNpm: boolean;
}

/** The processes from npm down to us, and how they were when we began. */
export interface NpmChain {
  /** Nearest first: the shell that npm started, and npm; none where npm did not start us. */
  readonly masters: readonly ProcessFacts[];
  /** npm had gone before we could see it. */
  readonly isOrphan: boolean;
}

/**
 * Which processes wait for us, as npm is said to do: those above us that are under npm themselves, and npm, as far as
 * all of them are in our process group. What has a group of its own was put there by a shell with job control or by
 * setsid, and is not waited for: a person's own shell may end.
 *
 * @param look undefined where there is no such process, or nothing can be known of it
 */
export function npmChain(self: number, look: (pid: number) => Relative | undefined): NpmChain {
  const own = look(self);
  const masters: ProcessFacts[] = [];
  let last = own;
  while (last?.isUnderNpm === true) {
    const parent = look(last.parent);
    if (parent === undefined || parent.group !== own?.group) {
      // A shell in between is adopted when npm dies. (We ourselves are as well when it was that shell that ended, as it
      // does after `k6-verdict run &`: then nobody was to wait for us.)
      return { masters, isOrphan: masters.length > 0 && isAdopted(last, parent) };
    }
    masters.push(parent);
    last = parent;
  }
  return { masters, isOrphan: false };
}

function isAdopted({ parent: pid }: Relative, parent: Relative | undefined): boolean {
  return pid <= 1 || parent === undefined || parent.pid === 1;
}

/** Of a running process; by `npm_lifecycle_event`, which npm, npx, pnpm, yarn and bun set for what they start. */
export function lookAtProcess(pid: number): Relative | undefined {
  const facts = factsOf(pid);
  if (facts === undefined) return undefined;
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    return { ...facts, isUnderNpm: `\0${environment}`.includes('\0npm_lifecycle_event=') };
  } catch {
    return { ...facts, isUnderNpm: false };
  }
}
