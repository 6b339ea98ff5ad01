"""The list of rules in docs/panduan/mesin-capaian.md names code and tests that exist."""

import re
from importlib import import_module
from pathlib import Path

import pytest

AKAR = Path(__file__).parent.parent.parent
BARIS = re.findall(
    r"^\| (.+?) \| `([\w.]+)` \| `(test_\w+)` \|$",
    (AKAR / "docs" / "panduan" / "mesin-capaian.md").read_text(encoding="utf-8"),
    re.M,
)
UJI = set(
    re.findall(
        r"^def (test_\w+)",
        "\n".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py")),
        re.M,
    )
)


def test_the_list_is_read() -> None:
    assert len(BARIS) > 30


@pytest.mark.parametrize("baris", BARIS, ids=lambda b: b[0])
def test_rule_has_code_and_a_test(baris: tuple[str, str, str]) -> None:
    _aturan, kode, uji = baris
    modul, _titik, nama = kode.rpartition(".")
    assert hasattr(import_module(f"kinerja.rules.{modul}"), nama)
    assert uji in UJI
