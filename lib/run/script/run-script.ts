import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { limitsOfBudgets } from '../../core/judge/script/script-budgets.ts';
import type { ScriptFacts } from '../../core/judge/script/script-facts.ts';
import { RECORDER_VARIABLE, type ScriptRecorderConfig } from '../../core/measure/record/recorder-config.ts';
import { WORK_OPTION_NAMES } from '../../core/spec/k6-options.ts';
import { present } from '../../core/spec/present.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import { displayOfRun, folderOfRun } from '../begin-run.ts';
import type { RunPart } from '../complete-summary.ts';
import { type K6Order, recordingArguments, runK6 } from '../k6/k6-process.ts';
import type { LoadRequest } from '../load-request.ts';
import { withRunTag } from '../outputs/run-tags.ts';
import { takeReadings } from '../readings.ts';
import { type RunChoice, type RunResult, segmentArguments } from '../run-once.ts';
import type { Session } from '../session.ts';
import type { OpenTarget } from '../target/target.ts';
import { removeUnfinished } from '../unfinished-file.ts';
import { bundleScript } from './bundle-script.ts';
import { concludeScript, prepareScriptConclusion } from './conclude-script.ts';
import { keepOutput } from './keep-output.ts';
import type { PreparedScript } from './prepare-script.ts';
import { tellUnstarted } from './unstarted-script.ts';

/** How a run of a script differs from the others of its session: it names its target itself, unless it is given one. */
export type ScriptChoice = Omit<RunChoice, 'target' | 'measuresAtRest'> & {
  /** Given to the script as BASE_URL. */
  readonly target?: OpenTarget;
};

/** Runs a k6 script as it is, and judges it: options, executors, thresholds and handleSummary() stay as under `k6 run`. */
export async function runScript(session: Session, script: PreparedScript, choice: ScriptChoice): Promise<RunResult> {
  const { request, project, terminal, k6, interruption, temporaryFolder } = session;
  const { sources } = script;
  const folder = folderOfRun(session, script.name, choice.isLatest);
  choice.onStart?.(folder.runId);
  const bundle = sources.needsBundle ? await bundleScript(sources, temporaryFolder) : undefined;
  const spareFile = path.join(temporaryFolder, `${folder.runId}.spare`);
  const facts = factsOf(script, choice, folder, request);
  const plain = orderScript(k6, script, {
    bundle,
    facts,
    folder,
    spareFile,
    target: choice.target,
    part: request.part,
  });
  const order = script.outputs.isExported ? await withRunTag(plain, folder.runId, terminal.say) : plain;
  const release = choice.release ?? script.release;
  const isReported = choice.isReported !== false;
  const { environmentName: environment } = request;
  const started = {
    ...{ project, terminal, folder, facts, k6, spareFile, release, environment, isReported },
    before: takeReadings(),
  };
  prepareScriptConclusion(started);
  const shown = displayOfRun(session, folder, { title: script.name, ...present({ label: choice.label }) });
  const display = { ...shown, print: keepOutput(folder) };
  const end = await runK6(order, interruption, display, terminal.say);
  if (end === undefined) return { folder, exitCode: interruption.exitCode() };
  const ran = { ...started, end };
  const hasBegun = isThere(folder.recordFile) || isThere(spareFile);
  if (hasBegun) return concludeScript(ran);
  removeUnfinished(folder);
  return { folder, exitCode: tellUnstarted(ran, interruption.isStopped()) };
}

function factsOf(
  { name, script, sources, allowedHosts, budgets }: PreparedScript,
  { testId }: ScriptChoice,
  { runId }: RunFolder,
  { flatMemory = false }: LoadRequest,
): ScriptFacts {
  const isEngineOff = flatMemory ? (true as const) : undefined;
  return {
    runId,
    name,
    ...present({ testId, budgets, isEngineOff }),
    file: script,
    sha256: sources.sha256,
    allowedHosts,
  };
}

interface Places {
  readonly bundle: string | undefined;
  readonly facts: ScriptFacts;
  readonly folder: RunFolder;
  readonly spareFile: string;
  readonly target: OpenTarget | undefined;
  readonly part: RunPart | undefined;
}

/** What k6 is told: what the user says, and where our record goes. */
function orderScript(
  k6: K6Binary,
  prepared: PreparedScript,
  { bundle, facts, folder, spareFile, target, part }: Places,
): K6Order {
  const recorder: ScriptRecorderConfig = {
    rows: true,
    limits: limitsOfBudgets(prepared.budgets ?? {}),
    test: facts,
    options: ['systemTags', 'scenarios', 'executionSegment', ...WORK_OPTION_NAMES],
    spare: spareFile,
  };
  const segment = part === undefined ? [] : segmentArguments(part);
  const recording = facts.isEngineOff ? recordingArguments(folder.recordFile) : [`--out=verdict=${folder.recordFile}`];
  return {
    k6,
    bundle: bundle ?? prepared.sources.file,
    isInput: bundle !== undefined,
    environment: prepared.environment,
    variables: {
      ...present({ BASE_URL: target?.url }),
      K6_NO_USAGE_REPORT: prepared.environment.K6_NO_USAGE_REPORT || 'true',
      [RECORDER_VARIABLE]: JSON.stringify(recorder),
    },
    logFile: folder.logFile,
    ownArguments: [...recording, ...segment, ...prepared.outputs.forgotten.map((output) => `--out=${output}`)],
    k6Arguments: prepared.k6Arguments,
  };
}

function isThere(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}
