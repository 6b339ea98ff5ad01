"""What the tables themselves refuse, and how rows name themselves."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.kinerja import (
    BuktiFactory,
    CapaianFactory,
    FormulirFactory,
    IndikatorFactory,
    TargetFactory,
    TujuanFactory,
)
from tests.kinerja.conftest import Bidang

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]


@pytest.mark.parametrize(
    "buat",
    [
        lambda: IndikatorFactory(polaritas="naik", rumus="cermin"),
        lambda: IndikatorFactory(polaritas="turun", rumus="per_target"),
        lambda: IndikatorFactory(batas=Decimal(99)),
        lambda: IndikatorFactory(jenis_nilai="lain"),
        lambda: IndikatorFactory(desimal=7),
        lambda: TujuanFactory(tahun_awal=2030),
        lambda: TargetFactory(triwulan=5),
        lambda: FormulirFactory(triwulan=0),
        lambda: FormulirFactory(putaran=0),
        lambda: FormulirFactory(status="lain"),
        lambda: FormulirFactory(status="diajukan"),
        lambda: CapaianFactory(rumus="lain"),
        lambda: BuktiFactory(ukuran=0),
    ],
)
def test_tables_refuse_what_makes_no_sense(buat: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        buat()


def test_tables_refuse_the_same_twice(bidang: Bidang) -> None:
    target = TargetFactory(indikator__unit=bidang.unit)
    formulir = FormulirFactory(unit=bidang.unit)
    capaian = CapaianFactory(formulir=formulir, indikator=target.indikator)
    bukti = BuktiFactory(capaian=capaian)
    for ulang in (
        lambda: TargetFactory(indikator=target.indikator),
        lambda: IndikatorFactory(sasaran=target.indikator.sasaran, kode=target.indikator.kode),
        lambda: CapaianFactory(formulir=formulir, indikator=target.indikator),
        lambda: BuktiFactory(capaian=capaian, sha256=bukti.sha256),
        lambda: FormulirFactory(unit=bidang.unit, diajukan=True),
        lambda: FormulirFactory(unit=bidang.unit, putaran=2),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ulang()


def test_rows_name_themselves(bidang: Bidang) -> None:
    c = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit))
    target = TargetFactory(indikator__kode="2.3")
    assert str(c.formulir) == "Capaian Triwulan III Tahun 2026, Bidang P2P"
    assert str(c).startswith("Capaian indikator")
    assert str(target) == "2.3 TW 3 2026"
    assert str(target.indikator).startswith("2.3 ")
    assert str(target.indikator.sasaran).endswith("Menurunnya angka kesakitan")
    assert str(target.indikator.sasaran.tujuan).endswith("derajat kesehatan")
    assert str(BuktiFactory(capaian=c)) == "Laporan TW III.pdf"
