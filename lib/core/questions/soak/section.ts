import type { Block } from '../../spec/document/blocks.ts';
import { cell, countCell, left, list, right, table } from '../../spec/document/cells.ts';
import { formatFigure } from '../../spec/units.ts';
import type { SoakStudy } from './answer.ts';
import { figureName, formatAbout } from './drift-text.ts';
import { describeChange, growthPerHour } from './growth.ts';

/** How the question is answered. */
export const METHOD =
  'The load is constant. A drift is the median of the slopes between all pairs of moments (Theil-Sen) with its 99 % interval (Sen 1968), widened by what so short a run cannot resolve. The interval decides: a growth limit holds when the whole interval is within it, and is crossed when the whole interval is beyond it. Otherwise there is no result. A drift is reported when the interval excludes 0, the change matters, and the second half of the run has it too.';

export function section(study: SoakStudy, of: string): Block[] {
  const { drifts, missing, server } = study;
  const x = { title: 'Time since the load began', scale: 'linear', unit: 'seconds' } as const;
  const memory = server.flatMap(({ atSeconds, memoryBytes }) =>
    memoryBytes === undefined ? [] : [[atSeconds, memoryBytes / 1024 ** 2] as const],
  );
  const connections = server.flatMap(({ atSeconds, openConnections }) =>
    openConnections === undefined ? [] : [[atSeconds, openConnections] as const],
  );
  const chart = (title: string, unit: string, points: readonly (readonly [number, number])[]): Block[] =>
    points.length < 2
      ? []
      : [
          {
            kind: 'chart',
            chart: {
              kind: 'lines',
              title: `${title}${of}`,
              description: `From ${formatFigure(points[0]?.[1] ?? 0)} to ${formatFigure(points.at(-1)?.[1] ?? 0)}${unit}.`,
              x,
              y: { title: `${title}${unit === '' ? '' : `,${unit}`}`, scale: 'linear', unit: 'count' },
              series: [{ name: title.toLowerCase(), role: '1', points }],
            },
          },
        ];
  return [
    table(
      `Drift${of}`,
      [
        ...left('Figure'),
        ...right('First to last quarter', 'About, per hour', '99 % interval per hour', 'Stretches'),
        ...left('Drift'),
      ],
      drifts.map((drift) => [
        cell(figureName(drift.figure)),
        cell(describeChange(drift, study)),
        { text: formatAbout(drift, drift.perHour), sort: drift.perHour },
        cell(
          growthPerHour(drift, study)
            .map((bound) => formatAbout(drift, bound))
            .join(' to '),
        ),
        countCell(drift.points),
        drift.isClaimed
          ? cell(drift.perHour > 0 ? 'rises' : 'falls', drift.perHour > 0 ? 'bad' : 'plain')
          : cell('none seen'),
      ]),
    ),
    ...list(missing.map((text) => `Not told: ${text}.`)),
    ...chart('Memory of the service', ' MiB', memory),
    ...chart('Open connections of the service', '', connections),
  ];
}
