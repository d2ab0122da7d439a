import { iterationWord } from '../../core/judge/iteration-word.ts';
import { describePart, partOf } from '../../core/judge/parts.ts';
import type { Verdict } from '../../core/judge/verdict-rank.ts';
import { countCutOff } from '../../core/measure/measure-journeys.ts';
import type { Questions } from '../../core/questions/question.ts';
import { questionOf } from '../../core/questions/table.ts';
import { describeK6Options } from '../../core/spec/k6-options.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';

const NOTE_ON_DEMO_TARGET =
  'The target was the embedded reference backend (demo), so the results say nothing about your own service.';

/** The notes that nothing above them tells: a pass says of a demo target that it shows nothing of one's own service. */
export function notesToTell({
  verdict,
  notes,
}: {
  readonly verdict: Verdict;
  readonly notes: readonly string[];
}): string[] {
  return notes.filter((note) => verdict !== 'pass' || note !== NOTE_ON_DEMO_TARGET);
}

/** What a reader must know to read the figures of a run right. */
export function notesOf(run: RunEvidence, questions?: Questions): string[] {
  const { host, verdict, load, totals, targetKind, lacks, k6Options } = run;
  const notes: string[] = [];
  if (targetKind === 'reference-backend') {
    notes.push(NOTE_ON_DEMO_TARGET);
  }
  const part = partOf(run);
  if (part !== undefined) {
    notes.push(
      `This is ${describePart(part)} of one run, and not the whole run: \`k6-verdict merge\` makes one run of all of them.`,
    );
  }
  notes.push(...lacks);
  const interrupted = countCutOff(run);
  if (interrupted !== undefined) {
    if (interrupted > 0)
      notes.push(
        `k6 interrupted ${counted(interrupted, iterationWord(run))}. Requests in flight at that moment are not counted.`,
      );
  } else if ((verdict === 'incomplete' || load.endedEarly) && (load.usersAtEnd ?? 0) > 0) {
    notes.push(
      `k6 does not count requests in flight when a run is cut short: up to ${formatCount(load.usersAtEnd ?? 0)} here, one per active user.`,
    );
  }
  notes.push(...neverStarted(run));
  if (k6Options !== undefined) notes.push(`k6 options that change the work: ${describeK6Options(k6Options)}.`);
  if (host?.proxy !== undefined) {
    notes.push(
      `Requests went through the proxy ${host.proxy}: what failed or was slow may have been the proxy, not the service.`,
    );
  }
  if (load.hasSeveralClients) {
    notes.push(
      'The load came from several client addresses, so declared limits, which are per client, are not judged.',
    );
  }
  if (load.clientAddresses !== undefined) {
    notes.push(
      `The load came from up to ${formatCount(load.clientAddresses)} client addresses, and each of them may use up a declared limit.`,
    );
  }
  if (load.unattributedRequests !== undefined) {
    notes.push(
      `${counted(load.unattributedRequests, 'request')} ${load.unattributedRequests === 1 ? 'was' : 'were'} cut off between response and classification. They are in the latency of all requests, but in no outcome.`,
    );
  }
  if (totals.latencyMs.all.min === 0 && questionOf(run.study, questions)?.hasWholeMilliseconds !== true) {
    notes.push(
      'k6 records 0 ms for a request that fails before it is sent, such as a refused connection. The latency of all requests therefore looks too good.',
    );
  }
  if (countOutcomes(totals.outcomes, 'refused') > 0) {
    notes.push(
      countOutcomes(totals.outcomes, 'refused') === totals.requests
        ? 'Every connection was refused, from the first request to the last: nothing accepted connections at the target.'
        : 'Connections were refused: for part of the run, nothing accepted connections at the target.',
    );
  }
  if (countOutcomes(totals.outcomes, 'reset') > 0) {
    notes.push(
      'Where a kept-alive connection died, k6 sent its GET again without saying so: the server may have counted more requests than k6.',
    );
  }
  return notes;
}

/** What nobody did says nothing, and is easily overlooked. */
function neverStarted({ journeys = [], load }: RunEvidence): string[] {
  const names = journeys.filter(({ started }) => started === 0).map(({ name }) => name);
  if (names.length === 0 || (load.windowSeconds ?? 0) === 0) return [];
  return [
    `The load never started ${named(names)}, so there are no results for ${names.length === 1 ? 'this journey' : 'these journeys'}.`,
  ];
}

/** A note stands once, with the runs it is about unless it is about all of them. */
export function jointNotes(runs: readonly RunEvidence[], questions?: Questions): string[] {
  const about = new Map<string, string[]>();
  for (const run of runs) {
    for (const note of notesOf(run, questions)) about.set(note, [...(about.get(note) ?? []), run.scenario]);
  }
  return [...about].map(([note, scenarios]) =>
    scenarios.length === runs.length ? note : `${scenarios.join(', ')}: ${note}`,
  );
}
