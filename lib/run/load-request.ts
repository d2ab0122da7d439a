import type { RunPart } from './complete-summary.ts';
import type { SettingSources } from './setting-sources.ts';
import type { ReferenceProfile } from './target/reference-target.ts';

/** What every command that sends load is told. */
export interface LoadRequest {
  readonly sources: SettingSources;
  /** Which environment of package.json it is sent in. */
  readonly environmentName?: string;
  readonly measuresAtRest: boolean;
  readonly abortOnFailAfterSeconds?: number;
  /** Overrides the project's results/. */
  readonly resultsFolder?: string;
  readonly backendProfile: ReferenceProfile;
  readonly k6Arguments: readonly string[];
  /** Where several k6 processes send the load together: which of them this one is. */
  readonly part?: RunPart;
  /** Of a script, turns the engine of k6 off: what it keeps grows with each request. @default false */
  readonly flatMemory?: boolean;
  /** Shows what k6 itself writes to standard output, in place of our line on how far the run is. @default false */
  readonly k6Output?: boolean;
  /** There are many runs: how far each of them is has no place in a log. */
  readonly isOneOfMany?: true;
  readonly workingFolder: string;
}
