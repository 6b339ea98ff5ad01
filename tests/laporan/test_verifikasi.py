"""The public page behind the QR: what it tells, what it never tells, and to whom."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import BabNaskah, Draf, TandaTangan
from laporan.selectors.dokumen import find_terdaftar
from tests.laporan.meja_tanda import holder, run_semua, sign_giliran, until, until_beku
from tests.laporan.rute import Kantor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ringkas")]

ISI_RAHASIA = "Kalimat dari dalam laporan"


@pytest.fixture
def bertanda(kantor_satu: Kantor, now: datetime) -> Draf:
    """A signed report with some text in it."""
    draf = kantor_satu.start(now)
    BabNaskah.objects.filter(draf=draf, kode="penutup").update(isi=f"<p>{ISI_RAHASIA}</p>")
    kantor_satu.work_all(kantor_satu.work_all(draf, now), now)
    run_semua(draf)
    sign_giliran(kantor_satu, draf)
    draf.refresh_from_db()
    return draf


def halaman(client: Client, token: str, status: int = 200) -> str:
    """Text of the page behind that code."""
    jawab = client.get(reverse("laporan:verify", args=[token]))
    assert jawab.status_code == status
    return jawab.content.decode()


def test_anybody_sees_what_was_signed_by_whom_and_when(
    client: Client, kantor_satu: Kantor, bertanda: Draf
) -> None:
    teks = halaman(client, bertanda.token)
    tanda = TandaTangan.objects.get()
    assert "Dokumen terdaftar" in teks
    for kata in (bertanda.judul, bertanda.instansi.nama, tanda.nama, tanda.jabatan):
        assert kata in teks
    assert " ".join(re.findall("....", tanda.sha256)) in teks
    assert f'data-sidik="{tanda.sha256}"' in teks
    setempat = tanda.ditandatangani_pada.astimezone(bertanda.instansi.zona_waktu)
    assert f"pukul {setempat:%H.%M} WIB" in teks


def test_the_story_tells_of_a_return_but_not_why(
    client: Client, kantor_satu: Kantor, now: datetime
) -> None:
    draf = kantor_satu.work_all(kantor_satu.start(now), now)
    draf = kantor_satu.work_all(draf, now, "tidak")
    draf = kantor_satu.work_all(kantor_satu.work_all(draf, now), now)
    run_semua(draf)
    sign_giliran(kantor_satu, draf)
    teks = halaman(client, " ".join(draf.token.upper()))
    assert "Dikembalikan untuk diperbaiki" in teks
    assert "Perbaiki angka" not in teks


def test_page_never_calls_the_visitors_copy_genuine(client: Client, bertanda: Draf) -> None:
    assert not re.search(r"\basli\b|\botentik\b|\bvalid\b", halaman(client, bertanda.token), re.I)


def test_page_shows_no_text_of_the_report_and_no_nip(
    client: Client, kantor_satu: Kantor, bertanda: Draf
) -> None:
    teks = halaman(client, bertanda.token)
    assert ISI_RAHASIA not in teks
    assert holder(kantor_satu, "kepala").nip not in teks
    assert "Unduh" not in teks


@pytest.mark.parametrize(
    ("status", "kata"),
    [("dibatalkan", "Dokumen dibatalkan"), ("perbaikan", "Dokumen sedang diperbaiki")],
)
def test_a_report_given_up_or_sent_back_after_it_was_signed_says_so(
    client: Client, bertanda: Draf, *, status: str, kata: str
) -> None:
    Draf._base_manager.filter(pk=bertanda.pk).update(status=status)
    teks = halaman(client, bertanda.token)
    assert kata in teks
    assert "Dokumen terdaftar</h1>" not in teks


def test_a_report_that_waits_for_a_signer_says_so_until_he_has_signed(
    client: Client, kantor_dua: Kantor, now: datetime
) -> None:
    draf, _dokumen = until_beku(kantor_dua, 2, now)
    sign_giliran(kantor_dua, draf)
    assert "Tanda tangan belum lengkap" in halaman(client, draf.token)
    sign_giliran(kantor_dua, draf)
    assert "Dokumen terdaftar</h1>" in halaman(client, draf.token)
    draf = kantor_dua.work_all(draf, now, "tidak")
    assert "Dokumen sedang diperbaiki" in halaman(client, draf.token)
    kantor_dua.work_all(draf, now)
    assert "Dokumen sedang diperbaiki" in halaman(client, draf.token)


def test_test_certificates_own_up(client: Client, bertanda: Draf) -> None:
    assert "sertifikat uji" in halaman(client, bertanda.token).lower()
    TandaTangan.objects.update(is_uji=False)
    assert "Tidak berkekuatan hukum" not in halaman(client, bertanda.token)


def test_history_tells_who_approved(client: Client, kantor_satu: Kantor, bertanda: Draf) -> None:
    teks = halaman(client, bertanda.token)
    assert "Dikoreksi dan disetujui" in teks
    assert kantor_satu.instansi.jabatan.get(kode="sekretaris").nama in teks


def test_unknown_code_says_what_to_check(client: Client) -> None:
    teks = halaman(client, "TidakPernahAda1234567", status=404)
    assert "Kode tidak ditemukan" in teks
    assert "Periksa kembali huruf dan angkanya." in teks


def test_unsigned_report_is_not_registered(
    client: Client, kantor_satu: Kantor, now: datetime
) -> None:
    draf, _dokumen = until_beku(kantor_satu, 3, now)
    assert draf.judul not in halaman(client, draf.token, status=404)


def test_report_without_a_document_is_not_registered(kantor_satu: Kantor, now: datetime) -> None:
    assert find_terdaftar(until(kantor_satu, 2, now).token) is None


def test_code_is_shown_in_groups(bertanda: Draf) -> None:
    terdaftar = find_terdaftar(bertanda.token)
    assert terdaftar
    assert terdaftar.kode.replace(" ", "") == bertanda.token
    assert all(len(k) <= 4 for k in terdaftar.kode.split())


def test_page_only_reads(client: Client, bertanda: Draf) -> None:
    assert client.post(reverse("laporan:verify", args=[bertanda.token])).status_code == 405


def test_two_signatures_are_both_named(client: Client, kantor_dua: Kantor, now: datetime) -> None:
    draf, _dokumen = until_beku(kantor_dua, 2, now)
    for _kali in range(2):
        sign_giliran(kantor_dua, draf)
    teks = halaman(client, draf.token)
    assert all(t.nama in teks for t in TandaTangan.objects.all())
