import { isHangUpSurvived } from './hang-up.ts';
import { lookAtProcess, npmChain } from './npm-chain.ts';
import { factsOf, type ProcessFacts } from './process-facts.ts';
import { type Wakings, wakingsOf } from './waiting-shell.ts';

const PERIOD_MS = 250;
/** A timer that is so late was not late for want of CPU: we stood still, and so did whoever waits for us. */
const STOOD_STILL_MS = 2_000;

/** Read early: who looks only when the load begins may find nobody any more. */
const { masters, isOrphan } = npmChain(process.pid, lookAtProcess);

/**
 * Acts once when npm, or the shell that it started, has gone, or was told to stop and does not tell us. npm does not
 * pass on whatever ends it: a cancelled CI job would leave a load behind that nobody waits for.
 *
 * @returns what ends the watch
 */
export function whenAbandoned(act: () => void): () => void {
  if (masters.length === 0) return () => {};
  let wakings = wakingsOfShells();
  let lookedAtMs = Date.now();
  let forgivenUntilMs = 0;
  const forgive = () => {
    forgivenUntilMs = Date.now() + STOOD_STILL_MS;
  };
  const end = () => {
    clearInterval(watch);
    process.off('SIGCONT', forgive);
  };
  const look = () => {
    const now = Date.now();
    if (now - lookedAtMs > STOOD_STILL_MS) forgive();
    lookedAtMs = now;
    if (now < forgivenUntilMs) wakings = wakingsOfShells();
    const isGone = isOrphan || masters.some(hasGone);
    if (!isGone && !wakings.some(wasWoken)) return;
    end();
    // Under nohup we live on where npm does not.
    if (!isHangUpSurvived(now)) act();
  };
  const watch = setInterval(look, PERIOD_MS).unref();
  // Whoever has gone already is not to be noticed when the load has begun.
  setImmediate(look);
  // Whoever stops us stops our shell as well, and wakes it when we are to go on.
  process.on('SIGCONT', forgive);
  return end;
}

function hasGone({ pid, bornAt }: ProcessFacts): boolean {
  const now = factsOf(pid);
  return now === undefined || now.isDead || now.bornAt !== bornAt;
}

function wakingsOfShells(): Wakings[] {
  return masters.flatMap(({ pid }) => wakingsOf(pid) ?? []);
}

function wasWoken({ pid, count }: Wakings): boolean {
  const now = wakingsOf(pid);
  return now !== undefined && now.count > count;
}
