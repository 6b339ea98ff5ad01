"""What the house tests look at: our own modules, their syntax trees, our templates."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

AKAR = Path(__file__).resolve().parents[2]
RUANG = ("sakip", "organisasi", "sop", "kinerja", "laporan")
# The layers of an app that get the time handed to them.
LAPIS_TANPA_JAM = ("rules", "models", "perms", "selectors", "services")

Fungsi = ast.FunctionDef | ast.AsyncFunctionDef


def list_modul(*ruang: str, migrasi: bool = False) -> list[Path]:
    """Every Python file of the named rooms, without migrations unless asked for."""
    return [
        berkas
        for nama in ruang or RUANG
        for berkas in sorted((AKAR / nama).rglob("*.py"))
        if migrasi or "migrations" not in berkas.parts
    ]


def list_modul_lapis(*lapis: str) -> list[Path]:
    """Modules of the named layers: `services.py` and everything under `services/`, in every app."""
    return [
        berkas
        for berkas in list_modul("organisasi", "sop", "kinerja", "laporan")
        if berkas.relative_to(AKAR).with_suffix("").parts[1] in lapis
    ]


@cache
def parse(berkas: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(berkas.read_text(encoding="utf-8"), filename=str(berkas))


def walk_fungsi(berkas: Path) -> Iterator[Fungsi]:
    """Every function and method of one file, nested ones too."""
    for simpul in ast.walk(parse(berkas)):
        if isinstance(simpul, Fungsi):
            yield simpul


def tempat(berkas: Path, simpul: ast.AST | None = None) -> str:
    """`path:line`, as an editor opens it."""
    nama = berkas.relative_to(AKAR).as_posix()
    return f"{nama}:{getattr(simpul, 'lineno', 1)}"


def list_templat() -> list[Path]:
    """Every template of the project."""
    return sorted((AKAR / "templates").rglob("*.html"))
