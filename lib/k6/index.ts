export { defineLoadTest } from './define-load-test.ts';
export type { LoadTest, LoadTestDefinition } from './load-test-definition.ts';
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
export { breakpoint } from './studies/breakpoint.ts';
export { pool } from './studies/pool.ts';
export { rateLimit } from './studies/rate-limit.ts';
export { recovery } from './studies/recovery.ts';
export { sequential } from './studies/sequential.ts';
export { soak } from './studies/soak.ts';
export { websocket } from './studies/websocket.ts';
