"""A small share of F13 on every run; script/faults sends the ten thousands."""

import io
import logging
from collections.abc import Iterator

import pytest
from xlsxwriter import Workbook

from tests.faults import f13_acak
from tests.faults.acak_kiriman import Kiriman
from tests.faults.acak_negeri import Dunia
from tests.faults.acak_nilai import find_rumus
from tests.house.formulir import read_formulir

HALAMAN = b"""<form id=f method=post action=simpan/><input name=nama value=A><textarea name=isi>B
</textarea><input type=radio name=pilih value=1><select name=s><option value=x><option value=y>
</select><input type=file name=berkas><button name=aksi value=kirim>K</button><button>S</button>
</form><input form=f type=hidden name=luar value=C>"""


@pytest.fixture
def dunia(db: None) -> Iterator[Dunia]:
    """The regency of the matrix; what it refuses is not logged."""
    logging.disable(logging.CRITICAL)
    yield Dunia()
    logging.disable(logging.NOTSET)


def test_no_form_breaks_whatever_is_sent_to_it(dunia: Dunia) -> None:
    semua = dunia.list_sasaran(("kelola",), tiap=25)
    kirim = {r: [s for s in daftar if s.formulir.metode == "POST"] for r, daftar in semua.items()}
    kirim = {r: daftar for r, daftar in kirim.items() if daftar}
    assert f13_acak.post_acak(dunia, kirim, len(kirim)) > 150
    assert not f13_acak.judge(dunia, tumbuh=0).salah


def test_an_address_that_breaks_and_memory_that_grows_are_told(
    dunia: Dunia, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("organisasi.middleware.touch_sesi", lambda *_a: 1 // 0)
    dunia.send("kepala", Kiriman("GET", "/"))
    salah, memori = f13_acak.judge(dunia, tumbuh=51 * 2**20).salah
    assert salah.startswith("kepala GET /\n")
    assert "ZeroDivisionError" in salah
    assert memori == "memori tumbuh 51 MB"


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    [satu] = read_formulir(HALAMAN, "/a/")
    assert (satu.metode, satu.alamat) == ("POST", "/a/simpan/")
    assert satu.isian == (
        *(("nama", "A"), ("isi", "B\n"), ("pilih", "1"), ("s", "y"), ("luar", "C")),
        ("aksi", "kirim"),
    )
    assert (satu.teks, satu.berkas) == (("nama", "isi"), ("berkas",))


def test_formulas_of_a_download_are_found() -> None:
    assert find_rumus(b"a;b\r\n=1+1;-5,2\r\n", "csv") == ["=1+1"]
    keluaran = io.BytesIO()
    with Workbook(keluaran) as buku:
        buku.add_worksheet().write_formula(0, 0, "=1+1")
    assert find_rumus(keluaran.getvalue(), "xlsx") == ["xl/worksheets/sheet1.xml"]
