import { present } from '../../core/spec/present.ts';
import type { Auth } from './auth.ts';
import type { AnyAuthDefinition, AuthDefinition } from './auth-definition.ts';
import { expectAuth, expectValues } from './expect-auth.ts';
import { kindOf } from './kinds.ts';
import { UserCredentials } from './user-credentials.ts';

/**
 * Says whom the requests of a journey come from. Each user logs in by itself, when it first sends something; again
 * before what it got is over, and after a 401, once for each request. Requests of logins are counted as any others.
 * @throws UserError for a definition that is not what its type says
 */
export function defineAuth<const Id extends string = never, Row = undefined, const Name extends string = never>(
  definition: AuthDefinition<Id, Row, Name>,
): Auth<Id> {
  if (typeof IS_COPY_OF_USER === 'undefined') expectAuth(definition);
  const any = definition as unknown as AnyAuthDefinition;
  const kind = kindOf(any);
  return {
    endpoints: ('endpoints' in definition ? definition.endpoints : []) as Auth<Id>['endpoints'],
    ...present({ data: any.data }),
    secrets: Object.values(kind.values).flatMap((value) => (typeof value === 'object' ? (value.secret ?? []) : [])),
    expectComplete: () => {
      if (typeof IS_COPY_OF_USER === 'undefined') expectValues(kind.values);
    },
    begin: (circumstances) => new UserCredentials(kind, circumstances),
  };
}
