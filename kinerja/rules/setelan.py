"""How an indikator is reckoned, as a plan file says it: every setting, each with its key."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import yaml

from kinerja.rules.agregasi import Agregasi
from kinerja.rules.berkas import Peta
from kinerja.rules.komposit import KomponenBaca, KomponenTidakTerbaca, Susunan, read_komponen
from kinerja.rules.nilai import ANGKA, JenisNilai, TingkatTidakTerbaca, check_tingkatan

KUNCI = (
    "agregasi",
    "lantai",
    "toleransi",
    "tingkatan",
    "nilai_maks",
    "susunan",
    "pengali",
    "komponen",
    "label",
    "cara_hitung",
    "alasan",
    "aktif",
)
_YA_TIDAK = ("ya", "tidak")
BacaAngka = Callable[[yaml.Node], Decimal]


@dataclass(frozen=True)
class Setelan:
    """Settings of one indikator. lantai None: no floor, which the file writes as a dash."""

    agregasi: str
    lantai: Decimal | None
    toleransi: Decimal
    tingkatan: str
    nilai_maks: Decimal | None
    susunan: str
    pengali: Decimal
    komponen: tuple[KomponenBaca, ...]
    label: tuple[str, ...]
    cara_hitung: str
    alasan_pemilihan: str
    is_aktif: bool


def read_setelan(peta: Peta, jenis: JenisNilai, read_angka: BacaAngka) -> Setelan:
    """The settings of one indikator; faults are noted in the file's own list."""

    def angka(kunci: str, bila_tiada: Decimal | None) -> Decimal | None:
        node = peta.find(kunci)
        if node is None:
            return bila_tiada
        return None if node.value == "-" else read_angka(node)

    susunan = Susunan(peta.pilihan("susunan", list(Susunan), bila_tiada=Susunan.LANGSUNG))
    if susunan is not Susunan.LANGSUNG and jenis not in ANGKA:
        peta.catatan.add(peta.node, "realisasi dari komponen selalu angka; ganti “jenis”")
    return Setelan(
        agregasi=peta.pilihan("agregasi", list(Agregasi), bila_tiada=Agregasi.TERAKHIR),
        lantai=angka("lantai", Decimal(0)),
        toleransi=_require_positif(peta, "toleransi", angka("toleransi", None), nol=True)
        or Decimal(0),
        tingkatan=_read_tingkatan(peta, jenis),
        nilai_maks=angka("nilai_maks", None),
        susunan=susunan.value,
        pengali=_require_positif(peta, "pengali", angka("pengali", None), nol=False)
        or Decimal(100),
        komponen=_read_komponen(peta, susunan),
        label=tuple(filter(None, (b.strip() for b in list_baris(peta, "label")))),
        cara_hitung=peta.teks("cara_hitung", bila_tiada=""),
        alasan_pemilihan=peta.teks("alasan", bila_tiada=""),
        is_aktif=peta.pilihan("aktif", _YA_TIDAK, bila_tiada="ya") == "ya",
    )


def _require_positif(peta: Peta, kunci: str, nilai: Decimal | None, *, nol: bool) -> Decimal | None:
    if nilai is not None and (nilai < 0 or (nilai == 0 and not nol)):
        peta.catatan.add(peta.find(kunci) or peta.node, f"“{kunci}” harus lebih dari nol")
    return nilai


def _read_tingkatan(peta: Peta, jenis: JenisNilai) -> str:
    teks = "\n".join(list_baris(peta, "tingkatan"))
    try:
        check_tingkatan(teks, jenis)
    except TingkatTidakTerbaca as galat:
        peta.catatan.add(peta.find("tingkatan") or peta.node, f"“tingkatan”: {galat}")
        return ""
    return teks


def _read_komponen(peta: Peta, susunan: Susunan) -> tuple[KomponenBaca, ...]:
    try:
        return read_komponen("\n".join(list_baris(peta, "komponen")), susunan)
    except KomponenTidakTerbaca as galat:
        peta.catatan.add(peta.find("komponen") or peta.node, f"“komponen”: {galat}")
        return ()


def list_baris(peta: Peta, kunci: str) -> list[str]:
    """Lines behind a key: items of a list, or of a block of text."""
    node = peta.find(kunci)
    if node is None:
        return []
    if isinstance(node, yaml.SequenceNode):
        return [str(n.value) for n in node.value if isinstance(n, yaml.ScalarNode)]
    return peta.teks(kunci).splitlines()
