"""The runner of the faults: it counts what broke, and only what ran may pass."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.faults import __main__ as pelaku
from tests.faults._landasan import Hasil, Landasan, TidakDapatDijalankan, compute_p95


def test_each_of_the_fifteen_has_a_module_or_says_why_not() -> None:
    assert list(pelaku.SEMUA) == [f"F{n}" for n in range(1, 16)]
    for galat in pelaku.SEMUA.values():
        assert bool(galat.modul) is not bool(galat.alasan)
        if galat.modul:
            assert callable(importlib.import_module(f"tests.faults.{galat.modul}").run)


def _put(monkeypatch: pytest.MonkeyPatch, hasil: Hasil | Exception) -> None:
    modul = ModuleType("tests.faults.palsu")

    def run(_landasan: Landasan) -> Hasil:
        if isinstance(hasil, Exception):
            raise hasil
        return hasil

    modul.__dict__["run"] = run
    monkeypatch.setitem(sys.modules, "tests.faults.palsu", modul)
    monkeypatch.setitem(pelaku.SEMUA, "F1", pelaku.Galat("uji", "palsu"))


@pytest.mark.parametrize(
    ("hasil", "lulus", "kata"),
    [
        (Hasil(3), True, "3 kejadian, 0 salah"),
        (Hasil(3, ["satu hilang"]), False, "SALAH satu hilang"),
        (Hasil(0), False, "TIDAK LULUS"),
        (TidakDapatDijalankan("perlu root"), False, "tidak dapat dijalankan: perlu root"),
        (ValueError("meledak"), False, "ValueError: meledak"),
    ],
)
def test_only_what_ran_without_a_loss_passes(  # noqa: PLR0913 - the case and its fixtures
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    hasil: Hasil | Exception,
    lulus: bool,  # noqa: FBT001 - a column of the table above
    kata: str,
) -> None:
    _put(monkeypatch, hasil)
    assert pelaku.run_satu("F1", tmp_path, None) is lulus
    assert kata in capsys.readouterr().out


def test_what_is_measured_elsewhere_does_not_pass_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not pelaku.run_satu("F14", tmp_path, None)
    assert "script/bench tenggat" in capsys.readouterr().out


def test_the_percentile_is_a_time_that_happened() -> None:
    assert compute_p95([float(n) for n in range(1, 21)]) == 19
    assert compute_p95([5.0]) == 5
