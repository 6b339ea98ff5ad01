"""First stage of `script/mutasi`: one check less at a time, until somebody gets another answer.

No part of the suite. What nothing here notices is left to the tests of the rooms (`mutasi_uji`).
"""

import logging
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from django.test import Client

from tests.house.isi_negeri import fill_negeri
from tests.house.isian_matriks import make_isian
from tests.house.matriks import Penanya, list_baris, read_tabel
from tests.house.mutasi import SISA, Mutan, find_fungsi, list_mutan, swapped
from tests.house.negeri import PERAN, Negeri, make_negeri
from tests.house.test_bocor import TANDA, list_alamat, mark, read_isi
from tests.house.test_tetangga import list_tanya, read

# Whoever is refused most; the other columns follow from the same checks.
KOLOM = ("rangkap", "kabid", "kelola", "bina", "lain", "perenc")
# What the table of answers did not notice, for the lists to judge.
HIDUP: list[tuple[Mutan, FunctionType]] = []


def list_diminta() -> list[tuple[Mutan, FunctionType]]:
    """Mutants of the modules that were asked for."""
    awalan = tuple(os.environ.get("SAKIP_MUTASI", "").split())
    semua = [m for m in list_mutan() if not awalan or m.modul.startswith(awalan)]
    return [(m, find_fungsi(m)) for m in semua]


@pytest.mark.usefixtures("ringan")
def test_1_the_table_of_answers(negeri: Negeri, capsys: pytest.CaptureFixture[str]) -> None:
    nilai = fill_negeri(negeri)
    penanya = Penanya(negeri, make_isian(negeri, nilai))
    tabel, nomor = read_tabel(), {k: n for n, k in enumerate(PERAN)}
    baris = [b for b in list_baris(penanya, nilai) if not b.nama.startswith("admin:")]
    harap = {(k, b): tabel[b.kunci][nomor[k]] for b in baris for k in KOLOM}
    mutan = list_diminta()
    lewat = _trace(lambda sel: penanya.ask(*sel), list(harap), {f.__code__ for _m, f in mutan})
    for m, f in mutan:
        # Those refused first: a check that is gone shows there.
        urut = sorted(lewat[f.__code__], key=lambda s: harap[s] not in ("403", "404"))
        with swapped(f, m.kode):
            if not any(penanya.ask(*s) != harap[s] for s in urut):
                HIDUP.append((m, f))
    with capsys.disabled():
        sys.stdout.write(f"\n{len(mutan)} mutan; {len(HIDUP)} tidak mengubah tabel jawaban\n")


def test_2_the_lists(negeri: Negeri, capsys: pytest.CaptureFixture[str]) -> None:
    HIDUP[:] = HIDUP or list_diminta()
    logging.disable(logging.CRITICAL)
    lain = make_negeri()
    mark(lain)
    klien = {k: Client(raise_request_exception=False) for k in ("kepala", "bina")}
    for k, c in klien.items():
        c.force_login(negeri.orang[k])
    halaman = [(k, a) for k in klien for n, a in list_alamat() if n != "kinerja:view-daerah"]
    lewat = _trace(lambda h: read_isi(klien[h[0]], h[1]), halaman, {f.__code__ for _m, f in HIDUP})
    sisa = []
    for m, f in HIDUP:
        dilalui = lewat[f.__code__]
        with swapped(f, m.kode):
            if not any(TANDA in read_isi(klien[k], a) for k, a in dilalui):
                sisa.append((m, f))
    logging.disable(logging.NOTSET)
    HIDUP[:] = sisa
    with capsys.disabled():
        sys.stdout.write(f"\n{len(sisa)} tidak disadari daftarnya\n")


def test_3_the_office_next_door(negeri: Negeri, capsys: pytest.CaptureFixture[str]) -> None:
    HIDUP[:] = HIDUP or list_diminta()
    fill_negeri(negeri)
    sebelum: dict[str, str] = {}
    kode = {f.__code__ for _m, f in HIDUP}
    tanya = list_tanya(negeri)
    lewat = _trace(lambda t: sebelum.update({t: read(tanya[t])}), list(tanya), kode)
    fill_negeri(make_negeri())
    sisa = []
    for m, f in HIDUP:
        dilalui = lewat[f.__code__]
        kembali = list_tanya(negeri) if dilalui else {}
        with swapped(f, m.kode):
            if not any(read(kembali[t]) != sebelum[t] for t in dilalui):
                sisa.append(str(m))
    SISA.parent.mkdir(parents=True, exist_ok=True)
    SISA.write_text("".join(f"{satu}\n" for satu in sisa), encoding="utf-8")
    with capsys.disabled():
        sys.stdout.write(f"\n{len(sisa)} tidak disadari ketiganya\n")


def _trace(
    ask: Callable[[Any], object], semua: list[Any], cari: set[CodeType]
) -> dict[CodeType, list[Any]]:
    """Which questions pass through which function."""
    lewat: dict[CodeType, list[Any]] = defaultdict(list)
    kini: set[CodeType] = set()

    def note(frame: FrameType, kejadian: str, _arg: object) -> None:
        if kejadian == "call" and frame.f_code in cari:
            kini.add(frame.f_code)

    for satu in semua:
        kini.clear()
        sys.setprofile(note)
        try:
            ask(satu)
        finally:
            sys.setprofile(None)
        for kode in kini:
            lewat[kode].append(satu)
    return lewat
