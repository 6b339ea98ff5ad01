"""Evidence by link, what a form and an office may keep, and who opened what."""

import logging
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from kinerja.models import Bukti, Capaian, FormulirCapaian
from kinerja.rules.bukti import BuktiDitolak, clean_tautan, explain_kuota, find_host
from kinerja.services.bukti import attach_bukti, attach_tautan, remove_bukti
from kinerja.services.formulir import open_formulir
from kinerja.services.kuota import sum_bukti
from organisasi.models import Jejak
from sakip.common.errors import IsianTidakSah
from tests.factories.kinerja import PDF, BuktiFactory, make_baris
from tests.factories.organisasi import UnitKerjaFactory
from tests.kinerja.conftest import Bidang

DRIVE = "https://Drive.example.go.id/berkas/1?a=b#c"


@pytest.mark.parametrize(
    "teks",
    [
        "http://contoh.go.id/a",
        "javascript:alert(1)",
        "https://",
        "https://lokal/a",
        "https://a@contoh.go.id/",
        "https://contoh.go.id:abc/",
        "https://contoh .go.id/",
        "https://contoh.go.id/\u202e",
        'https://contoh.go.id/"><script>',
        "https://[::1/",
        "",
    ],
)
def test_a_link_that_is_no_plain_https_address_is_refused(teks: str) -> None:
    with pytest.raises(BuktiDitolak, match="diawali https://"):
        clean_tautan(teks)


def test_a_link_is_kept_as_typed_and_its_host_is_shown() -> None:
    assert clean_tautan(f"  HTTPS{DRIVE[5:]} ") == DRIVE
    assert find_host(DRIVE) == "drive.example.go.id"
    with pytest.raises(BuktiDitolak, match="paling panjang 1000"):
        clean_tautan("https://contoh.go.id/" + "a" * 1000)


def test_a_quota_is_told_with_what_is_left() -> None:
    mb = 1024 * 1024
    assert explain_kuota(mb, terpakai=9 * mb, maks=10 * mb, milik="formulir ini") == ""
    pesan = explain_kuota(2 * mb, terpakai=9 * mb, maks=10 * mb, milik="formulir ini")
    assert pesan.startswith("Tempat bukti formulir ini tidak cukup: 10 MB dan tersisa 1 MB")
    assert "tersisa 0 kB" in explain_kuota(1, terpakai=11 * mb, maks=10 * mb, milik="kantor ini")


def siapa(bidang: Bidang, c: Capaian, now: datetime) -> dict[str, Any]:
    """The unit's own hand."""
    return {"capaian_id": c.pk, "aktor": bidang.aktor, "sebagai": bidang.pengisi, "now": now}


