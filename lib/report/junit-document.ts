import { create } from 'xmlbuilder2';
import { present } from '../core/spec/present.ts';
import { visibleLines, visibleText } from './document/visible-text.ts';

export interface JunitCase {
  readonly classname: string;
  readonly name: string;
  readonly state: 'passed' | 'failure' | 'error' | 'skipped';
  readonly message: string;
}

export interface JunitSuite {
  readonly name: string;
  /** ISO 8601 UTC. */
  readonly timestamp?: string;
  /** Figures beside the cases, by name. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly cases: readonly JunitCase[];
}

/** Test suites as JUnit XML, as Jenkins, GitLab and Azure read it. */
export function junitXml(suites: readonly JunitSuite[]): string {
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele('testsuites', {
    name: 'k6-verdict',
    ...totalsOf(suites.flatMap(({ cases }) => cases)),
  });
  for (const { name, timestamp, properties = {}, cases } of suites) {
    const suite = root.ele('testsuite', {
      name: visibleText(name),
      ...countsOf(cases),
      time: '0',
      ...present({ timestamp }),
    });
    const entries = Object.entries(properties);
    if (entries.length > 0) {
      const list = suite.ele('properties');
      for (const [key, value] of entries) list.ele('property', { name: key, value: visibleText(value) });
    }
    for (const { classname, name: title, state, message: said } of cases) {
      const message = visibleLines(said);
      const element = suite.ele('testcase', { classname: visibleText(classname), name: visibleText(title), time: '0' });
      if (state === 'skipped') element.ele('skipped', { message });
      else if (state !== 'passed') element.ele(state, { type: state, message }).txt(message);
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

/** Jenkins knows no skipped cases of a whole file. */
function totalsOf(cases: readonly JunitCase[]): Record<string, string> {
  return { tests: String(cases.length), failures: countOf(cases, 'failure'), errors: countOf(cases, 'error') };
}

function countsOf(cases: readonly JunitCase[]): Record<string, string> {
  return { ...totalsOf(cases), skipped: countOf(cases, 'skipped') };
}

function countOf(cases: readonly JunitCase[], state: JunitCase['state']): string {
  return String(cases.filter((each) => each.state === state).length);
}
