import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from '../tool.ts';
import { inGroup, row, type ScriptCase } from './script-case.ts';
import type { ScriptService } from './service.ts';

/** Where the examples lie that k6's own module ships, as Go has it in its cache. */
export function examplesFolder(): string {
  const cwd = path.join(projectRoot, 'lib', 'k6-binary', 'module');
  const folder = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'go.k6.io/k6/v2'], { cwd, encoding: 'utf8' });
  if (folder.trim() === '') throw new Error('k6 is not in the cache of Go modules: go mod download, in that folder');
  return path.join(folder.trim(), 'examples');
}

/** What `--config` must say: where the hosts are that examples name, and that nobody knows their certificates. */
export function exampleConfig({ plain, secure }: ScriptService): Record<string, unknown> {
  return {
    insecureSkipTLSVerify: true,
    hosts: {
      'api.github.com:443': secure,
      'echo.websocket.org:80': plain,
      'echo.websocket.org:443': secure,
      'httpbin.org:80': plain,
      'httpbin.org:443': secure,
      'localhost:8080': plain,
      'quickpizza.grafana.com:443': secure,
      'sha256.badssl.com:443': secure,
    },
  };
}

type Details = Partial<ScriptCase> & Pick<ScriptCase, 'rows'>;

/** An example that k6 ends with 0, and that sets no limit. */
function example(script: string, { rows, ...details }: Details): ScriptCase {
  return { title: script, script, k6ExitCode: 0, declaresLimit: false, rows, ...details };
}

const HTTPBIN = ['httpbin.org'];
const PIZZA = ['quickpizza.grafana.com'];
const ECHO = ['echo.websocket.org'];
const NOTHING = { rows: [] };

const README = {
  declaresLimit: true,
  args: () => ['--vus', '3', '--iterations', '3'],
  hosts: PIZZA,
  rows: [
    row('GET /test.k6.io/', 3, 'GET /test.k6.io'),
    ...inGroup(
      '::Static Assets',
      row('GET /test.k6.io/static/css/site.css', 3),
      row('GET /test.k6.io/static/favicon.ico', 3),
      row('GET /test.k6.io/static/js/prisms.js', 3),
    ),
  ],
};

const TELEMETRY = { declaresLimit: true, hosts: PIZZA, rows: [row('GET /', 'counted')] };

/**
 * k6's examples that need no network, no browser and little time. Those that are not here: `browser/` needs a browser;
 * `experimental/redis.js` a Redis, `grpc_*_streaming.js` and `grpc_reflection.js` a server that streams, `ocsp.js` a
 * stapled OCSP reply; `secrets/totp.test.js` and `websockets/ws.js` import from the internet; `malicious.js` never ends;
 * `pantheon.js` and `pantheontest.js` sleep for minutes, `experimental/streams.js` for 6 s; `es6sample.js` has a limit
 * on random numbers; those of `docker-compose/influxdb-v1` and the other files of `webcrypto/` would show nothing new.
 */
