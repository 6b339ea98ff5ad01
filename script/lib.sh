# Shared by the scripts of this folder; sourced, never run.
# Words on the screen are Indonesian, for whoever runs the office's machine.

set -euo pipefail

AKAR="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$AKAR"
BIN="$AKAR/.venv/bin"

kata() { printf '==> %s\n' "$*"; }
gagal() {
  printf 'GAGAL: %s\n' "$*" >&2
  exit 1
}

# --- Debian packages -----------------------------------------------------------------------------------

has_paket() { [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }

# Prints the named Debian packages that are not installed; nothing on a machine without dpkg.
list_missing() {
  command -v dpkg-query >/dev/null || return 0
  local paket
  for paket in "$@"; do
    has_paket "$paket" || printf '%s\n' "$paket"
  done
}

# Installs what is missing of the named packages. Returns 1, after printing the line an administrator
# should run, when this user cannot.
require_paket() {
  local kurang
  mapfile -t kurang < <(list_missing "$@")
  ((${#kurang[@]})) || return 0
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    printf 'Paket Debian belum terpasang. Jalankan sebagai root:\n    apt-get install -y --no-install-recommends %s\n' \
      "${kurang[*]}" >&2
    return 1
  fi
  kata "Memasang paket Debian: ${kurang[*]}"
  mkdir -p "$AKAR/var"
  local log="$AKAR/var/apt.log"
  {
    apt-get update -q &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${kurang[@]}"
  } >"$log" 2>&1 && return 0
  tail -n 15 "$log" >&2
  printf 'apt-get tidak dapat memasang: %s (catatan lengkap: %s)\n' "${kurang[*]}" "$log" >&2
  return 1
}

# --- Python --------------------------------------------------------------------------------------------

is_python_cukup() {
  "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Prints the interpreter to build .venv with: $PYTHON when given, else the first one that is new enough.
find_python() {
  local calon
  for calon in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    if is_python_cukup "$calon"; then
      command -v "$calon"
      return 0
    fi
  done
  return 1
}

# --- processes and ports ---------------------------------------------------------------------------------

find_port() { "$BIN/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

is_port_terbuka() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Waits until a port answers: wait_port PORT SECONDS PID; gives up as soon as the process is gone.
wait_port() {
  local habis=$((SECONDS + $2))
  until is_port_terbuka "$1"; do
    kill -0 "$3" 2>/dev/null || return 1
    ((SECONDS < habis)) || return 1
    sleep 0.2
  done
}

# Ends one process that this script started with setsid: asks, waits SECONDS, then ends its whole group.
stop_proses() {
  local pid="$1" habis=$((SECONDS + ${2:-20}))
  [[ -n "$pid" ]] || return 0
  kill -TERM "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null && ((SECONDS < habis)); do
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# --- checks ----------------------------------------------------------------------------------------------

# The real production settings, with stand-ins for what only an installation knows: check_deploy FOLDER
check_deploy() {
  env DJANGO_SETTINGS_MODULE=sakip.settings.production \
    SAKIP_SECRET_KEY="$("$BIN/python" -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    SAKIP_ALLOWED_HOSTS=sakip.contoh.go.id \
    SAKIP_CSRF_TRUSTED_ORIGINS=https://sakip.contoh.go.id \
    SAKIP_ALAMAT_PUBLIK=https://sakip.contoh.go.id \
    SAKIP_DATABASE_URL="sqlite:///$AKAR/$1/produksi.sqlite3" \
    SAKIP_BROKER_URL=redis://127.0.0.1:6379/0 \
    SAKIP_CACHE_URL=locmem:// \
    "$BIN/python" manage.py check --deploy --fail-level WARNING
}
