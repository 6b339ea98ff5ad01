"""Rows of Rencana Aksi in the workbook of a plan: what they may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from kinerja.rules.nilai import JenisNilai, read_tingkat
from kinerja.rules.periode import TRIWULAN
from kinerja.rules.target import TargetTidakTerbaca, parse_target

if TYPE_CHECKING:
    from kinerja.rules.lembar_rencana import Baris

KOLOM_TARGET = tuple(f"tw{t}" for t in TRIWULAN)


def check_aksi(baris: Baris, indikator: Mapping[str, str], tercatat: Collection[str] = ()) -> None:
    """Put its targets in their one form, and note every fault.

    indikator: values of the row it belongs to, whose levels count. tercatat: columns of targets
    whose work is on record, which stay.
    """
    lengkap = {**(baris.lama or {}), **baris.nilai}
    jenis = JenisNilai(lengkap.get("jenis_nilai", JenisNilai.ANGKA))
    if jenis is JenisNilai.ORDINAL and indikator.get("jenis_nilai") != JenisNilai.ORDINAL:
        baris.refuse("jenis_nilai", "Indikatornya tidak memakai predikat. Pilih jenis yang lain.")
        return
    tingkat = read_tingkat(indikator.get("tingkatan", ""))
    for nama in (n for n in KOLOM_TARGET if n in baris.nilai):
        try:
            target = parse_target(baris.nilai[nama], jenis, tingkat, negatif=False, rentang=True)
        except TargetTidakTerbaca as galat:
            baris.refuse(nama, str(galat))
            continue
        baris.nilai[nama] = lengkap[nama] = target
        if not target and nama in tercatat:
            pesan = "Pelaksanaannya sudah dicatat, jadi targetnya tidak dapat dikosongkan."
            baris.refuse(nama, pesan)
    if not any(lengkap.get(n, "") for n in KOLOM_TARGET):
        baris.refuse(KOLOM_TARGET[0], "Isi target paling sedikit pada satu triwulan.")
    if (uang := lengkap.get("anggaran", "")) and Decimal(uang) < 0:
        baris.refuse("anggaran", "Anggaran tidak dapat kurang dari nol.")
