import { present } from '../../core/spec/present.ts';
import type { CountReply } from '../iteration.ts';
import type { Watch, Watching } from '../journeys/watching.ts';
import type { Requester } from '../request.ts';

/** Lets others look at what one user does, which goes through one journey at a time. */
export class WatchedUser implements Watching {
  private readonly watches: Readonly<Record<string, Watch>>;
  private watch: Watch | undefined;
  private begunAtMs = 0;
  private sentAtMs = 0;

  /** @param watches by the streams that are looked at */
  constructor(watches: Readonly<Record<string, Watch>>) {
    this.watches = watches;
  }

  begins(stream: string): void {
    this.watch = this.watches[stream];
    this.begunAtMs = Date.now();
    this.watch?.begun(this.begunAtMs);
  }

  ended(isCompleted: boolean, stoppedAt?: string): void {
    this.watch?.ended({ begunAtMs: this.begunAtMs, isCompleted, ...present({ stoppedAt }) });
  }

  sends(): void {
    this.sentAtMs = Date.now();
  }

  counting({ endpoint: { id } }: Requester, count: CountReply): CountReply {
    return (reply) => {
      const outcome = count(reply);
      this.watch?.answered({ endpoint: id, sentAtMs: this.sentAtMs, reply, outcome });
      // Where a reply leads on, the next request is sent now.
      this.sentAtMs = Date.now();
      return outcome;
    };
  }
}
