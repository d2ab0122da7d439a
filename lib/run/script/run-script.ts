import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ScriptFacts } from '../../core/judge/script/script-facts.ts';
import { RECORDER_VARIABLE, type ScriptRecorderConfig } from '../../core/measure/record/recorder-config.ts';
import { WORK_OPTION_NAMES } from '../../core/spec/k6-options.ts';
import { findK6 } from '../../k6-binary/find-k6.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';
import { projectOrFolder } from '../../results/project.ts';
import { createRunFolder, type RunFolder } from '../../results/run-folder.ts';
import type { Terminal } from '../../results/terminal.ts';
import { takeReadings } from '../conclude-run.ts';
import { K6_MODULE_FOLDER } from '../installation.ts';
import { type Interruption, stopWhenAbandoned, watchSignals } from '../interruption.ts';
import { type K6Order, runK6 } from '../k6/k6-process.ts';
import { needsRecorder } from '../k6/needs-recorder.ts';
import { progressDisplay } from '../k6/show-progress.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { bundleScript } from './bundle-script.ts';
import { concludeScript } from './conclude-script.ts';
import { keepOutput } from './keep-output.ts';
import { type PreparedScript, prepareScript, type ScriptRequest } from './prepare-script.ts';
import { tellUnstarted } from './unstarted-script.ts';

/**
 * Runs a k6 script as it is, and judges it: options, executors, thresholds and handleSummary() stay as under `k6 run`.
 * @param script its path, from the working folder
 * @returns the exit code
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function runScript(script: string, request: ScriptRequest, terminal: Terminal): Promise<number> {
  const project = projectOrFolder(request);
  const prepared = await prepareScript(script, request, project);
  const k6 = await findK6({ moduleFolder: K6_MODULE_FOLDER, log: terminal.say });
  if (!k6.hasRecorder)
    throw needsRecorder('A script of your own needs the recorder of k6-verdict: nothing else sees what it sends.', k6);

  const temporary = makeTemporaryFolder();
  const interruption = watchSignals(async () => temporary.remove(), terminal.say);
  const endWatch = stopWhenAbandoned(interruption, terminal.say);
  try {
    const { sources } = prepared;
    const bundle = sources.needsBundle ? await bundleScript(sources.file, temporary.path) : undefined;
    const folder = createRunFolder(project, safeName(prepared.name), new Date(), true);
    const spareFile = path.join(temporary.path, 'record.spare');
    const facts = factsOf(script, prepared, folder);
    const order = orderScript(k6, prepared, { bundle, facts, folder, spareFile });
    const before = takeReadings();
    const end = await sendLoad(order, interruption, terminal, folder);
    if (end === undefined) return interruption.exitCode();
    const ran = { project, terminal, folder, facts, k6, end, before, spareFile, release: prepared.release };
    const hasBegun = isThere(folder.recordFile) || isThere(spareFile);
    const exitCode = hasBegun ? await concludeScript(ran) : tellUnstarted(ran, interruption.isStopped());
    interruption.finish(exitCode);
    return exitCode;
  } finally {
    endWatch();
    temporary.remove();
    if (!interruption.hasSent()) interruption.release();
  }
}

function sendLoad(order: K6Order, interruption: Interruption, terminal: Terminal, folder: RunFolder) {
  const display = progressDisplay(terminal, order.expectedSeconds);
  return runK6(order, interruption, { ...display, print: keepOutput(folder) }, terminal.say);
}

function factsOf(script: string, { name, sources, allowedHosts }: PreparedScript, { runId }: RunFolder): ScriptFacts {
  return { runId, name, file: script, sha256: sources.sha256, allowedHosts };
}

interface Places {
  readonly bundle: string | undefined;
  readonly facts: ScriptFacts;
  readonly folder: RunFolder;
  readonly spareFile: string;
}

/** What k6 is told: what the user says, and where our record goes. */
function orderScript(k6: K6Binary, prepared: PreparedScript, { bundle, facts, folder, spareFile }: Places): K6Order {
  const recorder: ScriptRecorderConfig = {
    rows: true,
    test: facts,
    options: ['systemTags', 'scenarios', ...WORK_OPTION_NAMES],
    spare: spareFile,
  };
  return {
    k6,
    bundle: bundle ?? prepared.sources.file,
    isInput: bundle !== undefined,
    environment: prepared.environment,
    variables: {
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
      K6_NO_USAGE_REPORT: prepared.environment.K6_NO_USAGE_REPORT || 'true',
      [RECORDER_VARIABLE]: JSON.stringify(recorder),
    },
    logFile: folder.logFile,
    ownArguments: [`--out=verdict=${folder.recordFile}`, ...prepared.outputs.map((output) => `--out=${output}`)],
    k6Arguments: prepared.k6Arguments,
    // Only the script knows.
    expectedSeconds: Number.POSITIVE_INFINITY,
  };
}

/** Of a folder: what a file of any system may be called. */
function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'script';
}

function isThere(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0;
}
