import { type DeclaredPolicy, type ReleasePolicy, releasePolicyOf } from '../report/model/release-policy.ts';
import { expectShape } from './expect-shape.ts';

/**
 * What package.json says of releases, under
 * `"k6-verdict": { "release": { "needs": [...], "minDurationSeconds": 60, "minSamplesPerEndpoint": 400, "ownTarget": true } }`.
 * @returns undefined where it says nothing: then nothing is said of deploying
 * @throws UserError for what is no policy
 */
export function readReleasePolicy(release: unknown, packageFile: string): ReleasePolicy | undefined {
  if (release === undefined) return undefined;
  const declared = expectShape<DeclaredPolicy>('release', release, {
    what: `"k6-verdict".release in ${packageFile} is not a release policy.`,
    expected:
      '{ "needs": ["sustained", { "scenario": "rapid-fire", "minDurationSeconds": 10 }], "minDurationSeconds": 60, "minSamplesPerEndpoint": 400, "ownTarget": true }, where all but "needs" may be left out',
    name: 'release',
  });
  return releasePolicyOf(declared);
}
