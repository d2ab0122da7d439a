import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FindK6Options } from '../k6-binary/find-k6.ts';

/** Fake programs are shell scripts, which Windows does not start. */
export const CANNOT_FAKE_PROGRAMS = process.platform === 'win32';

/** What `k6 version` prints below the version where our recorder is compiled in. */
const RECORDER_LISTED = 'Extensions:\n  k6-verdict/k6/recorder.New , verdict [output]\n';

/** A shell script that prints what `k6 version` does. */
export function tellingVersion(version: string, hasRecorder: boolean): string {
  return `echo "k6 v${version} (go1.26.8, linux/amd64)\n${hasRecorder ? RECORDER_LISTED : ''}"`;
}

/** A computer for one test: a PATH folder, a Go module and a cache folder, all in one temporary folder. */
export class FakeComputer {
  // Resolved, because macOS reaches its temporary folder through a link.
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'find-k6-')));
  readonly bin = this.#makeFolder('bin');
  readonly moduleFolder = this.#makeFolder('module');
  readonly cacheFolder = path.join(this.folder, 'cache');
  readonly lines: string[] = [];

  constructor() {
    this.writeModuleFile('go.mod', 'module k6-verdict/k6\n\ngo 1.25.0\n\nrequire go.k6.io/k6/v2 v2.2.0\n');
    this.writeModuleFile('go.sum', '');
    this.writeModuleFile('main.go', 'package main\n');
  }

  /** What `findK6` needs to see this computer in place of the real one. */
  options(env: Record<string, string> = {}): FindK6Options {
    return {
      env: { PATH: this.bin, ...env },
      log: (line) => void this.lines.push(line),
      progress: { isTTY: false, write: () => true },
      moduleFolder: this.moduleFolder,
      cacheFolder: this.cacheFolder,
      // Nothing is measured by it: it ends what hangs.
      versionTimeoutMs: 60_000,
    };
  }

  /** Writes a shell script that may be run. A name without a folder goes on PATH. */
  addProgram(name: string, script: string): string {
    const file = path.resolve(this.bin, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** A k6 that tells its version, whatever it is asked. By default one without our recorder, as others install it. */
  addK6(name: string, version: string, { hasRecorder = false }: { hasRecorder?: boolean } = {}): string {
    return this.addProgram(name, tellingVersion(version, hasRecorder));
  }

  /** A go that notes its arguments, works until it may end, and "builds" a fake k6 of this version. */
  addGo({
    version = '2.2.0',
    isHeld = false,
    hasRecorder = true,
  }: {
    version?: string;
    isHeld?: boolean;
    hasRecorder?: boolean;
  } = {}): void {
    if (!isHeld) this.letGoEnd();
    this.addProgram(
      'go',
      `PATH=/usr/bin:/bin
echo "$@" >> "${this.#goCallsFile}"
while [ "$1" != "-o" ]; do shift; done
while [ ! -e "${this.#goMayEndFile}" ]; do sleep 0.02; done
cat > "$2" <<'END'
#!/bin/sh
${tellingVersion(version, hasRecorder)}
END
chmod +x "$2"`,
    );
  }

  /** Lets a go that is held finish its work. */
  letGoEnd(): void {
    writeFileSync(this.#goMayEndFile, '');
  }

  /** The arguments of each call of the fake go. */
  goCalls(): string[] {
    return existsSync(this.#goCallsFile) ? readFileSync(this.#goCallsFile, 'utf8').trim().split('\n') : [];
  }

  writeModuleFile(name: string, content: string): void {
    writeFileSync(path.join(this.moduleFolder, name), content);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #goCallsFile(): string {
    return path.join(this.folder, 'go-calls');
  }

  get #goMayEndFile(): string {
    return path.join(this.folder, 'go-may-end');
  }

  #makeFolder(name: string): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder);
    return folder;
  }
}
