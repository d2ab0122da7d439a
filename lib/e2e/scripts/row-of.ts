/** One sample that counts a request, a WebSocket or a call, as `--out json` has it. */
export interface Sample {
  readonly metric: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Of which kind each is, by the metric that has one sample for each. */
const KINDS: Readonly<Record<string, string>> = { http_reqs: '', ws_sessions: 'WS', grpc_req_duration: 'gRPC' };

const ID = /^(?:\d+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:0x)?[0-9a-f]{16,})$/i;

const URL_WITH_HOST = /^[a-z]+:\/\/[^/?#]*([^?#]*)/;

/** Whether a metric counts what rows count. */
export function countsRows(metric: string): boolean {
  return Object.hasOwn(KINDS, metric);
}

/**
 * The row of a sample by the rule of the scripts' reports, said once more so that two ways to the same name can be
 * compared; as far as the corpus needs it. undefined: k6 gives it neither a name nor a URL.
 */
export function rowOf({ metric, tags: { name = '', url = '', method = '' } }: Sample): string | undefined {
  if (name === '' && url === '') return undefined;
  if (metric === 'grpc_req_duration') return `gRPC ${name.replace(/^\//, '')}`;
  // Where nobody named it, k6 calls it by its URL; where somebody did, or `http.url`, it makes the name the URL as well.
  if (name !== '' && !URL_WITH_HOST.test(name)) return name;
  return `${KINDS[metric] || method} ${foldedPath(url)}`;
}

function foldedPath(url: string): string {
  const [, path = ''] = URL_WITH_HOST.exec(url) ?? [];
  const folded = path.split('/').map((segment) => (ID.test(segment) ? '{id}' : segment));
  return folded.join('/') || '/';
}
