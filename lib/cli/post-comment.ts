import { parseBaseUrl } from '../core/spec/base-url.ts';
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
export async function postComment(
  file: string,
  environment: Environment,
  { print, annotate }: Terminal,
): Promise<number> {
  const { body, marker } = readComment(file);
  const pullRequest = pullRequestOf(environment);
  if (pullRequest === undefined) {
    print('This is not the run of a pull request: there is nothing to comment on.');
    return 0;
  }
  if (pullRequest.isFork) {
    annotate(SKIPPED, 'stdout');
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
    annotate(isRefusal(error) ? SKIPPED : `::warning::The comment was not written: ${reasonOf(error)}`, 'stdout');
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
  // The token is sent there: credentials in the URL are not needed, and fetch takes none.
  const { href } = parseBaseUrl(environment.GITHUB_API_URL || 'https://api.github.com', 'GITHUB_API_URL');
  return {
    repository: `${href}/repos/${required(environment, 'GITHUB_REPOSITORY')}`,
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

/** Not the message of an error that is not ours: it can hold the URL, and whatever stands in the variables that make it. */
function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  const { name, cause } = error as Error & { readonly cause?: { readonly code?: unknown } };
  if (name === 'TimeoutError') return `GitHub did not answer within ${TIMEOUT_MS / 1000} s`;
  return `GitHub cannot be reached${typeof cause?.code === 'string' ? ` (${cause.code})` : ''}`;
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
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return response.json();
    if (response.status < 500 || method === 'POST' || attempt === ATTEMPTS) throw new ApiError(response.status);
  }
}
