import { check } from 'k6';
import crypto from 'k6/crypto';
import http from 'k6/http';
import { Rate, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { parse } from 'yaml';

// As tuist's cache suite: a package from npm, keys by hash, a miss that is no failure, a comparison made of the summary.
const cache = `${__ENV.CACHE_URL}/cache`;
const artefacts = parse(open('./data/targets.yaml')) as Record<string, string[]>;
const hits = new Rate('cache_hits');
const uploads = new Trend('artefact_upload', true);

const expectsMisses = http.expectedStatuses(200, 404);

export const options: Options = {
  scenarios: { builds: { executor: 'per-vu-iterations', vus: 2, iterations: 3 } },
  summaryTrendStats: ['med', 'p(95)', 'count'],
};

export default function cachedBuild(): void {
  for (const [platform, names] of Object.entries(artefacts)) {
    for (const name of names) {
      const hash = crypto.md5(`${platform}/${name}/${__VU}`, 'hex');
      const got = http.get(`${cache}/${hash}`, { responseCallback: expectsMisses });
      hits.add(got.status === 200);
      if (got.status === 404) upload(hash);
    }
  }
}

function upload(hash: string): void {
  const put = http.put(`${cache}/${hash}`, new Uint8Array(2048).buffer, {
    headers: { 'content-type': 'application/octet-stream' },
  });
  check(put, { 'it is in the cache': ({ status }) => status === 201 });
  uploads.add(put.timings.duration);
}

interface Summary {
  readonly metrics: Record<string, { readonly values: Record<string, number> }>;
}

export function handleSummary({ metrics }: Summary): Record<string, string> {
  const p50 = metrics.http_req_duration?.values.med;
  return { stdout: '', 'tui-compare.json': JSON.stringify({ main: 12, branch: p50 }) };
}
