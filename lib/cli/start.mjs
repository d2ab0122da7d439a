// What npm scripts call: the built tool, made fresh first where a source is newer than it.
import { startBuilt } from './start-built.mjs';

await startBuilt('k6-verdict.mjs');
