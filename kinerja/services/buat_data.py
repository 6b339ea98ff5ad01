"""A made-up plan and its figures, by the same way as real ones where that decides what they are:
forms are opened by `open_banyak`, so that every row holds what its opening snapshots.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from kinerja.models import Capaian, Indikator, Sasaran, Target, Tujuan
from kinerja.rules.periode import TRIWULAN, Periode, step_periode
from kinerja.services.formulir import open_banyak
from kinerja.services.ringkasan import keep_ringkasan
from organisasi.services.buat_kantor import KantorBuatan
from sakip.common.massal import update_massal

SASARAN = 10
_JAM = time(2, 0, tzinfo=UTC)
# From the last day of a triwulan until its forms are open, handed in, verified.
_BUKA, _AJUKAN, SELESAI = timedelta(days=1), timedelta(days=5), timedelta(days=9)
# Value type, unit of measure, polarity, formula, target of a year.
_RAGAM = (
    ("persen", "persen", "naik", "per_target", 90),
    ("angka", "kasus", "turun", "cermin", 40),
    ("rasio", "indeks", "naik", "per_target", 4),
    ("angka", "hari", "turun", "kebalikan", 14),
    ("rupiah", "rupiah", "naik", "per_target", 750_000_000),
)
_TULIS = ("realisasi", "penjelasan", "versi", "diisi_oleh", "periksa", "diperiksa_oleh")
_STATUS = ("status", "diajukan_oleh", "diajukan_sebagai", "diajukan_pada", "diputus_pada")


@dataclass(frozen=True)
class Takaran:
    """How much one office has. akhir: the last triwulan of the `triwulan` that have figures."""

    indikator: int
    triwulan: int
    akhir: Periode

    @property
    def periode(self) -> list[Periode]:
        """Every triwulan with figures, the earliest first."""
        return [step_periode(self.akhir, n) for n in range(1 - self.triwulan, 1)]


@transaction.atomic
def fill_kantor(kantor: KantorBuatan, takaran: Takaran, *, acak: Random) -> int:
    """A plan for the office, and for each triwulan every figure handed in and verified; how many
    figures. No row of the trail: nobody did this.
    """
    tahun = sorted({p.tahun for p in takaran.periode})
    _make_rencana(kantor, takaran.indikator, tahun, acak)
    return sum(_fill_periode(kantor, p, acak) for p in takaran.periode)


def _make_rencana(kantor: KantorBuatan, banyak: int, tahun: Sequence[int], acak: Random) -> None:
    tujuan = Tujuan.objects.create(
        instansi=kantor.instansi,
        kode="1",
        uraian="Meningkatnya mutu pelayanan",
        tahun_awal=tahun[0],
        tahun_akhir=tahun[-1],
    )
    sasaran = Sasaran.objects.bulk_create(
        Sasaran(tujuan=tujuan, kode=f"1.{n}", uraian=f"Sasaran {n}", urutan=n)
        for n in range(1, SASARAN + 1)
    )
    unit = list(kantor.pengisi)
    indikator, setahun = [], []
    for n in range(banyak):
        jenis, satuan, polaritas, rumus, nilai = _RAGAM[n % len(_RAGAM)]
        indikator.append(
            Indikator(
                sasaran=sasaran[n % SASARAN],
                unit_id=unit[n % len(unit)],
                kode=f"I{n + 1}",
                nama=f"Indikator {n + 1}",
                jenis_nilai=jenis,
                satuan=satuan,
                polaritas=polaritas,
                rumus=rumus,
                urutan=n,
            )
        )
        setahun.append(Decimal(nilai) * acak.randint(80, 110) / 100)
    Indikator.objects.bulk_create(indikator)
    Target.objects.bulk_create(
        (
            Target(indikator=i, tahun=t, triwulan=tw, nilai=n)
            for i, n in zip(indikator, setahun, strict=True)
            for t in tahun
            for tw in TRIWULAN
        ),
        batch_size=5000,
    )


def _fill_periode(kantor: KantorBuatan, periode: Periode, acak: Random) -> int:
    tutup = datetime.combine(periode.akhir, _JAM)
    formulir = open_banyak(unit_ids=kantor.pengisi.keys(), periode=periode, now=tutup + _BUKA)
    pengisi = {f.pk: kantor.pengisi[u].pengguna_id for u, f in formulir.items()}
    baris = list(Capaian.objects.filter(formulir__in=pengisi).order_by("pk"))
    for c in baris:
        c.realisasi = _reach(c, acak)
        c.penjelasan = "Sesuai laporan bulanan unit."
        c.versi = 1
        c.diisi_oleh_id = pengisi[c.formulir_id]
        c.periksa = Capaian.Periksa.SESUAI
        c.diperiksa_oleh_id = kantor.pemeriksa.pengguna_id
    update_massal(baris, _TULIS)
    for u, f in formulir.items():
        f.submit(sebagai=kantor.pengisi[u], now=tutup + _AJUKAN)
        f.verify(now=tutup + SELESAI)
    update_massal(list(formulir.values()), _STATUS)
    keep_ringkasan(pengisi)
    return len(baris)


def _reach(c: Capaian, acak: Random) -> Decimal:
    """A figure around its target; a share stays a share."""
    target = c.target_nilai or Decimal()
    nilai = (target * acak.randint(70, 115) / 100).quantize(Decimal("0.01"))
    return min(nilai, Decimal(100)) if c.jenis_nilai == Indikator.JenisNilai.PERSEN else nilai
