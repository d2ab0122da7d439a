import { encodedPairs, type Query } from './query.ts';

/** A file of a form, which then is sent in parts (multipart/form-data). */
export interface FormFile {
  /** What the file is called. */
  readonly name: string;
  /** Its content: what `open(path, 'b')` returned, or a text. */
  readonly data: string | ArrayBuffer;
  /** @default 'application/octet-stream' */
  readonly type?: string;
}

/** The fields of a form, of which some may be files. */
export type Form = Readonly<Record<string, Query[string] | FormFile>>;

/** What a request sends in its body: at most one of these. */
export interface Content {
  /** Sent as JSON, with its content type unless `headers` says another. */
  readonly json?: unknown;
  /** Sent as a form, with its content type: in parts where a field is a file, else URL-encoded. */
  readonly form?: Form;
  /** Sent as it is; set a content type in `headers`. */
  readonly body?: string | ArrayBuffer;
}

export const CONTENT_KINDS = ['json', 'form', 'body'] as const satisfies readonly (keyof Content)[];

/** A body that can be sent as it is, and the content type that goes with it; none where the author says it. */
export interface SentContent {
  readonly body: string | ArrayBuffer | null;
  readonly type?: string;
}

export function isFile(field: Form[string]): field is FormFile {
  return typeof field === 'object' && field !== null && !Array.isArray(field);
}

/** Whether a form goes in parts: whoever sends it has to make them. */
export function hasFiles({ form = {} }: Content): boolean {
  return Object.values(form).some(isFile);
}

/** @param content whose form has no files */
export function sentContent({ json, form, body }: Content): SentContent {
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' };
  if (form !== undefined) return { body: encodedPairs(form as Query), type: 'application/x-www-form-urlencoded' };
  return { body: body ?? null };
}
