import { compareRuns } from '../../compare/compare-runs.ts';
import type { Comparison } from '../../compare/comparison.ts';
import { outlookOf } from '../../compare/outlook.ts';
import type { ComparisonPolicy } from '../../compare/policy.ts';
import { expectOrdinaryScenario } from '../../core/judge/ordinary-load.ts';
import { present } from '../../core/spec/present.ts';
import type { TestFacts } from '../../core/spec/test-facts.ts';
import { shownPath } from '../../files/shown-path.ts';
import { abRecordFile, writeAbRecord } from '../../results/ab-record.ts';
import { readComparisonPolicy } from '../../results/comparison-policy.ts';
import { KeptResults } from '../../results/kept-results.ts';
import { projectAround } from '../../results/project.ts';
import { expectOutputs } from '../../results/publish.ts';
import { type ComparisonOutputs, publishComparison } from '../../results/publish-comparison.ts';
import { createAbFolder } from '../../results/run-folder.ts';
import type { Terminal } from '../../results/terminal.ts';
import { inEnvironment } from '../in-environment.ts';
import type { LoadRequest } from '../load-request.ts';
import { expectFollowsBaseUrl } from '../script/sent-to.ts';
import { withSession } from '../session.ts';
import { scenarioVariables, sourceOfBaseUrl } from '../setting-sources.ts';
import { chooseTarget } from '../target/choose-target.ts';
import type { Target } from '../target/target.ts';
import { wantedLoad } from '../wanted-load.ts';
import { type AbExtent, AbPlan, type Arm } from './ab-plan.ts';
import { type AbSide, expectDifferent, targetOf } from './ab-target.ts';
import { releaseOf } from './release-name.ts';

export interface AbRequest extends LoadRequest, AbExtent {
  readonly scenario: string;
  /** 1 or 2. */
  readonly looks: number;
  readonly base: Omit<AbSide, 'side'>;
  readonly head: Omit<AbSide, 'side'>;
  readonly baseRelease?: string;
  readonly headRelease?: string;
  readonly policy: ComparisonPolicy;
  readonly outputs: ComparisonOutputs;
}

/**
 * Runs base and head in turn (AB BA AB ...), each run on a target that was started for it, and compares them. A second
 * look at as many pairs again follows where the first one leaves something open.
 * @returns the exit code, by COMPARE_EXIT; k6's own where a run was interrupted
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function ab(asked: AbRequest, terminal: Terminal): Promise<number> {
  const { request, project } = inEnvironment(asked, projectAround(asked), terminal.say);
  expectOutputs(request.outputs);
  const policy = { ...readComparisonPolicy(project.root, new Date()), ...request.policy };
  const [base, head] = armsOf(request, project.root);
  const quiet: LoadRequest = { ...request, isOneOfMany: true };
  const wanted = wantedLoad(request.scenario, request.workingFolder);
  return withSession(quiet, project, [wanted], terminal, async (session) => {
    for (const { target } of [base, head]) session.targets.requireConsent(target);
    const [load] = session.loads;
    if (load?.kind === 'script') expectFollowsBaseUrl(load, [base.target, head.target]);
    const facts = load?.kind === 'scenario' ? load.facts : undefined;
    expectOrdinaryScenario(request.scenario, facts?.study);
    if (facts !== undefined) for (const line of outlook(facts, request, policy)) terminal.say(line);
    const plan = new AbPlan(session, request, policy, base, head);
    return runAndCompare(plan, { ...request, scenario: load?.name ?? request.scenario }, policy, terminal);
  });
}

function outlook(
  { replies, journeys, expected }: TestFacts,
  { pairs, looks }: AbRequest,
  policy: ComparisonPolicy,
): string[] {
  const mostJourneys = journeys === undefined ? undefined : expected.requests;
  return outlookOf({ pairs, looks, policy, ...present({ replies, mostJourneys }) });
}

async function runAndCompare(
  plan: AbPlan,
  request: AbRequest,
  policy: ComparisonPolicy,
  terminal: Terminal,
): Promise<number> {
  const startedAt = new Date();
  const folder = createAbFolder(plan.project, request.scenario, startedAt);
  const seen = await takeLooks(plan, request, policy, terminal, () => {
    const kept = new KeptResults(folder.path);
    writeRecord(kept, folder.runId, request, startedAt, plan);
    kept.tell(terminal);
  });
  if ('interruption' in seen) {
    terminal.say(
      `Stopped: the pairs are not complete, and were not compared. Their runs are listed in ${shownPath(abRecordFile(folder.path))}.`,
    );
    return seen.interruption;
  }
  const { environment } = request.sources;
  await publishComparison(seen.comparison, folder.path, request.outputs, { terminal, environment });
  return seen.comparison.exitCode;
}

/** Looks at the pairs as often as it takes, and as is planned at most. @param keepRecord of the runs so far */
async function takeLooks(
  plan: AbPlan,
  { looks, isSelfCheck }: AbRequest,
  policy: ComparisonPolicy,
  terminal: Terminal,
  keepRecord: () => void,
): Promise<{ readonly comparison: Comparison } | { readonly interruption: number }> {
  for (let look = 1; ; look += 1) {
    let interruption: number | undefined;
    try {
      interruption = await plan.runPairs(look);
    } finally {
      keepRecord();
    }
    if (interruption !== undefined) return { interruption };
    const comparison = compareRuns({
      ...plan.usable(),
      look: [look, looks],
      isSelfCheck,
      policy,
      notes: plan.notes,
    });
    if (look === looks || plan.isStopped || !comparison.needsSecondLook) return { comparison };
    terminal.say(`\nLook ${look} of ${looks} leaves something open: ${comparison.reasons[0] ?? comparison.headline}`);
  }
}

function writeRecord(
  kept: KeptResults,
  runId: string,
  { scenario, isSelfCheck, pairs, looks }: AbRequest,
  startedAt: Date,
  { runs }: AbPlan,
): void {
  writeAbRecord(kept, {
    runId,
    scenario,
    isSelfCheck,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    pairsPerLook: pairs,
    looks,
    runs: runs.map(({ side, pair, runId, run }) => ({ side, pair, runId, isUsable: run !== undefined })),
  });
}

/** @throws UserError for sides that cannot be told apart, or that make no sense together */
function armsOf(request: AbRequest, projectRoot: string): readonly [Arm, Arm] {
  const variables = scenarioVariables(request.sources);
  const { head, isSelfCheck, backendProfile } = request;
  const usual = chooseTarget(
    variables.BASE_URL,
    backendProfile,
    projectRoot,
    sourceOfBaseUrl(request.sources, variables),
  );
  const base = targetOf({ side: 'base', ...request.base }, usual);
  const release = variables.RELEASE || undefined;
  const baseRelease =
    request.baseRelease ??
    (isSelfCheck ? release : undefined) ??
    releaseOf(folderOf(base)) ??
    (isSelfCheck ? (releaseOf(projectRoot) ?? 'base') : 'base');
  if (isSelfCheck) {
    return [
      { side: 'base', target: base, release: baseRelease },
      { side: 'head', target: base, release: baseRelease },
    ];
  }
  const other = targetOf({ side: 'head', ...head }, usual);
  expectDifferent(base, other);
  return [
    { side: 'base', target: base, release: baseRelease },
    { side: 'head', target: other, release: request.headRelease ?? release ?? releaseOf(folderOf(other)) ?? 'head' },
  ];
}

/** The checkout that a target is started from, if there is one. */
function folderOf(target: Target): string | undefined {
  return target.kind === 'command' ? target.folder : undefined;
}
