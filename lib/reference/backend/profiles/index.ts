import { healthy } from './healthy.ts';
import { leaking } from './leaking.ts';
import type { Profile, Surroundings } from './profile.ts';
import type { ProfileName } from './profile-names.ts';
import { report } from './report.ts';

export { type ProfileName, profileNames } from './profile-names.ts';

const profiles: Readonly<Record<ProfileName, (surroundings: Surroundings) => Profile>> = { healthy, report, leaking };

export function createProfile(name: ProfileName, surroundings: Surroundings): Profile {
  return profiles[name](surroundings);
}
