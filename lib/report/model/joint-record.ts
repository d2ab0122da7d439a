/** `joint.json`: which runs, in which order, are one test. */
export interface JointRecord {
  readonly schemaVersion: 1;
  readonly testId: string;
  /** The joint folder's name. */
  readonly runId: string;
  readonly suite: string;
  readonly purpose: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** A script has no plan. */
  readonly planned: readonly { readonly scenario: string; readonly plan?: string }[];
  readonly runIds: readonly string[];
}
