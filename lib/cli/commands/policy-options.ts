import { HEADING } from './headings.ts';
import { choice, flag, parsedOr, under } from './option.ts';
import { parseShare } from './share.ts';

/** What fails a comparison: the options of every command that compares. */
export const POLICY_OPTIONS = under(HEADING.decision, {
  isStrict: flag('--strict', 'an inconclusive comparison ends with exit code 3'),
  failOn: choice('--fail-on <state>', 'what fails the comparison', ['regressed', 'suspect'], 'regressed'),
  effect: parsedOr('--effect <share>', 'a smaller relative change is none', '0.05', parseShare('--effect')),
  tolerance: parsedOr(
    '--tolerance <share>',
    'no larger relative change may be overlooked',
    '0.1',
    parseShare('--tolerance'),
  ),
});
