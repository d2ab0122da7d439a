// The halves of the questions inside k6, as scenarios ask them: the list beside core/questions/table.ts.

export { breakpoint } from './breakpoint.ts';
export { pool } from './pool.ts';
export { rateLimit } from './rate-limit.ts';
export { recovery } from './recovery.ts';
export { sequential } from './sequential.ts';
export { soak } from './soak.ts';
export { websocket } from './websocket.ts';
