import type { Block, Text } from '../../core/spec/document/blocks.ts';
import { facts } from '../../core/spec/document/cells.ts';
import { formatDuration, formatMoment } from '../../core/spec/units.ts';
import type { ReportHeader } from '../model/header.ts';
import type { Report } from '../model/report.ts';

/** What was tested, where, when and with what. */
export function environmentBlocks({ header, runs, files }: Report): Block[] {
  const single = runs.length === 1 ? runs[0] : undefined;
  return [
    facts(
      ['Test', header.testId],
      ['Run', [{ code: header.runId }]],
      ['Date', header.startedAt && formatMoment(header.startedAt)],
      ['Duration', durationText(header, single?.loadSeconds)],
      ['System under test', systemText(header)],
      ['Release', header.release],
      ['Environment', header.environment],
      ['URL', header.target === undefined ? undefined : [{ code: header.target }]],
      ...Object.entries(header.servers ?? {}).map(([name, url]): [string, Text] => [`URL of ${name}`, [{ code: url }]]),
      [
        'Scenario',
        single === undefined
          ? runs.map(({ scenario }) => scenario).join(', ')
          : `${single.scenario}${single.plan === undefined ? '' : `, plan ${single.plan}`}`,
      ],
      ['Purpose', header.purpose],
      [
        'Load',
        single === undefined || single.load.length === 0
          ? undefined
          : `${single.load.join('; ')} (${single.model} model)`,
      ],
      ['Tool', toolText(header)],
      ['Load generator', hostText(header)],
      ['Commit of the tests', header.commit === undefined ? undefined : [{ code: header.commit }]],
      ...files.map(({ path, content }): [string, Text] => ['File', [{ link: path, text: path }, `, ${content}`]]),
    ),
  ];
}

function durationText({ durationSeconds }: ReportHeader, loadSeconds: number | undefined): string | undefined {
  if (durationSeconds === undefined)
    return loadSeconds === undefined ? undefined : `${formatDuration(loadSeconds)} of load`;
  return `${formatDuration(durationSeconds)}${loadSeconds === undefined ? '' : `, of which load ${formatDuration(loadSeconds)}`}`;
}

function systemText({ system, targetKind }: ReportHeader): string | undefined {
  const name = targetKind === 'reference-backend' ? 'embedded reference backend' : system?.name;
  return name === undefined
    ? undefined
    : `${name}${system?.stack === undefined || targetKind === 'reference-backend' ? '' : ` (${system.stack})`}`;
}

function toolText({ tool, k6Version, k6ExitCodes }: ReportHeader): string | undefined {
  const k6 = k6Version === undefined ? undefined : `k6 ${k6Version}`;
  const codes =
    tool === undefined ? '' : ` (exit code ${k6ExitCodes.map((code) => code ?? 'none: killed').join(', ')})`;
  const names = [tool === undefined ? undefined : `${tool.name} ${tool.version}`, k6].filter(
    (name) => name !== undefined,
  );
  return names.length === 0 ? undefined : `${names.join(', ')}${codes}`;
}

function hostText({ host }: ReportHeader): string | undefined {
  if (host === undefined) return undefined;
  return `${host.cores} cores, ${host.cpuModel}, ${host.platform} ${host.arch}`;
}
