import http, { type RequestBody } from 'k6/http';
import { type Content, type Form, hasFiles, isFile, sentContent } from '../core/spec/request/content.ts';

/** What a request sends, and the content type that goes with it. k6 makes the parts of a form with files, and their type. */
export function contentOf(content: Content): { readonly body: RequestBody | null; readonly type?: string } {
  return hasFiles(content) ? { body: partsOf(content.form ?? {}) } : sentContent(content);
}

function partsOf(form: Form): RequestBody {
  const fields = Object.entries(form).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      isFile(field) ? http.file(field.data, field.name, field.type) : String(field),
    ]),
  );
}
