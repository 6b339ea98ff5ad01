"""The container and its neighbours: what docker-compose.yml, Dockerfile and Caddyfile promise."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tests.house.sumber import AKAR

COMPOSE: dict[str, Any] = yaml.safe_load((AKAR / "docker-compose.yml").read_text("utf-8"))
LAYANAN: dict[str, dict[str, Any]] = COMPOSE["services"]
CADDYFILE = (AKAR / "docker/Caddyfile").read_text("utf-8")
DOCKERFILE = (AKAR / "Dockerfile").read_text("utf-8")
CADANGAN = "${SAKIP_CADANGAN_DIR:-./cadangan}:/cadangan"
PROGRAM = [nama for nama, isi in LAYANAN.items() if isi["image"] == "sakip:lokal"]


@pytest.mark.parametrize("nama", LAYANAN)
def test_service_is_confined(nama: str) -> None:
    isi = LAYANAN[nama]
    assert isi["read_only"] is True
    assert isi["cap_drop"] == ["ALL"]
    assert isi["security_opt"] == ["no-new-privileges:true"]
    assert set(isi["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert any(t.startswith("/tmp:") for t in isi["tmpfs"])  # noqa: S108 - of the container
    assert not isi.get("privileged")


@pytest.mark.parametrize("nama", LAYANAN)
def test_service_is_watched_and_started_again(nama: str) -> None:
    isi = LAYANAN[nama]
    sekali = nama == "migrasi"
    assert isi["restart"] == ("no" if sekali else "unless-stopped")
    assert ("test" in isi["healthcheck"]) is not sekali


@pytest.mark.parametrize("nama", sorted({*LAYANAN} - {*PROGRAM}))
def test_foreign_image_is_of_one_version(nama: str) -> None:
    assert re.fullmatch(
        r"[a-z]+:\d+\.\d+(\.\d+)?-[a-z]+(@sha256:[0-9a-f]{64})?", LAYANAN[nama]["image"]
    )


def test_only_the_proxy_is_reached_from_outside() -> None:
    assert [nama for nama, isi in LAYANAN.items() if isi.get("ports")] == ["proksi"]
    assert COMPOSE["networks"]["dalam"]["internal"] is True
    assert {n for n in ("postgres", "redis") if LAYANAN[n]["networks"] != ["dalam"]} == set()


def test_files_of_this_folder_are_mounted_read_only_and_are_there() -> None:
    ikatan = [v for i in LAYANAN.values() for v in i.get("volumes", []) if v.startswith((".", "$"))]
    # Backups leave the containers by the one that may be written.
    assert {v for v in ikatan if not v.endswith(":ro")} == {CADANGAN}
    berkas = [v.partition(":")[0] for v in ikatan if v.startswith("./docker/")]
    assert sorted(berkas) == ["./docker/Caddyfile", "./docker/redis.sh"]
    assert all((AKAR / b).is_file() for b in berkas)


def test_volumes_are_declared_and_used() -> None:
    terpakai = {
        v.partition(":")[0]
        for isi in LAYANAN.values()
        for v in isi.get("volumes", [])
        if not v.startswith((".", "$"))
    }
    assert terpakai == set(COMPOSE["volumes"])


@pytest.mark.parametrize("nama", PROGRAM)
def test_program_waits_for_what_it_needs_and_gets_every_setting(nama: str) -> None:
    isi = LAYANAN[nama]
    butuh = {n: b["condition"] for n, b in isi["depends_on"].items()}
    assert butuh["postgres"] == "service_healthy"
    if nama != "migrasi":
        assert butuh["migrasi"] == "service_completed_successfully"
    # A variable of .env.example that nobody lists here still arrives.
    assert isi["env_file"] == [".env"]
    assert isi["environment"]["SAKIP_DATABASE_URL"].startswith("postgres://")


def test_no_secret_is_written_down() -> None:
    rahasia = re.compile(r"SECRET|SANDI|PASSWORD|TOKEN")
    tertulis = {
        f"{nama}.{kunci}"
        for nama, isi in LAYANAN.items()
        for kunci, nilai in isi.get("environment", {}).items()
        if rahasia.search(kunci) and not str(nilai).startswith(("${", "/run/secrets/"))
    }
    assert tertulis == set()


def test_each_service_gets_the_passwords_it_uses_and_no_other() -> None:
    dapat = {nama: isi["secrets"] for nama, isi in LAYANAN.items() if "secrets" in isi}
    aplikasi = ["basisdata_aplikasi", "redis"]
    assert dapat == {
        **dict.fromkeys(PROGRAM, aplikasi),
        "migrasi": ["basisdata_pemilik", *aplikasi],
        "postgres": ["basisdata_pemilik"],
        "redis": ["redis"],
    }
    for nama, rahasia in dapat.items():
        dipakai = re.findall(r"/run/secrets/(\w+)", str(LAYANAN[nama]))
        assert set(rahasia) <= set(dipakai), nama


def test_only_migrations_own_the_tables() -> None:
    alamat = {n: LAYANAN[n]["environment"]["SAKIP_DATABASE_URL"] for n in PROGRAM}
    pemilik = {nama for nama, isi in alamat.items() if isi.startswith("postgres://sakip@")}
    assert pemilik == {"migrasi"}
    aplikasi = LAYANAN["migrasi"]["environment"]["SAKIP_PERAN_APLIKASI"]
    assert {a.partition("@")[0] for n, a in alamat.items() if n not in pemilik} == {
        f"postgres://{aplikasi}"
    }
    assert "hak_basisdata" in LAYANAN["migrasi"]["command"][-1]


def test_passwords_are_made_once_and_every_one_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "rahasia"
    awal, isi = (_make_rahasia(folder) for _kali in range(2))
    assert isi == awal
    assert set(isi) == set(COMPOSE["secrets"])
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(re.fullmatch("[0-9a-f]{64}", s) for s in isi.values())
    assert len(set(isi.values())) == len(isi)


def _make_rahasia(folder: Path) -> dict[str, str]:
    subprocess.run(["script/rahasia", folder], cwd=AKAR, check=True, capture_output=True)
    return {b.name: b.read_text("utf-8") for b in folder.iterdir()}


def test_every_queue_has_a_worker() -> None:
    dilayani = {
        antrean
        for isi in LAYANAN.values()
        if "--queues" in isi.get("command", [])
        for antrean in isi["command"][isi["command"].index("--queues") + 1].split(",")
    }
    assert dilayani == {q.name for q in settings.CELERY_TASK_QUEUES}


def test_addresses_for_machines_end_at_the_proxy() -> None:
    assert "@mesin path /siap /siap/* /metrik /metrik/*" in CADDYFILE
    assert "respond @mesin 404" in CADDYFILE
    assert set(re.findall(r"\{\$(\w+)\}", CADDYFILE)) <= set(LAYANAN["proksi"]["environment"])


def test_people_are_led_on_to_tls_and_programs_refused() -> None:
    terang = CADDYFILE.partition("\nhttp://{$SAKIP_SITUS} {\n")[2].partition("\n}")[0]
    assert "@program path /api/*\n" in terang
    assert 'respond @program "Pakai https." 403' in terang
    assert "redir @orang https://{host}{uri} permanent" in terang
    assert "@orang not path /api/*\n" in terang
    assert "reverse_proxy" not in terang


def test_image_runs_as_nobody_and_says_that_it_lives() -> None:
    akhir = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (\S+)$", akhir, re.M) == ["sakip"]
    assert "HEALTHCHECK" in akhir
    assert "/sehat/" in akhir
    assert "pip install" not in akhir


def test_the_server_of_one_machine_serves_as_the_image_does() -> None:
    """Everything about the processes is in `sakip.gunicorn`; only address and goodbye differ."""
    perintah = (AKAR / "script/server").read_text("utf-8").partition('"$BIN/gunicorn"')[2]
    baris = perintah.partition(" &\n")[0].replace("\\\n", " ").split()
    assert [b for b in baris if b.startswith("-")] == ["--config", "--bind", "--graceful-timeout"]
    assert "python:sakip.gunicorn" in baris
    assert '"--config", "python:sakip.gunicorn"' in DOCKERFILE


def test_image_draws_with_what_the_setup_installs() -> None:
    pemasang = (AKAR / "script/setup").read_text("utf-8")
    temuan = re.search(r"^PAKET=\((.+)\)$", pemasang, re.M)
    assert temuan
    assert [p for p in temuan[1].split() if p not in DOCKERFILE] == []
