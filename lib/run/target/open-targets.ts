import { parseBaseUrl, requireConsent } from '../../core/spec/base-url.ts';
import { variableOfServer } from '../../core/spec/server.ts';
import { requireReachable, type WayToTarget } from './look-ahead.ts';
import { type OpenTarget, openTarget, type Target } from './target.ts';

/** The targets of a session, of which one at most is open at a time. */
export class OpenTargets {
  readonly #allowedHosts: readonly string[];
  readonly #way: WayToTarget;
  /** What is being opened, and not handed out yet. */
  #opening: { readonly giveUp: () => void; readonly ended: Promise<OpenTarget | undefined> } | undefined;
  #closings = 0;
  /** URLs of servers that accepted a connection once: what becomes of them later is a finding of a run. */
  readonly #met = new Set<string>();
  #current: { readonly key: string; readonly target: OpenTarget } | undefined;

  /** @param way how k6 will find them */
  constructor(allowedHosts: readonly string[], way: WayToTarget) {
    this.#allowedHosts = allowedHosts;
    this.#way = way;
  }

  /** @throws UserError for a target that may not be loaded */
  requireConsent(target: Target): void {
    if (target.kind !== 'reference-backend') requireConsent(target.address, this.#allowedHosts, target.named);
  }

  /**
   * Opens a target, after what else is open was closed. One that is open already goes on, even if it has died
   * meanwhile: that is a finding of the run.
   * @throws UserError for a target that may not be loaded, or does not get ready
   */
  async open(wanted: Target): Promise<OpenTarget> {
    this.requireConsent(wanted);
    const key = JSON.stringify(wanted);
    if (this.#current?.key === key) return this.#current.target;
    const closings = this.#closings;
    await this.#stop();
    if (this.#closings !== closings) throw new Error('The targets were closed.');
    const given = new AbortController();
    const opening = openTarget(wanted, this.#way, given.signal);
    this.#opening = { giveUp: () => given.abort(), ended: opening.catch(() => undefined) };
    const target = await opening;
    this.#opening = undefined;
    this.#current = { key, target };
    return target;
  }

  /**
   * Looks for the servers besides BASE_URL, each once. A command of the target may have started them.
   * @param servers their URLs by name, as a scenario says them
   * @throws UserError for one that may not be loaded, or cannot be reached
   */
  async meetServers(servers: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, href] of Object.entries(servers)) {
      const named = variableOfServer(name);
      const address = parseBaseUrl(href, named);
      requireConsent(address, this.#allowedHosts, named);
      if (!this.#met.has(href)) await requireReachable({ address, named }, this.#way);
      this.#met.add(href);
    }
  }

  /** May be called at any time, also while a target opens. The next one to be opened is made anew. */
  async close(): Promise<void> {
    this.#closings += 1;
    await this.#stop();
  }

  async #stop(): Promise<void> {
    this.#opening?.giveUp();
    const opened = await this.#opening?.ended;
    this.#opening = undefined;
    await (opened ?? this.#current?.target)?.stop();
    this.#current = undefined;
  }
}