@pytest.mark.basisdata
@pytest.mark.django_db
def test_a_link_is_evidence_once_and_leaves_a_trail(
    bidang: Bidang,
    now: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    satu = attach_tautan(tautan=DRIVE, **siapa(bidang, c, now))
    assert attach_tautan(tautan=f" {DRIVE}", **siapa(bidang, c, now)) == satu
    rtl = attach_tautan(tautan=DRIVE, untuk=Bukti.Untuk.RTL, **siapa(bidang, c, now))
    assert (satu.host, satu.nama_asli, satu.ukuran, rtl == satu) == (
        "drive.example.go.id",
        "drive.example.go.id",
        0,
        False,
    )
    assert Jejak.objects.filter(aksi="kinerja.bukti.attach").count() == 2
    assert Jejak.objects.order_by("pk")[0].data["tautan"] == DRIVE
    with pytest.raises(IsianTidakSah, match="https://"):
        attach_tautan(tautan="ftp://contoh.go.id", **siapa(bidang, c, now))
    with django_capture_on_commit_callbacks(execute=True):
        remove_bukti(bukti_id=satu.pk, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    assert list(Bukti.objects.all()) == [rtl]


@pytest.mark.django_db
def test_a_new_round_refers_to_the_same_link(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"), dikembalikan=True)
    BuktiFactory(capaian=c, berkas="", tautan=DRIVE, ukuran=0, jenis="", nama_asli="x", untuk="rtl")
    dua = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    b = Bukti.objects.get(capaian__formulir=dua)
    assert (b.tautan, b.untuk, b.berkas.name) == (DRIVE, "rtl", "")


@pytest.mark.basisdata
@pytest.mark.django_db
def test_a_full_form_or_office_refuses_a_file_and_says_so(
    bidang: Bidang,
    now: datetime,
    settings: Settings,
) -> None:
    a, b = make_baris(bidang.unit, ("90", "45"), ("90", "46"))
    (lain,) = make_baris(UnitKerjaFactory(instansi=bidang.instansi), ("90", "45"))
    BuktiFactory(capaian=a, ukuran=600)
    BuktiFactory(capaian=lain, ukuran=300)
    berkas = SimpleUploadedFile("a.pdf", PDF)
    settings.MAKS_BUKTI_FORMULIR = 600 + len(PDF) - 1
    with pytest.raises(IsianTidakSah, match="Tempat bukti formulir ini"):
        attach_bukti(berkas=berkas, **siapa(bidang, b, now))
    settings.MAKS_BUKTI_FORMULIR += 1
    settings.MAKS_BUKTI_KANTOR = 900 + len(PDF) - 1
    with pytest.raises(IsianTidakSah, match="Tempat bukti kantor ini"):
        attach_bukti(berkas=berkas, **siapa(bidang, b, now))
    settings.MAKS_BUKTI_KANTOR += 1
    assert attach_bukti(berkas=berkas, **siapa(bidang, b, now)).ukuran == len(PDF)


@pytest.mark.django_db
def test_one_person_does_not_fill_the_disk(
    bidang: Bidang, now: datetime, settings: Settings
) -> None:
    (a,) = make_baris(bidang.unit, ("90", "45"))
    for orang in (bidang.aktor, bidang.aktor, bidang.kolega.pengguna):
        BuktiFactory(capaian=a, ukuran=600, diunggah_oleh=orang)
    berkas = SimpleUploadedFile("a.pdf", PDF)
    settings.MAKS_BYTE_ORANG = 1200 + len(PDF) - 1
    with pytest.raises(IsianTidakSah, match="Tempat bukti Anda"):
        attach_bukti(berkas=berkas, **siapa(bidang, a, now))
    settings.MAKS_BYTE_ORANG += 1
    settings.MAKS_BERKAS_ORANG = 2
    with pytest.raises(IsianTidakSah, match="sudah mengunggah 2 berkas"):
        attach_bukti(berkas=berkas, **siapa(bidang, a, now))
    settings.MAKS_BERKAS_ORANG = 3
    assert attach_bukti(berkas=berkas, **siapa(bidang, a, now)).ukuran == len(PDF)


@pytest.mark.django_db
def test_a_file_of_several_rounds_counts_once(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"), dikembalikan=True)
    BuktiFactory(capaian=c, ukuran=600)
    open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert Bukti.objects.count() == 2
    assert sum_bukti(capaian__formulir__unit__instansi=bidang.instansi.pk) == 600
    assert sum_bukti(capaian__formulir__in=FormulirCapaian.objects.none()) == 0


@pytest.mark.django_db
def test_opening_evidence_is_logged_and_a_link_leaves_without_a_trace(
    client: Client, bidang: Bidang, caplog: pytest.LogCaptureFixture
) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    berkas = BuktiFactory(capaian=c)
    tautan = BuktiFactory(capaian=c, berkas="", tautan=DRIVE, ukuran=0, jenis="")
    client.force_login(bidang.kolega.pengguna)
    with caplog.at_level(logging.INFO, logger="kinerja.views.capaian"):
        isi = client.get(reverse("kinerja:download-bukti", args=[berkas.pk]))
        assert b"".join(isi.streaming_content) == PDF  # type: ignore[attr-defined]  # FileResponse
        jawab = client.get(reverse("kinerja:download-bukti", args=[tautan.pk]))
    assert (jawab.status_code, jawab["Location"]) == (302, DRIVE)
    assert jawab["Referrer-Policy"] == "no-referrer"
    dibaca = [r.getMessage() for r in caplog.records if "kinerja.bukti.baca" in r.getMessage()]
    orang = bidang.kolega.pengguna.pk
    assert [
        f"pengguna={orang} jenis={j}" in t
        for j, t in zip(("berkas", "tautan"), dibaca, strict=True)
    ]
    client.force_login(bidang.orang_luar.pengguna)
    assert client.get(reverse("kinerja:download-bukti", args=[tautan.pk])).status_code == 404


@pytest.mark.django_db
def test_a_script_adds_a_link_for_the_last_periods_rtl(client: Client, bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "45"))
    client.force_login(bidang.aktor)
    url = reverse("kinerja:attach-bukti", args=[c.pk])
    kepala: Any = {"headers": {"Accept": "application/json"}}
    jawab = client.post(url, {"tautan": DRIVE, "untuk": "rtl"}, **kepala).json()
    assert [b["host"] for b in jawab["bukti"]] == ["drive.example.go.id"]
    assert jawab["ringkasan"]["berbukti"] == 0
    jawab = client.post(url, {"tautan": DRIVE}, **kepala).json()
    assert jawab["ringkasan"]["berbukti"] == 1
    assert client.post(url, {"tautan": "x"}, **kepala).status_code == 422
    html = client.get(c.formulir.get_absolute_url()).content.decode()
    assert 'capture="environment"' in html
    assert 'rel="noopener noreferrer external"' in html
