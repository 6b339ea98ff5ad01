"""The page of who has sent what: the triwulan in front, and whom a reminder would reach."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kinerja.selectors import list_matriks
from tests.factories.kinerja import FormulirFactory, IndikatorFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
ALAMAT = reverse("kinerja:list-capaian")


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """20 November 2026: triwulan III is the one reported on."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 3, tzinfo=UTC))


@pytest.fixture
def terbuka(bidang: Bidang, november: None) -> Bidang:
    """The unit has a form of triwulan III open, and one of 2025."""
    IndikatorFactory(unit=bidang.unit)
    FormulirFactory(unit=bidang.unit)
    FormulirFactory(unit=bidang.unit, tahun=2025, triwulan=4, diverifikasi=True)
    return bidang


def page(client: Client, bidang: Bidang, tanya: str = "") -> str:
    """The page as the perencana sees it."""
    client.force_login(bidang.perencana.pengguna)
    return client.get(f"{ALAMAT}{tanya}").content.decode()


@pytest.mark.parametrize(
    ("tanya", "nama"),
    [
        ("", "Triwulan III Tahun 2026"),
        ("?periode=2026-1", "Triwulan I Tahun 2026"),
        ("?periode=2019-1", "Triwulan III Tahun 2026"),
        ("?tahun=2026", "Triwulan III Tahun 2026"),
        ("?tahun=2025", "Triwulan IV Tahun 2025"),
        ("?tahun=x", "Triwulan III Tahun 2026"),
    ],
)
def test_the_triwulan_in_front_is_the_one_reported_on_or_asked_for(
    tanya: str, nama: str, client: Client, terbuka: Bidang
) -> None:
    isi = page(client, terbuka, tanya)
    assert f'<h2 id="j-kolom">{nama}</h2>' in isi


def test_only_the_triwulan_in_front_stays_on_a_phone(client: Client, terbuka: Bidang) -> None:
    isi = page(client, terbuka)
    assert isi.count('<td class="lebar-saja">') == 3
    assert '<th scope="col">TW III</th>' in isi
    assert '<th scope="col" class="lebar-saja">TW I</th>' in isi


def test_a_year_to_come_begins_with_its_first_triwulan(client: Client, terbuka: Bidang) -> None:
    FormulirFactory(unit=terbuka.unit, tahun=2027, triwulan=2)
    assert "Triwulan I Tahun 2027" in page(client, terbuka, "?tahun=2027")


def test_the_perencana_reminds_and_the_staff_do_not(client: Client, terbuka: Bidang) -> None:
    isi = page(client, terbuka)
    assert "<b>Belum mengirim:</b> Bidang P2P." in isi
    assert "Ingatkan 1 unit" in isi
    client.force_login(terbuka.aktor)
    assert "Ingatkan" not in client.get(ALAMAT).content.decode()
    assert "Ingatkan" not in page(client, terbuka, "?periode=2026-1")


def test_a_triwulan_in_which_all_have_sent_says_so(client: Client, terbuka: Bidang) -> None:
    assert "Semua unit sudah mengirim." in page(client, terbuka, "?periode=2025-4")


def test_a_unit_of_another_renstra_is_not_waited_for(terbuka: Bidang) -> None:
    IndikatorFactory(
        unit__instansi=terbuka.instansi,
        sasaran__tujuan__tahun_awal=2020,
        sasaran__tujuan__tahun_akhir=2024,
    )
    assert [b.unit for b in list_matriks(terbuka.instansi, 2026).baris] == [terbuka.unit]
    assert terbuka.unit not in [b.unit for b in list_matriks(terbuka.instansi, 2023).baris]
