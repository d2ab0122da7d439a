import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UserError } from '../core/spec/errors.ts';
import { findProject, listScenarios, scenarioFile } from './project.ts';

/** A folder with these files in it. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  return root;
}

describe('the project', () => {
  it('is where the nearest package.json is, seen from any folder below it', () => {
    const root = folderWith({ 'package.json': '{}', 'packages/a/package.json': '{}', 'packages/a/src/x.ts': '' });
    const inner = path.join(root, 'packages', 'a');
    expect(findProject(path.join(inner, 'src'))).toEqual({
      root: inner,
      scenariosFolder: path.join(inner, 'scenarios'),
      resultsFolder: path.join(inner, 'results'),
      allowedHosts: [],
    });
    expect(findProject(path.join(root, 'packages')).root).toBe(root);
  });

  it('is refused where there is none', () => {
    const root = folderWith({});
    expect(() => findProject(root)).toThrow(UserError);
    expect(() => findProject(root)).toThrow(`no package.json in ${root} or above it`);
  });

  it('says which hosts may be loaded', () => {
    const root = folderWith({ 'package.json': '{"k6-verdict": {"allowHosts": ["a.example.com", "b:80"]}}' });
    expect(findProject(root).allowedHosts).toEqual(['a.example.com', 'b:80']);
  });

  it.each([
    ['"a.example.com"', 'allowHosts must be a list, not a text'],
    ['["b", 1]', 'allowHosts[1] must be text, not 1'],
    ['{"a": true}', 'allowHosts must be a list, not an object'],
    ['null', 'allowHosts must be a list, not null'],
  ])('is refused when that is no list of hosts: %s', (hosts, fault) => {
    const root = folderWith({ 'package.json': `{"k6-verdict": {"allowHosts": ${hosts}}}` });
    expect(() => findProject(root)).toThrow(UserError);
    expect(() => findProject(root)).toThrow(/^"k6-verdict"\.allowHosts in .*package\.json is not a list of hosts\./);
    expect(() => findProject(root)).toThrow(`received: ${fault}\n`);
    expect(() => findProject(root)).toThrow('such as ["staging.example.com"]');
  });

  it('says what the service under test is', () => {
    const system = { name: 'Orders 2.1', stack: 'fastapi' };
    const root = folderWith({ 'package.json': JSON.stringify({ 'k6-verdict': { system } }) });
    expect(findProject(root).system).toEqual(system);
    expect(findProject(folderWith({ 'package.json': '{"k6-verdict": {"system": {}}}' })).system).toEqual({});
  });

  it.each([
    ['"Orders"', 'system must be an object, not a text'],
    ['[]', 'system must be an object, not a list'],
    ['{"name": 2.1}', 'system.name must be text, not 2.1'],
    ['{"port": "80"}', 'system.port is not known'],
  ])('is refused when that describes no service: %s', (system, fault) => {
    const root = folderWith({ 'package.json': `{"k6-verdict": {"system": ${system}}}` });
    expect(() => findProject(root)).toThrow(/^"k6-verdict"\.system in .*package\.json does not describe a service\./);
    expect(() => findProject(root)).toThrow(`received: ${fault}\n`);
  });

  it.each(['{"k6-verdict": {}}', '{"k6-verdict": {"allowHosts": []}}', '[]', 'null'])(
    'allows no host when package.json is %s',
    (content) => {
      expect(findProject(folderWith({ 'package.json': content })).allowedHosts).toEqual([]);
    },
  );

  it.each([
    ['{"allowhosts": ["a.example.com"]}', /has a member that is not known[\s\S]*did you mean "allowHosts"/],
    ['{"targets": {"url": "http://127.0.0.1:1"}}', /has a member that is not known[\s\S]*did you mean "target"/],
    ['["a.example.com"]', /is not an object\.\n {2}received: a list/],
    ['"canary"', /is not an object\.\n {2}received: a text/],
    ['null', /is not an object\.\n {2}received: null/],
  ])('is refused for what nobody would read of %s', (own, message) => {
    const root = folderWith({ 'package.json': `{"k6-verdict": ${own}}` });
    expect(() => findProject(root)).toThrow(message);
    expect(() => findProject(root)).toThrow(/^"k6-verdict" in .*package\.json/);
  });

  it('is refused when its package.json is no JSON', () => {
    expect(() => findProject(folderWith({ 'package.json': '{' }))).toThrow(/^.*package\.json cannot be read\./);
  });
});

describe('the scenarios of a project', () => {
  const project = () =>
    findProject(
      folderWith({
        'package.json': '{}',
        'scenarios/sustained.ts': '',
        'scenarios/rapid-fire.ts': '',
        'scenarios/smoke.ts': '',
        'scenarios/smoke.test.ts': '',
        'scenarios/types.d.ts': '',
        'scenarios/README.md': '',
        'secret.ts': '',
      }),
    );

  it('are its .ts files in alphabetical order, without tests and declarations', () => {
    expect(listScenarios(project())).toEqual(['rapid-fire', 'smoke', 'sustained']);
    expect(listScenarios(findProject(folderWith({ 'package.json': '{}' })))).toEqual([]);
  });

  it('are found by name', () => {
    const found = project();
    expect(scenarioFile(found, 'smoke')).toBe(path.join(found.scenariosFolder, 'smoke.ts'));
  });

  it.each([
    ['sustaned', 'sustained'],
    ['Smoke', 'smoke'],
    ['rapidfire', 'rapid-fire'],
    ['smoke.ts', 'smoke'],
  ])('the nearest one is named for %s: %s', (name, nearest) => {
    const found = project();
    expect(() => scenarioFile(found, name)).toThrow(UserError);
    expect(() => scenarioFile(found, name)).toThrow('expected: one of: rapid-fire, smoke, sustained');
    expect(() => scenarioFile(found, name)).toThrow(`did you mean "${nearest}"?`);
  });

  it.each(['../secret', 'smoke.test', 'types.d', '', './smoke', '/etc/passwd'])('%j is none', (name) => {
    expect(() => scenarioFile(project(), name)).toThrow(/^There is no such scenario\./);
  });

  it('are asked for where there are none', () => {
    const empty = findProject(folderWith({ 'package.json': '{}' }));
    expect(() => scenarioFile(empty, 'smoke')).toThrow(/^This project has no scenarios\./);
  });
});
