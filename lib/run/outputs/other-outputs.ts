import { outputsIn } from '../k6/output-names.ts';
import { valuesOf } from '../script/script-arguments.ts';
import { readScriptConfig } from '../script/script-config.ts';

/** Where k6's samples go besides our record. */
export interface OtherOutputs {
  /** Whether they go anywhere else. */
  readonly isExported: boolean;
  /** What K6_OUT or a configuration file names: k6 forgets it where an argument names an output, as ours does. */
  readonly forgotten: readonly string[];
}

/** @param environment of k6 */
export function otherOutputs(
  k6Arguments: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): OtherOutputs {
  if (valuesOf('out', k6Arguments).length > 0) return { isExported: true, forgotten: [] };
  const ofEnvironment = outputsIn(environment.K6_OUT);
  const forgotten =
    ofEnvironment.length > 0 ? ofEnvironment : readScriptConfig(k6Arguments, environment, workingFolder).out;
  return { isExported: forgotten.length > 0, forgotten };
}
