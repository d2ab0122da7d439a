import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { UserError } from '../core/spec/errors.ts';
import { fileMistake } from '../files/file-mistake.ts';
import { replaceFile } from '../files/replace-file.ts';
import { shownPath } from '../files/shown-path.ts';
import { writeResult } from './run-folder.ts';
import type { Terminal } from './terminal.ts';

/**
 * Keeps what a load left. The load cannot be had again, and its verdict stands: what does not go into its folder, since
 * that is gone or full by now, goes into the folder for temporary files, and is told afterwards.
 */
export class KeptResults {
  readonly #folder: string;
  readonly #lost: string[] = [];
  readonly #elsewhere: string[] = [];
  #refuge: string | undefined;
  #reason = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a file whole or not at all. @returns whether it is where it belongs */
  write(name: string, content: string): boolean {
    try {
      writeResult(this.#folder, name, content);
      return true;
    } catch (error) {
      const { mistake } = told(error);
      this.#reason ||= mistake.received ?? mistake.what;
      this.#saveElsewhere(name, content);
      return false;
    }
  }

  /** Whether all of it is where it belongs. */
  get isWhole(): boolean {
    return this.#missing.length === 0;
  }

  /** Says what is not where it belongs, and where it is: after the verdict. Nothing where all is well. */
  tell({ say }: Pick<Terminal, 'say'>): void {
    if (this.isWhole) return;
    const places = [
      ...(this.#elsewhere.length > 0 ? [`  kept in:  ${this.#refuge}: ${this.#elsewhere.join(', ')}`] : []),
      ...(this.#lost.length > 0 ? [`  lost:     ${this.#lost.join(', ')}, for which there was no room elsewhere`] : []),
    ];
    say(
      [
        `The verdict stands, but not all of it could be kept in ${shownPath(this.#folder)}.`,
        `  received: ${this.#reason}, for ${this.#missing.join(', ')}`,
        ...places,
        '  to do:    make the folder writable again, and copy there what was kept',
      ].join('\n'),
    );
  }

  get #missing(): readonly string[] {
    return [...this.#elsewhere, ...this.#lost];
  }

  #saveElsewhere(name: string, content: string): void {
    try {
      this.#refuge ??= mkdtempSync(path.join(os.tmpdir(), `k6-verdict-${path.basename(this.#folder)}-`));
      replaceFile(path.join(this.#refuge, name), content);
      this.#elsewhere.push(name);
    } catch (error) {
      told(error);
      this.#lost.push(name);
      this.#leaveIfEmpty();
    }
  }

  #leaveIfEmpty(): void {
    if (this.#refuge === undefined || this.#elsewhere.length > 0) return;
    rmSync(this.#refuge, { recursive: true, force: true });
    this.#refuge = undefined;
  }
}

/** @throws whatever is a defect */
function told(error: unknown): UserError {
  const mistake = fileMistake(error);
  if (mistake === undefined) throw error;
  return mistake;
}
