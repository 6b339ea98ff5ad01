"""Settings shared by every way of running the project."""

from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import validate
from kombu import Queue

from sakip.common.catatan import build_logging
from sakip.env import BASE_DIR, VAR_DIR, env, fill_sandi

django_stubs_ext.monkeypatch()

DEBUG = False
# Keys that this installation had before: what they closed still opens.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
ROOT_URLCONF = "sakip.urls"
WSGI_APPLICATION = "sakip.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "sakip.kelola.KelolaConfig",
    "guardian",
    "axes",
    "csp",
    "django_htmx",
    "organisasi",
    "sop",
    "kinerja",
    "laporan",
]

MIDDLEWARE = [
    "sakip.mesin.JalurMesinMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sakip.common.pengaman.PengamanMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sakip.common.middleware.CatatMiddleware",
    "sakip.common.middleware.RefuseNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sakip.common.middleware.KeepTypedTextMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "organisasi.middleware.PenugasanMiddleware",
    "organisasi.middleware.FaktorWajibMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sakip.berat.BeratMiddleware",
    "sakip.common.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisasi.context.antarmuka",
                "laporan.context.meja",
            ],
            "builtins": ["sakip.common.templatetags.antarmuka"],
        },
    }
]

# --- data -----------------------------------------------------------------------------------------
DATABASE_URL: str = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'sakip.sqlite3'}")
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)
}
# Apart from the address, so that it can lie in a file (SAKIP_SANDI_BASISDATA_FILE).
if _sandi := env.str("SANDI_BASISDATA", ""):
    DATABASES["default"]["PASSWORD"] = _sandi
# Whom `manage.py hak_basisdata` gives rights over rows and none over tables; see docs/operasi.md.
PERAN_APLIKASI: str = env.str("PERAN_APLIKASI", "")
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Deferred transactions answer a second writer with "database is locked"; IMMEDIATE queues it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # What the address asks for stays, above all sslmode.
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "options": "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000",
    }

SANDI_REDIS: str = env.str("SANDI_REDIS", "")
CACHES: dict[str, Any] = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
if CACHES["default"]["BACKEND"].endswith("RedisCache"):
    # A Redis that is frozen or gone must not take every page that reads a session with it.
    CACHES["default"] = {
        "BACKEND": "sakip.common.singgahan.RedisCache",
        "LOCATION": fill_sandi(env.str("CACHE_URL"), SANDI_REDIS),
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
    }
