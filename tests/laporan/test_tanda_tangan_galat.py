"""Faults while signing, and where the passphrase is not: in no row, no log, no message."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.test import TestCase
from pytest_django import Settings

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, TandaTangan, Tugas
from laporan.services import tanda_tangan as layanan
from laporan.services.efek import run_efek
from laporan.services.minta_tanda import FrasaDijeda, find_jeda
from laporan.services.tanda_tangan import HasilDiragukan, discard_rahasia
from laporan.tasks import PENGOLAH
from organisasi.models import Jejak, Penugasan
from organisasi.selectors import find_chain_break
from sakip.common.tte import HasilPeriksa
from sakip.common.tte_lokal import LokalPkcs12
from tests.laporan.meja_tanda import (
    holder,
    kini,
    minta,
    run,
    sign_giliran,
    status,
)
from tests.laporan.rute import Kantor
from tests.tte import FRASA

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]

SALAH = "frasa-yang-keliru-88"


# --- faults on the way ----------------------------------------------------------------------------


def expect_kembali(tugas: Tugas, efek: Efek, kata: str) -> None:
    """The job failed with that word, the turn is the signer's, nothing secret or half is left."""
    efek.refresh_from_db()
    assert efek.status == "gagal"
    assert kata in efek.galat
    assert status(tugas) == "aktif"
    assert not SerahRahasia.objects.exists()
    assert not TandaTangan.objects.exists()
    assert Jejak.objects.filter(aksi="laporan.tugas.tanda_tangan_gagal").exists()


def test_wrong_passphrase_returns_the_turn_and_the_next_try_works(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    draf, _dokumen, tugas = siap
    efek = minta(kantor_satu, tugas, frasa=SALAH)
    run(efek.pk)
    expect_kembali(tugas, efek, "Frasa sandi sertifikat salah")
    assert sign_giliran(kantor_satu, draf).status == "selesai"
    draf.refresh_from_db()
    assert find_chain_break(draf) is None


def test_signer_without_certificate_is_told(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], settings: Settings, tmp_path: Path
) -> None:
    settings.TTE_DIR = tmp_path / "kosong"
    efek = minta(kantor_satu, siap[2])
    run(efek.pk)
    expect_kembali(siap[2], efek, "belum terpasang")


