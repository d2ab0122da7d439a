/** What the target says of itself at one time, in the Prometheus text format. */
export interface ServerSample {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly memoryBytes?: number;
  readonly openConnections?: number;
}