MEDIA_ROOT: Path = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "berkas")))
MAKS_BUKTI_BYTES = env.int("BUKTI_MB", 10) * 1024 * 1024
MAKS_BUKTI_FORMULIR = env.int("KUOTA_FORMULIR_MB", 500) * 1024 * 1024
MAKS_BUKTI_KANTOR = env.int("KUOTA_KANTOR_MB", 20_480) * 1024 * 1024
# Of one person, evidence and attachments each.
MAKS_BERKAS_ORANG: int = env.int("KUOTA_ORANG_BERKAS", 5_000)
MAKS_BYTE_ORANG = env.int("KUOTA_ORANG_MB", 5_120) * 1024 * 1024
MAKS_GAMBAR_BYTES = env.int("GAMBAR_MB", 15) * 1024 * 1024
MAKS_GAMBAR_DRAF = env.int("KUOTA_GAMBAR_MB", 100) * 1024 * 1024
# Where clamd listens: unix:///run/clamav/clamd.ctl or tcp://mesin:3310; empty scans nothing.
ANTIVIRUS: str = env.str("ANTIVIRUS", "", validate=validate.Regexp(r"(unix:///|tcp://).+|$"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Files, searches and uploads of one person in ten minutes; 0 counts nothing.
MAKS_BERAT: int = env.int("MAKS_BERAT", 240)

# --- people ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisasi.Pengguna"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "organisasi.auth.NipAtauSurelBackend",
    "organisasi.auth.FaktorBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["sakip.common.loket.Argon2Berloket", "sakip.common.loket.PBKDF2Berloket"]
# Passwords checked at a time on one machine, how many more may wait in each process, and where the
# processes meet.
SANDI_SERENTAK: int = env.int("SANDI_SERENTAK", 1)
SANDI_ANTRE: int = env.int("SANDI_ANTRE", 2)
LOKET_DIR: Path = VAR_DIR / "loket"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "organisasi.validasi_sandi.KataSetempatValidator"},
    {"NAME": "organisasi.validasi_sandi.SandiBocorValidator"},
]
# A list of leaked passwords, as fingerprints in order; see docs/operasi.md.
SANDI_BOCOR: str = env.str("SANDI_BOCOR", "")
# Whether whoever leads, configures or signs must have a second factor.
MFA_WAJIB: bool = env.bool("MFA_WAJIB", False)
# Whether, where it is a duty, it is everybody's.
MFA_SEMUA: bool = env.bool("MFA_SEMUA", False)
# Single sign-on of the government (OpenID Connect); without all of the first three there is none.
OIDC: dict[str, Any] = {
    "penerbit": env.str("OIDC_PENERBIT", ""),
    "klien": env.str("OIDC_KLIEN", ""),
    "rahasia": env.str("OIDC_RAHASIA", ""),
    "klaim_nip": env.str("OIDC_KLAIM_NIP", "nip"),
    "lingkup": env.str("OIDC_LINGKUP", "openid profile"),
    "nama": env.str("OIDC_NAMA", "SSO"),
    "mfa": env.list("OIDC_MFA", []),
}
LOGIN_URL = "organisasi:sign-in"
LOGIN_REDIRECT_URL = "laporan:meja-kerja"
LOGOUT_REDIRECT_URL = "organisasi:sign-in"
# Through the cache only where all processes share one: a copy of its own in each web worker would
# keep a person signed in after signing out, and forget a switch of capacity.
SESSION_ENGINE = (
    "organisasi.sesi.db"
    if CACHES["default"]["BACKEND"].endswith("LocMemCache")
    else "organisasi.sesi.cached_db"
)
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Nobody at the desk: the session ends, whatever is typed waits for the next sign-in.
SESI_DIAM_DETIK: int = env.int("SESI_DIAM_MENIT", 60, validate=validate.Range(5, 600)) * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sakip.errors.csrf_failure"
ANONYMOUS_USER_NAME = None  # guardian: no stand-in row for visitors
GUARDIAN_MONKEY_PATCH_USER = False
# A whole office shares one public address: only the pair of name and address is slowed down.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "organisasi.auth.terlalu_banyak_percobaan"
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "sakip.common.takaran.get_alamat"
AXES_USERNAME_CALLABLE = "organisasi.auth.name_akun"
AXES_SENSITIVE_PARAMETERS = ["username", "password", "token"]
AXES_VERBOSE = False

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia"))]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# --- static files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT: Path = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "sakip.common.penyimpanan.PenyimpananAman"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Where files go instead, once a bucket is named: an S3 service that all machines share.
S3: dict[str, Any] = {
    "bucket_name": env.str("S3_BUCKET", ""),
    "endpoint_url": env.str("S3_URL", "") or None,
    "access_key": env.str("S3_KUNCI", "") or None,
    "secret_key": env.str("S3_RAHASIA", "") or None,
    "region_name": env.str("S3_WILAYAH", "us-east-1"),
    "location": env.str("S3_AWALAN", ""),
    "gaya": env.str("S3_GAYA", "path", validate=validate.OneOf(["path", "virtual", "auto"])),
}
if S3["bucket_name"]:
    STORAGES["default"] = {
        "BACKEND": "sakip.common.penyimpanan_objek.PenyimpananObjek",
        "OPTIONS": S3,
    }

# --- security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# --- jobs -----------------------------------------------------------------------------------------
CELERY_BROKER_URL: str = fill_sandi(env.str("BROKER_URL", "filesystem://"), SANDI_REDIS)
if CELERY_BROKER_URL == "filesystem://":
    ANTREAN = VAR_DIR / "antrean"
    for _folder in ("masuk", "terkirim", "kendali"):
        (ANTREAN / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "data_folder_in": str(ANTREAN / "masuk"),
        "data_folder_out": str(ANTREAN / "masuk"),
        "processed_folder": str(ANTREAN / "terkirim"),
        "control_folder": str(ANTREAN / "kendali"),
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        # A frozen Redis must not freeze the page of the person who approves.
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "retry_on_timeout": False,
        # Queues are emptied in their order below, not in turn.
        "queue_order_strategy": "priority",
    }
