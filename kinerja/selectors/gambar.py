"""Charts of performance, each in two widths: what the page shows and what the report prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.rules.capaian import Hasil
from kinerja.rules.periode import Periode
from kinerja.selectors.banding import Banding, TitikTahun
from kinerja.selectors.persen import TitikTren
from kinerja.selectors.rerata import LEGENDA, RataRata
from sakip.common.angka import format_persen
from sakip.common.grafik import Batang, Deret, Grafik, draw_batang, draw_dua, draw_garis

SERATUS = Decimal(100)
_BELUM_VERIFIKASI = "Titik berongga: belum diverifikasi."
_BERONGGA = "Titik berongga: belum semua angkanya ada dan diverifikasi."


@dataclass(frozen=True)
class TitikIndikator:
    """One triwulan of one indikator: target of the plan or of the round, and what was reached.

    is_terverifikasi: the realisasi was found right. target_teks, realisasi_teks: as its kind of
    value is written.
    """

    periode: Periode
    target: Decimal | None
    hasil: Hasil | None
    realisasi: Decimal | None
    is_terverifikasi: bool = False
    target_teks: str = "–"
    realisasi_teks: str = "–"

    @property
    def persen(self) -> Decimal | None:
        """The percentage, None where there is none."""
        return self.hasil.persen if self.hasil else None

    @property
    def keadaan(self) -> str:
        """How far the figure, or the words, can be trusted; "" where there is none."""
        if self.realisasi is None and self.realisasi_teks == "–":
            return ""
        return "Diverifikasi" if self.is_terverifikasi else "Belum diverifikasi"


def draw_sasaran(sasaran: Sequence[tuple[str, RataRata]], periode: Periode) -> Grafik:
    """The mean of each sasaran against 100."""
    tercapai = sum(r.persen is not None and r.persen >= SERATUS for _j, r in sasaran)
    judul = f"{tercapai} dari {len(sasaran)} sasaran mencapai 100% pada {periode.nama}"
    batang = [Batang(j, r.persen, r.teks, r.warna) for j, r in sasaran]
    return draw_dua(
        lambda lebar: draw_batang(judul, batang, acuan=SERATUS, catatan=LEGENDA, lebar=lebar)
    )


def draw_tren(tren: Sequence[TitikTren]) -> Grafik:
    """The mean of the office, triwulan by triwulan; nothing before there are two.

    A mean that is not whole, or not verified yet, is a hollow dot. Percentages are read from zero,
    beside the line of 100.
    """
    nilai = tuple(t.persen for t in tren)
    ada = [n for n in nilai if n is not None]
    if len(ada) < 2:
        return Grafik("", "")
    judul = f"Rata-rata capaian dari {format_persen(ada[0])} menjadi {format_persen(ada[-1])}"
    berongga = frozenset(n for n, t in enumerate(tren) if not t.is_utuh)
    deret = [
        Deret("Capaian", nilai, berongga=berongga, dari_nol=True),
        Deret("Acuan 100", (SERATUS,) * len(nilai), "", putus=True),
    ]
    label = [_label(t.periode) for t in tren]
    return draw_dua(lambda lebar: draw_garis(judul, label, deret, catatan=_BERONGGA, lebar=lebar))


def draw_indikator(nama: str, titik: Sequence[TitikIndikator]) -> Grafik:
    """The figures against their target line, triwulan by triwulan."""
    berongga = frozenset(n for n, t in enumerate(titik) if not t.is_terverifikasi)
    deret = [
        Deret("Realisasi", tuple(t.realisasi for t in titik), berongga=berongga),
        Deret("Target", tuple(t.target for t in titik), "kunyit", putus=True),
    ]
    label = [_label(t.periode) for t in titik]
    judul = f"Perkembangan {nama}"
    return draw_dua(
        lambda lebar: draw_garis(judul, label, deret, catatan=_BELUM_VERIFIKASI, lebar=lebar)
    )


def draw_banding(banding: Banding) -> Grafik:
    """Years of one indikator up to the end of its Renstra, target line beside."""
    titik = {t.tahun: t for t in banding.tahun}
    ada = [t.tahun for t in banding.tahun if t.realisasi is not None or t.target is not None]
    tahun = range(min([*ada, banding.kini.tahun]), max([*titik, *banding.rencana]) + 1)
    deret = [
        Deret("Realisasi", tuple(titik[t].realisasi if t in titik else None for t in tahun)),
        Deret("Target", tuple(_target(banding, titik, t) for t in tahun), "kunyit", putus=True),
    ]
    judul = f"{banding.indikator.nama} menurut tahun"
    label = [str(t) for t in tahun]
    return draw_dua(lambda lebar: draw_garis(judul, label, deret, lebar=lebar))


def _target(banding: Banding, titik: Mapping[int, TitikTahun], tahun: int) -> Decimal | None:
    """What was promised for the end of a year: the Renstra, else the plan of the year."""
    rencana = banding.rencana.get(tahun)
    return rencana if rencana is not None or tahun not in titik else titik[tahun].target


def _label(periode: Periode) -> str:
    """ "I/26": eight of them stand beside each other."""
    return f"{periode.singkat.removeprefix('TW ')}/{periode.tahun % 100:02d}"
