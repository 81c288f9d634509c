#!/usr/bin/env bash
# Runs every test there is: installs what a bare machine lacks, starts a throw-away PostgreSQL and RabbitMQ, and fails when a test was skipped.
# With WHATSAPP_TESTS_PICTURES=1 the browser tests keep pictures of the pages in artifacts/screenshots.
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# The shell is Chromium without windows of its own, and takes a quarter of the time for each page.
browser() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }

install_missing() {
  local missing=()
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
  [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || missing+=(rabbitmq-server)
  browser >/dev/null || missing+=(chromium-headless-shell)
  # React and Vue, for the pages of the browser tests.
  command -v npm >/dev/null || missing+=(npm)
  # What links a native program.
  command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(gcc)
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null || { echo "Install these first, then run again: ${missing[*]}" >&2; exit 1; }
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# The server refuses to run as root, so root starts it as the user that the package made.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM % 20000)); }

start_postgres() {
  bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  data=$(mktemp -d)
  chmod 755 "$data"
  [ "$(id -u)" = 0 ] && chown postgres "$data"
  local port; port=$(free_port)
  as_postgres "$bin/initdb" -D "$data/db" -U postgres -A trust --no-sync -E UTF8 --locale=C.UTF-8 >/dev/null
  as_postgres "$bin/pg_ctl" -D "$data/db" -w -l "$data/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data -c fsync=off -c max_connections=300" start >/dev/null
  export WHATSAPP_TESTS_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres"
}

stop_postgres() {
  [ -n "${data:-}" ] || return 0
  as_postgres "$bin/pg_ctl" -D "$data/db" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$data"
}

# By the package's own scripts, for those on the path change the user; with a home, ports and an epmd of its own, all on loopback.
start_rabbitmq() {
  broker=$(mktemp -d)
  local port; port=$(free_port)
  echo '[].' >"$broker/plugins"
  cat >"$broker/as" <<SCRIPT
#!/usr/bin/env bash
export HOME=$broker RABBITMQ_NODENAME=whatsapp$port@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$port RABBITMQ_DIST_PORT=$(free_port)
export ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$(free_port) RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=$broker/none RABBITMQ_ENABLED_PLUGINS_FILE=$broker/plugins
export RABBITMQ_MNESIA_BASE=$broker/data RABBITMQ_LOG_BASE=$broker/log RABBITMQ_PID_FILE=$broker/pid
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"
exec "\$@"
SCRIPT
  printf '#!/usr/bin/env bash\nexec bash %s /usr/lib/rabbitmq/bin/rabbitmqctl "$@"\n' "$broker/as" >"$broker/ctl"
  chmod +x "$broker/ctl"
  bash "$broker/as" /usr/lib/rabbitmq/bin/rabbitmq-server >"$broker/out" 2>&1 &
  export WHATSAPP_TESTS_RABBITMQ="amqp://guest:guest@127.0.0.1:$port" WHATSAPP_TESTS_RABBITMQCTL="$broker/ctl"
}

await_rabbitmq() {
  local tries
  for tries in $(seq 120); do
    grep -q 'Starting broker.*completed' "$broker/out" && return
    sleep 0.5
  done
  cat "$broker/out" >&2
  return 1
}

stop_rabbitmq() {
  [ -n "${broker:-}" ] || return 0
  "$broker/ctl" stop "$broker/pid" >/dev/null 2>&1 || true
  bash "$broker/as" epmd -kill >/dev/null 2>&1 || true
  rm -rf "$broker"
}

# A host that is a native program, and the packages as a stranger gets them: packed as for a release, under a version of their own, into a throw-away feed, restored past the machine's package cache.
test_packages() {
  export WHATSAPP_TESTS_PACKED="0.0.0-test.$(date +%s)" WHATSAPP_TESTS_FEED="$packages/feed"
  PackageVersion="$WHATSAPP_TESTS_PACKED" bash .ci/pack "$WHATSAPP_TESTS_FEED" || return
  dotnet publish tests/WhatsAppOnboarding.AotHost --configuration Debug --use-current-runtime -property:NativeDebugSymbols=false --nologo -v quiet --output "$packages/native" || return
  export WHATSAPP_TESTS_AOT_HOST="$packages/native/WhatsAppOnboarding.AotHost"
  # Ours are packed under a new version each time; what they depend on need not be unpacked again.
  export RestoreFallbackFolders="${NUGET_PACKAGES:-$HOME/.nuget/packages}" NUGET_PACKAGES="$packages/cache"
  dotnet build tests/WhatsAppOnboarding.Packages.Tests --nologo -v quiet --artifacts-path "$packages/built" || return
  dotnet test --root-directory "$packages/built/bin" --test-modules WhatsAppOnboarding.Packages.Tests/debug/WhatsAppOnboarding.Packages.Tests.dll
}

clean_up() {
  stop_postgres
  stop_rabbitmq
  rm -rf "$packages"
}

install_missing
packages=$(mktemp -d)
trap clean_up EXIT
start_rabbitmq
start_postgres
WHATSAPP_TESTS_CHROMIUM=$(browser)
export WHATSAPP_TESTS_CHROMIUM

dotnet build WhatsAppOnboarding.sln --nologo -v quiet
await_rabbitmq
HOUSE_IS_BUILT=1 bash tests/house.sh
log=$(mktemp)
set +e
# Beside the tests, which mostly wait: for clocks, browsers and databases; and after them wherever both want the processor.
{ export MSBUILDDISABLENODEREUSE=1; renice -n 19 "$BASHPID"; test_packages; } >"$packages/log" 2>&1 & packed=$!
# A project that takes longer than this hangs, and has to say so before whoever runs this loses patience.
dotnet test --solution WhatsAppOnboarding.sln --no-build --max-parallel-test-modules 2 --timeout 10m 2>&1 | tee "$log"
result=${PIPESTATUS[0]}
wait "$packed" || result=1
cat "$packages/log"
set -e

# Of the last summary of each.
count() { for of in "$log" "$packages/log"; do sed -n "s/^ *$1: \([0-9]*\)\r\{0,1\}$/\1/p" "$of" | tail -1; done | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
rm -f "$log"
if [ "${skipped:-0}" != 0 ]; then echo "A skipped test is a failure here." >&2; result=1; fi
if [ "${passed:-0}" = 0 ]; then echo "No test ran." >&2; result=1; fi
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit "$result"
