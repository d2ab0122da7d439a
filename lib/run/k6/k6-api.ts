import { type AddressInfo, createServer } from 'node:net';

/** k6's status when its users are there, and it waits to be let go. */
const INITIALISED = 4;

/** The REST API of one k6 process: https://grafana.com/docs/k6/latest/reference/k6-rest-api/. */
export class K6Api {
  /** For k6's own `--address`. */
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  /** Whether a k6 that was started paused is ready to be let go; false while its server is not there yet. */
  async isReady(): Promise<boolean> {
    try {
      const reply = (await (await fetch(this.#status, { redirect: 'error' })).json()) as {
        data?: { attributes?: { status?: number } };
      };
      return reply.data?.attributes?.status === INITIALISED;
    } catch {
      return false;
    }
  }

  /** Lets a k6 go that was started paused. */
  async letGo(): Promise<void> {
    await fetch(this.#status, {
      method: 'PATCH',
      redirect: 'error',
      body: JSON.stringify({ data: { type: 'status', id: 'default', attributes: { paused: false } } }),
    });
  }

  get #status(): string {
    return `http://${this.address}/v1/status`;
  }
}

/** An address of this machine at which nothing listens. */
export function freeAddress(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(`127.0.0.1:${port}`));
    });
  });
}
