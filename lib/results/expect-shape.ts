import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import handMade from '../core/foreign/hand-made.schema.json' with { type: 'json' };
import scriptSummary from '../core/foreign/script/script-summary.schema.json' with { type: 'json' };
import { runSummarySchema } from '../core/judge/run-summary-schema.ts';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { describeFault } from './describe-fault.ts';
import ab from './schemas/ab.schema.json' with { type: 'json' };
import baseline from './schemas/baseline.schema.json' with { type: 'json' };
import config from './schemas/config.schema.json' with { type: 'json' };
import joint from './schemas/joint.schema.json' with { type: 'json' };

const runSummary = runSummarySchema();

/** What the tool reads, each by a JSON Schema that comes with it. */
const SHAPES = {
  runSummary: runSummary.$id,
  handMade: handMade.$id,
  scriptSummary: scriptSummary.$id,
  joint: joint.$id,
  ab: ab.$id,
  baseline: baseline.$id,
  allowHosts: `${config.$id}#/$defs/allowHosts`,
  system: `${config.$id}#/$defs/system`,
  suite: `${config.$id}#/$defs/suite`,
  target: `${config.$id}#/$defs/target`,
  environments: `${config.$id}#/$defs/environments`,
  comparison: `${config.$id}#/$defs/comparison`,
  release: `${config.$id}#/$defs/release`,
};

export type Shape = keyof typeof SHAPES;

/** What a person reads who gave us another shape: see `Mistake`. */
export interface WrongShape {
  readonly what: string;
  readonly expected: string;
  readonly todo?: string;
  /** What the value is called; what is in a file has no name. */
  readonly name?: string;
}

/**
 * The value, as what its schema says that it is.
 * @throws UserError that says, member by member, what is wrong with it
 */
export function expectShape<T>(shape: Shape, value: unknown, { what, expected, todo, name }: WrongShape): T {
  const validate = validatorOf(shape);
  if (validate(value)) return value as T;
  const faults = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  const shown = faults.slice(0, MOST_FAULTS).map((fault) => describeFault(fault, name));
  const more = faults.length > shown.length ? [`and ${faults.length - shown.length} more`] : [];
  throw new UserError({ what, received: [...shown, ...more].join('; '), expected, ...present({ todo }) });
}

const MOST_FAULTS = 5;

let ajv: Ajv2020 | undefined;

/** Compiling takes a while, and most commands need one schema or none: Ajv keeps what it compiled. */
function validatorOf(shape: Shape): ValidateFunction {
  if (ajv === undefined) {
    ajv = new Ajv2020({ allErrors: true, verbose: true });
    formats.default(ajv);
    ajv.addSchema([runSummary, handMade, scriptSummary, joint, ab, baseline, config]);
  }
  return ajv.getSchema(SHAPES[shape]) ?? neverAdded(shape);
}

function neverAdded(shape: Shape): never {
  throw new Error(`There is no schema of ${shape}`);
}
