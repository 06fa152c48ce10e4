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

has_bind() {
  [ -x /usr/sbin/named ] && command -v nsupdate >/dev/null && command -v dig >/dev/null
}

# Some tests change zones of a real BIND. Where it is missing, and this is root on a machine with apt, it comes from
# the system's packages. Its service is neither started nor left to start with the machine: the tests run the program
# by themselves, on loopback. What cannot be installed is said by the tests that need it.
install_bind() (
  if has_bind || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    return 0
  fi
  echo "Installing bind9 and bind9-dnsutils with apt-get ..."
  log=$(mktemp)
  policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then policy=; fi
  trap 'rm -f "$log" $policy' EXIT
  trap 'exit 130' INT TERM
  if [ -n "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update </dev/null >"$log" 2>&1 || true
  apt-get -q -y -o DPkg::Lock::Timeout=120 install --no-install-recommends bind9 bind9-dnsutils \
    </dev/null >>"$log" 2>&1 || tail -n 20 "$log" >&2
  if command -v systemctl >/dev/null; then
    systemctl disable named.service >/dev/null 2>&1 || true
  fi
)
