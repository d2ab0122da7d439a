import path from 'node:path';
import { projectRoot } from '../tool.ts';
import { inGroup, type Places, row, type ScriptCase } from './script-case.ts';
import { API_KEY } from './service/sessions.ts';

export const SUITES_FOLDER = path.join(projectRoot, 'lib', 'e2e', 'scripts', 'suites');

const baseUrl = ({ service }: Places) => ({ BASE_URL: service.url });

type Details = Partial<ScriptCase> & Pick<ScriptCase, 'rows'>;

/** The pattern of one suite, called with BASE_URL; that k6 ends with 0. */
function suite(title: string, script: string, details: Details): ScriptCase {
  return { title, script, variables: baseUrl, k6ExitCode: 0, declaresLimit: true, ...details };
}

/** What `http.url` names a request, and k6 its URL as well: its first hole is the base. */
const HTTP_URL = `\${}/orders/\${}`;

const GOV_STEPS = ['POST /login', 'POST /orders', 'GET /orders/{id}'];
const GOV_GROUPS = ['::B01_SignIn_01_Submit', '::B01_SignIn_02_Orders', '::B01_SignIn_03_Order'];

/** The steps of GOV, each in its group. */
function signIn(requests: readonly (number | 'counted')[]) {
  return GOV_STEPS.flatMap((step, at) => inGroup(GOV_GROUPS[at] ?? '', row(step, requests[at] ?? 'counted')));
}

/**
 * What 24 public suites do with k6, each in a small script: its features, not its words. Ten have a handleSummary of
 * their own, as in life.
 */
