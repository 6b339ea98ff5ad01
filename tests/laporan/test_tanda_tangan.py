"""Signing: frozen bytes only, secrets nowhere, and a way back from every fault."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from pytest_django import Settings

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, TandaTangan, Tugas
from laporan.selectors.dokumen import list_rantai
from laporan.services import tanda_tangan as layanan
from laporan.services.dokumen import read_berkas
from laporan.services.draf import suspend_draf
from laporan.services.efek import run_efek
from laporan.services.tanda_tangan import HasilDiragukan, discard_rahasia, request_tanda_tangan
from laporan.tasks import PENGOLAH
from organisasi.models import Jejak, Penugasan
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import Rahasia
from sakip.common.tte import HasilPeriksa, LokalPkcs12, validate_pdf
from tests.laporan.meja_tanda import (
    holder,
    kini,
    minta,
    run,
    run_semua,
    sign_giliran,
    until,
    until_beku,
)
from tests.laporan.rute import Kantor, aktif
from tests.tte import FRASA, akar_pem

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]

SALAH = "frasa-yang-keliru-88"


@pytest.fixture
def siap(kantor_satu: Kantor, now: datetime) -> tuple[Draf, Dokumen, Tugas]:
    """A frozen document on the desk of its only signer."""
    draf, dokumen = until_beku(kantor_satu, 3, now)
    (tugas,) = aktif(draf)
    return draf, dokumen, tugas


def read(tanda: TandaTangan | Dokumen) -> bytes:
    """Bytes of a document after that signature, or as frozen."""
    return read_berkas(tanda.berkas, tanda.sha256)


def status(tugas: Tugas) -> str:
    """How the turn fares now."""
    return Tugas.objects.get(pk=tugas.pk).status


# --- the good way ---------------------------------------------------------------------------------


def test_signature_lands_on_the_frozen_bytes(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    draf, dokumen, tugas = siap
    efek = minta(kantor_satu, tugas)
    assert status(tugas) == "diproses"
    run(efek.pk)
    tanda = TandaTangan.objects.get()
    assert read(tanda).startswith(read(dokumen))
    (hasil,) = validate_pdf(read(tanda), [akar_pem()])
    assert hasil.sah
    assert hasil.seluruhnya
    assert tanda.ditandatangani_pada == hasil.waktu
    assert status(tugas) == "selesai"
    draf.refresh_from_db()
    assert draf.status == "selesai"
    assert find_chain_break(draf) is None


def test_signer_is_recorded_as_he_was(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    _draf, _dokumen, tugas = siap
    sign_giliran(kantor_satu, siap[0])
    tanda, orang = TandaTangan.objects.get(), holder(kantor_satu, "kepala")
    sebagai = Penugasan.objects.get(pengguna=orang)
    assert (tanda.nama, tanda.nip, tanda.pangkat) == (orang.nama, orang.nip, orang.pangkat)
    assert (tanda.jabatan, tanda.penugasan) == (sebagai.sebutan, sebagai)
    assert (tanda.tugas, tanda.urut, tanda.is_uji) == (tugas, 1, True)
    assert "CA UJI" in tanda.sertifikat_penerbit
    aksi = list(Jejak.objects.order_by("pk").values_list("aksi", flat=True))
    assert aksi[-3:] == [
        "laporan.tugas.minta_tanda_tangan",
        "laporan.dokumen.tandatangani",
        "laporan.tugas.tandatangani",
    ]


def test_same_job_twice_signs_once(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], berkas_sendiri: Path
) -> None:
    efek = minta(kantor_satu, siap[2])
    for _kali in range(2):
        run(efek.pk)
    assert TandaTangan.objects.count() == 1
    assert len(list((berkas_sendiri / "berkas").rglob("ttd-*.pdf"))) == 1


def test_two_signers_sign_one_after_the_other(kantor_dua: Kantor, now: datetime) -> None:
    draf, dokumen = until_beku(kantor_dua, 2, now)
    assert sign_giliran(kantor_dua, draf).status == "selesai"
    assert sign_giliran(kantor_dua, draf).status == "selesai"
    pertama, kedua = TandaTangan.objects.order_by("urut")
    assert read(pertama).startswith(read(dokumen))
    assert read(kedua).startswith(read(pertama))
    assert [h.sah for h in validate_pdf(read(kedua), [akar_pem()])] == [True, True]


def test_returned_and_unchanged_report_is_signed_again_from_the_frozen_bytes(
    kantor_dua: Kantor, now: datetime
) -> None:
    draf, dokumen = until_beku(kantor_dua, 2, now)
    sign_giliran(kantor_dua, draf)
    sign_giliran(kantor_dua, draf)
    kantor_dua.work_all(draf, now, "tidak")
    kantor_dua.work_all(draf, now)
    run_semua(draf)
    assert Dokumen.objects.count() == 1
    assert [sign_giliran(kantor_dua, draf).status for _kali in range(2)] == ["selesai"] * 2
    semua = list(TandaTangan.objects.order_by("urut"))
    assert [t.urut for t in semua] == [1, 2, 3, 4]
    assert list_rantai(dokumen) == semua[2:]
    assert len(validate_pdf(read(semua[3]), [akar_pem()])) == 2


def test_mandate_of_a_stand_in_is_what_the_stamp_says(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    Penugasan.objects.filter(pengguna=holder(kantor_satu, "kepala")).update(jenis="plh")
    sign_giliran(kantor_satu, siap[0])
    assert TandaTangan.objects.get().jabatan.startswith("Plh. ")


# --- refusals before anything happens -------------------------------------------------------------


def test_only_the_holder_of_the_turn_may_ask(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    _draf, dokumen, tugas = siap
    with pytest.raises(AksesDitolak):
        request_tanda_tangan(
            tugas_id=tugas.pk,
            sidik=dokumen.sha256,
            frasa=Rahasia(FRASA),
            aktor=holder(kantor_satu, "sekretaris"),
            now=kini(),
        )
    assert status(tugas) == "aktif"
    assert not SerahRahasia.objects.exists()


def test_document_other_than_the_one_seen_is_not_signed(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    with pytest.raises(TransisiDitolak, match="sudah berubah"):
        minta(kantor_satu, siap[2], sidik="0" * 64)


def test_document_that_is_not_made_yet_is_not_signed(kantor_satu: Kantor, now: datetime) -> None:
    (tugas,) = aktif(until(kantor_satu, 3, now))
    with pytest.raises(TransisiDitolak):
        request_tanda_tangan(
            tugas_id=tugas.pk,
            sidik="",
            frasa=Rahasia(FRASA),
            aktor=kantor_satu.pelaku(tugas),
            now=kini(),
        )


def test_empty_passphrase_is_refused(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    with pytest.raises(IsianTidakSah):
        minta(kantor_satu, siap[2], frasa="")


def test_step_of_another_kind_is_not_signed(kantor_satu: Kantor, now: datetime) -> None:
    (tugas,) = aktif(until(kantor_satu, 2, now))
    with pytest.raises(IsianTidakSah):
        request_tanda_tangan(
            tugas_id=tugas.pk,
            sidik="x",
            frasa=Rahasia(FRASA),
            aktor=kantor_satu.pelaku(tugas),
            now=kini(),
        )


def test_second_request_waits_for_the_first(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    minta(kantor_satu, siap[2])
    with pytest.raises(TransisiDitolak, match="sedang diproses"):
        minta(kantor_satu, siap[2])
    assert Efek.objects.filter(jenis="tanda_tangan").count() == 1


def test_draft_is_not_halted_while_it_is_being_signed(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], now: datetime
) -> None:
    minta(kantor_satu, siap[2])
    with pytest.raises(TransisiDitolak, match="sedang diproses"):
        suspend_draf(
            draf_id=siap[0].pk, aktor=holder(kantor_satu, "perencana"), alasan="x", now=now
        )


def test_halted_draft_is_not_signed(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas], now: datetime
) -> None:
    suspend_draf(draf_id=siap[0].pk, aktor=holder(kantor_satu, "perencana"), alasan="x", now=now)
    with pytest.raises(TransisiDitolak):
        minta(kantor_satu, siap[2])


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


@pytest.mark.parametrize("saat", ["read_berkas", "get_penanda", "write_whole", "record_jejak"])
def test_worker_killed_while_signing_asks_for_the_passphrase_again(
    kantor_satu: Kantor,
    siap: tuple[Draf, Dokumen, Tugas],
    monkeypatch: pytest.MonkeyPatch,
    saat: str,
) -> None:
    def mati(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    efek = minta(kantor_satu, siap[2])
    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, saat, mati)
        with pytest.raises(KeyboardInterrupt):
            run(efek.pk)
    assert not SerahRahasia.objects.exists()
    run(efek.pk)
    expect_kembali(siap[2], efek, "Masukkan frasa sandi kembali")
    assert sign_giliran(kantor_satu, siap[0]).status == "selesai"


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
        [make_hasil(), make_hasil()],
    ],
)
def test_result_that_is_anything_else_is_refused(periksa: list[HasilPeriksa]) -> None:
    with pytest.raises(HasilDiragukan):
        layanan._require_sah(b"asli", b"asli+", periksa, ["TTE"])


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
        kunci=f"tanda_tangan:{siap[2].pk}:9:{efek.kunci.rpartition(':')[2]}",
        dibuat_pada=kini(),
    )
    SerahRahasia.objects.create(efek=lain, isi=serah.isi, kedaluwarsa=serah.kedaluwarsa)
    with transaction.atomic():
        assert "Masukkan frasa sandi kembali" in _explain(lain)


def _explain(efek: Efek) -> str:
    """Why the passphrase of that effect cannot be taken."""
    with pytest.raises(layanan.FrasaHilang) as galat:
        layanan._take_rahasia(efek, kini())
    return galat.value.pesan


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def kepala(kantor_satu: Kantor, client: Client) -> Client:
    """The browser of the signer."""
    client.force_login(holder(kantor_satu, "kepala"))
    return client


def url(tugas: Tugas, nama: str = "sign-tugas") -> str:
    """Page of the signing turn."""
    return reverse(f"laporan:{nama}", args=[tugas.pk])


def isian(dokumen: Dokumen, **ganti: str) -> dict[str, str]:
    """What the signer sends."""
    return {"setuju": "on", "frasa_sandi": FRASA, "sidik": dokumen.sha256, **ganti}


def test_ceremony_begins_with_reading(kepala: Client, siap: tuple[Draf, Dokumen, Tugas]) -> None:
    teks = kepala.get(url(siap[2])).content.decode()
    assert "Buka PDF, 1 halaman" in teks
    assert 'name="frasa_sandi"' not in teks


def test_ceremony_shows_what_will_be_signed(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    teks = kepala.get(url(siap[2]) + "?tahap=pastikan").content.decode()
    assert "Anda belum membuka PDF ini" in teks
    assert siap[1].sha256[:4] in teks
    assert "dr. Ratna Uji" in teks
    assert "tidak berkekuatan hukum" in teks
    assert 'autocomplete="off"' in teks


def test_ceremony_knows_whether_this_very_document_was_read(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    kepala.get(reverse("laporan:read-dokumen", args=[siap[0].pk]))
    assert "sama dengan yang Anda baca pukul" in _pastikan(kepala, siap[2])
    sesi = kepala.session
    dibaca = sesi["dokumen_dibaca"]
    dibaca[str(siap[0].pk)]["sidik"] = "versi lama"
    sesi["dokumen_dibaca"] = dibaca
    sesi.save()
    assert "bukan versi ini" in _pastikan(kepala, siap[2])


def _pastikan(client: Client, tugas: Tugas) -> str:
    return client.get(url(tugas) + "?tahap=pastikan").content.decode()


def test_signer_without_certificate_sees_it_before_signing(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas], settings: Settings, tmp_path: Path
) -> None:
    settings.TTE_DIR = tmp_path / "kosong"
    assert "belum terpasang" in _pastikan(kepala, siap[2])


def test_consent_and_passphrase_are_both_asked_for(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    jawab = kepala.post(url(siap[2]), {"sidik": siap[1].sha256})
    assert jawab.status_code == 422
    assert "telah membaca laporan ini" in jawab.content.decode()
    assert "Masukkan frasa sandi" in jawab.content.decode()
    assert status(siap[2]) == "aktif"


def test_typed_passphrase_is_not_sent_back(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    jawab = kepala.post(url(siap[2]), isian(siap[1], setuju=""))
    assert jawab.status_code == 422
    assert FRASA not in jawab.content.decode()


def test_signing_in_the_browser_from_request_to_receipt(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    draf, dokumen, tugas = siap
    assert kepala.post(url(tugas), isian(dokumen))["Location"] == url(tugas)
    efek = Efek.objects.get(jenis="tanda_tangan")
    menunggu = kepala.get(url(tugas)).content.decode()
    assert f'hx-get="{reverse("laporan:view-efek", args=[efek.pk])}"' in menunggu
    assert 'name="frasa_sandi"' not in menunggu
    run(efek.pk)
    assert kepala.get(url(tugas))["Location"] == url(tugas, "view-tanda-terima")
    teks = kepala.get(url(tugas, "view-tanda-terima")).content.decode()
    tanda = TandaTangan.objects.get()
    assert tanda.sertifikat_nomor in teks
    assert reverse("laporan:verify", args=[draf.token]) in teks
    assert "sertifikat uji" in teks
    assert "data:image/svg+xml" in teks
    assert kepala.get(reverse("laporan:download-dokumen", args=[draf.pk])).content == read(tanda)


def test_double_click_asks_once(kepala: Client, siap: tuple[Draf, Dokumen, Tugas]) -> None:
    kepala.post(url(siap[2]), isian(siap[1]))
    assert kepala.post(url(siap[2]), isian(siap[1])).status_code == 200
    assert Efek.objects.filter(jenis="tanda_tangan").count() == 1


def test_failure_stands_on_the_page_with_the_form(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    kepala.post(url(siap[2]), isian(siap[1], frasa_sandi=SALAH))
    run_semua(siap[0])
    teks = kepala.get(url(siap[2])).content.decode()
    assert "Frasa sandi sertifikat salah" in teks
    assert 'name="frasa_sandi"' in teks
    assert SALAH not in teks


def test_page_waits_for_the_pdf(kantor_satu: Kantor, kepala: Client, now: datetime) -> None:
    (tugas,) = aktif(until(kantor_satu, 3, now))
    teks = kepala.get(url(tugas)).content.decode()
    assert "Pembuatan PDF" in teks
    assert "hx-get" in teks
    Efek.objects.all().delete()
    assert "belum dibuat" in kepala.get(url(tugas)).content.decode()


def test_colleague_may_not_open_the_ceremony(
    kantor_satu: Kantor, client: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    client.force_login(holder(kantor_satu, "sekretaris"))
    assert client.get(url(siap[2])).status_code == 403
    assert client.post(url(siap[2]), isian(siap[1])).status_code == 403
    assert client.get(url(siap[2], "view-tanda-terima")).status_code == 404


def test_turns_of_other_kinds_and_halted_drafts_are_sent_elsewhere(
    kantor_satu: Kantor, kepala: Client, siap: tuple[Draf, Dokumen, Tugas], now: datetime
) -> None:
    draf, _dokumen, tugas = siap
    lain = draf.tugas.exclude(pk=tugas.pk)[0]
    assert kepala.get(url(lain))["Location"] == lain.get_absolute_url()
    suspend_draf(draf_id=draf.pk, aktor=holder(kantor_satu, "perencana"), alasan="x", now=now)
    assert kepala.get(url(tugas))["Location"] == draf.get_absolute_url()
