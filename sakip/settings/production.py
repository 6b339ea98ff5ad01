"""Settings of a real installation: everything by environment, nothing guessed."""

from environs import validate

from sakip.common.catatan import build_logging
from sakip.env import env
from sakip.settings.base import *  # noqa: F403 - settings modules extend one another

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
ALAMAT_PUBLIK = env.str("ALAMAT_PUBLIK")

CATATAN = env.str("CATATAN", "json", validate=validate.OneOf(["baris", "json"]))
LOGGING = build_logging(CATATAN)

SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
GALERI = False
MFA_WAJIB = env.bool("MFA_WAJIB", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Browsers take a cookie of such a name from this very host only, over TLS.
SESSION_COOKIE_NAME = "__Host-sesi"
CSRF_COOKIE_NAME = "__Host-csrf"
MESSAGE_STORAGE = "sakip.common.pengaman.PesanHost"
