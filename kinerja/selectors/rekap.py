"""The state of an office at a glance: means per sasaran, what is missing, and the way there.

Nothing incomplete gets a colour: a mean over some of the indikator says over how many it is.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from kinerja.models import Capaian, FormulirCapaian, Indikator, Target
from kinerja.rules.capaian import Hasil, Rerata, mean_capaian
from kinerja.rules.kategori import Skala
from kinerja.rules.periode import Periode, step_periode
from kinerja.selectors.gambar import TitikIndikator, draw_sasaran, draw_tren
from kinerja.selectors.matriks import Matriks, list_matriks
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.selectors.rerata import RataRata, mean_persen
from kinerja.selectors.tabel import BarisTabel, TabelCapaian, list_tabel_capaian
from organisasi.models import Instansi
from sakip.common.grafik import Grafik

# Two years: the shortest way on which a yearly pattern can be told from a trend.
_BANYAK_TREN = 8


@dataclass(frozen=True)
class RekapSasaran:
    """One sasaran: its mean and its rows."""

    judul: str
    rerata: RataRata
    baris: tuple[BarisTabel, ...]


@dataclass(frozen=True)
class Rekap:
    """One office in one triwulan, and the eight triwulan up to it.

    unit_lengkap: units whose figures are verified, of unit_semua. rendah: indikator whose category
    is coloured bata. grafik, grafik_tren: the latter empty before there are two values.
    """

    periode: Periode
    matriks: Matriks
    keseluruhan: RataRata
    sasaran: tuple[RekapSasaran, ...]
    unit_lengkap: int
    unit_semua: int
    rendah: int
    grafik: Grafik
    tren: tuple[tuple[Periode, Rerata], ...]
    grafik_tren: Grafik


def get_rekap(instansi: Instansi, periode: Periode) -> Rekap:
    """Read everything the page shows. Nine queries, whatever the size."""
    pengaturan = get_pengaturan(instansi.pk)
    skala = pengaturan.skala
    tabel = list_tabel_capaian(instansi, periode.tahun, periode.triwulan, pengaturan=pengaturan)
    matriks = list_matriks(instansi, periode.tahun)
    kolom = [b.sel[periode.triwulan - 1] for b in matriks.baris]
    sasaran = tuple(_build_sasaran(t, skala) for t in tabel)
    tren = list_tren(instansi, periode)
    baris = [b for t in tabel for b in t.baris]
    return Rekap(
        periode=periode,
        matriks=matriks,
        keseluruhan=_mean_baris(baris, skala),
        sasaran=sasaran,
        unit_lengkap=sum(s.status == FormulirCapaian.Status.DIVERIFIKASI for s in kolom),
        unit_semua=len(kolom),
        rendah=sum(b.kategori_warna == "bata" for b in baris),
        grafik=draw_sasaran([(s.judul, s.rerata) for s in sasaran], periode),
        tren=tuple(tren),
        grafik_tren=draw_tren(tren),
    )


def list_tren(
    instansi: Instansi, sampai: Periode, banyak: int = _BANYAK_TREN
) -> list[tuple[Periode, Rerata]]:
    """Mean of the office in each triwulan up to `sampai`, oldest first. Two queries."""
    periode = [step_periode(sampai, n) for n in range(1 - banyak, 1)]
    hasil: dict[Periode, list[Hasil]] = defaultdict(list)
    for c in _list_capaian(Q(formulir__unit__instansi=instansi), periode):
        hasil[c.formulir.periode].append(c.hasil)
    return [(p, mean_capaian(hasil[p])) for p in periode]


def list_riwayat_indikator(
    indikator: Indikator, sampai: Periode, banyak: int = _BANYAK_TREN
) -> list[TitikIndikator]:
    """Targets and figures of one indikator from the first triwulan of which anything is known.

    Three queries.
    """
    periode = [step_periode(sampai, n) for n in range(1 - banyak, 1)]
    rencana = {
        (t.tahun, t.triwulan): t.nilai
        for t in Target.objects.filter(indikator=indikator, tahun__gte=periode[0].tahun)
    }
    ada = {c.formulir.periode: c for c in _list_capaian(Q(indikator=indikator), periode)}
    titik = []
    for p in periode:
        c = ada.get(p)
        target = c.target_nilai if c else rencana.get((p.tahun, p.triwulan))
        titik.append(TitikIndikator(p, target, c.hasil if c else None, c.realisasi if c else None))
    kosong = [t.target is None and t.realisasi is None for t in titik]
    return titik[kosong.index(False) if False in kosong else -1 :]


def _list_capaian(syarat: Q, periode: Sequence[Periode]) -> list[Capaian]:
    """Rows of the latest round handed in, per unit and triwulan. Two queries."""
    rentang = Q(formulir__tahun__range=(periode[0].tahun, periode[-1].tahun))
    kirim = Q(formulir__status__in=FormulirCapaian.TERKIRIM)
    baris = Capaian.objects.filter(syarat & rentang & kirim).select_related("formulir")
    terakhir = {
        (c.indikator_id, c.formulir.periode): c for c in baris.order_by("formulir__putaran")
    }
    return [c for (_i, p), c in terakhir.items() if p in periode]


def _build_sasaran(tabel: TabelCapaian, skala: Skala) -> RekapSasaran:
    return RekapSasaran(tabel.judul, _mean_baris(tabel.baris, skala), tabel.baris)


def _mean_baris(baris: Sequence[BarisTabel], skala: Skala) -> RataRata:
    return mean_persen([b.persen for b in baris], semua=len(baris), skala=skala)
