"""A plan that an agreement can be made of."""

from decimal import Decimal

from kinerja.models import Indikator, Program, Sasaran
from organisasi.models import Instansi, UnitKerja
from tests.factories.kinerja import IndikatorFactory, SasaranFactory, TargetFactory

TAHUN = 2026


def make_rencana(unit: UnitKerja, *, nilai: str = "90") -> Indikator:
    """One sasaran with an indikator of that unit, its four targets, a program and a kegiatan."""
    sasaran = SasaranFactory.create(tujuan__instansi=unit.instansi)
    indikator = IndikatorFactory.create(unit=unit, sasaran=sasaran)
    for tw in range(1, 5):
        TargetFactory.create(
            indikator=indikator, triwulan=tw, nilai=Decimal(nilai) if tw == 4 else Decimal(tw)
        )
    make_program(unit.instansi, sasaran, unit)
    return indikator


def make_program(instansi: Instansi, sasaran: Sasaran, unit: UnitKerja) -> Program:
    """A program of a thousand million, and a kegiatan of the unit in it."""
    program = Program.objects.create(
        instansi=instansi,
        tahun=TAHUN,
        jenis="program",
        kode="1.02.02",
        nama="Program Pemenuhan Upaya Kesehatan",
        sasaran=sasaran,
        pagu=Decimal("1000000000.00"),
    )
    Program.objects.create(
        instansi=instansi,
        tahun=TAHUN,
        jenis="kegiatan",
        induk=program,
        kode="1.02.02.2.01",
        nama="Penyediaan Layanan Kesehatan",
        unit=unit,
        pagu=Decimal("400000000.50"),
    )
    return program
