"""What independent judges find, less what is excused with a reason. See script/hakim."""

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from tests.house.sumber import AKAR, RUANG

PENGECUALIAN = Path(__file__).with_name("pengecualian_hakim.toml")
# libyaml reads thousands of files in seconds, where it is there.
_PEMUAT = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Rules of squawk about types that Django chooses by itself, not about locks and lost data.
_SELERA = ("prefer-text-field", "prefer-identity", "prefer-bigint-over-int", "prefer-robust-stmts")
# Rules of ruff that stand for a rule of bandit with another number.
_SAMA = {"B703": "S308"}


@dataclass(frozen=True)
class Temuan:
    """One finding. baris: first and last line of the place, 0 where there is none."""

    hakim: str
    aturan: str
    berkas: str
    baris: tuple[int, int]
    kata: str

    def __str__(self) -> str:
        return f"{self.hakim} {self.aturan} {self.berkas}:{self.baris[0]} {self.kata}"


@dataclass(frozen=True)
class Putusan:
    """What one judge looked at, and all that it found."""

    diperiksa: str
    temuan: list[Temuan]


class TidakMemeriksa(RuntimeError):
    """The judge looked at nothing, so that its silence says nothing."""


def read_pengecualian() -> list[dict[str, str]]:
    """The excuses: judge, rule, files, reason."""
    return list(_read_toml()["kecuali"])


def _read_toml() -> dict[str, Any]:
    return tomllib.loads(PENGECUALIAN.read_text(encoding="utf-8"))


def is_dikecualikan(temuan: Temuan) -> bool:
    """Whether an excuse covers it."""
    return any(
        (temuan.hakim, temuan.aturan) == (k["hakim"], k["aturan"])
        and fnmatch(temuan.berkas, k["berkas"])
        for k in read_pengecualian()
    )


def has_alasan(temuan: Temuan) -> bool:
    """Whether the place itself gives the reason, to ruff's rule of the same name."""
    if temuan.hakim != "bandit":
        return False
    awal, akhir = temuan.baris
    teks = (AKAR / temuan.berkas).read_text(encoding="utf-8").splitlines()[awal - 1 : akhir]
    aturan = _SAMA.get(temuan.aturan, f"S{temuan.aturan[1:]}")
    return any(re.search(rf"noqa: [^#]*\b{aturan}\b", b) for b in teks)


# --- bandit ---------------------------------------------------------------------------------------


def judge_bandit(_folder: Path | None) -> Putusan:
    """Medium and above, over everything that is not a test."""
    keluar = _run("bandit", "-q", "-ll", "-r", *RUANG, "manage.py", "-f", "json")
    hasil = json.loads(keluar)
    baris = hasil["metrics"]["_totals"]["loc"]
    if not baris or hasil["errors"]:
        raise TidakMemeriksa(f"bandit: {hasil['errors']}")
    return Putusan(f"{baris} baris", [_read_bandit(t) for t in hasil["results"]])


def _read_bandit(t: dict[str, Any]) -> Temuan:
    letak = t["line_range"]
    rentang = (min(letak), max(letak))
    return Temuan("bandit", t["test_id"], t["filename"], rentang, t["issue_text"])


# --- semgrep --------------------------------------------------------------------------------------


def judge_semgrep(aturan: Path | None) -> Putusan:
    """What the rules of that folder say on security, over everything that is not a test."""
    assert aturan is not None
    perintah = ["semgrep", "scan", "--metrics=off", "--disable-version-check", "--json", "--quiet"]
    bobot = ["--severity", "WARNING", "--severity", "ERROR"]
    hasil = json.loads(_run(*perintah, *bobot, "--config", str(aturan), *RUANG, "templates"))
    banyak = len(hasil["paths"]["scanned"])
    if not banyak:
        raise TidakMemeriksa("semgrep: tidak ada berkas yang diperiksa")
    return Putusan(f"{banyak} berkas", [_read_semgrep(t) for t in hasil["results"] if _is_celah(t)])


def _is_celah(t: dict[str, Any]) -> bool:
    """About security, and more than a place to look at (audit) of which the rule is not sure."""
    ciri = t["extra"]["metadata"]
    ragu = ciri.get("subcategory") == ["audit"] and ciri.get("confidence") == "LOW"
    return ciri.get("category") == "security" and not ragu


def _read_semgrep(t: dict[str, Any]) -> Temuan:
    aturan = str(t["check_id"]).rpartition(".")[2]
    kata = str(t["extra"]["message"]).partition("\n")[0][:120]
    return Temuan("semgrep", aturan, t["path"], (t["start"]["line"], t["end"]["line"]), kata)


# --- advisories -----------------------------------------------------------------------------------


