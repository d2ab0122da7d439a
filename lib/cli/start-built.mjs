import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtTool } from './built-tool.mjs';

/** Runs an entry of the built tool in this process, or says why it cannot be built. */
export async function startBuilt(entry) {
  const folder = await builtOrNothing();
  if (folder !== undefined) await import(pathToFileURL(path.join(folder, entry)).href);
}

async function builtOrNothing() {
  try {
    return await builtTool();
  } catch (error) {
    process.exitCode = 70;
    process.stderr.write(`k6-verdict: it cannot be built from its sources.\n${error.message}\n${adviceOn(error)}\n`);
    return undefined;
  }
}

function adviceOn({ code }) {
  return code === 'ERR_MODULE_NOT_FOUND'
    ? '  What to do: npm ci, which installs what it is built with.'
    : '  What to do: npm run check shows type errors as well.';
}
