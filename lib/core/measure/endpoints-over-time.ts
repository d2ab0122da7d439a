/** Each endpoint over time, in at most 120 periods; figures stand in the order of the periods. */
export interface EndpointsOverTime {
  /** The end of each period, in seconds since the load began. */
  readonly atSeconds: readonly number[];
  readonly endpoints: readonly EndpointOverTime[];
}

export interface EndpointOverTime {
  readonly id: string;
  readonly requests: readonly number[];
  /** `ok` replies among them. */
  readonly ok: readonly number[];
  /** 429 replies among them. */
  readonly limited: readonly number[];
  /** Of the `ok` replies, in milliseconds; null in a period without one. */
  readonly okP50Ms: readonly (number | null)[];
  readonly okP95Ms: readonly (number | null)[];
}
