"""The house rules that no linter knows: sizes, words, sources, hidden clocks, inline code."""

import ast
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.sumber import (
    AKAR,
    LAPIS_TANPA_JAM,
    RUANG,
    list_modul,
    list_modul_lapis,
    list_templat,
    parse,
    tempat,
    walk_fungsi,
)

MAKS_BARIS_MODUL = 400
MAKS_BARIS_FUNGSI = 50

SEBARIS = {
    "style element": re.compile(r"<style[\s>]", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "script without src": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "hx-on attribute": re.compile(r"\shx-on[:\w-]*\s*=", re.I),
    "javascript: address": re.compile(r"javascript:", re.I),
}


def list_kunci_regulasi() -> set[str]:
    teks = (AKAR / "docs/regulasi.md").read_text(encoding="utf-8")
    return set(re.findall(r"^## ([A-Z][A-Z0-9-]+)$", teks, re.M))


def list_istilah() -> set[str]:
    teks = (AKAR / "docs/glosarium.md").read_text(encoding="utf-8")
    return {baris.strip() for baris in re.findall(r"^\| ([^|]+?) \|", teks, re.M)}


def test_no_module_passes_400_lines() -> None:
    panjang = {
        tempat(berkas): jumlah
        for berkas in list_modul(*RUANG, "tests")
        if (jumlah := len(berkas.read_text(encoding="utf-8").splitlines())) > MAKS_BARIS_MODUL
    }
    assert not panjang


def test_no_function_passes_50_lines() -> None:
    panjang = {
        f"{tempat(berkas, f)} {f.name}": jumlah
        for berkas in list_modul()
        for f in walk_fungsi(berkas)
        if (jumlah := (f.end_lineno or f.lineno) - f.lineno + 1) > MAKS_BARIS_FUNGSI
    }
    assert not panjang


def test_every_module_says_what_it_is() -> None:
    bisu = [
        tempat(berkas)
        for berkas in list_modul()
        if parse(berkas).body and not ast.get_docstring(parse(berkas))
    ]
    assert not bisu


def test_every_model_stands_in_the_glossary() -> None:
    nama = {
        model.__name__
        for ruang in RUANG[1:]
        for model in apps.get_app_config(ruang).get_models()
        if not model._meta.auto_created
    }
    assert nama - list_istilah() == set()


def test_every_cited_source_stands_in_the_list_of_regulations() -> None:
    dikutip = {
        kunci: tempat(berkas)
        for berkas in list_modul(*RUANG, migrasi=True)
        for kunci in re.findall(r"Sumber:\s+([A-Z][A-Z0-9-]+)", berkas.read_text(encoding="utf-8"))
    }
    tak_dikenal = {k: v for k, v in dikutip.items() if k not in list_kunci_regulasi()}
    assert not tak_dikenal


def test_archived_django_fsm_is_absent() -> None:
    # Both distributions own the module django_fsm; the later one installed wins without a word.
    with pytest.raises(PackageNotFoundError):
        distribution("django-fsm")


def test_no_code_asks_is_superuser() -> None:
    tanya = [
        tempat(berkas, simpul)
        for berkas in list_modul()
        for simpul in ast.walk(parse(berkas))
        if isinstance(simpul, ast.Attribute)
        and simpul.attr == "is_superuser"
        and isinstance(simpul.ctx, ast.Load)
    ]
    di_templat = [tempat(t) for t in list_templat() if "is_superuser" in t.read_text("utf-8")]
    assert not tanya + di_templat


def test_time_is_handed_to_rules_and_services() -> None:
    jam = [
        tempat(berkas, simpul)
        for berkas in list_modul_lapis(*LAPIS_TANPA_JAM)
        for simpul in ast.walk(parse(berkas))
        if isinstance(simpul, ast.Call) and _is_jam(simpul.func)
    ]
    assert not jam


def _is_jam(fungsi: ast.expr) -> bool:
    return isinstance(fungsi, ast.Attribute) and ast.unparse(fungsi) in {
        "timezone.now",
        "datetime.now",
        "datetime.datetime.now",
        "date.today",
        "datetime.date.today",
        "time.time",
    }


def test_figures_never_pass_through_a_float() -> None:
    apung = [
        tempat(berkas, simpul)
        for berkas in [*list_modul("kinerja"), AKAR / "sakip/common/angka.py"]
        if berkas.exists()
        for simpul in ast.walk(parse(berkas))
        if (isinstance(simpul, ast.Name) and simpul.id == "float")
        or (isinstance(simpul, ast.Constant) and isinstance(simpul.value, float))
    ]
    assert not apung


@pytest.mark.parametrize("apa", SEBARIS)
def test_templates_carry_no_inline_code(apa: str) -> None:
    bersalah = [
        f"{tempat(templat)}: {temuan.group(0)[:60]}"
        for templat in list_templat()
        for temuan in SEBARIS[apa].finditer(_tanpa_komentar(templat))
    ]
    assert not bersalah


def _tanpa_komentar(templat: Path) -> str:
    teks = templat.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", teks, flags=re.S)


def test_no_form_takes_every_column() -> None:
    """What a form may write is named: a new column is out of reach until somebody says so."""
    semua = [
        f"{tempat(berkas, simpul)} {ast.unparse(simpul)}"
        for berkas in list_modul()
        for kelas in ast.walk(parse(berkas))
        if isinstance(kelas, ast.ClassDef) and kelas.name == "Meta"
        for simpul in kelas.body
        if ast.unparse(simpul).startswith(("exclude = ", "fields = '__all__'"))
    ]
    assert not semua


def test_no_test_is_skipped() -> None:
    lewat = [
        f"{tempat(berkas, simpul)} {simpul.attr}"
        for berkas in list_modul("tests")
        for simpul in ast.walk(parse(berkas))
        if isinstance(simpul, ast.Attribute)
        and simpul.attr in {"skip", "skipif", "xfail", "importorskip"}
        and ast.unparse(simpul.value) in {"pytest", "pytest.mark"}
    ]
    assert not lewat
