// Runs calls one after another where it is started, which may be where a disk is full, and says how each ended. With a
// folder to spoil it serves their target as well, and spoils the folder in the middle of their load.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

const { calls, spoil } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const AFTER_REQUESTS = 5;

let requests = 0;
const server = createServer((_, reply) => {
  requests += 1;
  if (requests === AFTER_REQUESTS) spoiling();
  reply.setHeader('content-type', 'application/json').end('{}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;

const ends = [];
for (const call of calls) ends.push(await ended(call));
process.stdout.write(JSON.stringify({ ends, requests }));
server.close();

function spoiling() {
  if (spoil?.how === 'removed') rmSync(spoil.folder, { recursive: true });
  if (spoil?.how === 'full') fill(path.join(spoil.folder, 'fill'));
}

function fill(file) {
  const opened = openSync(file, 'w');
  for (const bytes of [65_536, 4096, 1]) {
    try {
      for (;;) writeSync(opened, Buffer.alloc(bytes, 1));
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
}

function ended({ args, environment, folder }) {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...environment, ...(spoil === undefined ? {} : { BASE_URL: url }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
    });
  return new Promise((resolve) => child.on('close', (exitCode, signal) => resolve({ exitCode, signal, ...said })));
}