export const SUITES: readonly ScriptCase[] = [
  suite('GOV', 'gov.ts', {
    needsBundle: true,
    variables: (places) => ({ ...baseUrl(places), PROFILE: 'load' }),
    rows: signIn(['counted', 'counted', 'counted']),
  }),
  // The last of four users does not get in, and goes no further.
  suite('GOV, once for each user', 'gov.ts', { needsBundle: true, rows: signIn([4, 3, 3]) }),
  suite('CDP', 'cdp.ts', {
    needsBundle: true,
    rows: [
      row('folder_list', 14, 'PROPFIND /dav/files/{id}'),
      row('file_upload', 12, 'PUT /dav/files/{id}'),
      row('profile', 12, 'GET /me'),
      row('renew_token', 8, 'POST /oauth/token'),
    ],
    aside: { 'MKCOL /dav/files/{id}': 2, 'DELETE /dav/files/{id}': 2, 'POST /oauth/token': 2 },
  }),
  suite('QPZ', 'qpz.js', {
    rows: [row('POST /orders', 'counted'), row(HTTP_URL, 'counted', 'GET /orders/{id}'), row('WS /ws', 2)],
    aside: { 'POST /login': 1 },
    files: ['qpz-summary.json', 'qpz-summary.txt'],
  }),
  suite('QPZ, whose setup throws', 'qpz.js', {
    variables: (places) => ({ ...baseUrl(places), QPZ_PASSWORD: 'forgotten' }),
    k6ExitCode: 107,
    rows: [],
    aside: { 'POST /login': 1 },
    // Its handleSummary wants iterations, and throws too.
  }),
  suite('DIA', 'dia.js', {
    // It names all of its environments.
    hosts: ['platform.invalid'],
    declaresLimit: false,
    rows: [
      row('graphql search', 10, 'POST /graphql'),
      row('get dialog', 10, 'GET /documents/{id}'),
      row('GET /search', 10),
    ],
    aside: { 'POST /documents': 1 },
    files: ['dia-junit.xml'],
  }),
  suite('NOT', 'not.js', {
    args: () => [`--secret-source=mock=api_key=${API_KEY}`],
    rows: [row('post_notification', 6, 'POST /orders'), row('get_status', 6, 'GET /orders/{id}')],
    files: ['not-summary.json'],
  }),
  suite('COR', 'cor.js', {
    rows: [
      row('upload correspondence', 'counted', 'POST /upload'),
      row('get attachment', 'counted', 'GET /documents/{id}'),
    ],
  }),
  suite('AUT', 'aut.js', {
    hosts: ['at22.invalid', 'yt01.invalid'],
    k6ExitCode: 99,
    rows: [
      ...inGroup('::log in', row('log in', 12, 'POST /login')),
      ...inGroup('::system user', row('read system', 9, 'GET /me'), row('change system', 9, 'GET /flaky')),
    ],
  }),
  suite('REL', 'rel.js', {
    k6ExitCode: 99,
    rows: [
      ...['eth_chainId', 'eth_blockNumber', 'eth_notThere'].map((method) => row(method, 8, 'POST /rpc')),
      row('eth_subscribe', 2, 'WS /rpc/events'),
    ],
    files: ['rel-report.md'],
  }),
  suite('MIR', 'mir.js', {
    // Its thresholds only make k6 print figures: whatever the service does, they hold.
    declaresLimit: false,
    rows: [
      ...inGroup('::accounts', row('GET /documents/{id}', 'counted')),
      row('/api/v1/blocks', 'counted', 'GET /search'),
    ],
    files: ['mir-report.md'],
  }),
  suite('VEN', 'ven.js', { declaresLimit: false, rows: [row('POST /graphql', 60)], aside: { 'POST /graphql': 1 } }),
  suite('INS', 'ins.js', {
    variables: (places) => ({ ...baseUrl(places), GRPC_ADDR: places.service.calls }),
    rows: [
      ...inGroup(
        '::Pipelines API: Create a pipeline',
        row('POST /orders', 3),
        row('GET /orders/{id}', 3),
        row('DELETE /orders/{id}', 3),
      ),
      ...inGroup('::Pipelines gRPC', row('gRPC main.FeatureExplorer/GetFeature', 3)),
    ],
    aside: { 'POST /oauth/token': 1, 'GET /orders': 1 },
  }),
  suite('LIT', 'lit.ts', {
    variables: (places) => ({ ...baseUrl(places), LIT_API_KEY: API_KEY }),
    k6ExitCode: 99,
    rows: [row('POST /orders', 18), row('broken_action', 6, 'GET /failing')],
    files: ['lit-results.json'],
  }),
  suite('CHF', 'chf.js', {
    rows: [row('submit form', 16, 'POST /orders'), row('POST /oauth/token', 4), row('GET /limited', 25)],
  }),
  suite('SIM', 'sim.ts', {
    declaresLimit: false,
    rows: [
      row('POST /login', 2),
      ...inGroup('::Student application', row('GET /documents/{id}', 8)),
      ...inGroup('::Student application::Submit', row('POST /orders', 8), row('PATCH /orders/{id}', 8)),
    ],
    aside: { 'POST /documents': 2 },
  }),
  suite('OSM', 'osm.js', {
    rows: [
      row('POST /products/_bulk', 'counted'),
      row('POST /products/_search', 'counted'),
      row('POST /jobs', 2),
      row('GET /jobs/{id}', 6),
    ],
  }),
  suite('SPR', 'spr.js', {
    variables: ({ service }) => ({ STOREFRONT_URL: service.url }),
    k6ExitCode: 99,
    rows: [
      ...inGroup(
        '::Log in',
        row('login page', 4, 'GET /account/login'),
        row('log in', 8, 'POST /account/login', 'GET /account'),
      ),
      ...inGroup(
        '::Add to cart',
        row('GET /shop/categories/{id}', 8),
        row('GET /shop/products/{id}', 8),
        row('cart', 8, 'POST /shop/cart', 'GET /shop/cart'),
      ),
    ],
    aside: { 'GET /account/login': 1, 'POST /account/login': 1, 'GET /account': 1 },
    files: ['spr-report.html'],
  }),
  suite('SPR, whose setup aborts', 'spr.js', {
    variables: ({ service }) => ({ STOREFRONT_URL: service.url, SPRYKER_ENV: 'staging' }),
    k6ExitCode: 108,
    rows: [],
    aside: { 'GET /account/login': 1, 'POST /account/login': 1 },
    files: ['spr-report.html'],
  }),
  suite('SHO', 'sho.js', {
    declaresLimit: false,
    rows: [
      row('Home', 12, 'GET /shop/old-home', 'GET /shop'),
      row('GET /assets/shop.css', 6),
      row('GET /assets/shop.js', 6),
      row('Category', 6, 'GET /shop/categories/{id}'),
      row('Product', 2, 'GET /shop/products/{id}'),
      row('POST /shop/cart', 2),
      row('GET /shop/cart', 4),
    ],
  }),
  suite('PAG', 'pag.js', {
    variables: ({ service }) => ({ BASE_PATH: service.url, API_KEY }),
    rows: [
      row('PN-safe-storage', 6, 'PUT /cache/{id}'),
      row('POST /jobs', 6),
      row('GET /jobs/{id}', 18),
      row('GET /orders', 10),
    ],
  }),
  suite('SCH', 'sch.ts', {
    variables: ({ service }) => ({ SPSH_BASE: service.url }),
    k6ExitCode: 99,
    rows: [
      ...inGroup('::login', row('GET /account/login', 3), row('POST /account/login', 3)),
      ...inGroup('::pages', row('GET /account', 3), row('GET /failing', 3)),
    ],
  }),
  suite('FEA', 'fea.js', {
    variables: ({ service }) => ({ WS_URL: `ws://${service.plain}` }),
    rows: [row('WS /streaming', 'counted')],
    files: ['fea-index.html'],
  }),
  suite('EDG', 'edg.ts', {
    variables: ({ service }) => ({ TARGET: service.url }),
    declaresLimit: false,
    rows: [
      row('POST /functions/hello', 6, 'POST /functions/{id}'),
      row('POST /functions/echo', 6, 'POST /functions/{id}'),
      row('upload a file', 6, 'POST /functions/{id}'),
      row('GET /reset', 6),
    ],
  }),
  suite('ZIT', 'zit.ts', {
    needsBundle: true,
    variables: ({ service }) => ({ ZITADEL_HOST: service.url }),
    declaresLimit: false,
    rows: [row('GET /v2/users/{id}', 'counted'), row('POST /v2/users/human', 6), row('DELETE /v2/users/{id}', 6)],
    aside: { 'POST /v2/users/human': 3, 'DELETE /v2/users/{id}': 3 },
  }),
  suite('N8N', 'n8n.js', {
    variables: ({ service }) => ({ API_BASE_URL: service.url, SUMMARY_FILE: 'of-this-run.json' }),
    environment: { K6_VUS: '3', K6_ITERATIONS: '12' },
    declaresLimit: false,
    rows: [row('POST /webhook/benchmark', 12)],
    files: ['of-this-run.json'],
  }),
  suite('TUI', 'tui.ts', {
    needsBundle: true,
    variables: ({ service }) => ({ CACHE_URL: service.url }),
    declaresLimit: false,
    rows: [row('GET /cache/{id}', 18), row('PUT /cache/{id}', 6)],
    files: ['tui-compare.json'],
  }),
];
