/** Every way in which the reference backend can behave. Apart from the profiles: whoever lists them loads none. */
export const profileNames = ['healthy', 'report', 'leaking'] as const;

export type ProfileName = (typeof profileNames)[number];
