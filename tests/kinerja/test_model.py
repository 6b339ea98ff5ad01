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


TANPA_ARTI: dict[str, Callable[[], object]] = {
    "falling formula for a rising indikator": lambda: IndikatorFactory(
        polaritas="naik", rumus="cermin"
    ),
    "rising formula for a falling indikator": lambda: IndikatorFactory(
        polaritas="turun", rumus="per_target"
    ),
    "cap below the target": lambda: IndikatorFactory(batas=Decimal(99)),
    "unknown kind of value": lambda: IndikatorFactory(jenis_nilai="lain"),
    "more decimals than stored": lambda: IndikatorFactory(desimal=7),
    "plan that ends before it begins": lambda: TujuanFactory(tahun_awal=2030),
    "fifth triwulan": lambda: TargetFactory(triwulan=5),
    "triwulan zero": lambda: FormulirFactory(triwulan=0),
    "round zero": lambda: FormulirFactory(putaran=0),
    "unknown status": lambda: FormulirFactory(status="lain"),
    "sent without a date": lambda: FormulirFactory(status="diajukan"),
    "unknown formula": lambda: CapaianFactory(rumus="lain"),
    "empty file": lambda: BuktiFactory(ukuran=0),
}


@pytest.mark.parametrize("apa", TANPA_ARTI)
def test_tables_refuse_what_makes_no_sense(db: None, apa: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TANPA_ARTI[apa]()


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
