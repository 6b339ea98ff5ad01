"""Rekap of one government: 50 offices of 200 indikator in 8 triwulan, 80,000 figures.

Target: a constant number of queries whatever the number of offices, each page below one second, and
the ratio to the bare aggregation of the database, which explains nothing and rounds nothing, named.
Run by script/bench.
"""

from tests.bench._basis import Ukuran, basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime
from decimal import Decimal

from django.db.models import Avg, F

from kinerja.models import (
    Capaian,
    FormulirCapaian,
    Indikator,
    Sasaran,
    Target,
    Tujuan,
)
from kinerja.rules.periode import Periode, step_periode
from kinerja.selectors.daerah import get_daerah
from kinerja.selectors.rekap import get_rekap
from kinerja.services.ringkasan import check_ringkasan
from organisasi.models import Instansi, UnitKerja

PEMERINTAH = "Pemerintah Kabupaten Ukur"
KANTOR, UNIT, INDIKATOR, TRIWULAN = 50, 5, 200, 8
TINGKATAN = (10, KANTOR)
PUTARAN = 5
AKHIR = Periode(2026, 4)
SAAT = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)


def fill_kantor(nomor: int) -> None:
    """One office: five units, ten sasaran, its indikator, and every figure verified."""
    instansi = Instansi.objects.create(
        kode=f"opd-{nomor}", nama=f"Dinas {nomor}", nama_pendek=f"D{nomor}", pemerintah=PEMERINTAH
    )
    unit = UnitKerja.objects.bulk_create(
        UnitKerja(instansi=instansi, kode=f"U{n}", nama=f"Bidang {n}", jenis="bidang")
        for n in range(UNIT)
    )
    tujuan = Tujuan.objects.create(
        instansi=instansi, kode="1", uraian="Tujuan", tahun_awal=2025, tahun_akhir=2029
    )
    sasaran = Sasaran.objects.bulk_create(
        Sasaran(tujuan=tujuan, kode=f"{n}", uraian=f"Sasaran {n}", urutan=n) for n in range(10)
    )
    indikator = Indikator.objects.bulk_create(
        Indikator(
            sasaran=sasaran[n % 10],
            kode=f"I{n}",
            nama=f"Indikator {n}",
            satuan="persen",
            unit=unit[n % UNIT],
            urutan=n,
        )
        for n in range(INDIKATOR)
    )
    Target.objects.bulk_create(
        Target(indikator=i, tahun=AKHIR.tahun, triwulan=tw, nilai=Decimal(90))
        for i in indikator
        for tw in (1, 2, 3, 4)
    )
    _fill_capaian(unit, indikator)


def _fill_capaian(unit: list[UnitKerja], indikator: list[Indikator]) -> None:
    periode = [step_periode(AKHIR, -n) for n in range(TRIWULAN)]
    formulir = FormulirCapaian.objects.bulk_create(
        FormulirCapaian(
            unit=u,
            tahun=p.tahun,
            triwulan=p.triwulan,
            status="diverifikasi",
            dibuka_pada=SAAT,
            diajukan_pada=SAAT,
            diputus_pada=SAAT,
        )
        for u in unit
        for p in periode
    )
    milik = {u.pk: [i for i in indikator if i.unit_id == u.pk] for u in unit}
    Capaian.objects.bulk_create(
        (
            Capaian(
                formulir=f,
                indikator=i,
                target_nilai=Decimal(90),
                realisasi=Decimal(60 + (i.pk * 7 + f.pk) % 40),
                rumus="per_target",
            )
            for f in formulir
            for i in milik[f.unit_id]
        ),
        batch_size=2000,
    )


def aggregate() -> list[tuple[int, int, int, Decimal]]:
    """The floor: one mean per office and triwulan of all eight, by the database alone."""
    awal = step_periode(AKHIR, 1 - TRIWULAN)
    return list(
        Capaian.objects.filter(
            formulir__unit__instansi__pemerintah=PEMERINTAH,
            formulir__tahun__range=(awal.tahun, AKHIR.tahun),
            formulir__status__in=FormulirCapaian.TERKIRIM,
        )
        .values_list("formulir__unit__instansi", "formulir__tahun", "formulir__triwulan")
        .annotate(rerata=Avg(F("realisasi") * 100 / F("target_nilai")))
        .order_by()
    )


def main() -> None:
    """Print the cost of each page at each size, as ratio to the aggregation of that size."""
    with basis_data():
        ada = 0
        for banyak in TINGKATAN:
            for nomor in range(ada, banyak):
                fill_kantor(nomor)
            ada = banyak
            tanpa = Ukuran(f"{banyak} kantor, tanpa ringkasan")
            tanpa.ukur(lambda: get_daerah(PEMERINTAH, AKHIR))
            check_ringkasan()  # what handing a form in leaves behind
            kantor = Instansi.objects.filter(pemerintah=PEMERINTAH).first()
            assert kantor is not None
            dasar = Ukuran(f"{banyak} kantor, agregasi SQL")
            daerah = Ukuran(f"{banyak} kantor, seluruh daerah")
            rekap = Ukuran(f"satu kantor, {INDIKATOR} indikator")
            for _ in range(PUTARAN):
                dasar.ukur(aggregate)
                daerah.ukur(lambda: get_daerah(PEMERINTAH, AKHIR))
                rekap.ukur(lambda k=kantor: get_rekap(k, AKHIR))  # type: ignore[misc]
            cetak(dasar.baris(), daerah.baris(dasar), tanpa.baris(dasar), rekap.baris(dasar))
            cetak(f"  {Capaian.objects.count()} capaian")


if __name__ == "__main__":
    main()
