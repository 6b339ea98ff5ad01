"""Mutants of access: each place that refuses or narrows, taken away in turn, in the source text.

A mutant is one function with one check less. It is put in place by its code, so that everybody who
imported the function by name runs the mutant as well.
"""

import ast
import importlib
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from sakip.env import BASE_DIR

# What the first stage leaves to the second.
SISA = BASE_DIR / "var" / "mutasi" / "sisa.txt"

RUANG = ("organisasi", "sop", "kinerja", "laporan")
# Words of a filter that keep rows to an office, to drafts one may read, or to oneself.
_SARINGAN = re.compile(
    r"(^|_)(instansi|instansi_id|instansi__in|draf__in|formulir__in|pengguna|jejak)$"
)
_PENYARING = frozenset({"get_object_or_404", "filter", "get", "exclude"})


@dataclass(frozen=True)
class Mutan:
    """One function without one of its checks."""

    modul: str
    fungsi: str
    baris: range
    apa: str
    kode: CodeType

    def __str__(self) -> str:
        return f"{self.modul}.{self.fungsi}  {self.apa}"


def list_mutan() -> list[Mutan]:
    """Every mutant of the rooms, by module and line."""
    berkas = [b for r in RUANG for b in sorted((BASE_DIR / r).rglob("*.py")) if _is_target(b)]
    return [m for b in berkas for m in _mutate(b)]


def find_fungsi(mutan: Mutan) -> FunctionType:
    """The living function, whatever stands around it."""
    objek: Any = importlib.import_module(mutan.modul)
    for nama in mutan.fungsi.split("."):
        objek = getattr(objek, nama)
    if isinstance(objek, property):
        objek = objek.fget
    fungsi = inspect.unwrap(objek)
    assert isinstance(fungsi, FunctionType), f"cannot look through to {mutan}"
    return fungsi


@contextmanager
def swapped(fungsi: FunctionType, kode: CodeType) -> Iterator[None]:
    """The function runs that code for a while."""
    asli = fungsi.__code__
    fungsi.__code__ = kode
    try:
        yield
    finally:
        fungsi.__code__ = asli


def _is_target(berkas: Path) -> bool:
    return not {"migrations", "management", "rules", "forms", "models"} & set(berkas.parts)


def _mutate(berkas: Path) -> Iterator[Mutan]:
    modul = ".".join(berkas.relative_to(BASE_DIR).with_suffix("").parts).removesuffix(".__init__")
    teks = berkas.read_text(encoding="utf-8")
    perms = berkas.name == "perms.py"
    kembar: Counter[str] = Counter()
    for nomor in range(len(list(_list_tempat(ast.parse(teks), perms=perms)))):
        pohon = ast.parse(teks)
        tempat = list(_list_tempat(pohon, perms=perms))[nomor]
        baris, nama = tempat.baris, ".".join(tempat.fungsi)
        tempat.take()
        kode = _find_kode(compile(pohon, str(berkas), "exec", dont_inherit=True), tempat.fungsi)
        kembar[nama + tempat.apa] += 1
        ke = kembar[nama + tempat.apa]
        yield Mutan(modul, nama, baris, tempat.apa + (f" ({ke})" if ke > 1 else ""), kode)


@dataclass
class _Tempat:
    """One check in a tree: inside which function, and how it is taken away."""

    fungsi: tuple[str, ...]
    simpul: ast.If | ast.Compare | ast.Call
    apa: str
    kata: ast.keyword | None = None

    @property
    def baris(self) -> range:
        """The lines whose running means that the check was asked."""
        letak = self.simpul.test if isinstance(self.simpul, ast.If) else self.simpul
        return range(letak.lineno, (letak.end_lineno or letak.lineno) + 1)

    def take(self) -> None:
        """Change the tree."""
        if self.kata is not None and isinstance(self.simpul, ast.Call):
            self.simpul.keywords.remove(self.kata)
        elif isinstance(self.simpul, ast.If):
            self.simpul.test = ast.copy_location(ast.Constant(value=False), self.simpul.test)
        elif isinstance(self.simpul, ast.Compare):
            kiri = ast.copy_location(ast.Constant(value=True), self.simpul)
            self.simpul.left, self.simpul.ops = kiri, [ast.Is()]
            self.simpul.comparators = [kiri]


def _list_tempat(pohon: ast.AST, *, perms: bool) -> Iterator[_Tempat]:
    for nama, fungsi in _list_fungsi(pohon, ()):
        for simpul in ast.walk(fungsi):
            if isinstance(simpul, ast.If) and _is_refusal(simpul):
                yield _Tempat(nama, simpul, f"tanpa menolak: {ast.unparse(simpul.test)}")
            elif perms and isinstance(simpul, ast.Compare):
                yield _Tempat(nama, simpul, f"tanpa syarat: {ast.unparse(simpul)}")
            elif isinstance(simpul, ast.Call) and _name(simpul.func) in _PENYARING:
                for kata in simpul.keywords:
                    if kata.arg and _SARINGAN.search(kata.arg):
                        yield _Tempat(nama, simpul, f"tanpa saringan: {kata.arg}", kata)


def _list_fungsi(simpul: ast.AST, di: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ast.AST]]:
    for anak in ast.iter_child_nodes(simpul):
        if isinstance(anak, ast.FunctionDef):
            yield (*di, anak.name), anak
        elif isinstance(anak, ast.ClassDef):
            yield from _list_fungsi(anak, (*di, anak.name))


def _is_refusal(simpul: ast.If) -> bool:
    """Whether the branch does nothing but refuse the person."""
    akhir = simpul.body[-1]
    if not isinstance(akhir, ast.Raise) or not isinstance(akhir.exc, ast.Call):
        return False
    return _name(akhir.exc.func) == "AksesDitolak"


def _name(simpul: ast.expr) -> str:
    return simpul.attr if isinstance(simpul, ast.Attribute) else getattr(simpul, "id", "")


def _find_kode(kode: CodeType, nama: tuple[str, ...]) -> CodeType:
    for n in nama:
        kode = [k for k in kode.co_consts if isinstance(k, CodeType) and k.co_name == n][-1]
    return kode
