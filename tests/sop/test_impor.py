"""Uploads: kept until written or discarded, by whom it may be, once."""

from dataclasses import replace
from datetime import datetime

import pytest

from organisasi.models import Instansi, Pengguna
from sakip.common.errors import AksesDitolak, AlurTidakSah, IsianTidakSah, TransisiDitolak
from sop.models import SOP, UnggahanSOP, VersiSOP
from sop.rules.berkas import BerkasSOP, write_berkas
from sop.rules.berkas.simpan import NomorGanda, make_storable
from sop.rules.graf import Graf
from sop.selectors import read_berkas_sop
from sop.selectors.impor import build_pratinjau, read_isi
from sop.selectors.jejak import list_riwayat
from sop.services.impor import (
    Tujuan,
    discard_unggahan,
    keep_unggahan,
    map_unggahan,
    write_unggahan,
)
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.factories.sop import JABATAN, baca_berkas, create_instansi, simpul
from tests.sop import acak

KODE = {kode: kode for kode in JABATAN["dinkes-mojokerto"]}


@pytest.fixture
def instansi() -> Instansi:
    """The office of the Dinkes file."""
    return create_instansi()


@pytest.fixture
def pengelola(instansi: Instansi) -> Pengguna:
    """Who configures the office."""
    jabatan = JabatanFactory.create(instansi=instansi, tingkat="pengelola")
    return PenugasanFactory.create(jabatan=jabatan).pengguna


def _keep(instansi: Instansi, aktor: Pengguna, now: datetime, teks: str = "") -> UnggahanSOP:
    isi = (teks or write_berkas(baca_berkas("dinkes-mojokerto"))).encode()
    return keep_unggahan(isi=isi, nama="a.yaml", instansi=instansi, aktor=aktor, now=now)


