import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../core/spec/errors.ts';
import { temporaryFolder } from '../e2e/tool.ts';
import { findProject } from './project.ts';

describe('the release policy of package.json', () => {
  function policyOf(release: unknown) {
    const root = temporaryFolder();
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ 'k6-verdict': { release } }));
    return findProject(root).release;
  }

  it('is none where none is declared', () => {
    expect(policyOf(undefined)).toBeUndefined();
  });

  it('has sensible limits where it names scenarios alone', () => {
    const usual = { minDurationSeconds: 60, minSamplesPerEndpoint: 400 };
    expect(policyOf({ needs: ['sustained'] })).toEqual({ needs: [{ scenario: 'sustained', usual }], ownTarget: true });
  });

  it('has limits for all, for one scenario, and says whether the target must be known', () => {
    const burst = { scenario: 'rapid-fire', minDurationSeconds: 10 };
    expect(policyOf({ needs: ['soak', burst], minSamplesPerEndpoint: 1000, ownTarget: false })).toEqual({
      needs: [
        { scenario: 'soak', usual: { minDurationSeconds: 60, minSamplesPerEndpoint: 1000 } },
        { ...burst, usual: { minDurationSeconds: 60, minSamplesPerEndpoint: 1000 } },
      ],
      ownTarget: false,
    });
  });

  it.each<[string, unknown, string]>([
    ['a list', ['sustained'], 'release must be an object, not a list'],
    ['no scenarios', {}, 'release.needs is missing'],
    ['an empty list of them', { needs: [] }, 'release.needs must not be empty'],
    ['a scenario without a name', { needs: [' '] }, 'release.needs[0] must be text that is not empty'],
    ['a scenario that is a number', { needs: [5] }, 'release.needs[0] must be an object, not 5'],
    ['a member that there is not', { needs: ['x'], minDuration: 60 }, 'release.minDuration is not known'],
    [
      'a limit in words',
      { needs: ['x'], minDurationSeconds: '60s' },
      'release.minDurationSeconds must be a number, not a number with letters',
    ],
    [
      'a negative limit',
      { needs: ['x'], minSamplesPerEndpoint: -1 },
      'release.minSamplesPerEndpoint must be at least 0, not -1',
    ],
    ['null', null, 'release must be an object, not null'],
  ])('is refused when it is %s', (_what, release, fault) => {
    expect(() => policyOf(release)).toThrow(UserError);
    expect(() => policyOf(release)).toThrow(/^"k6-verdict"\.release in .*package\.json is not a release policy\./);
    expect(() => policyOf(release)).toThrow(fault);
  });
});
