import { findK6 } from '../k6-binary/find-k6.ts';

/** Before all tests: a build in the middle of one would look like a hang. */
export default async function k6Ready(): Promise<void> {
  await findK6();
}
