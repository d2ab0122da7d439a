import { describe, expect, it } from 'vitest';
import { expectServerName, hrefsOf, serversOf, variableOfServer } from './server.ts';

const login = { id: 'login', server: 'auth' };
const list = { id: 'list' };
const read = (variables: Record<string, string>) => (name: string) => variables[name];

describe('a server of endpoints', () => {
  it('is where its variable says, however many endpoints it has; others are left alone', () => {
    const variables = { AUTH_URL: ' https://me:secret@auth.example:8443/v1/ ', LIST_URL: 'none' };
    const servers = serversOf([login, list, { ...login, id: 'logout' }], read(variables), ['auth.example']);
    expect(servers).toEqual({
      auth: {
        href: 'https://auth.example:8443/v1',
        credentials: 'me:secret',
        protocol: 'https',
        host: 'auth.example',
        port: 8443,
      },
    });
    expect(hrefsOf(servers)).toEqual({ auth: 'https://auth.example:8443/v1' });
  });

  it('is none where no endpoint names one', () => {
    expect(hrefsOf(serversOf([list], read({}), []))).toBeUndefined();
  });

  it.each([
    ['nothing says the address of', {}, /Endpoint "login" is asked at the server "auth"[\s\S]*AUTH_URL=http/],
    ['an empty variable is for', { AUTH_URL: ' ' }, /received: no AUTH_URL/],
    ['has no URL', { AUTH_URL: 'canary' }, /^AUTH_URL is not a URL/],
    [
      'has not been allowed',
      { AUTH_URL: 'http://me:canary@auth.example' },
      /Load on auth\.example has not been allowed[\s\S]*AUTH_URL with that host/,
    ],
  ])('that %s is refused', (_, variables, message) => {
    const look = () => serversOf([list, login], read(variables), ['other.example']);
    expect(look).toThrow(message);
    expect(look).not.toThrow('canary');
  });
});

describe('the name of a server', () => {
  it.each([
    ['auth', 'AUTH_URL'],
    ['id-provider-2', 'ID_PROVIDER_2_URL'],
  ])('%s has its address in %s', (name, variable) => {
    expect(() => expectServerName('endpoint "a"', name)).not.toThrow();
    expect(variableOfServer(name)).toBe(variable);
  });

  it.each(['Auth', 'a_b', '', '2fa', 'http://x', 7, null])('cannot be %j', (name) => {
    expect(() => expectServerName('endpoint "a"', name)).toThrow(/server of endpoint "a" has a name that no variable/);
  });

  it.each(['base', 'metrics', 'k6', 'k6-cloud', 'verdict', 'verdict-backend'])('cannot be that of %s_URL', (name) => {
    expect(() => expectServerName('endpoint "a"', name)).toThrow(/whose variable is taken/);
  });
});
