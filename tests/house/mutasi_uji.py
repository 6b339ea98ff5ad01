"""Second stage of `script/mutasi`: the tests of the rooms against what the first did not notice.

A plugin of pytest that stands in for its loop. It learns once which test reaches which check, then
takes one check away at a time and runs the tests that reach it, quickest first, until one fails.
Each try is a fork with a database of its own: nothing that it leaves behind meets the next.
"""

import json
import os
import shutil
import signal
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import accumulate, chain
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeVar, cast

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage
from django.db import connection

from sakip.env import BASE_DIR
from tests.house.mutasi import SISA, Mutan, find_fungsi, list_mutan

PETA = SISA.with_name("peta.json")
PEMBUNUH = SISA.with_name("pembunuh.txt")
SETARA = BASE_DIR / "tests" / "house" / "mutan_setara.txt"
# Seconds of tests that one missing check may cost; what hangs for much longer has been noticed.
WAKTU, TERGANTUNG = 90, 600

T = TypeVar("T")
# By test: its seconds and the checks it reaches.
Peta = dict[str, tuple[float, list[str]]]


def read_setara() -> dict[str, str]:
    """Checks whose absence nobody can notice, each followed by its indented reason."""
    alasan: dict[str, str] = {}
    for baris in SETARA.read_text(encoding="utf-8").splitlines():
        if baris.startswith("  "):
            alasan[list(alasan)[-1]] += baris.strip()
        elif baris and not baris.startswith("#"):
            alasan[baris] = ""
    return alasan


def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try each check that is left; red when the survivors are not those listed."""
    assert connection.vendor == "sqlite", "one copy of the database per try: SQLite only"
    semua = {str(m): m for m in list_mutan()}
    _run(session.items[0])
    peta = _learn(session, list(semua.values()))
    sisa = [semua[s] for s in SISA.read_text(encoding="utf-8").splitlines()]
    pembunuh = {str(m): _find_pembunuh(m, session, peta) for m in sisa}
    PEMBUNUH.write_text("".join(f"{m}\t{p}\n" for m, p in pembunuh.items()), encoding="utf-8")
    hidup = {m for m, p in pembunuh.items() if not p}
    diminta = tuple(os.environ.get("SAKIP_MUTASI", "").split()) or ("",)
    setara = {m: a for m, a in read_setara().items() if m.startswith(diminta)}
    kata = [f"{len(sisa)} mutan dicoba; {len(sisa) - len(hidup)} digagalkan uji ruang"]
    kata += [f"TIDAK DISADARI  {m}" for m in sorted(hidup - set(setara))]
    kata += [f"DISADARI ATAU TIADA, cabut dari {SETARA.name}  {m}" for m in set(setara) - hidup]
    kata += [f"TANPA ALASAN  {m}" for m, alasan in setara.items() if not alasan]
    session.testsfailed = len(kata) - 1
    session.config.get_terminal_writer().write("\n".join(["", *kata, ""]))
    return True


def _learn(session: pytest.Session, mutan: list[Mutan]) -> Peta:
    """What each test reaches: kept from run to run, measured for new tests only."""
    nama = sorted(map(str, mutan))
    lama = json.loads(PETA.read_text(encoding="utf-8")) if PETA.exists() else {}
    peta: Peta = lama["uji"] if lama.get("mutan") == nama else {}
    baru = [u for u in session.items if u.nodeid not in peta]
    if baru:
        peta |= _apart(partial(_measure, baru, mutan), batas=0) or {}
        PETA.write_text(json.dumps({"mutan": nama, "uji": peta}), encoding="utf-8")
    return peta


def _measure(semua: list[pytest.Item], mutan: list[Mutan]) -> Peta:
    berkas = {m.modul: str(import_module(m.modul).__file__) for m in mutan}
    pengukur = Coverage(data_file=None, include=list(berkas.values()), config_file=False)
    lama = {}
    with pengukur.collect():
        for uji in semua:
            pengukur.switch_context(uji.nodeid)
            lulus, detik = _run(uji)
            if lulus:
                lama[uji.nodeid] = detik
    lewat = {m: pengukur.get_data().contexts_by_lineno(b) for m, b in berkas.items()}
    dilalui = defaultdict(set)
    for m in mutan:
        for nodeid in chain.from_iterable(lewat[m.modul].get(b, ()) for b in m.baris):
            dilalui[nodeid].add(str(m))
    return {nodeid: (detik, sorted(dilalui[nodeid])) for nodeid, detik in lama.items()}


def _find_pembunuh(mutan: Mutan, session: pytest.Session, peta: Peta) -> str:
    """The test that fails without the check and passes with it; empty when there is none."""
    fungsi = find_fungsi(mutan)
    uji = [u for u in session.items if u.nodeid in peta and str(mutan) in peta[u.nodeid][1]]
    uji.sort(key=lambda u: peta[u.nodeid][0])
    biaya = accumulate(peta[u.nodeid][0] for u in uji)
    uji = [u for u, detik in zip(uji, biaya, strict=True) if detik <= WAKTU] or uji[:1]
    while uji:
        nomor = _apart(partial(_fall, uji, fungsi, mutan.kode), batas=TERGANTUNG)
        if nomor is None:
            return "(menggantung)"
        if nomor == len(uji):
            break
        if _apart(partial(_fall, uji[nomor : nomor + 1]), batas=TERGANTUNG) == 1:
            return uji[nomor].nodeid
        uji = uji[nomor + 1 :]
    return ""


def _fall(
    uji: list[pytest.Item], fungsi: FunctionType | None = None, kode: CodeType | None = None
) -> int:
    """Number of the first test that fails, with that code; their count when none does."""
    if fungsi and kode:
        fungsi.__code__ = kode
    return next((n for n, u in enumerate(uji) if not _run(u)[0]), len(uji))


def _run(uji: pytest.Item) -> tuple[bool, float]:
    """Whether it passes, and its seconds. What belongs to the session stays: the database."""
    berikut = cast("pytest.Item", uji.session)
    laporan = runtestprotocol(uji, log=False, nextitem=berikut)
    return all(h.passed for h in laporan), sum(h.duration for h in laporan)


def _apart(kerja: Callable[[], T], *, batas: int) -> T | None:
    """The answer of a fork with a copy of the database; None when it takes longer."""
    connection.close()
    asli, (baca, tulis) = str(connection.settings_dict["NAME"]), os.pipe()
    salinan = Path(shutil.copy(asli, f"{asli}.salinan"))
    if not (anak := os.fork()):
        signal.alarm(batas)
        connection.settings_dict["NAME"] = str(salinan)
        with os.fdopen(tulis, "w") as keluar:
            keluar.write(json.dumps(kerja()))
        os._exit(0)
    os.close(tulis)
    with os.fdopen(baca) as masuk:
        jawab = masuk.read()
    os.waitpid(anak, 0)
    for sisa in salinan.parent.glob(f"{salinan.name}*"):
        sisa.unlink()
    return json.loads(jawab) if jawab else None
