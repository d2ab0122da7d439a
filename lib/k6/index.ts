export { defineLoadTest, type LoadTest, type LoadTestDefinition } from './load-test.ts';
export { constantArrivals, constantUsers, fixedWork, rampingArrivals, rampingUsers } from './shapes.ts';
