#!/bin/sh
# ./start.sh [port]: the Orders API on 127.0.0.1 (README.md). The process becomes the server, so its id ends it.
set -eu
cd "${0%/*}"
export PYTHONDONTWRITEBYTECODE=1

fail() {
  echo "$1" >&2
  exit 1
}
command -v python3 >/dev/null 2>&1 || fail 'The Orders API needs Python 3.10 or newer, and there is no python3 on PATH.'
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail 'The Orders API needs Python 3.10 or newer, and python3 on PATH is older.'

# Named for what it holds: other versions are another environment.
pins=$(cksum <requirements.txt)
cache=${K6_VERDICT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/k6-verdict}
VENV=${VENV:-$cache/orders-api-${pins%% *}}
if [ ! -e "$VENV/.ready" ]; then
  # Made beside its place and moved there whole, so that several may make it at a time.
  new=$VENV.$$
  trap 'rm -rf "$new"' EXIT
  mkdir -p "${VENV%/*}"
  python3 -m venv "$new" >&2 || fail 'python3 -m venv makes no environment: Debian and Ubuntu have it in python3-venv.'
  "$new/bin/python" -m pip install -q --disable-pip-version-check -r requirements.txt >&2 ||
    fail 'pip cannot install requirements.txt: the first start needs a package index.'
  : >"$new/.ready"
  [ -e "$VENV" ] || mv "$new" "$VENV"
  rm -rf "$new"
fi

set -- "${1:-8123}"
if [ "${TLS:-}" = 1 ]; then
  certificates=${TMPDIR:-/tmp}/orders-api-tls-$(id -u)
  mkdir -p -m 700 "$certificates"
  if [ ! -e "$certificates/cert.pem" ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost \
      -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' \
      -keyout "$certificates/key.pem" -out "$certificates/cert.pem" 2>/dev/null
  fi
  set -- "$@" "$certificates/key.pem" "$certificates/cert.pem"
fi
exec "$VENV/bin/python" serve.py "$@"