def test_passphrase_that_waited_too_long_is_asked_for_again(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    efek = minta(kantor_satu, siap[2])
    nanti = kini() + timedelta(minutes=3)
    run_efek(efek.pk, pengolah=PENGOLAH, jam=lambda: nanti)
    expect_kembali(siap[2], efek, "Masukkan frasa sandi kembali")


def test_stale_passphrases_are_thrown_away(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    efek = minta(kantor_satu, siap[2])
    assert discard_rahasia(now=kini()) == 0
    assert discard_rahasia(now=kini() + timedelta(minutes=3)) == 1
    run(efek.pk)
    expect_kembali(siap[2], efek, "Masukkan frasa sandi kembali")


def kill_at(saat: str, efek: Efek, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the job in a worker that dies when it comes to `saat`."""

    def mati(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, saat, mati)
        with pytest.raises(KeyboardInterrupt):
            run(efek.pk)


@pytest.mark.parametrize("saat", ["read_berkas", "get_penanda", "record_jejak"])
def test_worker_killed_before_or_after_the_signature_leaves_a_job_that_finishes(
    kantor_satu: Kantor,
    siap: tuple[Draf, Dokumen, Tugas],
    monkeypatch: pytest.MonkeyPatch,
    berkas_sendiri: Path,
    saat: str,
) -> None:
    efek = minta(kantor_satu, siap[2])
    kill_at(saat, efek, monkeypatch)
    with TestCase.captureOnCommitCallbacks(execute=True):
        run(efek.pk)
    assert status(siap[2]) == "selesai"
    assert not SerahRahasia.objects.exists()
    (ttd,) = (berkas_sendiri / "berkas").rglob("*ttd*")
    assert ttd.name == Path(TandaTangan.objects.get().berkas).name
    assert not list((berkas_sendiri / "berkas").rglob(".hasil*"))


def test_worker_killed_with_the_passphrase_in_hand_is_followed_by_one_that_finishes(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], monkeypatch: pytest.MonkeyPatch
) -> None:
    efek = minta(kantor_satu, siap[2])
    kill_at("store_berkas", efek, monkeypatch)
    run(efek.pk)
    assert status(siap[2]) == "selesai"
    assert not SerahRahasia.objects.exists()


def test_passphrase_is_asked_for_again_once_its_time_is_over(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], monkeypatch: pytest.MonkeyPatch
) -> None:
    efek = minta(kantor_satu, siap[2])
    kill_at("store_berkas", efek, monkeypatch)
    run_efek(efek.pk, pengolah=PENGOLAH, jam=lambda: kini() + timedelta(minutes=3))
    expect_kembali(siap[2], efek, "Masukkan frasa sandi kembali")
    assert sign_giliran(kantor_satu, siap[0]).status == "selesai"


def test_three_wrong_passphrases_in_a_row_make_the_signer_wait(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    for _kali in range(3):
        assert find_jeda(holder(kantor_satu, "kepala"), kini()) is None
        run(minta(kantor_satu, siap[2], frasa=SALAH).pk)
    with pytest.raises(FrasaDijeda, match="Tunggu 15 menit"):
        minta(kantor_satu, siap[2])
    assert status(siap[2]) == "aktif"
    assert find_jeda(holder(kantor_satu, "sekretaris"), kini()) is None
    assert find_jeda(holder(kantor_satu, "kepala"), kini() + timedelta(minutes=16)) is None


def test_frozen_file_changed_on_the_disk_is_not_signed(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], berkas_sendiri: Path
) -> None:
    berkas = berkas_sendiri / "berkas" / siap[1].berkas
    berkas.write_bytes(berkas.read_bytes().replace(b"obj", b"OBJ", 1))
    efek = minta(kantor_satu, siap[2])
    run(efek.pk)
    expect_kembali(siap[2], efek, "tidak sama dengan saat dibekukan")


def test_mandate_that_ended_meanwhile_signs_nothing(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    efek = minta(kantor_satu, siap[2])
    Penugasan.objects.filter(pengguna=holder(kantor_satu, "kepala")).update(selesai=kini())
    run(efek.pk)
    expect_kembali(siap[2], efek, "sudah berakhir")


def test_document_that_vanished_is_not_signed(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    efek = minta(kantor_satu, siap[2])
    siap[1].delete()
    run(efek.pk)
    expect_kembali(siap[2], efek, "belum selesai dibuat")


def make_hasil(**ganti: object) -> HasilPeriksa:
    """A good signature in the field TTE, but for `ganti`."""
    bawaan: dict[str, object] = {
        "ruas": "TTE",
        "nama": "x",
        "waktu": kini(),
        "sah": True,
        "utuh": True,
        "dipercaya": True,
        "seluruhnya": True,
        "perubahan": "NONE",
    }
    return HasilPeriksa(**{**bawaan, **ganti})  # type: ignore[arg-type]  # shorthand of this test


def test_result_that_is_exactly_what_was_asked_for_is_taken() -> None:
    hasil = make_hasil()
    assert layanan._require_sah(b"asli", b"asli+", [hasil], ["TTE"]) == hasil.waktu


@pytest.mark.parametrize(
    "periksa",
    [
        [],
        [make_hasil(sah=False)],
        [make_hasil(ruas="TTE_LAIN")],
        [make_hasil(seluruhnya=False)],
        [make_hasil(waktu=None)],
        [make_hasil(utuh=False)],
        [make_hasil(wajar=False)],
        [make_hasil(), make_hasil()],
    ],
)
def test_result_that_is_anything_else_is_refused(periksa: list[HasilPeriksa]) -> None:
    with pytest.raises(HasilDiragukan):
        layanan._require_sah(b"asli", b"asli+", periksa, ["TTE"])


def test_earlier_signature_may_have_outlived_its_certificate_but_not_its_bytes() -> None:
    lewat = make_hasil(ruas="TTE_1", sah=False, dipercaya=False, seluruhnya=False)
    baru = make_hasil()
    assert layanan._require_sah(b"asli", b"asli+", [lewat, baru], ["1", "TTE"]) == baru.waktu
    for rusak in (replace(lewat, utuh=False), replace(lewat, wajar=False)):
        with pytest.raises(HasilDiragukan):
            layanan._require_sah(b"asli", b"asli+", [rusak, baru], ["1", "TTE"])


def test_result_that_does_not_begin_with_the_frozen_bytes_is_refused() -> None:
    with pytest.raises(HasilDiragukan):
        layanan._require_sah(b"asli", b"lain", [make_hasil()], ["TTE"])


def test_refused_result_is_thrown_away(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LokalPkcs12, "verify", lambda *_a: [])
    efek = minta(kantor_satu, siap[2])
    run(efek.pk)
    expect_kembali(siap[2], efek, "tidak lolos pemeriksaan")


# --- the secret is nowhere ------------------------------------------------------------------------


def list_isi_basis_data() -> str:
    """Every row of every table, as text."""
    model = [m for m in apps.get_models() if m._meta.managed]
    return "\n".join(serializers.serialize("json", m._base_manager.all()) for m in model)


@pytest.fixture
def pesan(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What goes to the broker, as text."""
    terkirim: list[str] = []
    monkeypatch.setattr(
        current_app,
        "send_task",
        lambda *a, **k: terkirim.append(json.dumps([a, k.get("args"), k.get("kwargs")])),
    )
    return terkirim


@pytest.mark.parametrize("frasa", [FRASA, SALAH])
def test_passphrase_is_in_no_row_no_log_and_no_message(
    kantor_satu: Kantor,
    siap: tuple[Draf, Dokumen, Tugas],
    caplog: pytest.LogCaptureFixture,
    pesan: list[str],
    frasa: str,
) -> None:
    with caplog.at_level(logging.DEBUG):
        with TestCase.captureOnCommitCallbacks(execute=True):
            efek = minta(kantor_satu, siap[2], frasa=frasa)
        sesudah_minta = list_isi_basis_data()
        run(efek.pk)
    assert len(pesan) == 1
    for teks in (sesudah_minta, list_isi_basis_data(), caplog.text, *pesan):
        assert frasa not in teks
    assert repr(caplog.records).count(frasa) == 0


def test_sealed_passphrase_of_one_job_does_not_serve_another(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    efek = minta(kantor_satu, siap[2])
    serah = SerahRahasia.objects.get()
    run(efek.pk)
    TandaTangan.objects.all().delete()
    lain = Efek.objects.create(
        draf=siap[0],
        kunjungan=efek.kunjungan,
        tugas=siap[2],
        jenis="tanda_tangan",
        kunci=f"tanda_tangan:{siap[2].pk}:9:{efek.sebagai_id}",
        sebagai=efek.sebagai,
        dibuat_pada=kini(),
    )
    SerahRahasia.objects.create(efek=lain, isi=serah.isi, kedaluwarsa=serah.kedaluwarsa)
    with transaction.atomic():
        assert "Masukkan frasa sandi kembali" in _explain(lain)


def _explain(efek: Efek) -> str:
    """Why the passphrase of that effect cannot be taken."""
    with pytest.raises(layanan.FrasaHilang) as galat:
        layanan._take_rahasia(efek, kini(), simpan=False)
    return galat.value.pesan
