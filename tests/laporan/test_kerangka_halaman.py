"""An office changes the template of its documents: pages, refusals, and what a new draft gets."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from laporan.models import BabNaskah, BagianKerangka
from laporan.selectors.kerangka import list_bagian, list_baku
from laporan.services.kerangka import (
    IsianBagian,
    Pengubah,
    reset_kerangka,
    save_bagian,
    shift_bagian,
)
from organisasi.models import Jabatan, Jejak, Pengguna
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = pytest.mark.django_db
LAPORAN = "laporan_kinerja"
ISIAN = IsianBagian(
    "Prakata", "Petunjuk kita.", "<p>Halo</p>", ["triwulan"], ["triwulan"], is_aktif=True
)


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office that still uses the template of the product."""
    return make_kantor(DINKES, now)


def pejabat(kantor: Kantor, tingkat: str) -> Pengguna:
    """Who holds a post of that level."""
    return kantor.orang[Jabatan.objects.filter(instansi=kantor.instansi, tingkat=tingkat)[0].pk]


def pengubah(kantor: Kantor, now: datetime, tingkat: str = "kepala") -> Pengubah:
    """Somebody of that office at work on the template of its reports."""
    return Pengubah(kantor.instansi.pk, LAPORAN, pejabat(kantor, tingkat), now)


def test_a_change_reaches_new_drafts_and_no_running_one(kantor: Kantor, now: datetime) -> None:
    lama = kantor.start(now)
    ubah = pengubah(kantor, now)
    save_bagian(kode="kata-pengantar", isian=ISIAN, pengubah=ubah)
    assert BabNaskah.objects.filter(draf=lama, judul="Kata Pengantar").exists()
    baru = list_bagian(ubah.instansi_id, LAPORAN)
    assert (baru[0].judul, baru[0].untuk, baru[0].wajib) == (
        "Prakata",
        ("triwulan",),
        ("triwulan",),
    )
    assert len(baru) == len(list_baku(LAPORAN))
    assert Jejak.objects.filter(aksi="laporan.kerangka.save").exists()
    reset_kerangka(pengubah=ubah)
    assert list_bagian(ubah.instansi_id, LAPORAN) == list_baku(LAPORAN)


def test_parts_change_places(kantor: Kantor, now: datetime) -> None:
    ubah = pengubah(kantor, now)
    shift_bagian(kode="kata-pengantar", turun=True, pengubah=ubah)
    assert [b.kode for b in list_bagian(ubah.instansi_id, LAPORAN)][:2] == [
        "ikhtisar-eksekutif",
        "kata-pengantar",
    ]
    with pytest.raises(TransisiDitolak, match="tidak ada lagi"):
        shift_bagian(kode="hantu", turun=True, pengubah=ubah)


@pytest.mark.parametrize(
    ("isian", "kata"),
    [
        (IsianBagian(" ", "", "", [], [], is_aktif=True), "Isi judul"),
        (IsianBagian("A", "", "", ["triwulan"], ["tahunan"], is_aktif=True), "memakainya"),
    ],
)
def test_what_makes_no_sense_is_refused(
    kantor: Kantor, now: datetime, isian: IsianBagian, kata: str
) -> None:
    with pytest.raises(IsianTidakSah, match=kata):
        save_bagian(kode="penutup", isian=isian, pengubah=pengubah(kantor, now))


def test_a_document_keeps_at_least_one_part(kantor: Kantor, now: datetime) -> None:
    ubah = replace(pengubah(kantor, now), dokumen="rencana_aksi")
    mati = IsianBagian("A", "", "", [], [], is_aktif=False)
    save_bagian(kode="pengantar", isian=mati, pengubah=ubah)
    with pytest.raises(IsianTidakSah, match="Paling sedikit satu"):
        save_bagian(kode="rencana-aksi", isian=mati, pengubah=ubah)


def test_only_who_configures_the_office_may(kantor: Kantor, now: datetime) -> None:
    with pytest.raises(AksesDitolak, match="kerangka dokumen"):
        reset_kerangka(pengubah=pengubah(kantor, now, "perencana"))


def test_pages_of_the_template(client: Client, kantor: Kantor) -> None:
    client.force_login(pejabat(kantor, "kepala"))
    assert b"Kata Pengantar" in client.get("/kerangka/").content
    assert client.get("/kerangka/puisi/").status_code == 404
    alamat = f"/kerangka/{LAPORAN}/kata-pengantar/"
    assert b"Ada pada laporan" in client.get(alamat).content
    assert client.get(f"/kerangka/{LAPORAN}/hantu/").status_code == 404
    isi = {"judul": "Prakata", "is_aktif": "on", "untuk": ["tahunan"], "petunjuk": "", "isi": ""}
    assert client.post(alamat, isi).status_code == 302
    assert BagianKerangka.objects.get(kode="kata-pengantar").judul == "Prakata"
    salah = client.post(alamat, isi | {"wajib": ["triwulan"]})
    assert salah.status_code == 422
    assert "memakainya" in salah.content.decode()
    ubah = f"/kerangka/{LAPORAN}/ubah/"
    assert client.post(ubah, {"kode": "kata-pengantar", "aksi": "turun"}).status_code == 302
    assert client.post(ubah, {"aksi": "baku"}).status_code == 302
    assert not BagianKerangka.objects.exists()


def test_others_of_the_office_are_refused(client: Client, kantor: Kantor) -> None:
    client.force_login(pejabat(kantor, "perencana"))
    assert client.get("/kerangka/").status_code == 403
