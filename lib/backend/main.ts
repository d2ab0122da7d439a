import { UserError } from 'k6-verdict';
import { leaveWhenNotNeeded } from './lifetime.ts';
import { openBackend } from './open-backend.ts';
import type { Readiness } from './readiness.ts';

async function main(args: readonly string[]): Promise<void> {
  const { url, truthUrl } = await openBackend(args);
  const readiness: Readiness = { ready: true, url, truthUrl, pid: process.pid };
  leaveWhenNotNeeded();
  process.stdout.write(`${JSON.stringify(readiness)}\n`);
  process.send?.(readiness);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`, () => process.exit(2));
});
