// The reference backend as a process of its own, made fresh first where a source is newer than it.
import { startBuilt } from '../../cli/start-built.mjs';

await startBuilt('backend.mjs');
