import type { Limit } from '../spec/limit.ts';
import { breakpoint } from './breakpoint/index.ts';
import { pool } from './pool/index.ts';
import type {
  Answer,
  AnswerMaterial,
  MaterialOfWhole,
  MeasuredFigure,
  Question,
  QuestionMetric,
  QuestionPlan,
  Questions,
} from './question.ts';
import { rateLimit } from './rate-limit/index.ts';
import { recovery } from './recovery/index.ts';
import { sequential } from './sequential/index.ts';
import { soak } from './soak/index.ts';
import { websocket } from './websocket/index.ts';

/** Every question that there is, in the order in which reports and schemas name them. */
export const QUESTIONS = [sequential, breakpoint, recovery, soak, pool, rateLimit, websocket] as const;

type Listed = (typeof QUESTIONS)[number];

/** What a scenario wants to know, beyond how its endpoints did. */
export type StudyPlan = Listed extends infer Each ? (Each extends Question<infer Plan> ? Plan : never) : never;

/** What it found. */
export type Study = ReturnType<Listed['answer']>;

export type StudyKind = Study['kind'];

type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** What the answers of scenarios with a question of their own must be. Each holds for the scenario that asks it. */
export type StudyBudget = {
  readonly [Metric in keyof Intersection<Listed['metrics']>]?: Limit;
};

export type StudyMetric = keyof StudyBudget;

/** @returns undefined for a kind that is not in the table */
export function questionOf(asked: { readonly kind: string } | undefined, questions: Questions = QUESTIONS) {
  return questions.find(({ kind }) => kind === asked?.kind);
}

/** Whether the figures of the endpoints say how users would fare: of ordinary load, and of questions that send it. */
export function isOrdinaryLoad(asked: { readonly kind: string } | undefined, questions?: Questions): boolean {
  return questionOf(asked, questions)?.judgesEndpoints ?? true;
}

/** @throws Error for a plan whose question is not in the table */
export function answerQuestion(plan: QuestionPlan, material: AnswerMaterial, questions: Questions = QUESTIONS): Study {
  const question = questionOf(plan, questions);
  if (question === undefined) throw new Error(`There is no question "${plan.kind}"`);
  return question.answer(plan, material) as Study;
}

/** The answer over consecutive parts; undefined for a question whose load is not sent in parts. */
export function answerOfWhole(
  part: Answer | undefined,
  whole: MaterialOfWhole,
  questions: Questions = QUESTIONS,
): Study | undefined {
  return part && (questionOf(part, questions)?.answerOfWhole?.(part, whole) as Study | undefined);
}

/** The names of all that can be judged, question by question. */
export function questionMetricNames(questions: Questions = QUESTIONS): string[] {
  return questions.flatMap(({ metrics }) => Object.keys(metrics));
}

/** The metric of that name, if a question has one. */
export function questionMetric(name: string, questions: Questions = QUESTIONS): QuestionMetric | undefined {
  return questions.find(({ metrics }) => Object.hasOwn(metrics, name))?.metrics[name];
}

/** A figure of an answer; undefined where it is the answer to another question, or to none. */
export function measureAnswer(
  name: string,
  limit: number,
  answer: Answer | undefined,
  questions: Questions = QUESTIONS,
): MeasuredFigure | undefined {
  const metrics = questionOf(answer, questions)?.metrics ?? {};
  if (answer === undefined || answer.invalid !== undefined || !Object.hasOwn(metrics, name)) return undefined;
  return metrics[name]?.measure(answer, limit);
}

/** The answer in one sentence, or why there is none. */
export function headlineOfAnswer(answer: Answer, questions?: Questions): string {
  if (answer.invalid !== undefined) return `No answer: ${answer.invalid}.`;
  return questionOf(answer, questions)?.headline(answer) ?? '';
}
