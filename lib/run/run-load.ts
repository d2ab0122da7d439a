import { present } from '../core/spec/present.ts';
import { type RunChoice, type RunResult, runOnce } from './run-once.ts';
import { runScript } from './script/run-script.ts';
import type { PreparedLoad, Session } from './session.ts';
import type { OpenTarget } from './target/target.ts';

/** Of a script, which names its target itself where it is given none. */
export type LoadChoice = Omit<RunChoice, 'target'> & { readonly target: OpenTarget | undefined };

/** Runs a scenario or a script of a session, judges it, and stores and prints what came out. */
export async function runLoad(session: Session, load: PreparedLoad, choice: LoadChoice): Promise<RunResult> {
  const { target, ...rest } = choice;
  if (load.kind === 'script') return runScript(session, load, { ...rest, ...present({ target }) });
  if (target === undefined) throw new Error('A scenario without a target');
  return runOnce(session, load, { ...rest, target });
}

/** Each scenario tries its own journeys, while endpoints are met at rest once for all scenarios of a suite. */
export function hasJourneys(load: PreparedLoad): boolean {
  return load.kind === 'scenario' && load.facts.journeys !== undefined;
}
