"""The signing ceremony as the signer sees it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from laporan.models import Dokumen, Draf, Efek, TandaTangan, Tugas, VersiDibaca
from laporan.services.draf import suspend_draf
from tests.laporan.meja_tanda import (
    holder,
    kini,
    read,
    run,
    run_semua,
    status,
    until,
)
from tests.laporan.rute import Kantor, aktif
from tests.tte import FRASA

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]

SALAH = "frasa-yang-keliru-88"


@pytest.fixture
def kepala(kantor_satu: Kantor, client: Client) -> Client:
    """The browser of the signer."""
    client.force_login(holder(kantor_satu, "kepala"))
    give_sandi(client)
    return client


def give_sandi(client: Client, lalu: timedelta = timedelta(0)) -> None:
    """As if the password had been given that long ago."""
    sesi = client.session
    sesi["sandi_diberikan_pada"] = (kini() - lalu).isoformat()
    sesi.save()


def url(tugas: Tugas, nama: str = "sign-tugas") -> str:
    """Page of the signing turn."""
    return reverse(f"laporan:{nama}", args=[tugas.pk])


def isian(dokumen: Dokumen, **ganti: str) -> dict[str, str]:
    """What the signer sends."""
    return {"setuju": "on", "frasa_sandi": FRASA, "sidik": dokumen.sha256, **ganti}


def baca(client: Client, draf: Draf) -> None:
    """Open the PDF in the browser."""
    assert client.get(reverse("laporan:read-dokumen", args=[draf.pk])).status_code == 200


def test_nobody_signs_a_document_he_has_not_opened(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    jawab = kepala.post(url(siap[2]), isian(siap[1]), follow=True)
    assert "Buka dan baca PDF ini lebih dahulu" in jawab.content.decode()
    assert not Efek.objects.filter(jenis="tanda_tangan").exists()


def test_ceremony_begins_with_reading(kepala: Client, siap: tuple[Draf, Dokumen, Tugas]) -> None:
    teks = kepala.get(url(siap[2])).content.decode()
    assert "Buka PDF, 1 halaman" in teks
    assert 'name="frasa_sandi"' not in teks


def test_ceremony_shows_what_will_be_signed(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    belum = _pastikan(kepala, siap[2])
    assert "Anda belum membuka PDF ini" in belum
    assert 'name="frasa_sandi"' not in belum
    baca(kepala, siap[0])
    teks = _pastikan(kepala, siap[2])
    assert siap[1].sha256[:4] in teks
    assert "dr. Ratna Uji" in teks
    assert "tidak berkekuatan hukum" in teks
    assert 'autocomplete="off"' in teks


def test_ceremony_knows_whether_this_very_document_was_read(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    baca(kepala, siap[0])
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
    baca(kepala, siap[0])
    settings.TTE_DIR = tmp_path / "kosong"
    assert "belum terpasang" in _pastikan(kepala, siap[2])


def test_consent_and_passphrase_are_both_asked_for(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    baca(kepala, siap[0])
    jawab = kepala.post(url(siap[2]), {"sidik": siap[1].sha256})
    assert jawab.status_code == 422
    assert "telah membaca laporan ini" in jawab.content.decode()
    assert "Masukkan frasa sandi" in jawab.content.decode()
    assert status(siap[2]) == "aktif"


def test_typed_passphrase_is_not_sent_back(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    baca(kepala, siap[0])
    jawab = kepala.post(url(siap[2]), isian(siap[1], setuju=""))
    assert jawab.status_code == 422
    assert FRASA not in jawab.content.decode()


def test_signing_in_the_browser_from_request_to_receipt(
    kantor_satu: Kantor, kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    draf, dokumen, tugas = siap
    baca(kepala, draf)
    assert kepala.post(url(tugas), isian(dokumen))["Location"] == url(tugas)
    dibaca = VersiDibaca.objects.get(pengguna=holder(kantor_satu, "kepala"))
    assert dibaca.versi == dokumen.versi_naskah
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
    baca(kepala, siap[0])
    kepala.post(url(siap[2]), isian(siap[1]))
    assert kepala.post(url(siap[2]), isian(siap[1])).status_code == 200
    assert Efek.objects.filter(jenis="tanda_tangan").count() == 1


def test_failure_stands_on_the_page_with_the_form(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    baca(kepala, siap[0])
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


def test_password_is_asked_again_after_five_minutes(
    kantor_satu: Kantor, kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    baca(kepala, siap[0])
    assert 'name="sandi"' not in _pastikan(kepala, siap[2])
    give_sandi(kepala, timedelta(minutes=6))
    orang = holder(kantor_satu, "kepala")
    orang.set_password("sandi-akun-kepala")
    orang.save()
    kepala.force_login(orang)
    give_sandi(kepala, timedelta(minutes=6))
    baca(kepala, siap[0])
    assert 'name="sandi"' in _pastikan(kepala, siap[2])
    assert kepala.post(url(siap[2]), isian(siap[1])).status_code == 422
    salah = kepala.post(url(siap[2]), isian(siap[1], sandi="bukan-sandi-itu"))
    assert salah.status_code == 422
    assert "Kata sandi akun salah" in salah.content.decode()
    assert status(siap[2]) == "aktif"
    assert kepala.post(url(siap[2]), isian(siap[1], sandi="sandi-akun-kepala")).status_code == 302
    assert status(siap[2]) == "diproses"
    assert 'name="sandi"' not in _pastikan(kepala, siap[2])


def test_page_counts_the_minutes_after_three_wrong_passphrases(
    kepala: Client, siap: tuple[Draf, Dokumen, Tugas]
) -> None:
    baca(kepala, siap[0])
    for _kali in range(3):
        kepala.post(url(siap[2]), isian(siap[1], frasa_sandi=SALAH))
        run_semua(siap[0])
    teks = _pastikan(kepala, siap[2])
    assert "salah tiga kali berturut-turut" in teks
    assert "disabled" in teks
    assert kepala.post(url(siap[2]), isian(siap[1])).status_code == 409
