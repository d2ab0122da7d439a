import http, { type RefinedResponse, type ResponseType } from 'k6/http';

type Reply = RefinedResponse<ResponseType | undefined>;

/** Asks by WebDAV with a token, and takes a new one when it is used up. */
export class DavClient {
  readonly #baseUrl: string;
  #token = '';

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  send(method: string, path: string, body: string | null = null, name = path): Reply {
    const first = this.#attempt(method, path, body, name);
    if (first.status !== 401) return first;
    this.#renew();
    return this.#attempt(method, path, body, name);
  }

  #attempt(method: string, path: string, body: string | null, name: string): Reply {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'text/plain' };
    return http.request(method, `${this.#baseUrl}${path}`, body, { headers, tags: { name } });
  }

  #renew(): void {
    const form = { grant_type: 'client_credentials', client_id: 'cdperf', uses: '4' };
    const reply = http.post(`${this.#baseUrl}/oauth/token`, form, { tags: { name: 'renew_token' } });
    this.#token = String(reply.json('access_token'));
  }
}
