/** Ends a journey at a reply with which it cannot go on. It is no fault of the script. */
export class JourneyStop extends Error {
  readonly endpoint: string;

  /** @param why what was wrong with the reply: `status 503` */
  constructor(endpoint: string, why: string) {
    super(why);
    this.endpoint = endpoint;
  }
}
