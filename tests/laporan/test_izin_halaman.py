"""Pages of named readers: giving on the draft, the list of the office, and what one was given."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laporan.models import Draf, IzinBaca
from organisasi.models import Pengguna
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kini() -> datetime:
    """The clock of the database decides, so these tests begin now."""
    return timezone.now()


@pytest.fixture
def kantor(kini: datetime) -> Kantor:
    """The Dinkes-like office."""
    return make_kantor(DINKES, kini)


@pytest.fixture
def draf(kantor: Kantor, kini: datetime) -> Draf:
    """A report of the office."""
    return kantor.start(kini)


@pytest.fixture
def auditor() -> Pengguna:
    """Somebody of another office."""
    p = PenugasanFactory.create(pengguna__nama="Auditor Andal, S.E.")
    return p.pengguna


def holder(kantor: Kantor, kode: str) -> Pengguna:
    """Who holds the post."""
    return kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk]


def read(client: Client, alamat: str, status: int = 200) -> str:
    """The page as text."""
    jawab = client.get(alamat)
    assert jawab.status_code == status
    return jawab.content.decode()


def isian(orang: Pengguna, kini: datetime) -> dict[str, str]:
    """The form: from today for a week."""
    hari = timezone.localtime(kini).date()
    akhir = hari + timedelta(days=7)
    return {
        "pembaca": str(orang.pk),
        "mulai": hari.isoformat(),
        "terakhir": akhir.isoformat(),
        "alasan": "Reviu ST/7/2026",
    }


def test_head_finds_a_person_gives_the_report_and_takes_it_back(
    client: Client, kantor: Kantor, draf: Draf, auditor: Pengguna, kini: datetime
) -> None:
    client.force_login(holder(kantor, "kepala"))
    alamat = reverse("laporan:manage-izin", args=[draf.pk])
    assert alamat in read(client, draf.get_absolute_url())
    assert "hanya dibaca pegawai" in read(client, alamat)
    assert "tiga huruf" in read(client, f"{alamat}?cari=au")
    assert "di luar instansi ini" in read(client, f"{alamat}?cari=tidakada")
    assert "Auditor Andal" in read(client, f"{alamat}?cari=auditor")
    cari = f"{alamat}?cari=auditor"
    kurang = client.post(cari, {**isian(auditor, kini), "alasan": ""})
    assert (kurang.status_code, b"Auditor Andal" in kurang.content) == (422, True)
    lewat = client.post(cari, {**isian(auditor, kini), "mulai": "2020-01-01"})
    assert (lewat.status_code, b"ST/7/2026" in lewat.content) == (422, True)
    assert client.post(alamat, isian(auditor, kini)).status_code == 422  # nobody was looked for
    assert client.post(cari, isian(auditor, kini)).status_code == 302
    izin = IzinBaca.objects.get()
    for halaman in (alamat, reverse("laporan:list-izin")):
        assert "Reviu ST/7/2026" in read(client, halaman)
    assert "Izin baca diberikan" in read(client, reverse("laporan:view-jejak", args=[draf.pk]))
    assert "Tidak ada izin" in read(client, f"{reverse('laporan:list-izin')}?keadaan=dicabut")
    cabut = reverse("laporan:revoke-izin", args=[draf.pk, izin.pk])
    assert client.post(cabut, {"kembali": "kantor"})["Location"] == reverse("laporan:list-izin")
    assert client.post(cabut).status_code == 409
    assert "Dicabut" in read(client, alamat)


def test_reader_sees_this_report_with_its_evidence_and_no_button_to_act(
    client: Client, kantor: Kantor, draf: Draf, auditor: Pengguna, kini: datetime
) -> None:
    lain = kantor.start(kini, periode_ke=2)
    client.force_login(holder(kantor, "sekretaris"))
    alamat = reverse("laporan:manage-izin", args=[draf.pk])
    client.post(f"{alamat}?cari=auditor", isian(auditor, kini))
    client.force_login(auditor)
    isi = read(client, draf.get_absolute_url())
    assert "Dibagikan kepada Anda" in isi
    assert alamat not in isi
    read(client, lain.get_absolute_url(), 404)
    for nama in ("list-draf", "list-dibagikan"):
        daftar = read(client, reverse(f"laporan:{nama}"))
        assert draf.judul in daftar
        assert lain.judul not in daftar
        assert str(kantor.instansi) in daftar
    client.force_login(holder(kantor, "staf"))
    assert "Dibagikan kepada Anda" not in read(client, draf.get_absolute_url())
    assert "Belum ada laporan" in read(client, reverse("laporan:list-dibagikan"))
    IzinBaca.objects.update(mulai=kini - timedelta(days=9), selesai=kini)
    client.force_login(auditor)
    read(client, draf.get_absolute_url(), 404)
    assert draf.judul not in read(client, reverse("laporan:list-draf"))


def test_a_grant_to_come_is_announced_without_a_link(
    client: Client, kantor: Kantor, draf: Draf, auditor: Pengguna, kini: datetime
) -> None:
    client.force_login(holder(kantor, "kepala"))
    esok = (timezone.localtime(kini) + timedelta(days=2)).date().isoformat()
    alamat = reverse("laporan:manage-izin", args=[draf.pk])
    client.post(f"{alamat}?cari=auditor", {**isian(auditor, kini), "mulai": esok})
    client.force_login(auditor)
    daftar = read(client, reverse("laporan:list-dibagikan"))
    assert "Belum mulai" in daftar
    assert draf.get_absolute_url() not in daftar
