"""Test the engine against figures that offices have published."""

import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kinerja.rules.uji import BarisUji, Cara, Keputusan, Putusan, judge_baris, read_pengaturan

_WAJIB = ("target", "realisasi")
_TAMBAHAN = (
    "target_terbaca",
    "realisasi_terbaca",
    "capaian_hitung",
    "aturan",
    "keputusan",
    "alasan",
)
# Rows of one mean stand together in these columns.
_KELOMPOK = ("doc_id", "agency", "year", "sasaran")


class Command(BaseCommand):
    """manage.py uji_capaian FILE.csv --keluaran HASIL.csv"""

    help = "Menghitung ulang capaian yang tercetak dalam CSV dan membandingkannya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("berkas", type=Path, help="CSV dengan kolom target dan realisasi.")
        parser.add_argument("--keluaran", type=Path, required=True, help="CSV hasil.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judge every row, write it with its outcome, then print the summary."""
        try:
            nama, baris = self._read(options["berkas"])
            banyak = self._write(options["keluaran"], nama, baris)
        except (OSError, UnicodeDecodeError, csv.Error) as sebab:
            raise CommandError(f"Berkas tidak dapat dibaca atau ditulis: {sebab}") from sebab
        rincian = ", ".join(f"{k} {banyak[k]}" for k in Keputusan)
        self.stdout.write(f"{sum(banyak.values())} baris: {rincian}.")

    def _read(self, berkas: Path) -> tuple[list[str], list[dict[str, str]]]:
        with berkas.open(encoding="utf-8-sig", newline="") as masuk:
            judul = masuk.readline()
            masuk.seek(0)
            pembaca = csv.DictReader(
                masuk, delimiter=";" if judul.count(";") > judul.count(",") else ",", restval=""
            )
            nama = list(pembaca.fieldnames or ())
            kurang = [w for w in _WAJIB if w not in nama]
            if kurang:
                raise CommandError(f"Kolom {', '.join(kurang)} tidak ada dalam {berkas}.")
            return nama, list(pembaca)

    def _write(self, keluaran: Path, nama: list[str], baris: list[dict[str, str]]) -> Counter[str]:
        banyak: Counter[str] = Counter()
        with keluaran.open("w", encoding="utf-8", newline="") as keluar:
            penulis = csv.DictWriter(
                keluar,
                [*nama, *(t for t in _TAMBAHAN if t not in nama)],
                quoting=csv.QUOTE_ALL,
                extrasaction="ignore",
            )
            penulis.writeheader()
            for isi, putusan in judge_semua(baris):
                banyak[putusan.keputusan] += 1
                penulis.writerow({**isi, **_tulis(putusan)})
        return banyak


def judge_semua(baris: list[dict[str, str]]) -> Iterator[tuple[dict[str, str], Putusan]]:
    """Every row with its outcome; a mean is taken over the rows of its group above it."""
    di_atas: dict[tuple[str, ...], list[Putusan]] = {}
    for isi in baris:
        kelompok = tuple(isi.get(k, "") for k in _KELOMPOK)
        satu = BarisUji(
            target=isi["target"],
            realisasi=isi["realisasi"],
            tercetak=isi.get("capaian_published", ""),
            polaritas=isi.get("polarity", ""),
            rumus=isi.get("formula_that_fits", ""),
        )
        putusan = judge_baris(satu, di_atas.get(kelompok, []))
        yield isi, putusan
        if read_pengaturan(satu.polaritas, satu.rumus).cara is Cara.RERATA:
            di_atas.pop(kelompok, None)
        else:
            di_atas.setdefault(kelompok, []).append(putusan)


def _tulis(putusan: Putusan) -> dict[str, str]:
    hasil = "" if putusan.hasil is None else f"{putusan.hasil:f}"
    isi = (
        putusan.target,
        putusan.realisasi,
        hasil,
        putusan.aturan,
        putusan.keputusan.value,
        putusan.alasan,
    )
    return dict(zip(_TAMBAHAN, isi, strict=True))
