import { UserError } from 'k6-verdict';
import { parseKnobs } from './knobs.ts';
import { leaveWhenNotNeeded } from './lifetime.ts';
import { listen } from './listen.ts';
import type { Readiness } from './readiness.ts';
import { createService } from './server.ts';
import { TruthLedger } from './truth.ts';
import { createTruthListener } from './truth-listener.ts';

async function main(args: readonly string[]): Promise<void> {
  const knobs = parseKnobs(args);
  const truth = new TruthLedger();
  const service = await createService(knobs, truth);
  const { host } = knobs;
  const readiness: Readiness = {
    ready: true,
    url: await listen(service.server, { host, port: knobs.port, flag: '--port' }),
    truthUrl: await listen(createTruthListener(truth), { host, port: knobs.truthPort, flag: '--truth-port' }),
    pid: process.pid,
  };
  leaveWhenNotNeeded();
  process.stdout.write(`${JSON.stringify(readiness)}\n`);
  process.send?.(readiness);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`, () => process.exit(2));
});
