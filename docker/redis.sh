#!/bin/sh
# Redis behind the password of a file: whoever has it may use the queue and the cache, not rule the server
# (no CONFIG, DEBUG, REPLICAOF, SHUTDOWN). Further options are handed on.
set -eu
umask 077
aturan="${TMPDIR:-/tmp}/redis.conf"
printf 'user default on >%s ~* &* +@all -@admin\n' "$(cat "${RAHASIA:-/run/secrets}/redis")" >"$aturan"
exec redis-server "$aturan" --appendonly yes --maxmemory 200mb --maxmemory-policy noeviction "$@"