def judge_nasihat(basis: Path | None) -> Putusan:
    """Every pinned package against a copy of the advisories of PyPA (pypa/advisory-database)."""
    assert basis is not None
    paket = dict(_list_paket())
    nasihat = [_read_nasihat(b) for b in sorted(basis.rglob("*.yaml"))]
    if not paket or not nasihat:
        raise TidakMemeriksa(f"nasihat: {len(paket)} paket, {len(nasihat)} nasihat")
    temuan = [
        Temuan(
            "nasihat", n["id"], f"{nama}=={paket[nama]}", (0, 0), str(n.get("details", ""))[:100]
        )
        for n in nasihat
        for terkena in n.get("affected", ())
        if (nama := canonicalize_name(terkena["package"]["name"])) in paket
        and "withdrawn" not in n
        and is_terkena(paket[nama], terkena)
    ]
    return Putusan(f"{len(paket)} paket terhadap {len(nasihat)} nasihat", temuan)


def _read_nasihat(berkas: Path) -> dict[str, Any]:
    return dict(yaml.load(berkas.read_bytes(), Loader=_PEMUAT))  # noqa: S506 - one of the two safe loaders


def _list_paket() -> Iterator[tuple[str, Version]]:
    for baris in (AKAR / "requirements" / "dev.txt").read_text(encoding="utf-8").splitlines():
        if re.match(r"[A-Za-z]", baris):
            perlu = Requirement(baris)
            yield canonicalize_name(perlu.name), Version(str(perlu.specifier).removeprefix("=="))


def is_terkena(versi: Version, terkena: dict[str, Any]) -> bool:
    """Whether an advisory speaks of that version: listed, or between "introduced" and "fixed"."""
    if str(versi) in terkena.get("versions", ()):
        return True
    return any(
        _is_dalam(versi, r.get("events", ()))
        for r in terkena.get("ranges", ())
        if r["type"] == "ECOSYSTEM"
    )


def _is_dalam(versi: Version, peristiwa: list[dict[str, str]]) -> bool:
    kena = False
    for p in peristiwa:
        for jenis, batas in p.items():
            try:
                lewat = batas == "0" or versi >= Version(batas)
            except InvalidVersion:
                continue
            if jenis == "introduced" and lewat:
                kena = True
            elif lewat and (jenis == "fixed" or versi > Version(batas)):
                kena = False
    return kena


# --- squawk ---------------------------------------------------------------------------------------


def judge_migrasi(_folder: Path | None) -> Putusan:
    """The SQL that PostgreSQL would run for migrations above the baseline."""
    baru = [m for m in _list_migrasi() if m[1][:4] > read_dasar()[m[0]]]
    temuan = [t for aplikasi, nama in baru for t in _ask_squawk(aplikasi, nama)]
    banyak = len(list(_list_migrasi()))
    return Putusan(f"{len(baru)} migrasi di atas dasar, dari {banyak}", temuan)


def read_dasar() -> dict[str, str]:
    """By room: number of the last migration that runs on empty tables only."""
    return dict(_read_toml()["dasar_migrasi"])


def _list_migrasi() -> Iterator[tuple[str, str]]:
    for ruang in sorted(read_dasar()):
        for berkas in sorted((AKAR / ruang / "migrations").glob("0*.py")):
            yield ruang, berkas.stem


def _ask_squawk(aplikasi: str, nama: str) -> list[Temuan]:
    sql = _run(sys.executable, "manage.py", "sqlmigrate", aplikasi, nama)
    if "BEGIN;" not in sql and "--" not in sql:
        raise TidakMemeriksa(f"sqlmigrate {aplikasi} {nama}: {sql}")
    berkas = f"{aplikasi}/migrations/{nama}.py"
    perintah = ["squawk", "--reporter", "Json"]
    hasil = json.loads(_run(*perintah, "--exclude", ",".join(_SELERA), masuk=sql) or "[]")
    return [
        Temuan("migrasi", t["rule_name"], berkas, (t["line"], t["line"]), str(t["message"])[:120])
        for t in hasil
    ]


# --- all of them ----------------------------------------------------------------------------------

HAKIM: dict[str, Callable[[Path | None], Putusan]] = {
    "bandit": judge_bandit,
    "semgrep": judge_semgrep,
    "nasihat": judge_nasihat,
    "migrasi": judge_migrasi,
}


def main() -> None:
    """One judge; exit 1 on a finding without an excuse."""
    pengurai = argparse.ArgumentParser(prog="script/hakim")
    pengurai.add_argument("hakim", choices=HAKIM)
    pengurai.add_argument("folder", nargs="?", type=Path)
    pilihan = pengurai.parse_args()
    putusan = HAKIM[pilihan.hakim](pilihan.folder)
    alasan = [t for t in putusan.temuan if has_alasan(t)]
    sisa = [t for t in putusan.temuan if t not in alasan]
    salah = [t for t in sisa if not is_dikecualikan(t)]
    sys.stdout.write(
        f"{pilihan.hakim}: {putusan.diperiksa}; {len(putusan.temuan)} temuan, "
        f"{len(alasan)} beralasan di tempatnya, {len(sisa) - len(salah)} dikecualikan, "
        f"{len(salah)} salah\n"
    )
    sys.stdout.writelines(f"  {t}\n" for t in salah)
    sys.exit(bool(salah))


def _run(*perintah: str, masuk: str = "") -> str:
    """What a judge prints; it says by its exit code only that it found something."""
    return subprocess.run(
        perintah, cwd=AKAR, check=False, capture_output=True, text=True, input=masuk
    ).stdout


if __name__ == "__main__":
    main()
