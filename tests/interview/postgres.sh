#!/bin/sh
# The server for tests/interview/test_postgres.py: says nothing when one is there, else fetches Debian's with apt-get.
set -eu

for folder in /usr/lib/postgresql/*/bin; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then exit 0; fi
done
if command -v initdb >/dev/null 2>&1 && command -v pg_ctl >/dev/null 2>&1; then exit 0; fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No PostgreSQL server found for its tests, and no apt-get to fetch it with: install one and put its initdb and pg_ctl on the PATH." >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "No PostgreSQL server found for its tests: run 'sudo apt-get install postgresql', then try again." >&2
    exit 1
fi
echo "Installing PostgreSQL for its tests ..." >&2
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -qq --yes --no-install-recommends postgresql; } >/dev/null; then
    echo "apt-get could not install PostgreSQL (its reason is above): mend that, or install PostgreSQL by other means." >&2
    exit 1
fi
