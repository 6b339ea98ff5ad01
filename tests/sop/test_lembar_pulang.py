"""An SOP to a workbook and back: nothing is lost, nothing is added."""

import pytest
from hypothesis import given, settings

from sakip.common.lembar import Buku, read_buku
from sakip.common.lembar_tulis import new_buku, to_bytes
from sop.rules.berkas import BerkasSOP
from sop.rules.lembar import read_lembar
from sop.selectors.lembar import write_penanda, write_sop
from tests.factories.sop import JABATAN, baca_berkas
from tests.sop import acak


def ke_buku(sop: BerkasSOP) -> Buku:
    buku = new_buku(judul="Uji")
    write_sop(buku, sop)
    write_penanda(buku, {})
    return read_buku(to_bytes(buku))


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_comes_back_the_same(nama: str) -> None:
    sop = baca_berkas(nama)
    hasil = read_lembar(ke_buku(sop), {kode: kode for kode in JABATAN[nama]})
    assert hasil.temuan == ()
    assert hasil.dibaca == ()
    assert hasil.asing == {}
    assert hasil.sop.identitas == sop.identitas
    assert hasil.sop == sop


@given(sop=acak.sop_acak())
@settings(max_examples=20, deadline=None)
def test_any_sop_comes_back_the_same_faults_and_all(sop: BerkasSOP) -> None:
    hasil = read_lembar(ke_buku(sop), acak.SEBUTAN)
    assert hasil.sop.identitas == sop.identitas
    assert hasil.sop == sop
    assert hasil.temuan == ()
