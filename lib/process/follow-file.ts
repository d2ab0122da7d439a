import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const POLL_MS = 250;
const CHUNK_BYTES = 64 * 1024;

/**
 * Hands on what a process writes into a file, line by line, while it grows. A pipe would do the same, and end a Go
 * program that goes on writing when its reader was killed.
 * @returns hands on what is left, to be called when the process has ended
 */
export function followFile(file: string, onLine: (line: string) => void): () => void {
  const descriptor = openSync(file, 'r');
  const decoder = new StringDecoder('utf8');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let rest = '';
  const read = () => {
    for (;;) {
      const length = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
      if (length === 0) return;
      const lines = (rest + decoder.write(chunk.subarray(0, length))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    }
  };
  const timer = setInterval(read, POLL_MS);
  return () => {
    clearInterval(timer);
    read();
    rest += decoder.end();
    if (rest !== '') onLine(rest);
    closeSync(descriptor);
  };
}
