"""Settings of the test suite: SQLite unless ``SAKIP_DATABASE_URL`` names another database."""

import tempfile
from pathlib import Path

from sakip.settings.base import *  # noqa: F403 - settings modules extend one another
from sakip.settings.base import CELERY_BROKER_URL, DATABASES, OIDC, STORAGES

SECRET_KEY = "only-for-tests-and-never-secret"
# A name that browsers make passkeys for.
ALAMAT_PUBLIK = "http://localhost:8000"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
_folder = Path(tempfile.mkdtemp(prefix="sakip-uji-"))
MEDIA_ROOT = _folder / "berkas"
TTE_DIR = _folder / "tte"
JEJAK_DIR = _folder / "jejak"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads and the live server must see one and the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "uji.sqlite3")}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
# The default hasher is slow on purpose; tests that are about it name it themselves.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
MAKS_BERAT = 0
if CELERY_BROKER_URL == "filesystem://":
    # The queue under var/ may have a worker of script/server; jobs of tests stay in this process.
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
OIDC = {**OIDC, "penerbit": "", "klien": "", "rahasia": ""}
# Nothing leaves the house in a test that does not ask for it.
SUREL_AKTIF, GERBANG_PESAN = False, ""
