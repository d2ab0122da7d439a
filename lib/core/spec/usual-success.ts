/** The least share of requests that must succeed where nobody says another. */
export const USUAL_SUCCESS_SHARE = 0.99;
