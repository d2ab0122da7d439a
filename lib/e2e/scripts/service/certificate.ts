import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A certificate that nobody trusts, with its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes a certificate by the program that Go ships for it: Node signs none, and who builds k6 has Go. With an RSA key,
 * as the oldest ciphers of TLS need it.
 */
export function makeCertificate(): Certificate {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-certificate-'));
  try {
    const goRoot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
    const program = path.join(goRoot, 'src', 'crypto', 'tls', 'generate_cert.go');
    execFileSync('go', ['run', program, '--host', '127.0.0.1,localhost'], { cwd: folder, stdio: 'ignore' });
    const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');
    return { cert: read('cert.pem'), key: read('key.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
