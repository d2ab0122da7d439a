import type { RateLimit } from '../../spec/endpoint.ts';

/** A limit as it was met. `token-bucket`: it refills evenly, and holds its requests at most. */
export interface LimitModel {
  readonly requests: number;
  readonly windowSeconds: number;
  readonly algorithm: RateLimit['algorithm'] | 'token-bucket';
  /** Algorithms that explain what was met as well: it was used up too soon to tell them apart. */
  readonly orElse?: readonly LimitModel['algorithm'][];
  /** Of a fixed window: when one of its windows begins, in milliseconds since the load began. */
  readonly boundaryMs?: number;
  /** How far from there it may be: what lies between a refusal and the acceptance after it. */
  readonly boundaryToleranceMs?: number;
}

/** What became of a request. It was decided between its sending and its reply; `atMs` is half-way. */
export interface LimitedReply {
  readonly atMs: number;
  readonly sentAtMs: number;
  readonly doneAtMs: number;
  readonly isAccepted: boolean;
}

/** A model explains what was met when it is wrong about fewer than this share of the requests. */
const MOST_UNEXPLAINED_SHARE = 0.02;

/**
 * The limit that explains best which requests were accepted. Each algorithm is tried with each number of requests that
 * the replies suggest, beside the declared one.
 *
 * @param replies of one client, in order, from a time when its limit was not used at all
 * @returns undefined where none explains it
 */
export function bestModel(
  declared: RateLimit,
  replies: readonly LimitedReply[],
  toleranceMs: number,
): { readonly model: LimitModel; readonly unexplained: number } | undefined {
  if (!replies.some(({ isAccepted }) => !isAccepted)) return undefined;
  const { windowSeconds } = declared;
  const numbers = [...new Set([declared.requests, ...runsOfAccepted(replies)])].filter((requests) => requests > 0);
  const boundaries = boundariesOf(replies, windowSeconds * 1000);
  const models = numbers.flatMap((requests): LimitModel[] => [
    { requests, windowSeconds, algorithm: 'sliding-window' },
    ...boundaries.map((boundary): LimitModel => ({ requests, windowSeconds, algorithm: 'fixed-window', ...boundary })),
    { requests, windowSeconds, algorithm: 'token-bucket' },
  ]);
  const judged = models
    .map((model) => ({ model, unexplained: countUnexplained(model, replies, toleranceMs) }))
    .sort((a, b) => a.unexplained - b.unexplained);
  const [best] = judged;
  if (best === undefined || best.unexplained > MOST_UNEXPLAINED_SHARE * replies.length) return undefined;
  const tied = judged.filter(({ unexplained }) => unexplained === best.unexplained);
  // Of several that explain it as well, the declared one is believed.
  const chosen = tied.find(({ model }) => model.algorithm === declared.algorithm) ?? best;
  const others = [...new Set(tied.map(({ model }) => model.algorithm))].filter(
    (algorithm) => algorithm !== chosen.model.algorithm,
  );
  return others.length === 0 ? chosen : { ...chosen, model: { ...chosen.model, orElse: others } };
}

/** When a client that sends nothing more finds a place again, in milliseconds since the load began. */
export function freeAt(model: LimitModel, replies: readonly LimitedReply[], nowMs: number): number {
  const accepted = replies.filter(({ isAccepted, atMs }) => isAccepted && atMs < nowMs).map(({ atMs }) => atMs);
  const windowMs = model.windowSeconds * 1000;
  switch (model.algorithm) {
    case 'sliding-window':
      return (accepted.at(-model.requests) ?? nowMs - windowMs) + windowMs;
    case 'fixed-window': {
      const boundary = model.boundaryMs ?? 0;
      return boundary + Math.ceil((nowMs - boundary) / windowMs) * windowMs;
    }
    case 'token-bucket': {
      const missing = 1 - tokensAt(model, accepted, nowMs);
      return nowMs + Math.max(0, missing) * (windowMs / model.requests);
    }
  }
}

function countUnexplained(model: LimitModel, replies: readonly LimitedReply[], toleranceMs: number): number {
  const acceptedAt: number[] = [];
  let unexplained = 0;
  for (const { atMs, sentAtMs, doneAtMs, isAccepted } of replies) {
    // Somewhere in between it was decided: a model is wrong when it is at both ends.
    const early = accepts(model, acceptedAt, sentAtMs - toleranceMs);
    const late = accepts(model, acceptedAt, doneAtMs + toleranceMs);
    if (early !== isAccepted && late !== isAccepted) unexplained += 1;
    if (isAccepted) acceptedAt.push(atMs);
  }
  return unexplained;
}

/** Whether the model accepts a request, after those that really were accepted. */
function accepts(model: LimitModel, acceptedAt: readonly number[], nowMs: number): boolean {
  const windowMs = model.windowSeconds * 1000;
  switch (model.algorithm) {
    case 'sliding-window':
      return acceptedAt.filter((at) => at > nowMs - windowMs).length < model.requests;
    case 'fixed-window': {
      const boundary = model.boundaryMs ?? 0;
      const windowOf = (at: number) => Math.floor((at - boundary) / windowMs);
      return acceptedAt.filter((at) => windowOf(at) === windowOf(nowMs)).length < model.requests;
    }
    case 'token-bucket':
      return tokensAt(model, acceptedAt, nowMs) >= 1;
  }
}

function tokensAt({ requests, windowSeconds }: LimitModel, acceptedAt: readonly number[], nowMs: number): number {
  const perMs = requests / (windowSeconds * 1000);
  let tokens = requests;
  let last = acceptedAt[0] ?? nowMs;
  for (const at of acceptedAt) {
    tokens = Math.min(requests, tokens + Math.max(0, at - last) * perMs) - 1;
    last = at;
  }
  return Math.min(requests, tokens + Math.max(0, nowMs - last) * perMs);
}

/** How many were accepted in a row: before the first refusal, and after each. */
function runsOfAccepted(replies: readonly LimitedReply[]): number[] {
  const runs: number[] = [];
  let run = 0;
  for (const { isAccepted } of replies) {
    if (isAccepted) run += 1;
    else if (run > 0) {
      runs.push(run);
      run = 0;
    }
  }
  return runs;
}

/** Where windows may begin: between a refusal and the acceptance that follows it. */
function boundariesOf(
  replies: readonly LimitedReply[],
  windowMs: number,
): Required<Pick<LimitModel, 'boundaryMs' | 'boundaryToleranceMs'>>[] {
  return replies.flatMap(({ doneAtMs, isAccepted }, i) => {
    const before = replies[i - 1];
    if (!isAccepted || before === undefined || before.isAccepted) return [];
    const [from, to] = [before.sentAtMs, doneAtMs];
    return [{ boundaryMs: ((from + to) / 2) % windowMs, boundaryToleranceMs: (to - from) / 2 }];
  });
}
