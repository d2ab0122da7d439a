import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What k6 ends with where it is asked for an output that it does not have. */
const NO_SUCH_OUTPUT_EXIT = 255;

/** As stock k6 2.2.0 says it, `--log-output=stderr` or not. */
const NO_SUCH_OUTPUT =
  "level=error msg=\"invalid output type 'verdict', available types are: cloud, csv, experimental-opentelemetry, " +
  'experimental-prometheus-rw, influxdb, json, opentelemetry, statsd, web-dashboard"';

/**
 * Writes a program named `k6` into the folder and returns its path: it stands before a real k6 and hides the recorder,
 * as if somebody had installed k6 from elsewhere. `version` lists no extensions, `run` knows no output `verdict`, and
 * all else is the real k6, in the same process. To be named by `K6_BIN`. A script of a POSIX shell that needs no other
 * program, so it does not run on Windows.
 * @param k6 absolute path of the real k6
 */
export function k6WithoutRecorder(k6: string, folder: string): string {
  const file = path.join(folder, 'k6');
  writeFileSync(file, hidingScript(k6));
  chmodSync(file, 0o755);
  return file;
}

function hidingScript(k6: string): string {
  return `#!/bin/sh
k6=${quoted(k6)}

refuse() {
  printf '%s\\n' ${quoted(NO_SUCH_OUTPUT)} >&2
  exit ${NO_SUCH_OUTPUT_EXIT}
}

if [ "$*" = version ]; then
  printed=$("$k6" version) || exit
  printf '%s\\n' "\${printed%%Extensions:*}"
  exit
fi

if [ "$1" = run ]; then
  case $K6_OUT in verdict | verdict=*) refuse ;; esac
  before=
  for argument in "$@"; do
    case $before in --out | -o) argument=--out=$argument ;; esac
    case $argument in --out=verdict | --out=verdict=* | -overdict | -overdict=* | -o=verdict | -o=verdict=*) refuse ;; esac
    before=$argument
  done
fi

exec "$k6" "$@"
`;
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
