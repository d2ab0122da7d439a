import { check } from 'k6';
import type { Options } from 'k6/options';
import { DavClient } from './common/dav-client';

// As ownCloud's cdperf: a client of its own for WebDAV, tokens that are used up and renewed, seeding and clean-up.
const platforms: Record<string, { folder: string }> = { ocis: { folder: 'space' }, nc: { folder: 'home' } };
const { folder } = platforms[__ENV.PLATFORM ?? 'ocis'] as { folder: string };

export const options: Options = {
  scenarios: {
    browse: { executor: 'per-vu-iterations', vus: 2, iterations: 5, maxDuration: '20s', tags: { suite: 'koko' } },
  },
  thresholds: { checks: ['rate==1'], 'http_req_failed{name:folder_list}': ['rate<0.5'] },
};

const client = new DavClient(__ENV.BASE_URL as string);

export function setup(): { root: string } {
  const root = `/dav/files/${folder}`;
  client.send('MKCOL', root);
  return { root };
}

export default function browse({ root }: { root: string }): void {
  check(client.send('PROPFIND', root, '<propfind/>', 'folder_list'), {
    'the folder is listed': (r) => r.status === 207,
  });
  check(client.send('PUT', `/dav/files/${__VU}-${__ITER}.txt`, 'a file', 'file_upload'), {
    'the file is there': (r) => r.status === 201,
  });
  check(client.send('GET', '/me', null, 'profile'), { 'somebody is logged in': (r) => r.json('name') === 'somebody' });
}

export function teardown({ root }: { root: string }): void {
  client.send('DELETE', root);
}
