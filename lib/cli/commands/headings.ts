/** The headings of the help, each written once: options under the same heading stand together. */
export const HEADING = {
  target: 'The target:',
  settings: 'Settings:',
  run: 'The run:',
  comparison: 'The comparison:',
  decision: 'The decision:',
  output: 'Output:',
} as const;

/** The headings of the list of commands. */
export const COMMAND_HEADING = {
  load: 'Send load:',
  judge: 'Judge stored runs:',
  report: 'Tell of stored runs:',
  other: 'Other:',
} as const;
