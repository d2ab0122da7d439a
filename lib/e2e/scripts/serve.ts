import { type ServiceOptions, startService, TRUTH_PATH } from './service.ts';

// By hand: node --conditions k6-verdict-source --import ./lib/cli/register.mjs lib/e2e/scripts/serve.ts [delay in ms]
const [delayMs] = process.argv.slice(2);
const options: ServiceOptions = delayMs === undefined ? {} : { delayMs: Number(delayMs) };
const service = await startService(options);
console.log(JSON.stringify({ ...service, truth: `${service.url}${TRUTH_PATH}` }, null, 2));
process.once('SIGINT', () => void service.stop());
process.once('SIGTERM', () => void service.stop());
