"""An office changes the template of its documents: pages, refusals, and what a new draft gets."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from laporan.models import BabNaskah, BagianKerangka
from laporan.rules.kerangka import Bagian
from laporan.selectors.cetak import build_cetak
from laporan.selectors.kerangka import list_bagian, list_baku
from laporan.services.dokumen import render_laporan
from laporan.services.kerangka import (
    Pengubah,
    create_bagian,
    remove_bagian,
    reset_kerangka,
    save_bagian,
    shift_bagian,
)
from laporan.services.naskah import hand_over_naskah
from organisasi.models import Jabatan, Jejak, Pengguna
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = pytest.mark.django_db
LAPORAN = "laporan_kinerja"
TW = ("triwulan",)
ISIAN = Bagian("kata-pengantar", "Prakata", "Petunjuk kita.", "<p>Halo</p>", untuk=TW, wajib=TW)


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
    save_bagian(bagian=ISIAN, pengubah=ubah)
    assert BabNaskah.objects.filter(draf=lama, judul="Kata Pengantar").exists()
    baru = list_bagian(ubah.instansi_id, LAPORAN)
    assert ISIAN in baru
    assert len(baru) == len(list_baku(LAPORAN))
    assert Jejak.objects.filter(aksi="laporan.kerangka.save").exists()
    reset_kerangka(pengubah=ubah)
    assert list_bagian(ubah.instansi_id, LAPORAN) == list_baku(LAPORAN)


def test_parts_change_places(kantor: Kantor, now: datetime) -> None:
    ubah = pengubah(kantor, now)
    shift_bagian(kode="kata-pengantar", turun=True, pengubah=ubah)
    kode = [b.kode for b in list_bagian(ubah.instansi_id, LAPORAN)]
    assert kode[2:4] == ["pernyataan-reviu", "kata-pengantar"]
    with pytest.raises(TransisiDitolak, match="tidak ada lagi"):
        shift_bagian(kode="hantu", turun=True, pengubah=ubah)


@pytest.mark.parametrize(
    ("bagian", "kata"),
    [
        (Bagian("penutup", " "), "Isi judul"),
        (Bagian("penutup", "A", untuk=TW, wajib=("tahunan",)), "memakainya"),
    ],
)
def test_what_makes_no_sense_is_refused(
    kantor: Kantor, now: datetime, bagian: Bagian, kata: str
) -> None:
    with pytest.raises(IsianTidakSah, match=kata):
        save_bagian(bagian=bagian, pengubah=pengubah(kantor, now))


def test_an_office_adds_parts_of_its_own_and_takes_them_out(kantor: Kantor, now: datetime) -> None:
    ubah = pengubah(kantor, now)
    baru = Bagian("", "Inovasi", tingkat=2, blok=("teks", "bukti"), isi="<p>a</p><script></script>")
    kode = create_bagian(bagian=baru, setelah="penutup", pengubah=ubah)
    assert create_bagian(bagian=baru, setelah=kode, pengubah=ubah) == "inovasi-2"
    draf = kantor.start(now)
    bab = BabNaskah.objects.get(draf=draf, kode=kode)
    assert (bab.judul, bab.blok, bab.acuan) == ("4.1 Inovasi", ["teks", "bukti"], 0)
    assert "script" not in bab.isi
    remove_bagian(kode="penutup", pengubah=ubah)
    ada = {b.kode for b in list_bagian(ubah.instansi_id, LAPORAN)}
    assert not ada & {"penutup", "inovasi", "inovasi-2"}
    assert Jejak.objects.filter(aksi__in=("laporan.kerangka.add", "laporan.kerangka.remove"))
    with pytest.raises(IsianTidakSah, match="disusun aplikasi"):
        remove_bagian(kode="sampul", pengubah=ubah)


def test_sheets_follow_the_template_of_their_office(kantor: Kantor, now: datetime) -> None:
    ubah = pengubah(kantor, now)
    sampul = next(b for b in list_baku(LAPORAN) if b.kode == "sampul")
    save_bagian(bagian=replace(sampul, is_aktif=False), pengubah=ubah)
    for _kali in range(9):
        shift_bagian(kode="daftar-isi", turun=True, pengubah=ubah)
    versi = hand_over_naskah(kantor.start(now), oleh=ubah.aktor, now=now)
    html = render_laporan(build_cetak(versi, pada=now))
    assert 'class="sampul"' not in html
    assert html.index('id="akuntabilitas-kinerja"') < html.index('id="daftar-isi"')


def test_a_document_keeps_at_least_one_part(kantor: Kantor, now: datetime) -> None:
    ubah = replace(pengubah(kantor, now), dokumen="rencana_aksi")
    save_bagian(bagian=Bagian("pengantar", "A", is_aktif=False), pengubah=ubah)
    with pytest.raises(IsianTidakSah, match="Paling sedikit satu"):
        save_bagian(bagian=Bagian("rencana-aksi", "A", is_aktif=False), pengubah=ubah)


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
    isi = {"judul": "Prakata", "tingkat": "1", "is_aktif": "on", "untuk": ["tahunan"]}
    isi |= {"blok_renstra": "sebelum", "blok_iku": "sesudah"}
    assert client.post(alamat, isi).status_code == 302
    satu = BagianKerangka.objects.get(kode="kata-pengantar")
    assert (satu.judul, satu.blok) == ("Prakata", ["renstra", "teks", "iku"])
    lembar = client.get(f"/kerangka/{LAPORAN}/daftar-isi/").content.decode()
    assert "disusun aplikasi" in lembar
    assert "Teks awal" not in lembar
    tambah = f"/kerangka/{LAPORAN}/tambah/?setelah=kata-pengantar"
    assert "Setelah Prakata" in client.get(tambah).content.decode()
    assert client.get(f"/kerangka/{LAPORAN}/tambah/").status_code == 404
    sambutan = isi | {"judul": "Sambutan"}
    assert client.post(tambah, sambutan | {"tingkat": "4"}).status_code == 422
    assert client.post(tambah, sambutan).headers["Location"].endswith("#sambutan")
    salah = client.post(alamat, isi | {"wajib": ["triwulan"]})
    assert salah.status_code == 422
    assert "memakainya" in salah.content.decode()
    ubah = f"/kerangka/{LAPORAN}/ubah/"
    assert client.post(ubah, {"kode": "kata-pengantar", "aksi": "turun"}).status_code == 302
    assert client.post(ubah, {"kode": "sambutan", "aksi": "hapus"}).status_code == 302
    assert not BagianKerangka.objects.filter(kode="sambutan").exists()
    assert client.post(ubah, {"aksi": "baku"}).status_code == 302
    assert not BagianKerangka.objects.exists()


def test_others_of_the_office_are_refused(client: Client, kantor: Kantor) -> None:
    client.force_login(pejabat(kantor, "perencana"))
    assert client.get("/kerangka/").status_code == 403
