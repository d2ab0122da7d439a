import type { StoredLoad } from '../measure/measured.ts';
import { counted } from '../spec/words.ts';
import { iterationWord } from './iteration-word.ts';
import type { Reason } from './verdict-rank.ts';

interface RunOfScript {
  readonly load: Pick<StoredLoad, 'iterations'>;
  readonly journeys?: readonly unknown[];
}

type Iterations = Partial<NonNullable<StoredLoad['iterations']>>;

/** What exceptions did to a run of our own, a part of a sentence for each kind; none where there were none. */
export function describeExceptions(run: RunOfScript): string[] {
  const { failed = 0, thrown, unawaited = 0 }: Iterations = run.load.iterations ?? {};
  const iterations = (count: number) => counted(count, iterationWord(run));
  const isLost = thrown === undefined && unawaited > 0;
  return [
    ...(failed > 0 ? [`the script threw an exception in ${iterations(failed)}`] : []),
    ...(isLost
      ? [
          `an exception was lost in ${iterations(unawaited)}, since nobody awaited the async function that threw it: call it with await`,
        ]
      : []),
  ];
}

/** Whether an exception ended whatever a script of others did. */
export function hasAlwaysThrown({ iterations }: Pick<StoredLoad, 'iterations'>): boolean {
  const { thrown = 0, completed = 0 }: Iterations = iterations ?? {};
  return thrown > 0 && thrown >= completed;
}

/** One exception fails a scenario, which is made to be judged; to a script of others they may belong, until nothing is left. */
export function judgeExceptions(run: RunOfScript): Reason[] {
  const { thrown = 0, unawaited = 0 }: Iterations = run.load.iterations ?? {};
  if (hasAlwaysThrown(run.load)) {
    const where = unawaited > 0 ? `, ${counted(unawaited, 'time')} in an async function` : '';
    const text = `an exception ended every one of ${counted(thrown, 'iteration')} of the script${where} (see k6.log)`;
    return [{ verdict: 'fail', text }];
  }
  return describeExceptions(run).map((text) => ({ verdict: 'fail', text: `${text} (see k6.log)` }));
}
