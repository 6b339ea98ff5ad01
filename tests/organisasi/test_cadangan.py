"""Backup and restore: what comes back is what was there, or nothing was touched."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as setelan
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from pytest_django import Settings

from organisasi.models import Jejak, Sesi
from organisasi.services.jejak import record_jejak
from organisasi.services.kepala_jejak import list_berkas, note_kepala
from sakip.common.berkas import sha256_hex
from sakip.common.cadangan_arsip import (
    ArsipRusak,
    PenulisArsip,
    check_arsip,
    read_bagian,
    write_arsip,
)
from sakip.common.cadangan_basis import baca_kini, count_baris
from sakip.common.penyimpanan import PenyimpananAman
from tests.factories.organisasi import InstansiFactory, PenggunaFactory

pytestmark = pytest.mark.django_db(transaction=True)

Ubah = Callable[[dict[str, Any]], object]


@pytest.fixture
def isi(tmp_path: Path, settings: Settings, now: datetime) -> Path:
    """A small installation: people, a trail and a note of it, files, a certificate, a session."""
    _move_to(tmp_path / "lama", settings)
    instansi = InstansiFactory()
    orang = PenggunaFactory.create_batch(3)
    for nomor in range(5):
        record_jejak(instansi, aksi="uji.aksi", aktor=None, now=now, nomor=nomor)
    instansi.save()
    note_kepala(tmp_path / "lama/jejak", now=now)
    akar = tmp_path / "lama/berkas"
    for nama, teks in {"bukti/a.pdf": b"isi a", "arsip/b ü.pdf": b"isi b" * 9999}.items():
        (akar / nama).parent.mkdir(parents=True)
        (akar / nama).write_bytes(teks)
    for lewat in ("singgahan/c.pdf", "bukti/.d.pdf.0.part"):
        (akar / lewat).parent.mkdir(exist_ok=True)
        (akar / lewat).write_bytes(b"dapat dibuat lagi")
    (tmp_path / "lama/tte").mkdir()
    (tmp_path / "lama/tte/1.p12").write_bytes(b"kunci pribadi")
    Client().force_login(orang[0])
    return tmp_path


def _move_to(folder: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = folder / "berkas"
    settings.JEJAK_DIR = folder / "jejak"
    settings.TTE_DIR = folder / "tte"


def _back_up(folder: Path) -> Path:
    kata = StringIO()
    call_command("cadangkan", folder, stdout=kata)
    return Path(kata.getvalue().splitlines()[-1].rpartition(" (")[0])


def _restore(arsip: Path, *pilihan: str) -> str:
    kata = StringIO()
    call_command("pulihkan", arsip, *pilihan, stdout=kata, stderr=kata)
    return kata.getvalue()


def _read_semua() -> dict[str, list[str]]:
    """Every row of every table but the sessions, which a restore ends."""
    kutip = connection.ops.quote_name
    return {
        nama: sorted(map(repr, baca_kini(" ".join(["SELECT * FROM", kutip(nama)]))))
        for nama in count_baris(baca_kini)
        if nama != Sesi._meta.db_table
    }


def _read_berkas(akar: Path) -> dict[str, bytes]:
    return {str(b.relative_to(akar)): b.read_bytes() for b in akar.rglob("*") if b.is_file()}


def _forge(arsip: Path, ubah: Ubah) -> Path:
    """The same backup with another manifest, its members unchanged."""
    manifes = check_arsip(arsip)
    ubah(manifes)
    hasil = arsip.with_name("lain.tar")
    sementara = arsip.with_name("bagian")
    with write_arsip(hasil) as penulis:
        for nama, sumber in read_bagian(arsip):
            sementara.write_bytes(sumber.read())
            penulis.add(nama, sementara)
        penulis.close({k: v for k, v in manifes.items() if k not in ("bentuk", "isi")})
    return hasil


@pytest.mark.basisdata
def test_an_empty_machine_gets_back_every_row_file_and_note(
    isi: Path, settings: Settings, now: datetime
) -> None:
    assert Sesi.objects.count() == 1
    dulu, catatan = _read_semua(), _read_berkas(isi / "lama/jejak")
    arsip = _back_up(isi / "cadangan")
    call_command("flush", interactive=False, verbosity=0)
    _move_to(isi / "baru", settings)
    kata = _restore(arsip)
    assert _read_semua() == dulu
    assert _read_berkas(isi / "baru/berkas") == {
        "bukti/a.pdf": b"isi a",
        "arsip/b ü.pdf": b"isi b" * 9999,
    }
    assert _read_berkas(isi / "baru/jejak") == catatan
    assert not Sesi.objects.exists()
    assert "seluruh rantai jejak sama" in kata
    # Its sequences and triggers work on: new rows are accepted, old ones are frozen.
    InstansiFactory()
    with pytest.raises(Exception, match=r"(?i)jejak"), connection.cursor() as kursor:
        kursor.execute("UPDATE organisasi_jejak SET aksi = 'lain'")


def test_keys_are_named_and_never_copied(isi: Path, settings: Settings) -> None:
    arsip = _back_up(isi / "cadangan")
    isinya = arsip.read_bytes()
    assert b"kunci pribadi" not in isinya
    assert setelan.SECRET_KEY.encode() not in isinya
    assert check_arsip(arsip)["kunci"]["tte/1.p12"] == sha256_hex(b"kunci pribadi")
    assert arsip.stat().st_mode & 0o777 == 0o600
    (isi / "lama/tte/1.p12").unlink()
    settings.SECRET_KEY = "kunci-lain"
    kata = _restore(arsip, "--timpa")
    assert "berbeda dari saat dicadangkan: SAKIP_SECRET_KEY" in kata
    assert "berbeda dari saat dicadangkan: tte/1.p12" in kata


@pytest.mark.basisdata
def test_a_backup_under_writers_is_of_one_moment(isi: Path, now: datetime) -> None:
    instansi, usai = InstansiFactory(), threading.Event()
    ditulis: list[datetime] = []

    def write() -> None:
        try:
            while not usai.is_set():
                with transaction.atomic():
                    record_jejak(instansi, aksi="uji.aksi", aktor=None, now=now, nomor=1)
                    instansi.save()
                ditulis.append(now)
        finally:
            connection.close()

    utas = threading.Thread(target=write)
    utas.start()
    try:
        arsip = [_back_up(isi / f"cadangan-{n}") for n in range(2)][-1]
    finally:
        usai.set()
        utas.join()
    assert ditulis
    assert "seluruh rantai jejak sama" in _restore(arsip, "--timpa")
    assert Jejak.objects.count() <= 5 + len(ditulis)


@pytest.mark.parametrize("bagian", [0.0, 0.3, 0.9, 0.999])
def test_a_backup_cut_off_anywhere_is_refused_before_anything_is_touched(
    isi: Path, bagian: float
) -> None:
    arsip = _back_up(isi / "cadangan")
    dulu, utuh = _read_semua(), arsip.read_bytes()
    manifes_di = utuh.index(b"manifes.json")
    arsip.write_bytes(utuh[: int(manifes_di * bagian)])
    with pytest.raises(CommandError, match="tidak dapat dipakai"):
        _restore(arsip, "--timpa")
    assert _read_semua() == dulu


def test_one_changed_byte_is_found(isi: Path) -> None:
    arsip = _back_up(isi / "cadangan")
    utuh = arsip.read_bytes()
    for di in (utuh.index(b"isi b"), utuh.index(b'"sha256": "') + 12, 3000):
        rusak = bytearray(utuh)
        rusak[di] ^= 1
        arsip.write_bytes(bytes(rusak))
        with pytest.raises(ArsipRusak):
            check_arsip(arsip)


def test_a_name_that_leaves_its_folder_is_refused(tmp_path: Path) -> None:
    for nama in ("berkas/../../x", "/etc/x", "lain/x", "berkas"):
        arsip = tmp_path / "jahat.tar"
        with write_arsip(arsip) as penulis:
            penulis.add(nama, Path(__file__))
            penulis.close({})
        with pytest.raises(ArsipRusak, match="bukan milik cadangan"):
            check_arsip(arsip)


def test_an_installation_in_use_is_not_overwritten_unasked(isi: Path) -> None:
    arsip = _back_up(isi / "cadangan")
    dulu = _read_semua()
    with pytest.raises(CommandError, match="sudah berisi: 3 pengguna, 5 catatan jejak, 2 berkas"):
        _restore(arsip)
    assert "utuh" in _restore(arsip, "--periksa")
    InstansiFactory()
    _restore(arsip, "--timpa")
    assert _read_semua() == dulu


def test_notes_made_after_the_backup_are_put_aside_not_lost(isi: Path, now: datetime) -> None:
    arsip = _back_up(isi / "cadangan")
    instansi = InstansiFactory()
    record_jejak(instansi, aksi="uji.aksi", aktor=None, now=now)
    instansi.save()
    nanti = note_kepala(isi / "lama/jejak", now=datetime(2026, 10, 13, tzinfo=UTC)).berkas
    assert "disisihkan" in _restore(arsip, "--timpa")
    assert nanti not in list_berkas(isi / "lama/jejak")
    assert len(list((isi / "lama/jejak").rglob(nanti.name))) == 1


@pytest.mark.basisdata
def test_what_the_database_refuses_changes_nothing(isi: Path) -> None:
    arsip = _back_up(isi / "cadangan")
    palsu = isi / "palsu"
    palsu.write_bytes(b"bukan basis data" * 99)
    rusak = arsip.with_name("rusak.tar")
    with write_arsip(rusak) as penulis:
        penulis.add("basisdata", palsu)
        manifes = check_arsip(arsip)
        penulis.close({k: v for k, v in manifes.items() if k not in ("bentuk", "isi")})
    dulu = _read_semua()
    with pytest.raises(CommandError, match="Basis data tidak diubah"):
        _restore(rusak, "--timpa")
    assert _read_semua() == dulu


def test_a_backup_of_a_newer_version_or_another_database_is_refused(isi: Path) -> None:
    arsip = _back_up(isi / "cadangan")
    baru = _forge(arsip, lambda m: m["migrasi"].append("laporan.9999_nanti"))
    with pytest.raises(CommandError, match=r"belum mengenal laporan\.9999_nanti"):
        _restore(baru, "--timpa")
    lain = _forge(arsip, lambda m: m.update(basis_data="oracle"))
    with pytest.raises(CommandError, match="berasal dari oracle"):
        _restore(lain, "--timpa")


def test_a_difference_after_the_restore_is_told(isi: Path) -> None:
    arsip = _back_up(isi / "cadangan")
    beda = _forge(arsip, lambda m: m["tabel"].update(organisasi_jejak=6))
    with pytest.raises(CommandError, match="1 hal berbeda"):
        _restore(beda, "--timpa")
    beda = _forge(arsip, lambda m: m["jejak"].update(sidik="0" * 64))
    with pytest.raises(CommandError, match="1 hal berbeda"):
        _restore(beda, "--timpa")


@pytest.mark.basisdata
def test_a_backup_of_an_older_version_is_brought_up_to_date(isi: Path) -> None:
    migrate = partial(call_command, "migrate", interactive=False, verbosity=0)
    migrate("sessions", "zero")
    arsip = _back_up(isi / "cadangan")
    migrate("sessions")
    assert "Migrasi dijalankan: sessions.0001_initial" in _restore(arsip, "--timpa")
    assert baca_kini("SELECT count(*) FROM django_session") == [(0,)]


def test_a_full_disk_leaves_nothing_that_looks_like_a_backup(
    isi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def penuh(self: PenulisArsip, nama: str, berkas: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PenulisArsip, "add", penuh)
    with pytest.raises(CommandError, match="No space left"):
        _back_up(isi / "cadangan")
    assert list((isi / "cadangan").iterdir()) == []


def test_a_file_thrown_away_meanwhile_is_in_no_backup(
    isi: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asli = PenyimpananAman.list_nama
    monkeypatch.setattr(PenyimpananAman, "list_nama", lambda p: ["bukti/hilang.pdf", *asli(p)])
    assert "berkas/bukti/hilang.pdf" not in check_arsip(_back_up(isi / "cadangan"))["isi"]


def test_the_newest_are_kept_and_the_folder_of_files_is_no_place(isi: Path) -> None:
    folder = isi / "cadangan"
    folder.mkdir()
    for hari in (1, 2, 3):
        (folder / f"sakip-2020010{hari}T000000Z.tar").write_bytes(b"")
    (folder / "lain.tar").write_bytes(b"")
    call_command("cadangkan", folder, simpan=2, stdout=StringIO())
    sisa = sorted(b.name for b in folder.iterdir())
    assert len(sisa) == 3
    assert sisa[0] == "lain.tar"
    assert sisa[1] == "sakip-20200103T000000Z.tar"
    with pytest.raises(CommandError, match="di dalam folder berkas"):
        call_command("cadangkan", isi / "lama/berkas/cadangan")
    with pytest.raises(CommandError, match="sedikitnya 1"):
        call_command("cadangkan", folder, simpan=0)


def test_the_manifest_tells_what_was_running(isi: Path) -> None:
    manifes = check_arsip(_back_up(isi / "cadangan"))
    assert manifes["tabel"]["organisasi_jejak"] == 5
    assert manifes["jejak"]["rantai"] == 1
    assert "organisasi.0001_initial" in manifes["migrasi"]
    assert manifes["versi"]["basis_data"]
    assert json.dumps(manifes)