export const EXAMPLES: readonly ScriptCase[] = [
  // What k6 itself runs, without a request.
  example('base64.js', NOTHING),
  example('crypto.js', NOTHING),
  example('jwt.js', NOTHING),
  example('logging.js', NOTHING),
  example('timers.js', NOTHING),
  example('enhanced/abort.ts', { ...NOTHING, k6ExitCode: 108 }),
  example('enhanced/script.ts', NOTHING),
  example('experimental/csv-parse.js', NOTHING),
  example('experimental/csv-parser.js', NOTHING),
  example('experimental/fs/fs.js', NOTHING),
  example('experimental/writable-streams.js', NOTHING),
  example('source_map/issue_1804/main.js', NOTHING),
  example('source_map/typescript_template/test1.ts', NOTHING),
  example('webcrypto/sign_verify/sign-verify-hmac.js', NOTHING),
  example('secrets/secrets.test.js', {
    ...NOTHING,
    args: ({ folder }) => [`--secret-source=file=${folder}/secrets/file.secret`],
  }),
  example('secrets/multi-source.test.js', {
    ...NOTHING,
    args: () => ['--secret-source=mock=default,cool=hush one', '--secret-source=mock=name=another,cool=hush two'],
  }),
  example('secrets/url-source.test.js', {
    ...NOTHING,
    args: ({ service: { url } }) => [
      `--secret-source=url=urlTemplate=${url}/secrets/{key}/decrypt,responsePath=plaintext`,
    ],
    unseen: { 'GET /secrets/{id}/decrypt': 3 },
  }),

  // Requests, without a limit.
  example('cookies.js', {
    hosts: HTTPBIN,
    rows: [
      ...inGroup('::Simple cookies send with VU jar', row('GET /cookies', 1)),
      ...inGroup('::Simple cookies set with VU jar', row('GET /cookies/set', 1), row('GET /cookies', 1)),
      ...inGroup('::Simple cookies send with local jar', row('GET /cookies', 1)),
      ...inGroup('::Advanced send with local jar', row('GET /cookies', 1)),
      ...inGroup('::Advanced cookie attributes', row('GET /cookies', 2)),
    ],
  }),
  example('custom_metrics.js', { hosts: HTTPBIN, args: () => ['--iterations', '5'], rows: [row('GET /', 5)] }),
  example('graphql.js', { hosts: ['api.github.com'], rows: [row('POST /graphql', 2)] }),
  example('html_form_post.js', { hosts: HTTPBIN, rows: [row('POST /post', 1)] }),
  example('http_2.js', { hosts: PIZZA, rows: [row('GET /', 1)] }),
  example('http_basic_auth.js', {
    hosts: HTTPBIN,
    rows: [row('GET /basic-auth/user/passwd', 2, 'GET /basic-auth/{id}/{id}')],
  }),
  example('http_batch.js', { hosts: PIZZA, rows: [row('GET /test.k6.io', 1), row('GET /pi.php', 1)] }),
  // k6 asks once without the digest, and counts both.
  example('http_digest_auth.js', {
    hosts: HTTPBIN,
    rows: [row('GET /digest-auth/auth/user/passwd', 2, 'GET /digest-auth/auth/{id}/{id}')],
  }),
  example('http_get.js', { hosts: PIZZA, args: () => ['-u', '2', '-i', '10'], rows: [row('GET /', 10)] }),
  example('http_verbs.js', {
    hosts: HTTPBIN,
    rows: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
      inGroup(`::${method}`, row(`${method} /${method.toLowerCase()}`, 1)),
    ),
  }),
  example('json.js', { hosts: HTTPBIN, rows: [row('POST /post', 1)] }),
  example('redirects.js', {
    hosts: HTTPBIN,
    rows: [row('GET /redirect/{id}', 7), row('GET /get', 1)],
  }),
  example('stages.js', {
    hosts: HTTPBIN,
    args: () => ['--stage', '1s:2', '--rps', '30'],
    rows: [row('GET /', 'counted')],
  }),
  example('tagging.js', { hosts: HTTPBIN, rows: [row('GET /', 1)] }),
  example('tls_skip_cert_verification.js', { hosts: HTTPBIN, rows: [row('GET /', 1)] }),
  example('tlsconfig.js', { hosts: ['sha256.badssl.com'], rows: [row('GET /', 1)] }),
  example('websocket.js', { hosts: ECHO, rows: [row('WS /', 1)] }),
  example('websockets/test-echo.js', { hosts: ECHO, rows: [row('WS /', 1)] }),
  example('grpc_invoke.js', {
    variables: ({ service }) => ({ GRPC_ADDR: service.calls }),
    rows: [row('gRPC main.FeatureExplorer/GetFeature', 1)],
  }),
  // k6 gives a health check neither a name nor a method.
  example('grpc_healthcheck.js', {
    variables: ({ service }) => ({ GRPC_ADDR: service.calls }),
    rows: [],
    unseen: { 'gRPC grpc.health.v1.Health/Check': 1 },
  }),

  // With limits: held, crossed, and crossed with abortOnFail.
  example('thresholds.js', {
    declaresLimit: true,
    hosts: HTTPBIN,
    args: () => ['--iterations', '5'],
    rows: [row('GET /', 5), row('POST /post', 5)],
  }),
  example('localhost.js', {
    declaresLimit: true,
    // It wants more than 100 requests a second.
    args: () => ['--duration', '1s', '--rps', '20'],
    k6ExitCode: 99,
    rows: [
      ...inGroup('::front page', row('GET /', 'counted')),
      ...inGroup('::stylesheet', row('GET /style.css', 'counted')),
      ...inGroup('::image', row('GET /teddy.jpg', 'counted')),
    ],
  }),
  example('docker-compose/opentelemetry/script.js', { ...TELEMETRY, args: () => ['-d', '2s', '--rps', '50'] }),
  example('docker-compose/opentelemetry/script.js', {
    ...TELEMETRY,
    title: 'docker-compose/opentelemetry/script.js, too slowly',
    args: () => ['-d', '2s', '--rps', '5'],
    k6ExitCode: 99,
  }),
  example('thresholds_readme_example.js', README),
  example('thresholds_readme_example.js', {
    ...README,
    title: 'thresholds_readme_example.js, by HTTP/1.1',
    // It wants HTTP/2.
    environment: { GODEBUG: 'http2client=0' },
    k6ExitCode: 99,
  }),
];
