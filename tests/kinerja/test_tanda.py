"""Verdicts on single rows: conflicts, reasons to choose from, the rest at once, own work."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.capaian import Rumus, Setelan, reckon_capaian
from kinerja.rules.kelengkapan import UraianBaris
from kinerja.rules.pemeriksaan import (
    SEBAB,
    Tanda,
    TandaBaris,
    compose_catatan,
    explain_sendiri,
    read_tanda,
    split_catatan,
)
from kinerja.selectors import list_pemeriksaan
from kinerja.selectors.pemeriksaan import list_tanpa_putusan, sum_pemeriksaan
from kinerja.services.pemeriksaan import verify_banyak
from kinerja.services.tanda import Pemeriksa, accept_sisanya, save_pemeriksaan
from organisasi.models import Jejak
from sakip.common.errors import AksesDitolak, TransisiDitolak
from tests.factories.kinerja import BuktiFactory, CapaianFactory, make_baris
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.kinerja.conftest import Bidang

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]


@pytest.fixture
def pemeriksa(bidang: Bidang, now: datetime) -> Pemeriksa:
    """The perencana at work."""
    return Pemeriksa(bidang.perencana.pengguna, bidang.perencana, now)


@pytest.fixture
def baris(bidang: Bidang) -> list[Capaian]:
    """Handed in: fine, low without a word, empty, unbelievable."""
    nilai = ("90", "88"), ("90", "45"), ("90", None), ("90", "900")
    return make_baris(bidang.unit, *nilai, diajukan=True)


@given(sebab=st.sets(st.sampled_from(SEBAB)), kata=st.text(max_size=40))
def test_reasons_and_words_survive_being_one_note(sebab: set[str], kata: str) -> None:
    catatan = compose_catatan(sebab, kata)
    pilihan, sisa = split_catatan(catatan)
    assert compose_catatan(pilihan, sisa) == catatan
    if sebab:
        assert set(pilihan) == sebab


def test_a_reason_from_the_list_is_reason_enough_and_an_unknown_one_is_none() -> None:
    dipilih = read_tanda("perbaiki", "", sebab=[SEBAB[1], SEBAB[0]])
    assert dipilih.catatan == f"{SEBAB[0]}; {SEBAB[1]}."
    assert read_tanda("perbaiki", "", sebab=["Karangan"]).catatan == ""
    assert split_catatan("Cocokkan.") == ([], "Cocokkan.")
    assert split_catatan(f"{SEBAB[0]}.\nHalaman 2.") == ([SEBAB[0]], "Halaman 2.")


def test_only_what_is_computed_and_complete_goes_along_with_others() -> None:
    kata = reckon_capaian(None, None, Setelan(Rumus.KATA))
    assert "kata" in explain_sendiri(kata, UraianBaris()).lower()
    assert explain_sendiri(kata, UraianBaris("Terlaksana.")) == kata.alasan


def test_a_row_judged_meanwhile_is_not_overwritten_until_seen(
    baris: list[Capaian], pemeriksa: Pemeriksa, bidang: Bidang, now: datetime
) -> None:
    a, *_ = baris
    lain = PenugasanFactory(jabatan=JabatanFactory(instansi=bidang.instansi))
    kedua = Pemeriksa(lain.pengguna, lain, now)
    perbaiki = TandaBaris(Tanda.PERBAIKI, "Cocokkan.", 0)
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda={a.pk: perbaiki}, pemeriksa=kedua)
    tanda = {a.pk: TandaBaris(Tanda.SESUAI, "", 0)}
    hasil = save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    assert (hasil.tersimpan, list(hasil.galat)) == (0, [a.pk])
    kalimat = hasil.galat[a.pk]["catatan"]
    assert f"ditandai perlu perbaikan oleh {lain.pengguna.nama}: “Cocokkan”" in kalimat
    bentrok = hasil.ditolak[a.pk]
    assert isinstance(bentrok, TransisiDitolak)
    assert bentrok.kini == {
        "siapa": lain.pengguna.nama,
        "periksa": "perbaiki",
        "sebab": [],
        "catatan": "Cocokkan.",
        "penilaian": "",
    }
    a.refresh_from_db()
    assert (a.periksa, bentrok.versi) == ("perbaiki", a.versi)
    tanda = {a.pk: TandaBaris(Tanda.SESUAI, "", bentrok.versi)}
    hasil = save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    a.refresh_from_db()
    assert (hasil.tersimpan, a.periksa) == (1, "sesuai")


def test_a_row_copied_with_a_verdict_of_nobody_known_says_so(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    a, *_ = baris
    Capaian.objects.filter(pk=a.pk).update(periksa="sesuai", versi=3)
    tanda = {a.pk: TandaBaris(Tanda.PERBAIKI, "Ganjil.", 1)}
    hasil = save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    assert "ditandai sesuai oleh orang lain. Tanda Anda" in hasil.galat[a.pk]["catatan"]


def test_the_same_verdict_from_two_windows_is_no_conflict(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    a, *_ = baris
    tanda = {a.pk: TandaBaris(Tanda.SESUAI, "", 0)}
    save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    hasil = save_pemeriksaan(formulir_ids=[a.formulir_id], tanda=tanda, pemeriksa=pemeriksa)
    assert (hasil.tersimpan, hasil.galat) == (0, {})


def test_the_rest_is_right_only_where_seen_computed_and_complete(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    baik, rendah, kosong, ganjil = baris
    belum_dilihat = CapaianFactory(formulir=baik.formulir, terisi=True)
    dilihat = {c.pk: c.versi for c in baris}
    banyak, sendiri = accept_sisanya(
        formulir_id=baik.formulir_id, dilihat=dilihat, pemeriksa=pemeriksa
    )
    assert banyak == 1
    assert dict(sendiri) == {
        rendah.indikator.nama: "Capaian di bawah 76%, penjelasan wajib diisi.",
        kosong.indikator.nama: "Isi realisasi, atau jelaskan mengapa belum ada.",
        ganjil.indikator.nama: "Capaian di atas 150%. Periksa kembali angkanya.",
        belum_dilihat.indikator.nama: "Baris ini belum Anda lihat.",
    }
    assert list(Capaian.objects.filter(periksa="sesuai")) == [baik]
    jejak = Jejak.objects.get()
    assert (jejak.aksi, jejak.data["banyak"]) == ("kinerja.capaian.sisanya", 1)
    assert jejak.data["tanda"] == [
        {
            "capaian": baik.pk,
            "indikator": baik.indikator_id,
            "kode": baik.indikator.kode,
            "tanda": "sesuai",
            "catatan": "",
        }
    ]
    jumlah = sum_pemeriksaan([baik.formulir_id])
    assert jumlah == {baik.formulir_id: {"sesuai": 1, "perbaiki": 0, "belum": 4}}


def test_a_row_changed_since_it_was_shown_was_not_seen(
    baris: list[Capaian], pemeriksa: Pemeriksa
) -> None:
    a, *_ = baris
    hasil = accept_sisanya(
        formulir_id=a.formulir_id, dilihat={a.pk: a.versi + 1}, pemeriksa=pemeriksa
    )
    assert hasil[0] == 0


def test_rows_to_be_judged_by_themselves_are_named_in_four_queries(
    baris: list[Capaian], bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        belum = list_tanpa_putusan([baris[0].formulir_id], bidang.instansi.pk)
    assert {t.pk for t in belum if t.sendiri} == {c.pk for c in baris[1:]}
    assert {t.pk for t in belum} == {c.pk for c in baris}


@pytest.mark.parametrize("tangan", ["mengirim", "mengisi", "melampirkan"])
def test_nobody_judges_figures_he_had_a_hand_in_whatever_posts_he_holds(
    tangan: str, baris: list[Capaian], bidang: Bidang, pemeriksa: Pemeriksa
) -> None:
    a, formulir_id, orang = baris[0], baris[0].formulir_id, bidang.perencana.pengguna
    PenugasanFactory(pengguna=orang, jabatan=bidang.pengisi.jabatan, unit=bidang.unit)
    if tangan == "mengirim":
        FormulirCapaian.objects.filter(pk=formulir_id).update(diajukan_oleh=orang)
    elif tangan == "mengisi":
        Capaian.objects.filter(pk=a.pk).update(diisi_oleh=orang)
    else:
        BuktiFactory(capaian=a, diunggah_oleh=orang)
    with pytest.raises(AksesDitolak, match="mengisi atau mengajukan"):
        verify_banyak(formulir_ids=[formulir_id], pemeriksa=pemeriksa)
    with pytest.raises(AksesDitolak, match="harus orang lain"):
        accept_sisanya(formulir_id=formulir_id, dilihat={a.pk: 0}, pemeriksa=pemeriksa)
    (unit,) = list_pemeriksaan([FormulirCapaian.objects.get(pk=formulir_id)], aktor_id=orang.pk)
    assert (unit.bisa, unit.sendiri) == (False, True)


def test_rows_right_since_the_last_round_stand_apart(bidang: Bidang) -> None:
    lama = make_baris(bidang.unit, ("90", "88"), ("90", "45"), dikembalikan=True)
    baru = make_baris(bidang.unit, diajukan=True, putaran=2)
    assert baru == []
    formulir = FormulirCapaian.objects.get(putaran=2)
    for c in lama:
        CapaianFactory(formulir=formulir, indikator=c.indikator, realisasi=c.realisasi)
    sesuai = lama[0].indikator_id
    Capaian.objects.filter(indikator=sesuai).update(periksa="sesuai")
    (unit,) = list_pemeriksaan([formulir], aktor_id=None)
    assert [len(unit.terbuka), len(unit.tetap)] == [1, 1]
