import secrets from 'k6/secrets';
import { UserError } from '../../core/spec/errors.ts';
import { expectText } from '../../core/spec/expect-members.ts';
import { kindOfText } from '../../core/spec/shown.ts';
import { noteVariable } from './variables-of-credentials.ts';

/** A password, a key or the like that does not stand in the code. */
export interface CredentialValue {
  /** @throws UserError where it is known to be missing, before anything is sent */
  readonly expectThere: () => void;
  /** The secret of k6 that it is; undefined where it is none. */
  readonly secret?: string;
  /** Once for each user. */
  readonly read: () => string | Promise<string>;
}

/** @param name of an environment variable, which is read when a user begins. Its value is shown nowhere. */
export function environmentVariable(name: string): CredentialValue {
  if (typeof IS_COPY_OF_USER === 'undefined') {
    expectText('The name of environmentVariable()', name, 'a text, such as environmentVariable("API_KEY")');
    noteVariable(name);
  }
  return new EnvironmentVariable(name);
}

/**
 * @param name of a secret, which k6 reads from the source of `-- --secret-source=...` when a user begins, and then hides
 *   in its log
 * @param source its name, where there are several
 */
export function secret(name: string, source?: string): CredentialValue {
  if (typeof IS_COPY_OF_USER === 'undefined')
    expectText('The name of secret()', name, 'a text, such as secret("api-key")');
  return new Secret(name, source);
}

class EnvironmentVariable implements CredentialValue {
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  expectThere(): void {
    const value = __ENV[this.name];
    if (value) return;
    throw new UserError({
      what: `The environment variable ${this.name} is not set, and credentials of the test are read from it.`,
      received: kindOfText(value),
      expected: 'a text',
      todo: `set ${this.name}, or write it into a file for --env-file: an argument would be seen by everybody on this machine`,
    });
  }

  read(): string {
    return __ENV[this.name] ?? '';
  }
}

class Secret implements CredentialValue {
  readonly secret: string;
  private readonly source: string | undefined;

  constructor(name: string, source: string | undefined) {
    this.secret = name;
    this.source = source;
  }

  /** Only k6 can tell, and only while it runs. */
  expectThere(): void {}

  async read(): Promise<string> {
    const { source } = this;
    try {
      return await (source === undefined ? secrets : await secrets.source(source)).get(this.secret);
    } catch (error) {
      throw new Error(
        `k6 does not give the secret "${this.secret}"${source === undefined ? '' : ` of the source "${source}"`}: ${error}`,
      );
    }
  }
}
