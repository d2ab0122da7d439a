export { defineLoadTest } from './define-load-test.ts';
export type { LoadTest, LoadTestDefinition } from './load-test-definition.ts';
export { breakpoint } from './questions/breakpoint.ts';
export { pool } from './questions/pool.ts';
export { rateLimit } from './questions/rate-limit.ts';
export { recovery } from './questions/recovery.ts';
export { sequential } from './questions/sequential.ts';
export { soak } from './questions/soak.ts';
export { websocket } from './questions/websocket.ts';
export {
  constantArrivals,
  constantUsers,
  fixedWork,
  overload,
  rampingArrivals,
  rampingUsers,
  scripted,
} from './shapes.ts';
export { steppedArrivals, steppedUsers } from './staircase-shapes.ts';
