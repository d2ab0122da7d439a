import { sequential as question } from '../../core/questions/sequential/index.ts';
import type { StudyDefinition } from './study-definition.ts';

/** How does it behave one user at a time? For a plan of one user. */
export function sequential(): StudyDefinition {
  return { ofJourneys: true, begin: () => ({ question, plan: { kind: question.kind } }) };
}
