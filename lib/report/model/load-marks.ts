import { type LoadModel, type LoadShape, modelOf, peakOf, plannedSeconds } from '../../core/spec/load-shape.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatPlannedRate } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { RunEvidence } from './evidence.ts';

/** Where the load of a run begins, changes, or is over by its plan. */
export interface LoadMark {
  /** Since the load began. */
  readonly atSeconds: number;
  /** After `drain` nothing is sent by the plan: what was in flight is answered. */
  readonly kind: 'start' | 'change' | 'drain';
  /** A few words: `start: 50 users`, `to 100 users`, `20/s`. */
  readonly text: string;
}

/** As its plan has them, in their order. Of a run without a plan, its start alone. */
export function loadMarks({ plan, warmUpSeconds }: RunEvidence['load']): LoadMark[] {
  const streams = Object.entries(plan ?? {}).map(([name, shape]) => ({ name, shape, phases: phasesOf(shape) }));
  const ends = streams.map(({ shape }) => plannedSeconds(shape));
  const end = ends.length === 0 || ends.includes(undefined) ? undefined : Math.max(...ends.flatMap((at) => at ?? []));
  const begins = warmUpSeconds === undefined ? 'start' : 'after warm-up';
  const load = loadAtStart(streams);
  const changes = streams.flatMap(({ name, shape, phases }) => {
    const of = streams.length > 1 ? `${name} ` : '';
    const ownEnd = plannedSeconds(shape);
    return [
      ...phases.slice(1).map((phase) => ({ atSeconds: phase.atSeconds, text: `${of}${levelText(shape, phase)}` })),
      ...(ownEnd === undefined || ownEnd === end ? [] : [{ atSeconds: ownEnd, text: `${of}ends` }]),
    ];
  });
  return [
    { atSeconds: 0, kind: 'start', text: load === '' ? begins : `${begins}: ${load}` },
    ...atOnce(changes).filter(({ atSeconds }) => end === undefined || atSeconds < end),
    ...(end === undefined ? [] : [{ atSeconds: end, kind: 'drain', text: 'drain' } as const]),
  ];
}

/** Nearer to the end of a run than this, a mark tells of clocks and not of load. */
const LEAST_SECONDS = 0.1;

/** Those that a run came to which ended then: a plan can be cut short, and a service can answer all before its end. */
export function marksUntil(marks: readonly LoadMark[], lastSeconds: number): LoadMark[] {
  return marks.filter(({ kind, atSeconds }) => kind === 'start' || atSeconds <= lastSeconds - LEAST_SECONDS);
}

/** A time in which a stream stays at a level, or goes to it. */
interface Phase {
  readonly atSeconds: number;
  readonly level: number;
  readonly isRamp: boolean;
}

function phasesOf(shape: LoadShape): Phase[] {
  switch (shape.kind) {
    case 'ramping-users':
      return stagePhases(
        shape.startUsers,
        shape.stages.map(({ users, durationSeconds }) => ({ level: users, durationSeconds })),
      );
    case 'ramping-arrivals':
      return stagePhases(
        shape.startRatePerSecond,
        shape.stages.map(({ ratePerSecond, durationSeconds }) => ({ level: ratePerSecond, durationSeconds })),
      );
    case 'constant-users':
      return stagePhases(shape.rampUpSeconds > 0 ? 0 : shape.users, [
        { level: shape.users, durationSeconds: shape.rampUpSeconds },
        { level: shape.users, durationSeconds: shape.durationSeconds },
      ]);
    default:
      return [{ atSeconds: 0, level: peakOf(shape), isRamp: false }];
  }
}

/** A stage that goes on as the one before is no phase of its own. */
function stagePhases(
  start: number,
  stages: readonly { readonly level: number; readonly durationSeconds: number }[],
): Phase[] {
  let from = start;
  let atSeconds = 0;
  const phases: Phase[] = [];
  for (const { level, durationSeconds } of stages) {
    const isRamp = durationSeconds > 0 && level !== from;
    const last = phases.at(-1);
    const goesOn = last !== undefined && !last.isRamp && !isRamp && last.level === level;
    if (durationSeconds > 0 && !goesOn) phases.push({ atSeconds, level, isRamp });
    atSeconds += durationSeconds;
    from = level;
  }
  return phases;
}

/** Users together, and arrivals together; what begins with nothing is told when it comes. */
function loadAtStart(streams: readonly { readonly shape: LoadShape; readonly phases: readonly Phase[] }[]): string {
  const text = (model: LoadModel) => {
    const first = streams.flatMap(({ shape, phases }) => (modelOf(shape) === model ? phases.slice(0, 1) : []));
    const level = sum(first.map((phase) => phase.level));
    return level === 0 ? [] : [phaseText(model, { level, isRamp: first.some(({ isRamp }) => isRamp) })];
  };
  return [...text('closed'), ...text('open')].join(', ');
}

function levelText(shape: LoadShape, phase: Phase): string {
  return phaseText(modelOf(shape), phase);
}

function phaseText(model: LoadModel, { level, isRamp }: Pick<Phase, 'level' | 'isRamp'>): string {
  return `${isRamp ? 'to ' : ''}${model === 'closed' ? counted(level, 'user') : formatPlannedRate(level)}`;
}

/** Changes of one moment are one. */
function atOnce(changes: readonly { readonly atSeconds: number; readonly text: string }[]): LoadMark[] {
  const moments = [...new Set(changes.map(({ atSeconds }) => atSeconds))].sort((a, b) => a - b);
  return moments.map((atSeconds) => {
    const texts = changes.flatMap((change) => (change.atSeconds === atSeconds ? [change.text] : []));
    return { atSeconds, kind: 'change', text: texts.length > 2 ? `${texts.length} streams change` : texts.join(', ') };
  });
}
