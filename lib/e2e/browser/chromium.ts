import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts the browser of this machine. A test without one has not passed, so it is never skipped. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(process.env),
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });
}

/** The path of the browser: CHROMIUM_BIN, else the first of the usual names on PATH. */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment.CHROMIUM_BIN ?? '';
  if (named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`CHROMIUM_BIN is ${named}, which is no program that can be run.`);
  }
  const folders = (environment.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const found = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(
    `The browser tests need Chromium, and PATH has none of ${NAMES.join(', ')}. Install one (apt-get install chromium), or set CHROMIUM_BIN to its path.`,
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
