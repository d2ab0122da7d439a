// All that the tool knows of the reference backend, which is a program of its own: what it can be asked for, and where
// it tells its metrics. A test holds this against the backend itself.

/** How the reference backend can behave: its `--profile`. */
export const REFERENCE_PROFILES = ['healthy', 'report', 'leaking'] as const;

export type ReferenceProfile = (typeof REFERENCE_PROFILES)[number];

/** The one that is meant where none is named. */
export const USUAL_PROFILE: ReferenceProfile = 'healthy';

/** The path at which it tells its metrics. */
export const REFERENCE_METRICS_PATH = '/metrics';

/** The reference backend, started for the load. */
export interface ReferenceTarget {
  readonly kind: 'reference-backend';
  readonly profile: ReferenceProfile;
  /** Flags of its own, as a scenario asks for them. */
  readonly args: readonly string[];
}
