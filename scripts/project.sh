# Shared by quickstart and test, which set `root`: the project's packages and its own Node, on a machine that has
# any Node from 20 on.

node=$root/node_modules/node/bin/node

stop() {
  printf '%s\n' "$@" >&2
  exit 64
}

require_node() {
  for program in node npm; do
    command -v "$program" >/dev/null ||
      stop "Node.js 20 or newer with npm is needed, and there is no '$program' on the PATH." \
        "Install it from https://nodejs.org/ and run this again."
  done
  node -e 'process.exit(Number.parseInt(process.versions.node) < 20 ? 1 : 0)' ||
    stop "Node.js 20 or newer is needed; $(command -v node) is $(node --version)." \
      "Install a newer one from https://nodejs.org/ and run this again."
}

is_installed() {
  [ -x "$node" ] && [ "$root/node_modules/.package-lock.json" -nt "$root/package-lock.json" ]
}

# npm warns about each package that wants a newer Node than the machine's. The project brings its own Node, so that
# says nothing here; what npm says is shown only when it fails.
install() {
  log=$(mktemp)
  if ! (cd "$root" && npm ci --no-audit --no-fund) </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    stop "npm ci failed; what it said is above."
  fi
  [ -x "$node" ] || {
    cat "$log" >&2
    rm -f "$log"
    stop "npm did not run the install script of the package 'node', which brings the project's Node." \
      "Allow it (npm config get ignore-scripts) and run this again."
  }
  rm -f "$log"
}
