# PostgreSQL and Redis of our own for tests and measurements: temporary, on free ports of this machine.
# Sourced after lib.sh; needs LAPORAN, the folder for logs. The caller traps stop_layanan at exit.

SEMENTARA="" REDIS=""

# Debian keeps the server programs out of PATH, one folder per version; the newest wins.
# "writer" is no command but the part of LibreOffice that reads Word files: soffice alone may have Calc only.
find_perintah() {
  local calon
  if [[ "$1" == writer ]]; then
    compgen -G "/usr/lib*/libreoffice*/program/libswlo.so" || compgen -G "/opt/libreoffice*/program/libswlo.so"
    return
  fi
  calon="$(ls -d /usr/lib/postgresql/*/bin/"$1" 2>/dev/null | sort -V | tail -n 1)" || true
  [[ -n "$calon" ]] || calon="$(command -v "$1")" || return 1
  printf '%s\n' "$calon"
}

require_perintah() {
  local pasangan kurang=()
  for pasangan in "$@"; do
    find_perintah "${pasangan%%:*}" >/dev/null || kurang+=("${pasangan##*:}")
  done
  ((${#kurang[@]} == 0)) || require_paket "${kurang[@]}" || return 1
  for pasangan in "$@"; do
    find_perintah "${pasangan%%:*}" >/dev/null || {
      printf 'Perintah %s tidak ditemukan.\n' "${pasangan%%:*}" >&2
      return 1
    }
  done
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Below /tmp, which the user postgres can reach whatever TMPDIR says.
make_sementara() {
  SEMENTARA="$(mktemp -d /tmp/sakip-uji.XXXXXX)"
  chmod 755 "$SEMENTARA"
}

start_postgres() {
  local data="$SEMENTARA/pg" soket="$SEMENTARA/soket" sandi
  sandi="$("$BIN/python" -c 'import secrets; print(secrets.token_hex(16))')"
  local PORT_PG
  PG_CTL="$(find_perintah pg_ctl)"
  PORT_PG="$(find_port)"
  mkdir "$data" "$soket"
  (umask 077 && printf '%s\n' "$sandi" >"$soket/sandi")
  if ((EUID == 0)); then chown -R postgres: "$data" "$soket"; fi
  as_postgres "$(find_perintah initdb)" -D "$data" -U sakip --auth=scram-sha-256 --pwfile="$soket/sandi" \
    --encoding=UTF8 --locale=C.UTF-8 >"$LAPORAN/postgres.log" || return 1
  # A cluster that lives for minutes need not survive a power cut.
  as_postgres "$PG_CTL" -D "$data" -w -t 60 -l "$data/server.log" -o \
    "-p $PORT_PG -k $soket -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=200" \
    start >>"$LAPORAN/postgres.log" || return 1
  PGPASSWORD="$sandi" "$(find_perintah createdb)" -h 127.0.0.1 -p "$PORT_PG" -U sakip sakip || return 1
  export SAKIP_DATABASE_URL="postgres://sakip:$sandi@127.0.0.1:$PORT_PG/sakip"
}

start_redis() {
  local port
  port="$(find_port)"
  setsid redis-server --port "$port" --bind 127.0.0.1 --save "" --appendonly no --dir "$SEMENTARA" \
    >"$LAPORAN/redis.log" 2>&1 &
  REDIS=$!
  wait_port "$port" 30 "$REDIS" || return 1
  export SAKIP_BROKER_URL="redis://127.0.0.1:$port/0"
}

stop_layanan() {
  stop_proses "$REDIS" 10
  REDIS=""
  if [[ -n "$SEMENTARA" && -f "$SEMENTARA/pg/postmaster.pid" ]]; then
    as_postgres "$PG_CTL" -D "$SEMENTARA/pg" -m immediate stop >/dev/null 2>&1 || true
  fi
  [[ -z "$SEMENTARA" ]] || rm -rf "$SEMENTARA"
  SEMENTARA=""
  unset SAKIP_DATABASE_URL SAKIP_BROKER_URL
}
