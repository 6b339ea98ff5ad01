"""Every settings module loads, and every variable it reads is documented."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sumber import AKAR, list_modul

PRODUKSI = {
    "SAKIP_SECRET_KEY": "a-stand-in-that-is-long-enough-for-a-settings-module-to-load",
    "SAKIP_ALLOWED_HOSTS": "sakip.contoh.go.id",
    "SAKIP_ALAMAT_PUBLIK": "https://sakip.contoh.go.id",
    "SAKIP_CSRF_TRUSTED_ORIGINS": "https://sakip.contoh.go.id",
    "SAKIP_DATABASE_URL": "postgres://sakip:sandi@basisdata/sakip",
    "SAKIP_BROKER_URL": "redis://antrean:6379/0",
}


def load_settings(nama: str, lingkungan: dict[str, str]) -> subprocess.CompletedProcess[str]:
    bersih = {k: v for k, v in os.environ.items() if not k.startswith("SAKIP_")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sakip.settings.{nama}"],
        cwd=AKAR,
        env={**bersih, **lingkungan},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("nama", ["base", "dev", "test", "production"])
def test_settings_module_loads(nama: str) -> None:
    hasil = load_settings(nama, PRODUKSI)
    assert hasil.returncode == 0, hasil.stderr


def read_settings(ungkapan: str, **lingkungan: str) -> str:
    """What a process with that environment sees in the base settings."""
    hasil = subprocess.run(
        [sys.executable, "-c", f"from sakip.settings import base; print({ungkapan})"],
        cwd=AKAR,
        env={**os.environ, **lingkungan},
        capture_output=True,
        text=True,
        check=True,
    )
    return hasil.stdout.strip()


def test_a_cache_on_redis_is_the_one_that_bears_its_absence() -> None:
    mesin = read_settings(
        "base.CACHES['default']['BACKEND']", SAKIP_CACHE_URL="redis://singgahan:6379/1"
    )
    assert mesin == "sakip.common.singgahan.RedisCache"


@pytest.mark.parametrize("alamat", ["sqlite:///x.sqlite3", "sqlite:///x?transaction_mode=DEFERRED"])
def test_nobody_can_make_sqlite_defer_its_write_lock(alamat: str) -> None:
    # A deferred transaction that turns into a writer is told "database is locked" at once.
    cara = read_settings(
        "base.DATABASES['default']['OPTIONS']['transaction_mode']", SAKIP_DATABASE_URL=alamat
    )
    assert cara == "IMMEDIATE"


def test_passwords_lie_in_files_and_what_the_addresses_ask_for_stays(tmp_path: Path) -> None:
    (tmp_path / "basis").write_text("rahasia basis\n")
    (tmp_path / "redis").write_text("s/r@\n")
    perintah = (
        "from sakip.settings import base as s; b = s.DATABASES['default']; o = b['OPTIONS'];"
        "print(b['PASSWORD'], o['sslmode'], 'statement_timeout' in o['options'],"
        "s.CELERY_BROKER_URL, s.CACHES['default']['LOCATION'], sep='|')"
    )
    lingkungan = {
        "SAKIP_DATABASE_URL": "postgres://sakip@basisdata/sakip?sslmode=verify-full",
        "SAKIP_SANDI_BASISDATA_FILE": str(tmp_path / "basis"),
        "SAKIP_SANDI_REDIS_FILE": str(tmp_path / "redis"),
        "SAKIP_BROKER_URL": "redis://antrean:6379/0",
        "SAKIP_CACHE_URL": "rediss://lain:sandi@singgahan:6379/1?ssl_ca_certs=/ca.pem",
    }
    hasil = subprocess.run(
        [sys.executable, "-c", perintah],
        cwd=AKAR,
        env={**os.environ, **lingkungan},
        capture_output=True,
        text=True,
        check=True,
    )
    assert hasil.stdout.strip().split("|") == [
        "rahasia basis",
        "verify-full",
        "True",
        "redis://:s%2Fr%40@antrean:6379/0",
        "rediss://lain:sandi@singgahan:6379/1?ssl_ca_certs=/ca.pem",
    ]


@pytest.mark.parametrize("hilang", ["SECRET_KEY", "ALLOWED_HOSTS", "ALAMAT_PUBLIK"])
def test_production_refuses_to_guess(hilang: str) -> None:
    lingkungan = {k: v for k, v in PRODUKSI.items() if k != f"SAKIP_{hilang}"}
    hasil = load_settings("production", lingkungan)
    assert hasil.returncode != 0
    assert hilang in hasil.stderr


def test_every_variable_read_is_in_the_example_file() -> None:
    dibaca = {
        f"SAKIP_{nama}"
        for berkas in list_modul("sakip")
        for nama in re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", berkas.read_text("utf-8"))
    }
    contoh = (AKAR / ".env.example").read_text(encoding="utf-8")
    tertulis = set(re.findall(r"^#? ?(SAKIP_[A-Z_]+)=", contoh, re.M))
    assert dibaca - tertulis == set()


def test_compose_file_uses_known_variables_only() -> None:
    compose = (AKAR / "docker-compose.yml").read_text(encoding="utf-8")
    contoh = (AKAR / ".env.example").read_text(encoding="utf-8")
    diminta = set(re.findall(r"\$\{([A-Z_]+)", compose))
    tertulis = set(re.findall(r"^#? ?([A-Z_]+)=", contoh, re.M))
    assert diminta - tertulis == set()


def test_what_is_kept_in_folders_outlives_a_container() -> None:
    """Each folder that a setting names lies on a volume, and belongs to who writes there."""
    dasar = (AKAR / "sakip/settings/base.py").read_text(encoding="utf-8")
    folder = re.findall(r'env\.str\("\w+", str\(VAR_DIR / "(\w+)"\)', dasar)
    compose = (AKAR / "docker-compose.yml").read_text(encoding="utf-8")
    dockerfile = (AKAR / "Dockerfile").read_text(encoding="utf-8")
    assert "jejak" in folder
    assert [f for f in folder if f"- {f}:/app/var/{f}\n" not in compose] == []
    assert [f for f in folder if f" var/{f} " not in dockerfile] == []
