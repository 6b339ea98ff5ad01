"""Signing: frozen bytes only, secrets nowhere, and a way back from every fault."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, TandaTangan, Tugas
from laporan.selectors.dokumen import list_rantai
from laporan.services.draf import suspend_draf
from laporan.services.minta_tanda import request_tanda_tangan
from organisasi.models import Jejak, Penugasan
from organisasi.selectors import find_chain_break
from sakip.common import tte_pilih
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import Rahasia
from sakip.common.tte import BERKAS_AKAR_UJI
from sakip.common.tte_periksa import validate_pdf
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.services.versi import create_versi, publish_versi
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.meja_tanda import (
    TANDA_SATU,
    holder,
    kini,
    minta,
    minta_lagi,
    read,
    run,
    run_semua,
    sign_giliran,
    status,
    until,
    until_beku,
)
from tests.laporan.rute import Kantor, aktif, make_graf
from tests.tte import FRASA, akar_pem, folder_ca, make_tsa

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]

SALAH = "frasa-yang-keliru-88"


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


def test_long_term_signatures_pass_the_check_as_well(
    kantor_dua: Kantor, now: datetime, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(tte_pilih, "TsaHttp", lambda _alamat: make_tsa())
    settings.TTE = {**settings.TTE, "tsa": "https://tsa.contoh.go.id"}
    # The time-stamp authority of the tests is of their own root.
    shutil.copy(folder_ca() / BERKAS_AKAR_UJI, settings.TTE_DIR)
    draf, _dokumen = until_beku(kantor_dua, 2, now)
    assert [sign_giliran(kantor_dua, draf).galat for _kali in range(2)] == ["", ""]
    akhir = TandaTangan.objects.get(urut=2)
    assert [h.sah for h in validate_pdf(read(akhir), [akar_pem()])] == [True, True]


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


def test_version_that_the_signer_has_not_read_is_not_signed(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    with pytest.raises(TransisiDitolak, match="sudah membaca versi ini"):
        request_tanda_tangan(
            tugas_id=siap[2].pk,
            sidik=siap[1].sha256,
            frasa=Rahasia(FRASA),
            aktor=kantor_satu.pelaku(siap[2]),
            now=kini(),
        )
    assert status(siap[2]) == "aktif"
    assert not SerahRahasia.objects.exists()


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


def test_whoever_wrote_does_not_sign_where_the_sop_wants_two_people(
    kantor_satu: Kantor, now: datetime
) -> None:
    jabatan = {j.kode: j for j in kantor_satu.instansi.jabatan.all()}
    graf = make_graf(TANDA_SATU, jabatan)
    tanda = replace(graf.langkah[2], beda_orang_dari=(1,))
    versi = create_versi(
        sop=kantor_satu.versi.sop,
        identitas=Identitas(),
        graf=Graf((*graf.langkah[:2], tanda)),
        aktor=None,
        now=now,
    )
    kantor_satu.versi = publish_versi(versi_id=versi.pk, aktor=None, now=now)
    draf, _dokumen = until_beku(kantor_satu, 3, now)
    penyusun = holder(kantor_satu, "perencana")
    PenugasanFactory.create(pengguna=penyusun, jabatan=jabatan["kepala"], plh=True)
    kantor_satu.orang[jabatan["kepala"].pk] = penyusun
    with pytest.raises(AksesDitolak, match="orang lain daripada langkah 1"):
        minta(kantor_satu, aktif(draf)[0])


def test_second_request_waits_for_the_first(
    kantor_satu: Kantor, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    minta(kantor_satu, siap[2])
    with pytest.raises(TransisiDitolak, match="sedang diproses"):
        minta_lagi(kantor_satu, siap[2])
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
