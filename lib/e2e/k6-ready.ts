import { builtTool } from '../cli/built-tool.mjs';
import { findK6 } from '../k6-binary/find-k6.ts';

/** Before all tests: a build of k6 or of the tool in the middle of one would look like a hang. */
export default async function k6Ready(): Promise<void> {
  await Promise.all([findK6(), builtTool()]);
}
