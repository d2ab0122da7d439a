/** What a project wants to see before it releases, as package.json declares it under `"k6-verdict": { "release": ... }`. */
export interface ReleasePolicy {
  /** At least one. */
  readonly needs: readonly Need[];
  /** Whether runs whose target is not known count for nothing. The embedded reference backend never counts. */
  readonly ownTarget: boolean;
}

/** A scenario of which a run must be there. */
export interface Need {
  readonly scenario: string;
  /** Least length of its load, warm-up excluded. @default the policy's, for ordinary load; else none */
  readonly minDurationSeconds?: number;
  /** Least number of expected replies of each of its endpoints. @default the policy's, for ordinary load; else none */
  readonly minSamplesPerEndpoint?: number;
  /** What holds for ordinary load where the need says nothing of its own. */
  readonly usual: Required<Limits>;
}

export interface Limits {
  readonly minDurationSeconds?: number;
  readonly minSamplesPerEndpoint?: number;
}

/** The policy as it is written in package.json. */
export interface DeclaredPolicy extends Limits {
  readonly needs: readonly (string | (Limits & { readonly scenario: string }))[];
  readonly ownTarget?: boolean;
}

/** A minute shows a steady load; from 400 replies on, 20 lie beyond a p95, so that single ones do not decide it. */
export const USUAL_LIMITS: Required<Limits> = { minDurationSeconds: 60, minSamplesPerEndpoint: 400 };

export function releasePolicyOf({ needs, ownTarget = true, ...limits }: DeclaredPolicy): ReleasePolicy {
  const usual = { ...USUAL_LIMITS, ...limits };
  return {
    needs: needs.map((need) => ({ ...(typeof need === 'string' ? { scenario: need } : need), usual })),
    ownTarget,
  };
}
