import type { Problem, Recommendation } from '../spec/document/finding.ts';

type Essentials = Pick<Problem, 'id' | 'title' | 'severity' | 'impact' | 'area' | 'summary' | 'description'> &
  Partial<Pick<Problem, 'endpoints' | 'evidence' | 'hypotheses'>> & { readonly todo: Recommendation };

/** A problem with the one thing to do about it. */
export function problem({ todo, ...essentials }: Essentials): Problem {
  return { endpoints: [], evidence: [], hypotheses: [], ...essentials, recommendations: [todo] };
}
