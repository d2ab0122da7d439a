/** Marks the lines of a script's console that are events of a study. */
export const EVENT_KEY = 'k6-verdict-event';
