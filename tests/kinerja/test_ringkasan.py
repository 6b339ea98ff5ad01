"""A kept sum is that of its rows, or it is gone; means of thousands of forms rest on it."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian, FormulirCapaian, RingkasanCapaian
from kinerja.rules.periode import Periode
from kinerja.rules.ringkasan import Ringkasan, join, summarize
from kinerja.selectors.daerah import get_daerah
from kinerja.selectors.persen import list_formulir, sum_formulir
from kinerja.services.formulir import submit_formulir
from kinerja.services.ringkasan import check_ringkasan, keep_ringkasan
from tests.factories.kinerja import CapaianFactory, make_baris
from tests.kinerja.conftest import Bidang

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
TW3 = Periode(2026, 3)
persen = st.one_of(st.none(), st.decimals(0, 10**9, places=30))


def _sql(perintah: str) -> Callable[[Capaian], object]:
    def jalankan(c: Capaian) -> None:
        with connection.cursor() as kursor:
            kursor.execute(perintah.format(c=c.pk))

    return jalankan


def _bulk(c: Capaian) -> None:
    c.realisasi = Decimal(5)
    Capaian.objects.bulk_update([c], ["realisasi"])


def _upsert(c: Capaian) -> None:
    c.realisasi = Decimal(5)
    Capaian.objects.bulk_create(
        [c], update_conflicts=True, unique_fields=["id"], update_fields=["realisasi"]
    )


MENGUBAH: dict[str, Callable[[Capaian], object]] = {
    "update": lambda c: Capaian.objects.filter(pk=c.pk).update(realisasi=1),
    "kosong": lambda c: Capaian.objects.filter(pk=c.pk).update(realisasi=None),
    "target": lambda c: Capaian.objects.filter(pk=c.pk).update(target_nilai=1),
    "rentang": lambda c: Capaian.objects.filter(pk=c.pk).update(target_atas=200),
    "rumus": lambda c: Capaian.objects.filter(pk=c.pk).update(rumus="cermin"),
    "batas": lambda c: Capaian.objects.filter(pk=c.pk).update(batas=50),
    "lantai": lambda c: Capaian.objects.filter(pk=c.pk).update(lantai=99),
    "bulk": _bulk,
    "upsert": _upsert,
    "sql": _sql("UPDATE kinerja_capaian SET realisasi = 3 WHERE id = {c}"),
    "hapus": _sql("DELETE FROM kinerja_capaian WHERE id = {c}"),
    "tambah": lambda c: CapaianFactory(formulir=c.formulir, terisi=True),
}


@pytest.mark.parametrize("nama", [*MENGUBAH], ids=[*MENGUBAH])
def test_a_changed_figure_takes_the_kept_sum_away(bidang: Bidang, nama: str) -> None:
    baris = make_baris(bidang.unit, ("90", "81"), ("90", "45"), diajukan=True)
    lain = make_baris(bidang.unit, ("90", "81"), triwulan=2, diajukan=True)
    keep_ringkasan([baris[0].formulir_id, lain[0].formulir_id])
    MENGUBAH[nama](baris[0])
    assert [r.pk for r in RingkasanCapaian.objects.all()] == [lain[0].formulir_id]
    (f,) = list_formulir([bidang.instansi], [TW3])
    semua = Capaian.objects.filter(formulir=baris[0].formulir)
    assert f.ringkasan == summarize(c.hasil.persen for c in semua)


def test_a_row_that_moves_takes_both_sums_away(bidang: Bidang) -> None:
    satu, dua = (
        make_baris(bidang.unit, ("90", "81"), triwulan=t, diajukan=True)[0] for t in (2, 3)
    )
    keep_ringkasan([satu.formulir_id, dua.formulir_id])
    Capaian.objects.filter(pk=satu.pk).update(formulir=dua.formulir)
    assert not RingkasanCapaian.objects.exists()


def test_what_changes_no_percentage_leaves_the_sum(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "81"), diajukan=True)
    keep_ringkasan([c.formulir_id])
    Capaian.objects.filter(pk=c.pk).update(penjelasan="x", versi=3, periksa="sesuai")
    FormulirCapaian.objects.filter(pk=c.formulir_id).filter(putaran=1)
    assert RingkasanCapaian.objects.get().nilai == Ringkasan(Decimal(90), 1, 0)


def test_handing_in_keeps_the_sum_of_the_rows(bidang: Bidang, now: datetime) -> None:
    baris = make_baris(bidang.unit, ("90", "88.2"), ("0", "5"))
    Capaian.objects.filter(formulir=baris[0].formulir).update(penjelasan="Ada sebabnya.")
    submit_formulir(
        formulir_id=baris[0].formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )
    assert RingkasanCapaian.objects.get().nilai == Ringkasan(Decimal(98), 1, 1)


def test_means_are_the_same_with_kept_sums_and_without(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    nilai = [("90", "81"), ("3", "1"), ("7", "3"), ("0", "5"), ("90", None)]
    for triwulan in (1, 2, 3):
        make_baris(bidang.unit, *nilai, triwulan=triwulan, diverifikasi=True)
    tanpa = get_daerah(bidang.instansi.pemerintah, TW3)
    hasil = check_ringkasan()
    assert (hasil.diperiksa, hasil.ditulis, hasil.beda) == (3, 3, [])
    with django_assert_num_queries(3):
        dengan = get_daerah(bidang.instansi.pemerintah, TW3)
    assert dengan == tanpa


def test_a_form_without_rows_has_an_empty_sum(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "81"), diajukan=True)
    Capaian.objects.all().delete()
    keep_ringkasan([c.formulir_id])
    assert RingkasanCapaian.objects.get().nilai == Ringkasan()
    assert Ringkasan().persen is None


def test_the_check_names_and_mends_a_wrong_sum(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "81"), diajukan=True)
    make_baris(bidang.unit, ("90", "81"), triwulan=2)
    keluar = io.StringIO()
    call_command("periksa_ringkasan", stdout=keluar)
    assert keluar.getvalue() == "1 formulir diperiksa, 1 ringkasan ditulis, 0 berbeda.\n"
    RingkasanCapaian.objects.update(jumlah="91")
    with pytest.raises(CommandError, match=f"berbeda dari barisnya: {c.formulir_id}"):
        call_command("periksa_ringkasan", stdout=keluar)
    call_command("periksa_ringkasan", stdout=keluar)
    assert keluar.getvalue().endswith("1 formulir diperiksa, 0 ringkasan ditulis, 0 berbeda.\n")
    assert sum_formulir([c.formulir_id])[c.formulir_id] == RingkasanCapaian.objects.get().nilai


@given(st.lists(persen, max_size=8), st.lists(persen, max_size=8))
def test_sums_lose_nothing_whatever_the_order(
    satu: list[Decimal | None], dua: list[Decimal | None]
) -> None:
    utuh = summarize([*satu, *dua])
    assert join([summarize(dua), summarize(satu)]) == utuh
    assert utuh == summarize([*dua, *satu][::-1])
    tersimpan = RingkasanCapaian(
        jumlah=str(utuh.jumlah), banyak=utuh.banyak, tak_terhitung=utuh.tak_terhitung
    )
    assert tersimpan.nilai == utuh
    assert utuh.semua == len(satu) + len(dua)
