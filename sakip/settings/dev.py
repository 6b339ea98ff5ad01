"""Settings of ``script/server``: one machine, SQLite, no other server to start."""

from sakip.env import VAR_DIR, env, read_or_create_phrase, read_or_create_secret
from sakip.settings.base import *  # noqa: F403 - settings modules extend one another

SECRET_KEY = env.str("SECRET_KEY", None) or read_or_create_secret(VAR_DIR / "kunci-rahasia")
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
DEMO = env.bool("DEMO", True)
# Made at random on each machine; the sign-in page of a demo shows them.
DEMO_SANDI = env.str("SANDI_DEMO", None) or read_or_create_phrase(VAR_DIR / "demo-sandi")
DEMO_FRASA = env.str("FRASA_DEMO", None) or read_or_create_phrase(VAR_DIR / "demo-frasa")
# What would be sent to phones shows in the log of the worker.
GERBANG_PESAN = env.str("GERBANG_PESAN", "konsol")
