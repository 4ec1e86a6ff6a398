#!/usr/bin/env bash
# Installs what the tests in a browser need and the machine does not have: Chromium with its driver, and axe.
#
#   scripts/browser.sh        Debian and Ubuntu; elsewhere install Chromium or Chrome, its ChromeDriver and npm by hand first
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
command -v chromedriver >/dev/null || packages+=(chromium chromium-driver fonts-dejavu-core)
command -v npm >/dev/null || packages+=(npm)
if [ "${#packages[@]}" -gt 0 ]; then
    command -v apt-get >/dev/null || { echo "missing: ${packages[*]}. Install them with your system's own tools."; exit 1; }
    root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    echo "installing ${packages[*]}"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
npm ci --silent --no-audit --no-fund --prefix book/tests/it/browser
echo "ready: cargo test -p book --test it browser"