@pytest.mark.django_db
def test_only_who_drafts_may_keep_map_write_or_discard(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    orang = PenggunaFactory.create()
    with pytest.raises(AksesDitolak):
        _keep(instansi, orang, now)
    pk = _keep(instansi, pengelola, now).pk
    with pytest.raises(AksesDitolak):
        map_unggahan(unggahan_id=pk, peta={}, aktor=orang, now=now)
    with pytest.raises(AksesDitolak):
        write_unggahan(unggahan_id=pk, tujuan=Tujuan("a", "A"), aktor=orang, now=now)
    with pytest.raises(AksesDitolak):
        discard_unggahan(unggahan_id=pk, aktor=orang, now=now)
    assert UnggahanSOP.objects.count() == 1


@pytest.mark.django_db
def test_an_upload_is_written_once(instansi: Instansi, pengelola: Pengguna, now: datetime) -> None:
    pk = _keep(instansi, pengelola, now).pk
    versi = write_unggahan(unggahan_id=pk, tujuan=Tujuan("a", "A"), aktor=pengelola, now=now)
    assert [p.kata for p in list_riwayat(versi)] == ["Diisi dari berkas a.yaml", "Konsep dibuat"]
    with pytest.raises(TransisiDitolak, match="sudah disimpan atau dibuang"):
        write_unggahan(unggahan_id=pk, tujuan=Tujuan("a", "A"), aktor=pengelola, now=now)
    with pytest.raises(TransisiDitolak):
        discard_unggahan(unggahan_id=pk, aktor=pengelola, now=now)
    assert VersiSOP.objects.count() == 1


@pytest.mark.django_db
def test_a_text_that_no_table_holds_is_refused_and_the_upload_stays(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    sop = baca_berkas("dinkes-mojokerto")
    teks = write_berkas(replace(sop, identitas=replace(sop.identitas, nomor_sop="9" * 121)))
    pk = _keep(instansi, pengelola, now, teks).pk
    with pytest.raises(AlurTidakSah) as galat:
        write_unggahan(unggahan_id=pk, tujuan=Tujuan("a", "A"), aktor=pengelola, now=now)
    assert galat.value.masalah[0].startswith("nomor_sop: ")
    with pytest.raises(AlurTidakSah) as galat:
        write_unggahan(unggahan_id=pk, tujuan=Tujuan("dua kata", "A"), aktor=pengelola, now=now)
    assert galat.value.masalah[0].startswith("kode: ")
    assert not SOP.objects.exists()
    assert UnggahanSOP.objects.exists()


@pytest.mark.django_db
def test_a_data_file_with_faults_becomes_a_konsep_with_doubts(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    asal = write_berkas(baca_berkas("dinkes-mojokerto"))
    teks = (
        asal.replace("tidak: 6", "tidak: 99")
        .replace("tindakan: rapat", "tindakan: menari")
        .replace("waktu: 14 jam", "waktu: segera")
        .replace("jabatan: staf", "jabatan: Juru Ketik")
    )
    assert teks.count("Juru Ketik") == 1
    unggahan = _keep(instansi, pengelola, now, teks)
    halaman = build_pratinjau(unggahan)
    assert [(p.sebutan, p.kode) for p in halaman.padanan] == [("Juru Ketik", "")]
    assert halaman.padanan[0].tempat.startswith("baris ")
    assert halaman.belum == 5 - 1
    assert halaman.sop_lama is None
    map_unggahan(unggahan_id=unggahan.pk, peta={"Juru Ketik": "staf"}, aktor=pengelola, now=now)
    versi = write_unggahan(
        unggahan_id=unggahan.pk, tujuan=Tujuan("a", "A"), aktor=pengelola, now=now
    )
    graf = read_berkas_sop(versi).graf.menurut_nomor
    assert graf[7].ke == {"ya": 8}
    assert "Tertulis langkah 99" in graf[7].catatan_sumber["tidak"]
    assert graf[2].tindakan == "susun"
    assert "tindakan" in graf[2].perlu_konfirmasi
    assert (graf[4].waktu, graf[4].waktu_teks) == (None, "segera")
    assert [p.jabatan_kode for p in graf[5].pelaksana] == ["staf"]


@pytest.mark.django_db
def test_a_post_of_another_office_is_no_choice(
    instansi: Instansi, pengelola: Pengguna, now: datetime
) -> None:
    teks = write_berkas(baca_berkas("dinkes-mojokerto")).replace("jabatan: staf", "jabatan: Camat")
    pk = _keep(instansi, pengelola, now, teks).pk
    JabatanFactory.create(kode="camat")
    unggahan = map_unggahan(unggahan_id=pk, peta={"Camat": "camat"}, aktor=pengelola, now=now)
    assert "Camat" in build_pratinjau(unggahan).hasil.asing


def test_what_no_table_holds_is_taken_out_and_noted() -> None:
    graf = Graf(
        (
            simpul(1, kegiatan=" ", simbol="kotak", periode="windu", waktu_teks="x" * 70),
            simpul(2, simbol="keputusan", ke={"ya": 3, "tidak": None}),
            simpul(3, ke={"lanjut": None}, catatan_sumber={"lanjut": "lama"}),
        )
    )
    asal = replace(baca_berkas("dinkes-mojokerto"), graf=graf)
    satu, dua, tiga = make_storable(asal).graf.langkah
    assert (satu.kegiatan, satu.simbol, satu.periode) == ("(belum diisi)", "proses", "")
    assert len(satu.waktu_teks) == 60
    assert "x" * 70 in satu.catatan_sumber["waktu"]
    assert satu.perlu_konfirmasi == ("simbol", "periode", "kegiatan", "waktu")
    assert dua.ke == {"ya": 3}
    assert "Tertulis selesai" in dua.catatan_sumber["tidak"]
    assert tiga == graf.langkah[2]


def test_a_note_that_was_there_stays_with_the_new_one() -> None:
    langkah = simpul(1, ke={"lanjut": 9}, catatan_sumber={"lanjut": "Naskah buram."})
    asal = replace(baca_berkas("dinkes-mojokerto"), graf=Graf((langkah,)))
    catatan = make_storable(asal).graf.langkah[0].catatan_sumber["lanjut"]
    assert catatan.startswith("Naskah buram. Tertulis langkah 9")


def test_two_steps_of_one_number_are_refused_in_words() -> None:
    sop: BerkasSOP = replace(baca_berkas("dinkes-mojokerto"), graf=Graf((simpul(1), simpul(1))))
    with pytest.raises(NomorGanda, match="Nomor langkah 1 dipakai dua kali"):
        make_storable(sop)
    with pytest.raises(IsianTidakSah, match="dipakai dua kali"):
        read_isi(write_berkas(sop).encode(), "a.yaml", KODE | acak.SEBUTAN)
