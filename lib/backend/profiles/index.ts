import { healthy } from './healthy.ts';
import { leaking } from './leaking.ts';
import type { Profile, Surroundings } from './profile.ts';
import { report } from './report.ts';

const profiles = { healthy, report, leaking } as const satisfies Record<
  string,
  (surroundings: Surroundings) => Profile
>;

export type ProfileName = keyof typeof profiles;

export const profileNames = Object.keys(profiles) as readonly ProfileName[];

export function createProfile(name: ProfileName, surroundings: Surroundings): Profile {
  return profiles[name](surroundings);
}
