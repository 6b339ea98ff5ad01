"""An office sets its own category scale and limits."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from kinerja.models import PengaturanKinerja, SkalaKategori
from kinerja.rules.kategori import PENGATURAN_BAKU
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.services.pengaturan import Jenjang, PengaturanBaru, save_pengaturan
from organisasi.models import Jejak
from sakip.common.errors import AksesDitolak
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
ALAMAT = "/capaian/kategori/"
BATAS = {"batas_penjelasan": "80", "batas_periksa": "130"}
DUA = {
    "label-1": "Baik",
    "batas-1": "80,5",
    "warna-1": "daun",
    "label-2": "Kurang",
    "batas-2": "",
    "warna-2": "bata",
}


@pytest.fixture
def perencana(client: Client, bidang: Bidang) -> Client:
    """The Perencana at the browser."""
    client.force_login(bidang.perencana.pengguna)
    return client


def test_page_opens_with_the_scale_of_the_regulation(perencana: Client) -> None:
    isi = perencana.get(ALAMAT).content.decode()
    assert "Sangat Tinggi" in isi
    assert 'value="76"' in isi


def test_scale_and_limits_are_kept_with_a_trail(perencana: Client, bidang: Bidang) -> None:
    assert perencana.post(ALAMAT, {**BATAS, **DUA}).status_code == 302
    pengaturan = get_pengaturan(bidang.instansi.pk)
    assert [(k.batas, k.label) for k in pengaturan.skala] == [
        (Decimal("80.5"), "Baik"),
        (None, "Kurang"),
    ]
    assert (pengaturan.batas_penjelasan, pengaturan.batas_periksa) == (80, 130)
    assert Jejak.objects.get(aksi="kinerja.pengaturan.save").data["skala"][0][0] == "Baik"


def test_without_any_band_the_regulation_holds_again(perencana: Client, bidang: Bidang) -> None:
    perencana.post(ALAMAT, {**BATAS, **DUA})
    assert perencana.post(ALAMAT, BATAS).status_code == 302
    assert get_pengaturan(bidang.instansi.pk).skala == PENGATURAN_BAKU.skala
    assert PengaturanKinerja.objects.count() == 1


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"label-2": "", "warna-2": ""}, "paling sedikit dua"),
        ({"batas-2": "80,5"}, "persentase yang sama"),
        ({"batas_penjelasan": "120"}, "paling tinggi 100%"),
        ({"batas_periksa": "90"}, "paling rendah 100%"),
        ({"warna-1": ""}, "Pilih warna"),
        ({"label-1": ""}, "Isi sebutan"),
        ({"batas-1": "delapan"}, "Isi dengan angka"),
    ],
    ids=["satu", "kembar", "tinggi", "rendah", "warna", "sebutan", "angka"],
)
def test_what_makes_no_sense_is_refused_and_stays_on_the_page(
    perencana: Client, ubah: dict[str, str], kata: str
) -> None:
    jawab = perencana.post(ALAMAT, {**BATAS, **DUA, **ubah})
    assert jawab.status_code == 422
    assert kata in jawab.content.decode()
    assert not SkalaKategori.objects.exists()


def test_only_who_plans_may_do_it(client: Client, bidang: Bidang, now: datetime) -> None:
    client.force_login(bidang.kolega.pengguna)
    assert client.get(ALAMAT).status_code == 403
    baru = PengaturanBaru([Jenjang("A", Decimal(1), "daun")], Decimal(1), Decimal(100))
    with pytest.raises(AksesDitolak):
        save_pengaturan(
            instansi_id=bidang.instansi.pk, baru=baru, aktor=bidang.kolega.pengguna, now=now
        )
