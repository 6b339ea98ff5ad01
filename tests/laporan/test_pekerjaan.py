"""The list of jobs that need somebody: who sees it, what is on it, and trying again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laporan.models import Draf, Efek, PaketLKE
from laporan.selectors.pekerjaan import list_bermasalah
from tests.laporan.meja_tanda import holder
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = pytest.mark.django_db

DAFTAR = "laporan:list-pekerjaan"


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office."""
    return make_kantor(DINKES, now)


@pytest.fixture
def draf(kantor: Kantor, now: datetime) -> Draf:
    """A running draft of it."""
    return kantor.start(now)


def make_efek(draf: Draf, status: str, *, jenis: str = "bekukan", menit: int = 10) -> Efek:
    """A job in that status, that old."""
    efek = Efek(
        draf=draf,
        kunjungan=draf.kunjungan.get(),
        jenis=jenis,
        kunci=f"uji:{status}:{jenis}:{menit}",
        status=status,
        galat="Berkas tidak dapat ditulis." if status in ("gagal", "ragu") else "",
        dibuat_pada=timezone.now() - timedelta(minutes=menit),
        terkirim_pada=timezone.now() if status == "ragu" else None,
    )
    efek.save()
    return efek


@pytest.mark.parametrize(
    ("status", "jenis", "menit", "tampil"),
    [
        ("gagal", "bekukan", 1, True),
        ("gagal", "tanda_tangan", 1, False),
        ("ragu", "tanda_tangan", 1, True),
        ("antre", "bekukan", 10, True),
        ("antre", "bekukan", 1, False),
        ("jalan", "arsip", 10, True),
        ("selesai", "bekukan", 10, False),
    ],
)
def test_only_what_needs_somebody_is_listed(
    draf: Draf, *, status: str, jenis: str, menit: int, tampil: bool
) -> None:
    efek = make_efek(draf, status, jenis=jenis, menit=menit)
    daftar = list_bermasalah(draf.instansi, kini=timezone.now())
    assert list(daftar) == ([efek] if tampil else [])


def test_managers_see_it_and_others_do_not(
    client: Client, kantor: Kantor, draf: Draf, now: datetime
) -> None:
    make_efek(draf, "gagal")
    client.force_login(holder(kantor, "perencana"))
    assert client.get(reverse(DAFTAR)).status_code == 403
    assert "Pekerjaan latar" not in client.get(reverse("laporan:list-draf")).content.decode()
    client.force_login(holder(kantor, "sekretaris"))
    assert "Pekerjaan latar (1)" in client.get(reverse("laporan:list-draf")).content.decode()
    teks = client.get(reverse(DAFTAR)).content.decode()
    assert "Berkas tidak dapat ditulis." in teks
    assert draf.judul in teks


def test_failed_job_is_tried_again_from_the_list(
    client: Client, kantor: Kantor, draf: Draf
) -> None:
    efek = make_efek(draf, "gagal")
    client.force_login(holder(kantor, "sekretaris"))
    alamat = reverse("laporan:retry-efek", args=[efek.pk])
    jawab = client.post(alamat, {"kembali": "pekerjaan"})
    assert jawab["Location"] == reverse(DAFTAR)
    efek.refresh_from_db()
    assert efek.status == "antre"


def test_unknown_outcome_is_settled_on_its_own_page(
    client: Client, kantor: Kantor, draf: Draf
) -> None:
    ragu, gagal = make_efek(draf, "ragu", jenis="tanda_tangan"), make_efek(draf, "gagal")
    client.force_login(holder(kantor, "sekretaris"))
    alamat = reverse("laporan:view-pekerjaan", args=[ragu.pk])
    assert alamat in client.get(reverse(DAFTAR)).content.decode()
    assert "Periksa sekarang" in client.get(alamat).content.decode()
    lain = reverse("laporan:view-pekerjaan", args=[gagal.pk])
    assert client.get(lain).status_code == 404


def test_a_package_of_evidence_that_failed_is_listed_until_asked_for_again(
    client: Client, kantor: Kantor, draf: Draf
) -> None:
    sekretaris = holder(kantor, "sekretaris")
    client.force_login(sekretaris)
    isian = {"instansi": draf.instansi, "tahun": 2026, "dibuat_oleh": sekretaris}
    lama = {**isian, "dibuat_pada": timezone.now() - timedelta(minutes=10)}
    PaketLKE.objects.create(**lama, status="gagal", galat="Tiga kali terhenti.")
    teks = client.get(reverse(DAFTAR)).content.decode()
    assert "Tiga kali terhenti." in teks
    assert reverse("laporan:show-lke") + "?tahun=2026" in teks
    assert "Pekerjaan latar (1)" in client.get(reverse("laporan:list-draf")).content.decode()
    ulang = PaketLKE.objects.create(**isian, dibuat_pada=timezone.now())
    assert "Tidak ada yang menunggu" in client.get(reverse(DAFTAR)).content.decode()
    PaketLKE.objects.filter(pk=ulang.pk).update(dibuat_pada=lama["dibuat_pada"])
    assert "Menunggu terlalu lama" in client.get(reverse(DAFTAR)).content.decode()


def test_other_offices_are_not_shown(
    client: Client, kantor: Kantor, draf: Draf, now: datetime
) -> None:
    efek = make_efek(draf, "ragu", jenis="tanda_tangan")
    PaketLKE.objects.create(
        instansi=draf.instansi,
        tahun=2026,
        status="gagal",
        dibuat_pada=now,
        dibuat_oleh=holder(kantor, "sekretaris"),
    )
    tetangga = make_kantor(DINKES, now)
    client.force_login(holder(tetangga, "sekretaris"))
    assert "Tidak ada yang menunggu" in client.get(reverse(DAFTAR)).content.decode()
    assert client.get(reverse("laporan:view-pekerjaan", args=[efek.pk])).status_code == 404
