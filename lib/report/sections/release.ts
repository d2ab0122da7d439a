import type { Block, Text } from '../../core/spec/document/blocks.ts';
import { cell, left, paragraph, table } from '../../core/spec/document/cells.ts';
import type { Report } from '../model/report.ts';

/** One line for whoever has none. */
const HOW_TO_DECLARE: Text = [
  'A recommendation to deploy needs a release policy in package.json, such as ',
  { code: '"k6-verdict": { "release": { "needs": ["sustained"] } }' },
  '. This project declares none.',
];

/** What a declared policy asks of a release, and what of it was shown; else how one is declared. */
export function releaseBlocks({ decision: { release } }: Report): Block[] {
  if (release === undefined) return [paragraph(HOW_TO_DECLARE)];
  return [
    table(
      'Release policy',
      left('Requirement', 'Shown', 'Status'),
      release.requirements.map(({ requirement, shown, isMet }) => [
        cell(requirement),
        cell(shown),
        cell(isMet ? 'met' : 'not met', isMet ? 'good' : 'bad'),
      ]),
    ),
    paragraph(release.isMet ? 'The release policy is met.' : 'The release policy is not met.'),
  ];
}
