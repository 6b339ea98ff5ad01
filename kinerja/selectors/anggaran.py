"""Money of one office and triwulan beside what it served: absorption, and efficiency.

Pagu and realisasi are those entered for programs; kegiatan below them are never added up, and what
was not entered stays missing. Sumber: EFISIENSI
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from django.db.models import OuterRef, Subquery

from kinerja.models import Program, RealisasiAnggaran
from kinerja.rules.efisiensi import (
    Efisiensi,
    Keluaran,
    compare_serapan,
    efisiensi_keluaran,
    nilai_efisiensi,
)
from kinerja.rules.periode import Periode
from organisasi.models import Instansi
from sakip.common.angka import format_angka, format_persen

_KONTEKS = Context(prec=34)
SERATUS = Decimal(100)


@dataclass(frozen=True)
class Uang:
    """Pagu and money spent in rupiah, either None where it was not entered."""

    pagu: Decimal | None
    belanja: Decimal | None

    @property
    def serapan(self) -> Decimal | None:
        """Share of the pagu spent, in percent; None where either is missing or there is no pagu."""
        if self.pagu is None or self.belanja is None or self.pagu <= 0:
            return None
        return _KONTEKS.divide(self.belanja * SERATUS, self.pagu)

    @property
    def serapan_teks(self) -> str:
        """The share, or a dash."""
        return "–" if self.serapan is None else format_persen(self.serapan)

    @property
    def pagu_teks(self) -> str:
        """ "1.500.000", or a dash."""
        return "–" if self.pagu is None else format_angka(self.pagu)

    @property
    def belanja_teks(self) -> str:
        """ "1.500.000", or a dash."""
        return "–" if self.belanja is None else format_angka(self.belanja)


@dataclass(frozen=True)
class BarisProgram:
    """One program with its money."""

    kode: str
    nama: str
    uang: Uang


@dataclass(frozen=True)
class AnggaranSasaran:
    """Programs that support one sasaran. uang: their sum, missing as soon as one of them is."""

    program: tuple[BarisProgram, ...]
    uang: Uang


@dataclass(frozen=True)
class EfisiensiSasaran:
    """Both families for one sasaran. selisih: capaian less absorption; keluaran: unit cost."""

    selisih: Efisiensi
    keluaran: Efisiensi

    @property
    def selisih_teks(self) -> str:
        """Percentage points with their sign: "+7,30"."""
        if self.selisih.nilai is None:
            return "–"
        tanda = "+" if self.selisih.nilai > 0 else ""
        return f"{tanda}{format_angka(self.selisih.nilai, 2)}"

    @property
    def keluaran_teks(self) -> str:
        """ "12,50%", or a dash."""
        return "–" if self.keluaran.nilai is None else format_persen(self.keluaran.nilai)


def list_anggaran(instansi: Instansi, periode: Periode) -> dict[int | None, AnggaranSasaran]:
    """Money up to the end of the triwulan by sasaran id; None: of programs without one.

    One query.
    """
    belanja = RealisasiAnggaran.objects.filter(program=OuterRef("pk"), triwulan=periode.triwulan)
    program = Program.objects.filter(
        instansi=instansi, tahun=periode.tahun, jenis=Program.Jenis.PROGRAM
    ).annotate(belanja=Subquery(belanja.values("nilai")))
    kelompok: dict[int | None, list[BarisProgram]] = defaultdict(list)
    for p in program.order_by("kode"):
        kelompok[p.sasaran_id].append(BarisProgram(p.kode, p.nama, Uang(p.pagu, p.belanja)))
    return {s: AnggaranSasaran(tuple(isi), sum_uang(isi)) for s, isi in kelompok.items()}


def sum_uang(baris: Sequence[BarisProgram]) -> Uang:
    """Sum of several programs; a part that is missing leaves the sum missing."""
    return Uang(
        _sum([b.uang.pagu for b in baris]),
        _sum([b.uang.belanja for b in baris]),
    )


def reckon_efisiensi(capaian: Decimal | None, uang: Uang | None) -> EfisiensiSasaran:
    """capaian: mean of a sasaran of which nothing is missing, else None."""
    uang = uang or Uang(None, None)
    return EfisiensiSasaran(
        compare_serapan(capaian, uang.serapan), efisiensi_keluaran(make_keluaran(capaian, uang))
    )


def make_keluaran(capaian: Decimal | None, uang: Uang) -> Keluaran:
    """A sasaran as one output: 100 was promised, its mean was reached."""
    return Keluaran(uang.pagu, uang.belanja, SERATUS, capaian)


def reckon_nilai(pasangan: Sequence[tuple[Decimal | None, Uang]]) -> Efisiensi:
    """The score over all sasaran, 0 to 100."""
    return nilai_efisiensi([make_keluaran(c, u) for c, u in pasangan])


def _sum(nilai: Sequence[Decimal | None]) -> Decimal | None:
    ada = [n for n in nilai if n is not None]
    return sum(ada, Decimal()) if ada and len(ada) == len(nilai) else None
