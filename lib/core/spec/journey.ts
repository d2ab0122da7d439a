/** What everything after the run needs to know of a journey: what a user does in one iteration. */
export interface JourneyFacts {
  readonly name: string;
  /** The endpoints that it asks, those of its login among them. */
  readonly endpoints: readonly string[];
  /** How many of the streams' journeys it is, against those of the others; absent where only streams of its own have it. */
  readonly weight?: number;
  /** How long one may take. k6 ends what takes longer when the load is over. */
  readonly atMostSeconds: number;
}
