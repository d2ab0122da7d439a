/** The metadatum of k6's that holds an event of a script. */
export const EVENT_KEY = 'event';
