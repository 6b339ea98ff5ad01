"""The judges' judge: what counts as a finding, and what may be excused."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version

from tests.house import hakim
from tests.house.hakim import Temuan
from tests.house.sumber import AKAR

MAKS_PENGECUALIAN = 5


def _kena(*peristiwa: dict[str, str]) -> dict[str, Any]:
    return {"ranges": [{"type": "ECOSYSTEM", "events": list(peristiwa)}]}


@pytest.mark.parametrize(
    ("versi", "terkena", "harap"),
    [
        ("5.2.1", _kena({"introduced": "0"}, {"fixed": "5.2.2"}), True),
        ("5.2.2", _kena({"introduced": "0"}, {"fixed": "5.2.2"}), False),
        ("5.2.2", _kena({"introduced": "0"}, {"fixed": "4.2"}, {"introduced": "5.0"}), True),
        ("4.2.1", _kena({"introduced": "0"}, {"fixed": "4.2"}, {"introduced": "5.0"}), False),
        ("3.0", _kena({"introduced": "2.0"}, {"last_affected": "3.0"}), True),
        ("3.1", _kena({"introduced": "2.0"}, {"last_affected": "3.0"}), False),
        ("1.0", {"versions": ["1.0"]}, True),
        ("1.0", {"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}, False),
    ],
)
def test_a_version_is_struck_from_introduced_to_fixed(
    versi: str, terkena: dict[str, Any], *, harap: bool
) -> None:
    assert hakim.is_terkena(Version(versi), terkena) is harap


def test_known_weaknesses_of_what_is_pinned_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "id: UJI-1\naffected:\n- package: {name: Django}\n  ranges:\n"
        "  - type: ECOSYSTEM\n    events: [{introduced: '0'}]\n"
    )
    putusan = hakim.judge_nasihat(tmp_path)
    assert [t.aturan for t in putusan.temuan] == ["UJI-1"]
    (tmp_path / "a.yaml").unlink()
    with pytest.raises(hakim.TidakMemeriksa):
        hakim.judge_nasihat(tmp_path)


def test_a_finding_is_excused_by_its_rule_in_its_place_only() -> None:
    sql = Temuan("bandit", "B608", "sop/migrations/0001_awal.py", (1, 1), "")
    assert hakim.is_dikecualikan(sql)
    assert not hakim.is_dikecualikan(Temuan("bandit", "B608", "sop/views/rute.py", (1, 1), ""))
    assert not hakim.is_dikecualikan(Temuan("bandit", "B602", sql.berkas, (1, 1), ""))


def test_a_reason_on_the_line_counts_for_bandit_alone() -> None:
    berkas = "sakip/common/lembar.py"
    teks = (AKAR / berkas).read_text(encoding="utf-8").splitlines()
    baris = 1 + next(n for n, b in enumerate(teks) if "noqa: S603" in b)
    assert hakim.has_alasan(Temuan("bandit", "B603", berkas, (baris, baris), ""))
    assert not hakim.has_alasan(Temuan("bandit", "B603", berkas, (1, 1), ""))
    assert not hakim.has_alasan(Temuan("semgrep", "x", berkas, (baris, baris), ""))


@pytest.mark.parametrize(
    ("ciri", "harap"),
    [
        ({"category": "security", "subcategory": ["vuln"], "confidence": "LOW"}, True),
        ({"category": "security", "subcategory": ["audit"], "confidence": "MEDIUM"}, True),
        ({"category": "security", "subcategory": ["audit"], "confidence": "LOW"}, False),
        ({"category": "correctness"}, False),
    ],
    ids=["celah", "tinjau-yakin", "tinjau-ragu", "bukan-keamanan"],
)
def test_semgrep_is_heard_on_security_where_it_is_sure(
    monkeypatch: pytest.MonkeyPatch, ciri: dict[str, Any], *, harap: bool
) -> None:
    tempat = {"path": "sop/x.py", "start": {"line": 1}, "end": {"line": 2}}
    temuan = {"check_id": "a.b", "extra": {"message": "x", "metadata": ciri}, **tempat}
    hasil = {"paths": {"scanned": ["sop/x.py"]}, "results": [temuan]}
    monkeypatch.setattr(hakim, "_run", lambda *_perintah: json.dumps(hasil))
    assert bool(hakim.judge_semgrep(Path("aturan")).temuan) is harap
    hasil["paths"] = {"scanned": []}
    with pytest.raises(hakim.TidakMemeriksa):
        hakim.judge_semgrep(Path("aturan"))


def test_every_form_that_posts_carries_its_proof_of_origin() -> None:
    """Stands for semgrep's rule, which sees only a token that is the first thing in a form."""
    ada, tanpa = 0, []
    for berkas in sorted((AKAR / "templates").rglob("*.html")):
        for form in re.findall(r"<form\b.*?</form>", berkas.read_text("utf-8"), re.S):
            if re.search(r'^<form[^>]*\bmethod="post"', form):
                ada += 1
                if "{% csrf_token %}" not in form:
                    tanpa.append(str(berkas.relative_to(AKAR)))
    assert ada > 50
    # Open to everybody, and changes nothing: laporan/views/publik.py.
    assert tanpa == ["templates/laporan/periksa_berkas.html"]


def test_there_are_few_excuses_and_each_has_its_reason() -> None:
    semua = hakim.read_pengecualian()
    banyak = Counter(k["hakim"] for k in semua)
    assert max(banyak.values()) <= MAKS_PENGECUALIAN, banyak
    assert all(k["alasan"] and k["hakim"] in hakim.HAKIM for k in semua)


def test_the_baseline_names_migrations_that_exist() -> None:
    for ruang, nomor in hakim.read_dasar().items():
        assert list((AKAR / ruang / "migrations").glob(f"{nomor}_*.py")), ruang
