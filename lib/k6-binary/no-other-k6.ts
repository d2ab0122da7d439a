/**
 * For the environment of every k6 process: for a module that it lacks, k6 would ask a server on the internet for another
 * k6 and run that one, without our recorder. Nobody sets it otherwise.
 */
export const NO_OTHER_K6 = { K6_AUTO_EXTENSION_RESOLUTION: 'false' } as const;
