"""Rekap of one government: 50 offices of 200 indikator in 8 triwulan, 80,000 figures.

Target: a constant number of queries whatever the number of offices, each page below one second, and
the ratio to the bare aggregation of the database, which explains nothing and rounds nothing, named.
Run by script/bench.
"""

from tests.bench._basis import Ukuran, basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from django.db.models import Avg, F

from kinerja.models import Capaian, FormulirCapaian, RingkasanCapaian
from kinerja.rules.periode import Periode, step_periode
from kinerja.selectors.daerah import get_daerah
from kinerja.selectors.rekap import get_rekap
from kinerja.services.buat_data import Takaran, fill_kantor
from kinerja.services.ringkasan import check_ringkasan
from organisasi.models import Instansi
from organisasi.services.buat_kantor import MIN_PENGGUNA, make_kantor

PEMERINTAH = "Pemerintah Kabupaten Ukur"
KANTOR, INDIKATOR, TRIWULAN = 50, 200, 8
TINGKATAN = (10, KANTOR)
PUTARAN = 5
AKHIR = Periode(2026, 4)
TAKARAN = Takaran(INDIKATOR, TRIWULAN, AKHIR)
MULAI = datetime(2024, 1, 2, tzinfo=UTC)


def make_banyak(nomor: range) -> None:
    """Offices as `manage.py buat_data` makes them."""
    for n in nomor:
        acak = Random(n)  # noqa: S311 - made-up figures, no secret
        kantor = make_kantor(
            n, pengguna=MIN_PENGGUNA, pemerintah=PEMERINTAH, mulai=MULAI, acak=acak
        )
        fill_kantor(kantor, TAKARAN, acak=acak)


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
            make_banyak(range(ada, banyak))
            ada = banyak
            RingkasanCapaian.objects.all().delete()
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
