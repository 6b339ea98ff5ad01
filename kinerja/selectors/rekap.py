"""The state of an office at a glance: means per sasaran, what is missing, and the way there.

Nothing incomplete gets a colour: a mean over some of the indikator says over how many it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinerja.models import Capaian, FormulirCapaian, Indikator, Target
from kinerja.rules.efisiensi import Efisiensi
from kinerja.rules.kategori import Skala, find_kategori
from kinerja.rules.periode import Periode
from kinerja.rules.target import IsiTarget
from kinerja.selectors.anggaran import (
    AnggaranSasaran,
    BarisProgram,
    Uang,
    list_anggaran,
    reckon_nilai,
    sum_uang,
)
from kinerja.selectors.banding import Banding, list_banding
from kinerja.selectors.gambar import SERATUS, TitikIndikator, draw_sasaran, draw_tren
from kinerja.selectors.matriks import Matriks, SelMatriks, list_matriks
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.selectors.persen import TitikTren, build_tren, list_formulir, list_rentang
from kinerja.selectors.rerata import RataRata, mean_persen
from kinerja.selectors.tabel import BarisTabel, TabelCapaian, read_tabel
from kinerja.selectors.tabel_laporan import describe_anggaran, describe_banding
from kinerja.selectors.teks import format_realisasi, format_target
from organisasi.models import Instansi, UnitKerja
from sakip.common.angka import format_angka
from sakip.common.grafik import Grafik

_BANYAK_RENDAH = 5


@dataclass(frozen=True)
class RekapSasaran:
    """One sasaran: its mean, its rows, what they are compared with, and its money."""

    judul: str
    rerata: RataRata
    baris: tuple[BarisTabel, ...]
    banding: dict[str, Any]
    anggaran: dict[str, Any]


@dataclass(frozen=True)
class Perhatian:
    """What a head looks at first. belum: units that have not handed in; rendah: lowest results."""

    belum: tuple[tuple[UnitKerja, SelMatriks], ...]
    rendah: tuple[BarisTabel, ...]

    @property
    def ada(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.belum or self.rendah)


@dataclass(frozen=True)
class RekapAnggaran:
    """Money of the office over all its programs, and the score of its efficiency."""

    uang: Uang
    nilai: Efisiensi
    lepas: tuple[BarisProgram, ...]

    @property
    def nilai_teks(self) -> str:
        """The score, or a dash."""
        return "–" if self.nilai.nilai is None else format_angka(self.nilai.nilai, 2)


@dataclass(frozen=True)
class Rekap:
    """One office in one triwulan, and the eight triwulan up to it.

    unit_lengkap: units whose figures are verified, of unit_semua. rendah: indikator whose category
    is coloured bata, verified or not. grafik, grafik_tren: the latter empty before there are two
    values. anggaran: None where no program is entered.
    """

    periode: Periode
    matriks: Matriks
    keseluruhan: RataRata
    sasaran: tuple[RekapSasaran, ...]
    unit_lengkap: int
    unit_semua: int
    rendah: int
    grafik: Grafik
    tren: tuple[TitikTren, ...]
    grafik_tren: Grafik
    perhatian: Perhatian
    anggaran: RekapAnggaran | None


def get_rekap(instansi: Instansi, periode: Periode, *, label: str = "") -> Rekap:
    """Read everything the page shows. Fifteen queries at most, whatever the size.

    label: tables and means of the indikator that carry it; matrix and trend are of the office.
    """
    pengaturan = get_pengaturan(instansi.pk)
    skala = pengaturan.skala
    tabel, indikator = read_tabel(instansi, periode, pengaturan=pengaturan, label=label)
    matriks = list_matriks(instansi, periode.tahun)
    kolom = [b.sel[periode.triwulan - 1] for b in matriks.baris]
    baris = [b for t in tabel for b in t.baris]
    nomor = {b.indikator_id: b.nomor for b in baris}
    bahan = _Bahan(
        skala, periode, list_banding(indikator, periode), list_anggaran(instansi, periode)
    )
    sasaran = tuple(_build_sasaran(t, bahan, nomor) for t in tabel)
    tren = list_tren(instansi, periode)
    return Rekap(
        periode=periode,
        matriks=matriks,
        keseluruhan=_mean_baris(baris, skala),
        sasaran=sasaran,
        unit_lengkap=sum(s.status == FormulirCapaian.Status.DIVERIFIKASI for s in kolom),
        unit_semua=len(kolom),
        rendah=sum(_is_rendah(b, skala) for b in baris),
        grafik=draw_sasaran([(s.judul, s.rerata) for s in sasaran], periode),
        tren=tuple(tren),
        grafik_tren=draw_tren(tren),
        perhatian=_build_perhatian(matriks, periode, baris),
        anggaran=_build_anggaran(tabel, bahan.anggaran),
    )


def list_tren(instansi: Instansi, sampai: Periode) -> list[TitikTren]:
    """Mean of the office in each triwulan up to `sampai`, oldest first. Three queries at most."""
    rentang = list_rentang(sampai)
    return build_tren(list_formulir([instansi], rentang), rentang)


def list_riwayat_indikator(indikator: Indikator, sampai: Periode) -> list[TitikIndikator]:
    """Targets and figures of one indikator from the first triwulan of which anything is known.

    Three queries.
    """
    periode = list_rentang(sampai)
    rencana = {
        (t.tahun, t.triwulan): t.isi
        for t in Target.objects.filter(indikator=indikator, tahun__gte=periode[0].tahun)
    }
    ada = {c.formulir.periode: c for c in _list_capaian(indikator, periode)}
    titik = []
    for p in periode:
        c = ada.get(p)
        target = c.target if c else rencana.get((p.tahun, p.triwulan), IsiTarget())
        titik.append(_build_titik(p, c or indikator, target))
    kosong = [t.target_teks == "–" and t.realisasi_teks == "–" for t in titik]
    return titik[kosong.index(False) if False in kosong else -1 :]


def _build_titik(p: Periode, baris: Capaian | Indikator, target: IsiTarget) -> TitikIndikator:
    """From the row of that triwulan, else from the plan alone."""
    c = baris if isinstance(baris, Capaian) else None
    return TitikIndikator(
        periode=p,
        target=target.nilai,
        hasil=c.hasil if c else None,
        realisasi=c.realisasi if c else None,
        is_terverifikasi=bool(c and c.formulir.is_terverifikasi),
        target_teks=format_target(target, baris),
        realisasi_teks=format_realisasi(c) if c else "–",
    )


def _list_capaian(indikator: Indikator, periode: Sequence[Periode]) -> list[Capaian]:
    """Rows of the latest round handed in, one per triwulan. One query."""
    baris = Capaian.objects.filter(
        indikator=indikator,
        formulir__tahun__range=(periode[0].tahun, periode[-1].tahun),
        formulir__status__in=FormulirCapaian.TERKIRIM,
    ).select_related("formulir")
    terakhir = {c.formulir.periode: c for c in baris.order_by("formulir__putaran")}
    return [c for p, c in terakhir.items() if p in periode]


@dataclass(frozen=True)
class _Bahan:
    """What the sasaran of one office share."""

    skala: Skala
    periode: Periode
    banding: Mapping[int, Banding]
    anggaran: Mapping[int | None, AnggaranSasaran]


def _build_sasaran(tabel: TabelCapaian, bahan: _Bahan, nomor: Mapping[int, int]) -> RekapSasaran:
    banding = [bahan.banding[b.indikator_id] for b in tabel.baris]
    return RekapSasaran(
        judul=tabel.judul,
        rerata=_mean_baris(tabel.baris, bahan.skala),
        baris=tabel.baris,
        banding=describe_banding(banding, nomor, bahan.periode),
        anggaran=describe_anggaran(tabel, bahan.anggaran.get(tabel.sasaran_id)),
    )


def _build_perhatian(matriks: Matriks, periode: Periode, baris: Sequence[BarisTabel]) -> Perhatian:
    """Units without figures first, then the results furthest below 100, lowest first."""
    kolom = [(b.unit, b.sel[periode.triwulan - 1]) for b in matriks.baris]
    rendah = [b for b in baris if b.persen is not None and b.persen < SERATUS]
    return Perhatian(
        belum=tuple((u, s) for u, s in kolom if s.status not in FormulirCapaian.TERKIRIM),
        rendah=tuple(sorted(rendah, key=lambda b: (b.persen or 0, b.nomor))[:_BANYAK_RENDAH]),
    )


def _build_anggaran(
    tabel: Sequence[TabelCapaian], anggaran: Mapping[int | None, AnggaranSasaran]
) -> RekapAnggaran | None:
    if not anggaran:
        return None
    pasangan = [
        (None if t.tak_terhitung else t.rerata, anggaran[t.sasaran_id].uang)
        for t in tabel
        if t.sasaran_id in anggaran
    ]
    lepas = anggaran.get(None)
    return RekapAnggaran(
        uang=sum_uang([p for a in anggaran.values() for p in a.program]),
        nilai=reckon_nilai(pasangan),
        lepas=lepas.program if lepas else (),
    )


def _mean_baris(baris: Sequence[BarisTabel], skala: Skala) -> RataRata:
    return mean_persen(
        [b.persen for b in baris],
        semua=len(baris),
        terverifikasi=all(b.terverifikasi for b in baris if b.persen is not None),
        skala=skala,
    )


def _is_rendah(baris: BarisTabel, skala: Skala) -> bool:
    return baris.persen is not None and find_kategori(baris.persen, skala).warna == "bata"
