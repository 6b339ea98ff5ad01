"""All offices of one government side by side: how far each is, how complete, and the way there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kinerja.models import Indikator
from kinerja.rules.periode import Periode, step_periode
from kinerja.rules.ringkasan import join
from kinerja.selectors.gambar import SERATUS, draw_tren
from kinerja.selectors.persen import (
    FormulirTerkirim,
    TitikTren,
    build_tren,
    list_formulir,
    list_rentang,
)
from kinerja.selectors.rerata import LEGENDA, RataRata, mean_ringkasan
from organisasi.models import Instansi
from sakip.common.grafik import Batang, Grafik, draw_batang, draw_dua


@dataclass(frozen=True)
class BarisDaerah:
    """One office. kirim, verifikasi: of how many units (`unit`) figures are in, and verified.

    lalu: its mean one triwulan before, for the eye to compare; no colour.
    """

    instansi: Instansi
    rerata: RataRata
    lalu: RataRata
    unit: int
    kirim: int
    verifikasi: int

    @property
    def lengkap(self) -> bool:
        """Whether every unit has handed in."""
        return self.kirim == self.unit


@dataclass(frozen=True)
class Daerah:
    """One government in one triwulan, and the eight triwulan up to it.

    lengkap: offices whose every unit is verified; belum: those of which some unit has not sent.
    """

    pemerintah: str
    periode: Periode
    baris: tuple[BarisDaerah, ...]
    lengkap: int
    belum: tuple[BarisDaerah, ...]
    grafik: Grafik
    tren: tuple[TitikTren, ...]
    grafik_tren: Grafik


def get_daerah(pemerintah: str, periode: Periode) -> Daerah:
    """Offices that print that name of government. Five queries, however many there are.

    No contents of drafts, no names: figures handed in and whether they were verified.
    """
    instansi = list(Instansi.objects.filter(pemerintah=pemerintah))
    banyak, unit = _count_indikator(instansi, periode.tahun)
    rentang = list_rentang(periode)
    formulir = list_formulir(instansi, rentang)
    kelompok: dict[tuple[int, Periode], list[FormulirTerkirim]] = defaultdict(list)
    for f in formulir:
        kelompok[f.instansi, f.periode].append(f)

    def rerata(i: Instansi, p: Periode) -> RataRata:
        milik = kelompok[i.pk, p]
        ringkasan = join(f.ringkasan for f in milik)
        return mean_ringkasan(
            ringkasan,
            semua=max(banyak[i.pk], ringkasan.semua),
            terverifikasi=all(f.is_terverifikasi for f in milik),
        )

    baris = []
    for i in instansi:
        if not banyak[i.pk]:
            continue
        milik = [f for f in kelompok[i.pk, periode] if f.unit in unit[i.pk]]
        baris.append(
            BarisDaerah(
                instansi=i,
                rerata=rerata(i, periode),
                lalu=rerata(i, step_periode(periode, -1)),
                unit=len(unit[i.pk]),
                kirim=len(milik),
                verifikasi=sum(f.is_terverifikasi for f in milik),
            )
        )
    tren = tuple(build_tren(formulir, rentang))
    return Daerah(
        pemerintah=pemerintah,
        periode=periode,
        baris=tuple(baris),
        lengkap=sum(b.verifikasi == b.unit for b in baris),
        belum=tuple(b for b in baris if not b.lengkap),
        grafik=_draw(baris, periode),
        tren=tren,
        grafik_tren=draw_tren(tren),
    )


def _count_indikator(
    instansi: Sequence[Instansi], tahun: int
) -> tuple[Counter[int], dict[int, set[int]]]:
    """Indikator in use in the plan of that year, and units that answer for them, by office. One
    query.
    """
    banyak, unit = Counter[int](), defaultdict[int, set[int]](set)
    daftar = Indikator.objects.filter(
        is_aktif=True,
        sasaran__tujuan__instansi__in=instansi,
        sasaran__tujuan__tahun_awal__lte=tahun,
        sasaran__tujuan__tahun_akhir__gte=tahun,
    )
    for i, u in daftar.values_list("sasaran__tujuan__instansi", "unit"):
        banyak[i] += 1
        unit[i].add(u)
    return banyak, unit


def _draw(baris: Sequence[BarisDaerah], periode: Periode) -> Grafik:
    ada = sum(b.rerata.persen is not None for b in baris)
    judul = f"{ada} dari {len(baris)} perangkat daerah mempunyai capaian {periode.nama}"
    batang = [
        Batang(b.instansi.nama_pendek, b.rerata.persen, b.rerata.teks, b.rerata.warna)
        for b in baris
    ]
    return draw_dua(
        lambda lebar: draw_batang(judul, batang, acuan=SERATUS, catatan=LEGENDA, lebar=lebar)
    )
