#!/bin/sh
# The browser for tests/browser: says nothing when one is there, else fetches Debian's with apt-get.
set -eu

for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No Chromium found for the browser tests, and no apt-get to fetch it with: install Chromium and put it on the PATH." >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "No Chromium found for the browser tests: run 'sudo apt-get install chromium', then try again." >&2
    exit 1
fi
echo "Installing Chromium for the browser tests ..." >&2
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium; } >/dev/null; then
    echo "apt-get could not install Chromium (its reason is above): mend that, or install Chromium by other means." >&2
    exit 1
fi
