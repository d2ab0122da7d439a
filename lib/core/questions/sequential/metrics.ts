/** One user alone has no budget of its own: its endpoints are judged as those of any other load. */
export const METRICS = {};
