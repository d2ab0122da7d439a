import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface Opened {
  readonly page: Page;
  /** What a reader with the developer tools open would see: console messages, uncaught errors, dialogs. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
  readonly address: string;
}

/** Opens the page from disk, as a report is that was mailed or unpacked. */
export async function withPageFromDisk<T>(
  browser: Browser,
  html: string,
  options: BrowserContextOptions,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'k6-verdict-page-'));
  try {
    const file = path.join(folder, 'report.html');
    writeFileSync(file, html);
    return await open(browser, pathToFileURL(file).href, options, use);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Jenkins sends with every file of a build. */
export const JENKINS_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";

/** Opens the page from a server that allows it nothing, as Jenkins does. */
export async function withPageFromJenkins<T>(
  browser: Browser,
  html: string,
  options: BrowserContextOptions,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', JENKINS_POLICY);
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    return await open(browser, `http://127.0.0.1:${port}/report.html`, options, use);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function open<T>(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
  use: (opened: Opened) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address);
    return await use({ page, complaints, requests, address });
  } finally {
    await context.close();
  }
}
