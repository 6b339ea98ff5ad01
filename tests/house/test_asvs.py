"""The ASVS checklist names every requirement once, and no evidence that is not there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tests.house.sumber import AKAR, parse

DAFTAR = AKAR / "docs" / "asvs.md"
NOMOR = AKAR / "tests" / "house" / "asvs_nomor.txt"
KEADAAN = {"terpenuhi", "setelan", "tidak berlaku", "belum"}
_UJI = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
_KODE = re.compile(r"`([\w./-]+\.\w+|\.dockerignore|docker/Caddyfile)(?::([^`]+))?`")
_TAUTAN = re.compile(r"\[[^\]]+\]\(([\w.-]+\.md)(?:#([\w-]+))?\)")


class Baris(NamedTuple):
    """One requirement."""

    nomor: str
    tingkat: str
    diminta: str
    keadaan: str
    bukti: str


@cache
def list_baris() -> list[Baris]:
    """Rows of the tables, headings left out."""
    isi = DAFTAR.read_text(encoding="utf-8").splitlines()
    sel = [[s.strip() for s in b.strip("| ").split(" | ")] for b in isi if re.match(r"\| \d", b)]
    return [Baris(*s) for s in sel]


def read_nomor() -> dict[str, str]:
    """Level by number, of all that apply here."""
    baris = [b for b in NOMOR.read_text(encoding="utf-8").splitlines() if not b.startswith("#")]
    return {n: b[0] for b in baris for n in b[2:].split()}


def test_every_requirement_stands_there_once_with_its_level() -> None:
    assert [(b.nomor, b.tingkat) for b in sorted(list_baris())] == sorted(read_nomor().items())
    assert {b.keadaan for b in list_baris()} <= KEADAAN
    assert all(b.diminta for b in list_baris())


def test_nothing_is_claimed_without_evidence() -> None:
    """A test, a place in the code or a page; where nothing is claimed, a reason in words."""
    tanpa = [
        b.nomor
        for b in list_baris()
        if b.keadaan in {"terpenuhi", "setelan"}
        and not (_UJI.search(b.bukti) or _KODE.search(b.bukti) or _TAUTAN.search(b.bukti))
    ]
    assert not tanpa
    bisu = [
        b.nomor
        for b in list_baris()
        if b.keadaan in {"tidak berlaku", "belum"} and len(_strip(b.bukti)) < 10
    ]
    assert not bisu


def test_every_named_piece_of_evidence_is_there() -> None:
    hilang = sorted({f"{b.nomor}: {h}" for b in list_baris() for h in _list_hilang(b.bukti)})
    assert not hilang


def test_the_page_on_security_counts_the_gaps() -> None:
    isi = (AKAR / "docs" / "keamanan.md").read_text(encoding="utf-8")
    bagian = isi.partition("## Daftar periksa ASVS")[2]
    tertulis = {k: int(n) for n, k in re.findall(r"(\d+) (" + "|".join(KEADAAN) + r")\b", bagian)}
    kelompok = groupby(sorted(b.keadaan for b in list_baris()))
    assert tertulis == {keadaan: len(list(g)) for keadaan, g in kelompok}


def _strip(bukti: str) -> str:
    return _TAUTAN.sub("", _KODE.sub("", _UJI.sub("", bukti))).strip(" ,.;:()")


def _list_hilang(bukti: str) -> Iterator[str]:
    for berkas, uji in _UJI.findall(bukti):
        if uji not in _names_in(AKAR / berkas):
            yield f"{berkas}::{uji}"
    for berkas, nama in _KODE.findall(_UJI.sub("", bukti)):
        if not _has(AKAR / berkas, nama):
            yield f"{berkas}:{nama}"
    for halaman, judul in _TAUTAN.findall(bukti):
        if judul and judul not in _list_judul(AKAR / "docs" / halaman):
            yield f"{halaman}#{judul}"
        elif not (AKAR / "docs" / halaman).is_file():
            yield halaman


def _has(path: Path, nama: str) -> bool:
    """A name that a module defines, or words that stand in a file."""
    if not path.is_file():
        return False
    if path.suffix == ".py" and nama.isidentifier() and nama in _names_in(path):
        return True
    return not nama or nama in path.read_text(encoding="utf-8")


@cache
def _names_in(path: Path) -> frozenset[str]:
    """What a module defines at its top; none where it is missing."""
    if not path.is_file():
        return frozenset()
    nama: set[str] = set()
    for simpul in parse(path).body:
        if isinstance(simpul, ast.FunctionDef | ast.ClassDef):
            nama.add(simpul.name)
        elif isinstance(simpul, ast.Assign):
            nama |= {t.id for t in simpul.targets if isinstance(t, ast.Name)}
        elif isinstance(simpul, ast.AnnAssign) and isinstance(simpul.target, ast.Name):
            nama.add(simpul.target.id)
    return frozenset(nama)


@cache
def _list_judul(path: Path) -> frozenset[str]:
    """Anchors of the headings, as they are made from their words."""
    if not path.is_file():
        return frozenset()
    judul = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return frozenset(re.sub(r"[^\w\s-]", "", j).strip().lower().replace(" ", "-") for j in judul)
