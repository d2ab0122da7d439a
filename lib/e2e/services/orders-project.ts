import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { installPackage } from '../../testing/install-package.ts';
import { type OrdersApiSettings, type RunningOrdersApi, startOrdersApi } from '../../testing/start-orders-api.ts';
import { projectRoot, temporaryFolder } from '../tool.ts';

const SCENARIOS = path.join(projectRoot, 'lib', 'e2e', 'services', 'scenarios');

/** A project elsewhere that has nothing yet. Gone after the test. */
export function emptyProject(): string {
  const folder = temporaryFolder();
  installPackage(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "orders-load", "type": "module" }');
  return folder;
}

/** One with the scenarios and the data of this folder. */
export function ordersProject(): string {
  const folder = emptyProject();
  cpSync(SCENARIOS, path.join(folder, 'scenarios'), { recursive: true });
  return folder;
}

/** An Orders API of the test's own. Gone after the test. */
export async function ordersApi(settings: OrdersApiSettings = {}): Promise<RunningOrdersApi> {
  const service = await startOrdersApi(settings);
  onTestFinished(() => service.stop());
  return service;
}
