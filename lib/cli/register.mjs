// Lets node run the TypeScript sources as they are: `node --import ./lib/cli/register.mjs lib/bench/main.ts`.
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

process.setSourceMapsEnabled(true);
process.env.TS_NODE_PROJECT ??= fileURLToPath(new URL('./tsconfig.json', import.meta.url));
register('ts-node/esm/transpile-only', import.meta.url);
