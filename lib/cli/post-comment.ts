import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { readJson } from '../files/read-json.ts';
import { readText } from '../files/read-text.ts';
import { COMMENT_MARKERS } from '../report/comment.ts';
import type { Terminal } from '../results/terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface PullRequest {
  readonly number: number;
  readonly isFork: boolean;
}

const TIMEOUT_MS = 10_000;
const PER_PAGE = 100;

/**
 * Writes the verdict into a comment on the pull request, over the one of the run before. It is a courtesy: whatever
 * keeps it from being written is told, and the gate's exit code decides.
 * @returns the exit code: 0
 * @throws UserError for a file or variables of GitHub Actions that are not there
 */
export async function postComment(file: string, environment: Environment, { print }: Terminal): Promise<number> {
  const { body, marker } = readComment(file);
  const pullRequest = pullRequestOf(environment);
  if (pullRequest === undefined) {
    print('This is not the run of a pull request: there is nothing to comment on.');
    return 0;
  }
  if (pullRequest.isFork) {
    print(SKIPPED);
    return 0;
  }
  const api = apiOf(environment);
  const comments = `${api.repository}/issues/${pullRequest.number}/comments`;
  try {
    const id = await findOwnComment(api, comments, marker);
    if (id === undefined) await send(api, 'POST', comments, { body });
    else await send(api, 'PATCH', `${api.repository}/issues/comments/${id}`, { body });
    print(`The comment on pull request ${pullRequest.number} was ${id === undefined ? 'written' : 'updated'}.`);
  } catch (error) {
    print(isRefusal(error) ? SKIPPED : `::warning::The comment was not written: ${oneLineOf(error)}`);
  }
  return 0;
}

const SKIPPED =
  '::notice::The comment on the pull request is skipped: this run may not write there, as for a fork. The step summary carries the verdict.';

function readComment(file: string): { readonly body: string; readonly marker: string } {
  const text = readText(file, {
    what: 'The comment cannot be read.',
    expected: 'the file that `--comment` of `gate`, `compare` or `ab` wrote',
  });
  const marker = Object.values(COMMENT_MARKERS).find((each) => text.startsWith(each));
  if (marker !== undefined) return { body: text, marker };
  throw new UserError({
    what: 'The file is not a comment of k6-verdict.',
    received: file,
    expected: 'the file that `--comment` of `gate`, `compare` or `ab` wrote',
  });
}

/** Undefined for a run of anything else than a pull request. */
function pullRequestOf(environment: Environment): PullRequest | undefined {
  const event = readJson(required(environment, 'GITHUB_EVENT_PATH'), {
    what: 'The event of the workflow (GITHUB_EVENT_PATH) cannot be read.',
    expected: 'the file with JSON that GitHub Actions makes',
  });
  const { pull_request: pullRequest } = (event ?? {}) as {
    readonly pull_request?: {
      readonly number: number;
      readonly head?: { readonly repo?: { readonly full_name?: string } | null };
    };
  };
  if (pullRequest === undefined) return undefined;
  const isFork = pullRequest.head?.repo?.full_name !== required(environment, 'GITHUB_REPOSITORY');
  return { number: pullRequest.number, isFork };
}

interface Api {
  /** Where the repository is, without a slash at the end. */
  readonly repository: string;
  readonly token: string;
}

function apiOf(environment: Environment): Api {
  const root = environment.GITHUB_API_URL ?? 'https://api.github.com';
  return {
    repository: `${root}/repos/${required(environment, 'GITHUB_REPOSITORY')}`,
    token: required(environment, 'GITHUB_TOKEN'),
  };
}

function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (value) return value;
  throw new UserError({
    what: `${name} is not set: post-comment is a step of GitHub Actions.`,
    expected: 'GITHUB_EVENT_PATH, GITHUB_REPOSITORY and GITHUB_TOKEN, as a workflow sets them',
  });
}

interface Comment {
  readonly id: number;
  readonly body?: string | null;
  readonly user?: { readonly type?: string } | null;
}

/** Anybody can write the marker into a comment; only a bot's is ours to replace. */
async function findOwnComment(api: Api, comments: string, marker: string): Promise<number | undefined> {
  for (let page = 1; ; page += 1) {
    const found = (await send(api, 'GET', `${comments}?per_page=${PER_PAGE}&page=${page}`)) as readonly Comment[];
    const own = found.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(marker));
    if (own !== undefined || found.length < PER_PAGE) return own?.id;
  }
}

class ApiError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`GitHub answered with status ${status}`);
    this.status = status;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404);
}

function oneLineOf(error: unknown): string {
  return (error as Error).message.replace(/\p{Cc}+/gu, ' ');
}

const ATTEMPTS = 3;

/** Reads and updates are tried again; a comment is not written twice. */
async function send(api: Api, method: 'GET' | 'POST' | 'PATCH', url: string, content?: object): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${api.token}`,
        'content-type': 'application/json',
        'user-agent': 'k6-verdict',
      },
      ...present({ body: content && JSON.stringify(content) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return response.json();
    if (response.status < 500 || method === 'POST' || attempt === ATTEMPTS) throw new ApiError(response.status);
  }
}
