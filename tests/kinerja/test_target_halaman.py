"""The page of targets asks for each kind of value with its own field."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from kinerja.models import Indikator, Target, TargetRenstra
from kinerja.services.rencana import compute_versi, list_angka_target
from tests.factories.kinerja import IndikatorFactory, TargetFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
HARI = Decimal(date(2026, 3, 31).toordinal())


def alamat(i: Indikator) -> str:
    """Where its targets are typed."""
    return f"/capaian/indikator/{i.pk}/target/?tahun=2026"


@pytest.fixture
def perencana(client: Client, bidang: Bidang) -> Client:
    """The Perencana at the browser."""
    client.force_login(bidang.perencana.pengguna)
    return client


def buat(bidang: Bidang, **isi: str) -> Indikator:
    """An indikator of that kind."""
    return IndikatorFactory(unit=bidang.unit, sasaran__tujuan__instansi=bidang.instansi, **isi)


def test_levels_are_chosen_and_a_level_that_is_gone_stays_until_changed(
    perencana: Client, bidang: Bidang
) -> None:
    i = buat(bidang, jenis_nilai="ordinal", tingkatan="WTP = 4\nWDP = 3")
    TargetFactory(indikator=i, triwulan=1, nilai=Decimal("3.5"))
    isi = perencana.get(alamat(i)).content.decode()
    assert '<option value="4">WTP</option>' in isi
    assert '<option value="3.5" selected>3,5</option>' in isi
    assert "batas atas" not in isi
    jawab = perencana.post(alamat(i), {"tw-1": "3.5", "tw-4": "4"})
    assert jawab.status_code == 302
    assert dict(Target.objects.values_list("triwulan", "nilai")) == {1: Decimal("3.5"), 4: 4}
    assert perencana.post(alamat(i), {"tw-1": "5"}).status_code == 422


def test_a_day_is_chosen_from_a_calendar_or_written(perencana: Client, bidang: Bidang) -> None:
    i = buat(bidang, jenis_nilai="tanggal", rumus="tanggal", polaritas="turun")
    TargetFactory(indikator=i, triwulan=1, nilai=HARI)
    isi = perencana.get(alamat(i)).content.decode()
    assert 'type="date" name="tw-1" value="2026-03-31"' in isi
    kata = {"tw-1": "2026-03-31", "tw-2": "30 Juni 2026"}
    assert perencana.post(alamat(i), kata).status_code == 302
    assert Target.objects.get(triwulan=2).nilai == Decimal(date(2026, 6, 30).toordinal())
    salah = perencana.post(alamat(i), {"tw-1": "lusa"})
    assert salah.status_code == 422
    assert "Isi dengan tanggal" in salah.content.decode()
    assert 'type="text" name="tw-1" value="lusa"' in salah.content.decode()


def test_words_of_before_it_became_a_day_stay_to_be_read(perencana: Client, bidang: Bidang) -> None:
    i = buat(bidang, jenis_nilai="tanggal", rumus="tanggal", polaritas="turun")
    TargetFactory(indikator=i, triwulan=1, nilai=None, uraian="Sebelum musim hujan")
    isi = perencana.get(alamat(i)).content.decode()
    assert 'type="text" name="tw-1" value="Sebelum musim hujan"' in isi
    tetap = perencana.post(alamat(i), {"tw-1": "Sebelum musim hujan"})
    assert tetap.status_code == 422
    assert Target.objects.get().uraian == "Sebelum musim hujan"


def test_two_planners_compare_days_in_words(perencana: Client, bidang: Bidang) -> None:
    i = buat(bidang, jenis_nilai="tanggal", rumus="tanggal", polaritas="turun")
    versi = compute_versi(list_angka_target(i, 2026))
    TargetFactory(indikator=i, triwulan=1, nilai=HARI)
    jawab = perencana.post(alamat(i), {"tw-1": "2026-04-30", "versi": versi})
    assert jawab.status_code == 409
    assert "31 Maret 2026</td><td>30 April 2026" in jawab.content.decode()


def test_yes_or_no_is_chosen(perencana: Client, bidang: Bidang) -> None:
    ya = buat(bidang, jenis_nilai="ya_tidak")
    assert '<option value="1">Ya</option>' in perencana.get(alamat(ya)).content.decode()


def test_words_are_written_and_taken_away(perencana: Client, bidang: Bidang) -> None:
    kata = buat(bidang, jenis_nilai="kualitatif", rumus="kata")
    versi = compute_versi(list_angka_target(kata, 2026))
    isi = {"tw-1": " Draf\r\n tersusun ", "tw-4": "Ditetapkan", "th-2029": "Diterapkan"}
    assert perencana.post(alamat(kata), isi | {"versi": versi}).status_code == 302
    assert dict(Target.objects.values_list("triwulan", "uraian")) == {
        1: "Draf tersusun", 4: "Ditetapkan"
    }  # fmt: skip
    assert TargetRenstra.objects.get().uraian == "Diterapkan"
    lagi = perencana.get(alamat(kata)).content.decode()
    assert "Draf tersusun</textarea>" in lagi
    assert "batas atas" not in lagi
    bentrok = perencana.post(alamat(kata), {"tw-1": "Lain", "versi": versi})
    assert bentrok.status_code == 409
    assert "Draf tersusun</td><td>Lain" in bentrok.content.decode()
    panjang = perencana.post(alamat(kata), {"tw-1": "x" * 301})
    assert (panjang.status_code, "x" * 301 in panjang.content.decode()) == (422, True)
    assert perencana.post(alamat(kata), {"tw-1": ""}).status_code == 302
    assert not Target.objects.exists()