# What somebody waits for goes first: a PDF, a signature. Everything else can wait a minute.
CELERY_TASK_QUEUES = [Queue(nama, routing_key=nama) for nama in ("segera", "celery")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_POOL = "sakip.common.kolam:Kolam"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 800_000
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    # What takes jobs over from dead workers may not wait behind anything.
    "edarkan-efek": {
        "task": "laporan.edarkan_efek",
        "schedule": 10.0,
        "options": {"queue": "segera"},
    },
    "edarkan-paket-lke": {"task": "laporan.edarkan_paket_lke", "schedule": 60.0},
    "edarkan-unggahan": {"task": "kinerja.edarkan_unggahan", "schedule": 30.0},
    "buang-unggahan": {
        "task": "kinerja.buang_unggahan",
        "schedule": crontab(hour="18", minute="40"),
    },
    "buang-unggahan-sop": {
        "task": "sop.buang_unggahan",
        "schedule": crontab(hour="18", minute="45"),
    },
    "buang-gambar": {"task": "laporan.buang_gambar", "schedule": crontab(hour="18", minute="50")},
    "buang-rahasia-basi": {"task": "laporan.buang_rahasia_basi", "schedule": 60.0},
    "catat-kepala-jejak": {
        "task": "organisasi.catat_kepala_jejak",
        "schedule": crontab(hour="18", minute="50"),
    },
    "ingatkan": {"task": "laporan.ingatkan", "schedule": 300.0},
    "kirim-surat-akun": {"task": "organisasi.kirim_surat_akun", "schedule": 15.0},
    "kirim-pemberitahuan": {"task": "laporan.kirim_pemberitahuan", "schedule": 60.0},
    "bersihkan-sesi": {
        "task": "organisasi.bersihkan_sesi",
        "schedule": crontab(hour="18", minute="30"),
    },
}

# --- messages that leave the house ----------------------------------------------------------------
# Empty: none leaves it. Notices in the application do not depend on any of this.
EMAIL_HOST: str = env.str("SUREL_HOST", "")
SUREL_AKTIF = bool(EMAIL_HOST)
EMAIL_PORT: int = env.int("SUREL_PORT", 587)
EMAIL_HOST_USER: str = env.str("SUREL_PENGGUNA", "")
EMAIL_HOST_PASSWORD: str = env.str("SUREL_SANDI", "")
EMAIL_USE_SSL: bool = env.bool("SUREL_SSL", False)
EMAIL_USE_TLS: bool = env.bool("SUREL_TLS", not EMAIL_USE_SSL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("SUREL_DARI", "SAKIP <sakip@localhost>")
# "konsol" writes messages into the log, "http" posts them to a gateway for WhatsApp or SMS.
GERBANG_PESAN: str = env.str("GERBANG_PESAN", "")
GERBANG_URL: str = env.str("GERBANG_URL", "")
GERBANG_TOKEN: str = env.str("GERBANG_TOKEN", "")
GERBANG_ISI: Any = env.json("GERBANG_ISI", {"to": "{tujuan}", "message": "{teks}", "id": "{kunci}"})
GERBANG_BATAS_DETIK: int = env.int("GERBANG_BATAS_DETIK", 10)

# --- product --------------------------------------------------------------------------------------
# Proxies of our own before this process: whose word on the visitor's address is taken.
PROKSI: int = env.int("PROKSI", 0)
ALAMAT_PUBLIK: str = env.str("ALAMAT_PUBLIK", "http://127.0.0.1:8000")
TTE_DIR: Path = Path(env.str("TTE_DIR", str(VAR_DIR / "tte")))
TTE_MASA_SERAH_DETIK = 120
# Heads of the audit chains, a file a night; belongs where the owner of the database cannot write.
JEJAK_DIR: Path = Path(env.str("JEJAK_DIR", str(VAR_DIR / "jejak")))
# Who signs: "lokal" (PKCS#12 files in TTE_DIR), "bsre_v1" or "bsre_v2" (an Esign Client Service).
TTE: dict[str, Any] = {
    "layanan": env.str("TTE_LAYANAN", "lokal"),
    "url": env.str("TTE_URL", ""),
    "pengguna": env.str("TTE_PENGGUNA", ""),
    "sandi": env.str("TTE_SANDI", ""),
    "batas_detik": env.int("TTE_BATAS_DETIK", 60),
    "akar": env.str("TTE_AKAR", ""),
    "sumbu": env.str("TTE_SUMBU", "bawah"),
    "uji": env.bool("TTE_UJI", False),
    "polos": env.bool("TTE_POLOS", False),
    "tsa": env.str("TTE_TSA", ""),
}
# What differs in one office, by its code: {"dinkes-x": {"pengguna": "…", "sandi": "…"}}.
TTE_KANTOR: Any = env.json("TTE_KANTOR", {})
DEMO: bool = env.bool("DEMO", False)
# The page that shows every component of the interface to who builds it.
GALERI = True
DEMO_SANDI: str | None = None
DEMO_FRASA: str | None = None

# --- what operators look at -----------------------------------------------------------------------
# "json" for a collector of logs; "baris" shows whole failures, with what they quote.
CATATAN: str = env.str("CATATAN", "baris", validate=validate.OneOf(["baris", "json"]))
LOGGING: dict[str, Any] = build_logging(CATATAN)
# Whoever shows it may read the figures at /metrik/; without it there is no such page.
METRIK_TOKEN: str = env.str("METRIK_TOKEN", "")
