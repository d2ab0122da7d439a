/** What a person needs to mend a mistake: what failed, what came in, what was expected, what to do next. */
export interface Mistake {
  readonly what: string;
  readonly received?: string;
  readonly expected?: string;
  readonly todo?: string;
}

/**
 * A mistake in what the user gave us. It is shown without a stack trace, and ends the tool with exit code 2.
 * Everything else that is thrown is a defect of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly mistake: Mistake;

  constructor(mistake: Mistake) {
    super(describeMistake(mistake));
    this.mistake = mistake;
  }
}

function describeMistake({ what, received, expected, todo }: Mistake): string {
  const lines = [what];
  if (received !== undefined) lines.push(`  received: ${received}`);
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (todo !== undefined) lines.push(`  to do:    ${todo}`);
  return lines.join('\n');
}
