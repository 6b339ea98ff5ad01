"""Factories of performance figures. Traits are named after states."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from kinerja.models import Bukti, Capaian, FormulirCapaian, Indikator, Sasaran, Target, Tujuan
from organisasi.models import UnitKerja
from tests.factories.organisasi import InstansiFactory, PenggunaFactory, UnitKerjaFactory

TAHUN = 2026
TRIWULAN = 3
DIBUKA = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
DIAJUKAN = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\nisi contoh\n%%EOF\n"


class TujuanFactory(DjangoModelFactory[Tujuan]):
    """A goal whose plan covers 2026."""

    class Meta:
        model = Tujuan

    instansi = factory.SubFactory(InstansiFactory)
    kode = factory.Sequence(lambda n: f"T{n}")
    uraian = "Meningkatnya derajat kesehatan"
    tahun_awal = 2025
    tahun_akhir = 2029


class SasaranFactory(DjangoModelFactory[Sasaran]):
    """An objective."""

    class Meta:
        model = Sasaran

    tujuan = factory.SubFactory(TujuanFactory)
    kode = factory.Sequence(lambda n: f"{n}")
    uraian = "Menurunnya angka kesakitan"
    urutan = factory.Sequence(lambda n: n)


class IndikatorFactory(DjangoModelFactory[Indikator]):
    """Higher is better, in percent, unless a trait says otherwise."""

    class Meta:
        model = Indikator

    class Params:
        turun = factory.Trait(polaritas="turun", rumus="cermin")
        kebalikan = factory.Trait(polaritas="turun", rumus="kebalikan")

    unit = factory.SubFactory(UnitKerjaFactory)
    sasaran = factory.SubFactory(
        SasaranFactory, tujuan__instansi=factory.SelfAttribute("...unit.instansi")
    )
    kode = factory.Sequence(lambda n: f"I{n}")
    nama = factory.LazyAttribute(lambda o: f"Indikator {o.kode}")
    satuan = "persen"
    urutan = factory.Sequence(lambda n: n)


class TargetFactory(DjangoModelFactory[Target]):
    """The target of triwulan III 2026."""

    class Meta:
        model = Target

    indikator = factory.SubFactory(IndikatorFactory)
    tahun = TAHUN
    triwulan = TRIWULAN
    nilai = Decimal(90)


class FormulirFactory(DjangoModelFactory[FormulirCapaian]):
    """A form that can be filled in, of triwulan III 2026."""

    class Meta:
        model = FormulirCapaian

    class Params:
        diajukan = factory.Trait(
            status="diajukan",
            diajukan_pada=DIAJUKAN,
            diajukan_oleh=factory.SubFactory(PenggunaFactory),
            diajukan_sebagai="Rina Astuti, Staf (Bidang P2P)",
        )
        diverifikasi = factory.Trait(
            status="diverifikasi", diajukan_pada=DIAJUKAN, diputus_pada=DIAJUKAN
        )
        dikembalikan = factory.Trait(
            status="dikembalikan",
            diajukan_pada=DIAJUKAN,
            diputus_pada=DIAJUKAN,
            alasan_kembali="Sebutkan sumber datanya.",
        )

    unit = factory.SubFactory(UnitKerjaFactory)
    tahun = TAHUN
    triwulan = TRIWULAN
    dibuka_pada = DIBUKA


class CapaianFactory(DjangoModelFactory[Capaian]):
    """An empty row with target 90; trait `terisi` reaches 88,2, which is 98%."""

    class Meta:
        model = Capaian

    class Params:
        terisi = factory.Trait(realisasi=Decimal("88.2"))
        rendah = factory.Trait(realisasi=Decimal(45))

    formulir = factory.SubFactory(FormulirFactory)
    indikator = factory.SubFactory(IndikatorFactory, unit=factory.SelfAttribute("..formulir.unit"))
    target_nilai = Decimal(90)
    rumus = factory.SelfAttribute("indikator.rumus")
    nama = factory.SelfAttribute("indikator.nama")
    satuan = factory.SelfAttribute("indikator.satuan")
    definisi = factory.SelfAttribute("indikator.definisi_operasional")
    agregasi = factory.SelfAttribute("indikator.agregasi")
    desimal = factory.SelfAttribute("indikator.desimal")
    is_dapat_negatif = factory.SelfAttribute("indikator.is_dapat_negatif")


class BuktiFactory(DjangoModelFactory[Bukti]):
    """A small PDF on the disk."""

    class Meta:
        model = Bukti

    capaian = factory.SubFactory(CapaianFactory)
    berkas = factory.django.FileField(filename="bukti.pdf", data=PDF)
    nama_asli = "Laporan TW III.pdf"
    ukuran = len(PDF)
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    jenis = "application/pdf"
    diunggah_oleh = factory.SubFactory(PenggunaFactory)
    diunggah_pada = DIBUKA


def make_baris(unit: UnitKerja, *nilai: tuple[str | None, str | None], **isi: Any) -> list[Capaian]:
    """Rows of one form of `unit`: pairs of target and realisasi as decimal texts, None is empty."""
    formulir = FormulirFactory(unit=unit, **isi)
    sasaran = SasaranFactory(tujuan__instansi=unit.instansi)
    return [
        CapaianFactory(
            formulir=formulir,
            indikator__sasaran=sasaran,
            target_nilai=None if t is None else Decimal(t),
            realisasi=None if r is None else Decimal(r),
        )
        for t, r in nilai
    ]
