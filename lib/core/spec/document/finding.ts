/** From the worst to the best. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What is at stake. */
export type RiskArea =
  | 'availability'
  | 'user experience'
  | 'correctness'
  | 'protection'
  | 'capacity'
  | 'monitoring'
  | 'measurement';

/** Something to know before a release, with the numbers that show it. */
export interface Finding {
  /** Stable, for programs. */
  readonly id: string;
  readonly title: string;
  /** One sentence with its number: what an executive summary says of it. */
  readonly summary: string;
  readonly description: string;
  /** Ids of the endpoints it is about; empty where it is about all of them or none. */
  readonly endpoints: readonly string[];
  readonly evidence: readonly string[];
}

export interface Problem extends Finding {
  readonly severity: Severity;
  readonly impact: 'high' | 'medium' | 'low';
  readonly area: RiskArea;
  /** What may be behind it, the best supported first. */
  readonly hypotheses: readonly Hypothesis[];
  readonly recommendations: readonly Recommendation[];
}

export interface Hypothesis {
  readonly statement: string;
  readonly supportedBy: readonly string[];
  readonly contradictedBy: readonly string[];
}

export interface Recommendation {
  readonly urgency: Urgency;
  readonly text: string;
  /** An example, only for a stack that the project declares. */
  readonly code?: CodeExample;
}

export interface CodeExample {
  /** What it shows, as the beginning of a sentence. */
  readonly purpose: string;
  readonly language: string;
  readonly text: string;
}

/** `must`: blocks the release. */
export const URGENCIES = ['must', 'should', 'could'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** A hypothesis with whatever of its evidence holds here. */
export function hypothesis(
  statement: string,
  evidence: {
    readonly for?: readonly (string | false | undefined)[];
    readonly against?: readonly (string | false | undefined)[];
  },
): Hypothesis {
  const holding = (texts: readonly (string | false | undefined)[] = []) =>
    texts.filter((text) => typeof text === 'string');
  return { statement, supportedBy: holding(evidence.for), contradictedBy: holding(evidence.against) };
}

/** The best supported first; one that nothing speaks for is no hypothesis but a guess. */
export function rankHypotheses(hypotheses: readonly Hypothesis[]): Hypothesis[] {
  const weight = ({ supportedBy, contradictedBy }: Hypothesis) => supportedBy.length - contradictedBy.length;
  return hypotheses.filter(({ supportedBy }) => supportedBy.length > 0).sort((a, b) => weight(b) - weight(a));
}
