import { create } from 'xmlbuilder2';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import { visibleLines, visibleText } from './document/visible-text.ts';

export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly state: 'passed' | 'failure' | 'error' | 'skipped';
  /** What was measured; of one that passed, its output. */
  readonly message: string;
  /** How long it took; absent where others of its suite took the time. */
  readonly seconds?: number;
}

export type JunitProperty = readonly [name: string, value: string];

export interface JunitSuite {
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly timestamp?: string;
  /** Figures beside the cases. The schema of Jenkins' xunit plugin lets only a suite have them. */
  readonly properties?: readonly JunitProperty[];
  readonly cases: readonly JunitCase[];
  /** What a reader is to know of the whole suite. */
  readonly output?: string;
}

/** What is on the way into a document. */
type Element = ReturnType<typeof create>;

/** Test suites as JUnit XML, as Jenkins, GitLab and Azure read it. */
export function junitXml(suites: readonly JunitSuite[]): string {
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele('testsuites', {
    name: 'k6-verdict',
    ...totalsOf(suites.flatMap(({ cases }) => cases)),
  });
  const distinctSuite = distinctNames();
  const distinctCase = distinctNames();
  for (const { name, timestamp, properties = [], cases, output } of suites) {
    const suite = root.ele('testsuite', {
      name: distinctSuite(visibleText(name)),
      ...countsOf(cases),
      ...present({ timestamp }),
    });
    addProperties(suite, properties);
    for (const each of cases) addCase(suite, each, distinctCase);
    if (output !== undefined) suite.ele('system-out').txt(visibleLines(output));
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function addProperties(suite: Element, properties: readonly JunitProperty[]): void {
  if (properties.length === 0) return;
  const list = suite.ele('properties');
  const distinct = distinctNames();
  for (const [name, value] of properties) {
    list.ele('property', { name: distinct(visibleText(name)), value: visibleText(value) });
  }
}

function addCase(suite: Element, each: JunitCase, distinct: ReturnType<typeof distinctNames>): void {
  const { state } = each;
  const message = visibleLines(each.message);
  const classname = visibleText(each.classname);
  const name = distinct(visibleText(each.name), classname);
  const element = suite.ele('testcase', { classname, name, time: timeOf([each]) });
  if (state === 'passed') element.ele('system-out').txt(message);
  else if (state === 'skipped') element.ele('skipped', { message });
  else element.ele(state, { type: state, message }).txt(message);
}

/** `p95 (2)` for the second `p95` of a class, such as of two runs of a scenario: GitLab leaves out what has a name again. */
function distinctNames(): (name: string, within?: string) => string {
  const counts = new Map<string, number>();
  return (name, within = '') => {
    const key = JSON.stringify([within, name]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? name : `${name} (${count})`;
  };
}

/** Jenkins knows no skipped cases of a whole file. */
function totalsOf(cases: readonly JunitCase[]): Record<string, string> {
  return {
    tests: String(cases.length),
    failures: countOf(cases, 'failure'),
    errors: countOf(cases, 'error'),
    time: timeOf(cases),
  };
}

function countsOf(cases: readonly JunitCase[]): Record<string, string> {
  return { ...totalsOf(cases), skipped: countOf(cases, 'skipped') };
}

function countOf(cases: readonly JunitCase[], state: JunitCase['state']): string {
  return String(cases.filter((each) => each.state === state).length);
}

/** Seconds. */
function timeOf(cases: readonly JunitCase[]): string {
  return String(Number(sum(cases.map(({ seconds = 0 }) => seconds)).toFixed(3)));
}
