export type { Auth } from './auth/auth.ts';
export type { AuthDefinition, LoginTools } from './auth/auth-definition.ts';
export { type CredentialValue, environmentVariable, secret } from './auth/credential-value.ts';
export { defineAuth } from './auth/define-auth.ts';
export type { Data } from './data/data.ts';
export type { CsvSource, JsonSource, RowsSource } from './data/data-source.ts';
export { defineData } from './data/define-data.ts';
export { defineLoadTest } from './define-load-test.ts';
export type { Dialogue } from './journeys/dialogue.ts';
export type { HookTools, TeardownTools } from './journeys/hook-tools.ts';
export { journey } from './journeys/journey.ts';
export type { Journey, JourneyTools } from './journeys/journey-definition.ts';
export { defineSocket, type SocketEndpoint } from './journeys/socket-endpoint.ts';
export type { LoadTest, LoadTestDefinition } from './load-test-definition.ts';
export * from './questions/index.ts';
export {
  constantArrivals,
  constantUsers,
  fixedJourneys,
  fixedWork,
  overload,
  rampingArrivals,
  rampingUsers,
  scripted,
} from './shapes.ts';
export { steppedArrivals, steppedUsers } from './staircase-shapes.ts';
