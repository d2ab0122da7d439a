/** `not judged`: of a test that was cut short, whatever was seen until then. */
export type CriterionStatus = 'pass' | 'fail' | 'not measured' | 'not judged';

/** What a release must show, held against what was measured. */
export interface Criterion {
  readonly id: string;
  readonly criterion: string;
  readonly target: string;
  readonly actual: string;
  readonly status: CriterionStatus;
}
