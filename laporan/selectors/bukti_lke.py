"""The sources that can prove criteria of the evaluation, and how far each criterion is proven."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laporan.rules.lke import Butir, Keadaan, Komponen, judge_butir, read_komponen
from laporan.selectors import bukti_lke_capaian as capaian
from laporan.selectors import bukti_lke_laporan as berkas
from laporan.selectors.bahan_lke import Bahan, Sumber
from organisasi.models import Instansi

_DATA = Path(__file__).resolve().parents[1] / "data/lke.yaml"

SUMBER: Mapping[str, Sumber] = {
    "indikator": Sumber(_("Indikator dan definisi operasional"), capaian.read_indikator),
    "perjanjian": Sumber(_("Perjanjian kinerja"), berkas.read_perjanjian),
    "rencana_aksi": Sumber(_("Rencana aksi"), capaian.read_rencana_aksi),
    "pelaksanaan_aksi": Sumber(_("Pelaksanaan rencana aksi"), capaian.read_pelaksanaan),
    "sop": Sumber(_("SOP yang terbit"), berkas.read_sop),
    "langkah": Sumber(_("Langkah SOP yang dikerjakan"), berkas.read_langkah),
    "keputusan": Sumber(_("Keputusan pimpinan"), berkas.read_keputusan),
    "rapat": Sumber(_("Rapat dan daftar hadir"), berkas.read_rapat),
    "capaian": Sumber(_("Capaian yang diajukan"), capaian.read_capaian),
    "bukti_dukung": Sumber(_("Bukti dukung"), capaian.read_bukti_dukung),
    "verifikasi": Sumber(_("Putusan pemeriksa per baris"), capaian.read_verifikasi),
    "tindak_lanjut": Sumber(_("Kendala, solusi, dan RTL"), capaian.read_tindak_lanjut),
    "laporan": Sumber(_("Laporan kinerja"), berkas.read_laporan),
    "tanda_tangan": Sumber(_("Tanda tangan elektronik"), berkas.read_tanda_tangan),
    "reviu": Sumber(_("Reviu APIP"), berkas.read_reviu),
    "penyampaian": Sumber(_("Penyampaian laporan"), berkas.read_penyampaian),
    "penilaian_sop": Sumber(_("Monitoring dan evaluasi SOP"), berkas.read_penilaian),
}


@dataclass(frozen=True)
class BuktiButir:
    """One criterion and what proves it: name, number of records and newest day of each source."""

    butir: Butir
    keadaan: Keadaan
    sumber: Sequence[tuple[str | Promise, int, date | None]]

    @property
    def tautan(self) -> list[tuple[str | Promise, int, date | None, str]]:
        """The same with the folder of each source in the package."""
        return [(*s, name_folder(k)) for s, k in zip(self.sumber, self.butir.bukti, strict=True)]


def name_folder(kode: str) -> str:
    """Where a source lies in the package."""
    return f"bukti/{kode.replace('_', '-')}"


@lru_cache(maxsize=1)
def list_komponen() -> tuple[Komponen, ...]:
    """The criteria, read once."""
    return read_komponen(yaml.safe_load(_DATA.read_text(encoding="utf-8")), SUMBER)


def read_bahan(instansi: Instansi, tahun: int) -> dict[str, Bahan]:
    """Every source of that office and year; a fixed number of queries."""
    return {kode: sumber.baca(instansi, tahun) for kode, sumber in SUMBER.items()}


def show_lke(bahan: Mapping[str, Bahan]) -> Iterator[tuple[Komponen, list[BuktiButir]]]:
    """What can be proven, by component."""
    banyak = {kode: len(b.baris) for kode, b in bahan.items()}
    for komponen in list_komponen():
        yield (
            komponen,
            [
                BuktiButir(
                    b,
                    judge_butir(b, banyak),
                    [(SUMBER[s].nama, banyak[s], bahan[s].pada) for s in b.bukti],
                )
                for b in komponen.butir
            ],
        )
