import { healthy } from './healthy.ts';
import type { Profile } from './profile.ts';

const profiles = { healthy } as const satisfies Record<string, () => Profile>;

export type ProfileName = keyof typeof profiles;

export const profileNames = Object.keys(profiles) as readonly ProfileName[];

export function createProfile(name: ProfileName): Profile {
  return profiles[name]();
}
