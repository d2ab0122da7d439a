import {
  type Problem,
  type RiskArea,
  SEVERITIES,
  type Severity,
  URGENCIES,
  type Urgency,
} from '../../core/spec/document/finding.ts';

/** How risky a release is, by what the worst finding of each kind puts at stake. */
export interface Risks {
  readonly level: Severity | 'none found' | 'unknown';
  readonly factors: readonly RiskFactor[];
}

export interface RiskFactor {
  readonly area: RiskArea;
  readonly severity: Severity;
  /** The summaries of the findings behind it. */
  readonly because: readonly string[];
}

/** @param canTell whether the run was fit to show problems at all */
export function assessRisks(problems: readonly Problem[], canTell: boolean): Risks {
  const areas = [...new Set(problems.map(({ area }) => area))];
  const factors = areas.map((area): RiskFactor => {
    const own = problems.filter((problem) => problem.area === area);
    return { area, severity: worst(own) ?? 'low', because: own.map(({ summary }) => summary) };
  });
  const found = worst(problems);
  const isGrave = found === 'critical' || found === 'high';
  // A run that could not be judged shows what is wrong, and never that nothing worse is.
  const level = canTell || isGrave ? (found ?? 'none found') : 'unknown';
  return { level, factors: factors.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)) };
}

function worst(problems: readonly Problem[]): Severity | undefined {
  return SEVERITIES.find((severity) => problems.some((problem) => problem.severity === severity));
}

export interface Action {
  readonly text: string;
  /** Titles of the findings it answers. */
  readonly answers: readonly string[];
}

export type Actions = Readonly<Record<Urgency, readonly Action[]>>;

/** What to do, each thing once. */
export function actionsOf(problems: readonly Problem[]): Actions {
  const all = problems.flatMap(({ recommendations, title }) =>
    recommendations.map(({ urgency, text }) => ({ urgency, text, title })),
  );
  const of = (urgency: Urgency): Action[] =>
    [...new Set(all.filter((action) => action.urgency === urgency).map(({ text }) => text))].map((text) => ({
      text,
      answers: [...new Set(all.filter((action) => action.text === text).map(({ title }) => title))],
    }));
  const [must, should, could] = URGENCIES.map(of);
  return { must: must ?? [], should: should ?? [], could: could ?? [] };
}
