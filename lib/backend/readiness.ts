/** What the process says, on stdout and to its parent, once both of its ports listen. */
export interface Readiness {
  readonly ready: true;
  /** Base URL of the service. */
  readonly url: string;
  /** Base URL of the listener that has the truth alone. */
  readonly truthUrl: string;
  readonly pid: number;
}
