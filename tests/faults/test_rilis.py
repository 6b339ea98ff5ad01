"""What the faults of an upgrade judge by: columns of two releases, answers, forms."""

import time

import pytest

from tests.faults import _beban, _isi
from tests.faults._landasan import Hasil
from tests.faults.f09_migrasi import Kolom, judge_kolom

_DAHULU = {"surat.id": ("NO", True, "bigint"), "surat.hal": ("NO", False, "text")}


@pytest.mark.parametrize(
    ("kini", "salah"),
    [
        (_DAHULU, 0),
        (_DAHULU | {"surat.sifat": ("YES", False, "text")}, 0),
        (_DAHULU | {"surat.sifat": ("NO", True, "text")}, 0),
        (_DAHULU | {"surat.sifat": ("NO", False, "text")}, 1),
        (_DAHULU | {"lain.sifat": ("NO", False, "text")}, 0),
        ({"surat.id": ("NO", True, "bigint")}, 1),
    ],
)
def test_the_code_before_needs_its_columns_and_fills_no_new_one(kini: Kolom, salah: int) -> None:
    hasil = Hasil()
    judge_kolom(hasil, _DAHULU, kini)
    assert len(hasil.salah) == salah


class _Rusak(_beban.Orang):
    def fetch(self, jalur: str, isi: dict[str, str] | None = None) -> str:
        if jalur == "/rusak/7/":
            raise OSError("HTTP Error 500")
        return "<html></html>"


def test_a_request_without_an_answer_is_counted_and_named() -> None:
    orang = _Rusak("1", "", lambda: "http://127.0.0.1", halaman=["/", "/rusak/7/"])
    with _beban.Beban([orang], per_detik=500) as beban:
        habis = time.monotonic() + 2
        while len(beban.jawaban) < 4 and time.monotonic() < habis:
            time.sleep(0.01)
    gagal = [j for j in beban.jawaban if j.galat]
    assert 0 < len(gagal) < len(beban.jawaban)
    assert _beban.list_gagal(gagal) == [f"{len(gagal)}x buka /rusak/N/: OSError: HTTP Error 500"]


@pytest.mark.parametrize(("capaian", "opd"), [(1600, 1), (1601, 2), (20_000, 13), (10**6, 13)])
def test_an_office_makes_sixteen_hundred_figures(capaian: int, opd: int) -> None:
    assert f"--opd={opd}" in _isi.list_pilihan(capaian)
