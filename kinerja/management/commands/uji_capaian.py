"""Test the engine against figures that offices have published."""

import csv
import time
from argparse import ArgumentParser
from collections import Counter, OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kinerja.management.berkas_uji import (
    BerkasTidakTerbaca,
    Susunan,
    list_isi,
    read_susunan,
)
from kinerja.rules.tercetak.pengaturan import name_rumus
from kinerja.rules.tercetak.putusan import (
    BarisUji,
    Kelompok,
    Keputusan,
    Putusan,
    judge_baris,
    refuse_baris,
)

_TAMBAHAN = (
    "target_terbaca",
    "realisasi_terbaca",
    "capaian_hitung",
    "aturan",
    "keputusan",
    "alasan",
    "bacaan_lain",
)
# Rows of one mean stand together in these columns.
_KELOMPOK = ("doc_id", "agency", "year", "sasaran")
# So many means may be under way at once; a longer file forgets the one that rested longest.
_MAKS_KELOMPOK = 2000
_MAKS_NAMA = 200


@dataclass
class Hitungan:
    """What became of the rows, counted."""

    keputusan: Counter[str] = field(default_factory=Counter)
    rumus: dict[str, Counter[str]] = field(default_factory=dict)
    sebab: Counter[str] = field(default_factory=Counter)
    berambigu: int = 0

    def add(self, rumus: str, putusan: Putusan) -> None:
        """Count one row. Names beyond a good many are put together."""
        if rumus not in self.rumus and len(self.rumus) >= _MAKS_NAMA:
            rumus = "rumus lain"
        self.rumus.setdefault(rumus, Counter())[putusan.keputusan] += 1
        self.keputusan[putusan.keputusan] += 1
        self.berambigu += bool(putusan.bacaan_lain)
        if putusan.calon.sebab:
            self.sebab[putusan.calon.sebab] += 1

    def write(self) -> Iterator[str]:
        """The summary: one line of counts, then each formula and each reason."""
        banyak = sum(self.keputusan.values())
        yield f"{banyak} baris: {', '.join(f'{k} {self.keputusan[k]}' for k in Keputusan)}."
        yield (
            f"Baris dengan angka ambigu (dapat dibaca lebih dari satu cara): {self.berambigu}, "
            f"di antaranya {self.keputusan[Keputusan.AMBIGU]} tidak dapat diputuskan."
        )
        yield "Menurut rumus yang disebut dokumen:"
        for nama, isi in sorted(self.rumus.items(), key=lambda x: -x[1].total()):
            rincian = ", ".join(f"{k} {isi[k]}" for k in Keputusan if isi[k])
            yield f"  {nama}: {isi.total()} baris, {rincian}"
        if self.sebab:
            yield "Sebab tidak ada hasil:"
            yield from (f"  {sebab}: {n}" for sebab, n in self.sebab.most_common())


class Command(BaseCommand):
    """manage.py uji_capaian FILE.csv --keluaran HASIL.csv"""

    help = (
        "Menghitung ulang capaian yang tercetak dalam CSV dan membandingkannya. "
        "Panduan: docs/panduan/uji-capaian.md"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("berkas", type=Path, help="CSV dengan kolom target dan realisasi.")
        parser.add_argument("--keluaran", type=Path, required=True, help="CSV hasil.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge every row, write it with its outcome, then print the summary."""
        masuk, keluar = options["berkas"], options["keluaran"]
        mulai = time.perf_counter()
        try:
            if keluar.exists() and masuk.exists() and keluar.samefile(masuk):
                raise BerkasTidakTerbaca("Berkas hasil tidak boleh sama dengan berkas masukan.")
            susunan = read_susunan(masuk)
            hitungan = self._write(masuk, keluar, susunan)
        except (OSError, UnicodeDecodeError, BerkasTidakTerbaca) as sebab:
            raise CommandError(f"Berkas tidak dapat dibaca atau ditulis: {sebab}") from sebab
        lama = time.perf_counter() - mulai
        for baris in hitungan.write():
            self.stdout.write(baris)
        if susunan.sandi == "cp1252":
            self.stdout.write("Berkas bukan UTF-8, dibaca sebagai Windows-1252.")
        banyak = hitungan.keputusan.total()
        self.stdout.write(f"Waktu {lama:.1f} detik, {banyak / lama:.0f} baris per detik.")

    def _write(self, masuk: Path, keluaran: Path, susunan: Susunan) -> Hitungan:
        """Row by row into a file beside it, which takes its place when it is whole."""
        hitungan, sementara = Hitungan(), keluaran.with_name(f"{keluaran.name}.sementara")
        try:
            with sementara.open("w", encoding="utf-8", newline="") as keluar:
                penulis = csv.writer(keluar, quoting=csv.QUOTE_ALL)
                tetap = [n for n, j in enumerate(susunan.judul) if j not in _TAMBAHAN]
                penulis.writerow([*(susunan.judul[n] for n in tetap), *_TAMBAHAN])
                for isi, rumus, putusan in judge_semua(masuk, susunan):
                    hitungan.add(rumus, putusan)
                    asal = (isi[n] if n < len(isi) else "" for n in tetap)
                    penulis.writerow([*asal, *_tulis(putusan)])
            sementara.replace(keluaran)
        finally:
            sementara.unlink(missing_ok=True)
        return hitungan


def judge_semua(masuk: Path, susunan: Susunan) -> Iterator[tuple[list[str], str, Putusan]]:
    """Every row with the formula it names and its outcome; a mean is taken over the rows of its
    group above it."""
    di_atas: OrderedDict[tuple[str, ...], Kelompok] = OrderedDict()
    for isi in list_isi(masuk, susunan):
        rumus = name_rumus(susunan.ambil(isi, "formula_that_fits"))
        if len(isi) > len(susunan.judul):
            yield isi, rumus, _lebih(len(isi), len(susunan.judul))
            continue
        kunci = tuple(susunan.ambil(isi, k) for k in _KELOMPOK)
        kelompok = di_atas.setdefault(kunci, Kelompok())
        putusan = judge_baris(_baris(isi, susunan), kelompok)
        yield isi, rumus, putusan
        if putusan.is_rerata:
            del di_atas[kunci]
            continue
        kelompok.add(putusan)
        di_atas.move_to_end(kunci)
        if len(di_atas) > _MAKS_KELOMPOK:
            di_atas.popitem(last=False)


def _baris(isi: list[str], susunan: Susunan) -> BarisUji:
    return BarisUji(
        target=susunan.ambil(isi, "target"),
        realisasi=susunan.ambil(isi, "realisasi"),
        tercetak=susunan.ambil(isi, "capaian_published"),
        polaritas=susunan.ambil(isi, "polarity"),
        rumus=susunan.ambil(isi, "formula_that_fits"),
        satuan=susunan.ambil(isi, "satuan"),
    )


def _lebih(banyak: int, judul: int) -> Putusan:
    """A row longer than its header: an unquoted comma has shifted its figures."""
    return refuse_baris(
        f"baris berisi {banyak} sel, judulnya {judul}: koma di dalam angka tanpa tanda kutip",
        "baris lebih panjang dari judul",
    )


def _tulis(putusan: Putusan) -> tuple[str, ...]:
    calon = putusan.calon
    hasil = "" if putusan.hasil is None else f"{putusan.hasil:f}"
    return (
        calon.target,
        calon.realisasi,
        hasil,
        calon.aturan,
        putusan.keputusan.value,
        putusan.alasan,
        putusan.bacaan_lain,
    )
