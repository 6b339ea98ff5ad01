"""Writing the data file: read back, it is the same SOP, to the letter."""

import pytest
from hypothesis import given, settings

from sop.rules.berkas import BerkasSOP, from_rute, read_berkas, write_berkas
from tests.factories.sop import JABATAN, baca_berkas
from tests.sop import acak


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_reads_back_the_same(nama: str) -> None:
    sop = baca_berkas(nama)
    hasil = read_berkas(write_berkas(sop), {kode: kode for kode in JABATAN[nama]})
    assert hasil.sop == sop
    assert from_rute(sop) == sop


@given(sop=acak.sop_acak())
@settings(max_examples=100, deadline=None)
def test_any_sop_reads_back_the_same_faults_and_all(sop: BerkasSOP) -> None:
    teks = write_berkas(sop)
    assert read_berkas(teks, acak.SEBUTAN).mentah == sop, teks


def test_every_key_is_explained_and_bare_numbers_share_one_unit() -> None:
    teks = write_berkas(baca_berkas("kecamatan-dawarblandong"))
    assert "\nsatuan_waktu: menit\n" in teks
    assert "waktu_nilai" not in teks.replace("# waktu_nilai", "")
    for kunci in ("kode", "satuan_waktu", "identitas", "pelaksana", "langkah"):
        assert f"\n# {kunci}: " in teks


def test_a_time_said_outright_needs_its_unit() -> None:
    asal = write_berkas(baca_berkas("dinkes-mojokerto"))
    jabatan = {kode: kode for kode in JABATAN["dinkes-mojokerto"]}
    rusak = asal.replace("    waktu: 14 jam\n", "    waktu: lama\n    waktu_nilai: 14\n", 1)
    assert "Tambahkan waktu_satuan." in " ".join(map(str, read_berkas(rusak, jabatan).galat))
    bukan = asal.replace("    waktu: 14 jam\n", "    waktu: lama\n    waktu_nilai: banyak\n", 1)
    assert "bukan nomor" in " ".join(map(str, read_berkas(bukan, jabatan).galat))


def test_a_date_said_outright_must_be_one() -> None:
    asal = write_berkas(baca_berkas("dprkp2-mojokerto"))
    jabatan = {kode: kode for kode in JABATAN["dprkp2-mojokerto"]}
    rusak = asal.replace("  disahkan:", "  tanggal_efektif_dibaca: besok\n  disahkan:", 1)
    assert "“besok” bukan tanggal." in str(read_berkas(rusak, jabatan).galat[0])


def test_what_no_database_holds_is_left_out() -> None:
    asal = write_berkas(baca_berkas("dinkes-mojokerto"))
    jabatan = {kode: kode for kode in JABATAN["dinkes-mojokerto"]}
    aneh = asal.replace("    waktu: 14 jam\n", '    waktu: "14\\0 \\ud800jam"\n', 1)
    sop = read_berkas(aneh, jabatan).sop
    assert sop is not None
    assert sop.graf.langkah[3].waktu_teks == "14 jam"
