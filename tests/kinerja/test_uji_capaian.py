"""Judging published figures. Every row here is invented."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kinerja.rules.capaian import Rumus
from kinerja.rules.tercetak.pengaturan import Cara, read_pengaturan
from kinerja.rules.tercetak.putusan import BarisUji, Kelompok, Keputusan, Putusan, judge_baris

COCOK, BEDA, AMBIGU = Keputusan.COCOK, Keputusan.BEDA, Keputusan.AMBIGU
TAK, TANPA = Keputusan.TAK_TERHITUNG, Keputusan.TANPA_PEMBANDING


def putus(target: str, realisasi: str, tercetak: str = "", rumus: str = "", **isi: Any) -> Putusan:
    isi.setdefault("polaritas", "higher")
    return judge_baris(BarisUji(target, realisasi, tercetak, rumus=rumus, **isi))


@pytest.mark.parametrize(
    ("target", "realisasi", "tercetak", "rumus", "keputusan"),
    [
        ("80", "70,1", "87,63", "R/T [rounded to 2 decimals]", COCOK),
        ("80", "70,1", "87,62", "", COCOK),
        ("80", "70,1", "87", "", COCOK),
        ("80", "70,1", "88%", "", COCOK),
        ("80", "70,1", "87,7", "", BEDA),
        ("80", "70,1", "0,88", "R/T as a fraction", COCOK),
        ("80", "100", "100", "R/T capped at 100", COCOK),
        ("80", "100", "125", "R/T capped at 100", COCOK),
        ("80", "100", "100", "R/T", BEDA),
        ("80", "80", "100", "any (T = R)", COCOK),
        ("20", "16", "120", "(2T-R)/T", COCOK),
        ("20", "50", "-50", "(2T-R)/T", COCOK),
        ("20", "16", "125", "T/R", COCOK),
        ("93", "93", "93", "=R", COCOK),
        ("80 - 90%", "70%", "87,5%", "range: R / lower bound", COCOK),
        ("80 - 90%", "99%", "110%", "", COCOK),
        ("80 - 90%", "85%", "100%", "", COCOK),
        ("7 – 8 bulan", "9 bulan", "87,5%", "range: 1+(1-R/upper bound)", COCOK),
        ("Tinggi", "tinggi", "100", "same text counted as 100", COCOK),
        ("100%", "100%", "65,9%", "none (publisher figure not reproduced)", BEDA),
        ("0", "50", "100", "none: target is 0", TAK),
        ("3", "-100%", "-3333,33", "", COCOK),
        ("80", "70", "N/A", "", TANPA),
        ("80", "70", "", "", TANPA),
    ],
)
def test_rows_are_judged(
    target: str, realisasi: str, tercetak: str, rumus: str, keputusan: Keputusan
) -> None:
    assert putus(target, realisasi, tercetak, rumus).keputusan is keputusan


@pytest.mark.parametrize(
    ("target", "realisasi", "alasan"),
    [
        ("", "5", "target tidak ada angka"),
        ("80", "N/A", "realisasi tidak ada angka (“N/A”)"),
        ("#REF!", "5", "target galat lembar kerja #REF!"),
        ("80", "Tidak diadakan karena Covid19", "realisasi tidak ada angka"),
        ("80", "70 - 75", "realisasi berupa rentang"),
        ("Tinggi", "Rendah", "target sebutan: “Tinggi”"),
        ("-5", "3", "target kurang dari nol"),
    ],
)
def test_what_cannot_be_reckoned_never_becomes_a_figure(
    target: str, realisasi: str, alasan: str
) -> None:
    putusan = putus(target, realisasi, "100")
    assert (putusan.keputusan, putusan.hasil) == (TAK, None)
    assert alasan in putusan.alasan


def test_a_missing_direction_is_said() -> None:
    assert "arah tidak tercetak" in putus("80", "70", "87,5", polaritas="").alasan
    assert "arah" not in putus("80", "70", "87,5").alasan


def test_lower_is_better_takes_the_mirror_unless_named() -> None:
    assert putus("20", "16", "120", polaritas="lower (implied)").keputusan is COCOK
    assert putus("20", "16", "125", "T/R", polaritas="lower").keputusan is COCOK


def test_ambiguous_figures_are_reported_as_ambiguous() -> None:
    assert putus("54,67", "4.079", "").keputusan is AMBIGU
    assert putus("54,67", "4.079", "99").keputusan is AMBIGU
    putusan = putus("54,67", "4.079", "99")
    assert "4079 terhadap 54.67 = 7.461,13 atau 4.079 terhadap 54.67 = 7,46" in putusan.alasan


def test_print_that_fits_one_reading_settles_the_ambiguity_and_says_so() -> None:
    putusan = putus("4,25", "4.079", "95,98")
    assert (putusan.keputusan, putusan.calon.realisasi) == (COCOK, "4.079")
    assert "angka ambigu" in putusan.alasan


def test_two_ambiguous_cells_are_read_alike() -> None:
    putusan = putus("110.000", "243.000", "220")
    assert putusan.keputusan is COCOK
    assert putusan.alasan.endswith("243.000 (titik desimal), hasilnya sama")


def test_unprinted_digits_explain_only_a_named_formula() -> None:
    bernama = putus("70", "66,7", "95,24", "R/T")
    assert bernama.keputusan is COCOK
    assert "tidak tercetak" in bernama.alasan
    tanpa_nama = putus("70", "66,7", "95,24")
    assert tanpa_nama.keputusan is BEDA
    assert tanpa_nama.alasan.endswith(
        "dapat berasal dari angka di belakang koma yang tidak tercetak"
    )
    assert putus("2", "1", "40", "R/T").keputusan is BEDA


def test_zero_realisasi_of_the_inverse_formula_is_not_computable() -> None:
    assert putus("10,5", "-0,5", "", "T/R", polaritas="lower").keputusan is TAK


def test_full_precision_and_rule_are_told() -> None:
    putusan = putus("3", "1", "33")
    assert str(putusan.hasil) == "33.33333333333333333333333333333333"
    assert putusan.calon.aturan == "realisasi ÷ target × 100"
    assert putusan.alasan == "1 ÷ 3 × 100 = 33,33%; dibulatkan 0 desimal"


def test_mean_takes_the_rows_above() -> None:
    di_atas = Kelompok()
    for putusan in (putus("100", "90"), putus("100", "95,5"), putus("", "")):
        di_atas.add(putusan)
    rerata = BarisUji("", "", "92,75", rumus="mean of the indicators above")
    assert judge_baris(rerata, di_atas).keputusan is COCOK
    assert judge_baris(rerata).keputusan is TAK


@pytest.mark.parametrize(
    ("kata", "rumus", "disebut"),
    [
        ("R/T [rounded to 2 decimals]", Rumus.PER_TARGET, True),
        ("none (publisher figure not reproduced) [R/T = 1]", Rumus.PER_TARGET, False),
        ("no numeric target, published 100", Rumus.PER_TARGET, False),
        ("empty target or realisasi, published 0", Rumus.PER_TARGET, False),
        ("", Rumus.PER_TARGET, False),
        ("(2T-R)/T capped at 100", Rumus.CERMIN, True),
    ],
)
def test_settings_come_from_the_words_of_the_document(
    kata: str,
    rumus: Rumus,
    disebut: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    aturan = read_pengaturan("higher", kata)
    assert (aturan.rumus, aturan.disebut, aturan.cara) == (rumus, disebut, Cara.RUMUS)


KOLOM = "doc_id,sasaran,target,realisasi,polarity,formula_that_fits,capaian_published,lain\n"
ISI = (
    'a,1,100,"94,5",higher,R/T,"94,5",x\n'
    "a,1,100,90,higher,R/T,90,x\n"
    'a,1,,,,mean of the indicators above,"92,25",x\n'
    "a,1,100,50,higher,R/T,50,x\n"
    "a,1,,,,mean of the indicators above,50,x\n"
    "b,1,#REF!,90,,,90,x\n"
    "b,1,100,90,,,91\n"
)


def baca(berkas: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(berkas.read_text(encoding="utf-8"))))


def test_command_writes_every_row_with_its_outcome(tmp_path: Path) -> None:
    masuk, keluar, teks = tmp_path / "a.csv", tmp_path / "b.csv", io.StringIO()
    masuk.write_text(KOLOM + ISI, encoding="utf-8")
    call_command("uji_capaian", masuk, keluaran=keluar, stdout=teks)
    assert teks.getvalue().splitlines()[0] == (
        "7 baris: cocok 5, beda 1, tidak dapat dihitung 1, ambigu 0, tanpa pembanding 0."
    )
    baris = baca(keluar)
    assert [b["keputusan"] for b in baris] == ["cocok"] * 5 + ["tidak dapat dihitung", "beda"]
    assert baris[0]["lain"] == "x"
    assert (baris[0]["capaian_hitung"], baris[0]["realisasi_terbaca"]) == ("94.5", "94.5")
    assert baris[5]["capaian_hitung"] == ""
    assert Decimal(baris[2]["capaian_hitung"]) == Decimal("92.25")


def test_command_reads_a_semicolon_file_of_two_columns_with_a_mark(tmp_path: Path) -> None:
    masuk, keluar, teks = tmp_path / "a.csv", tmp_path / "b.csv", io.StringIO()
    masuk.write_text("\ufefftarget;realisasi\n80;70,1\n", encoding="utf-8")
    call_command("uji_capaian", masuk, keluaran=keluar, stdout=teks)
    assert "tanpa pembanding 1" in teks.getvalue()
    assert baca(keluar)[0]["capaian_hitung"] == "87.625"


def test_command_names_what_is_missing(tmp_path: Path) -> None:
    masuk = tmp_path / "a.csv"
    masuk.write_text("target;lain\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Kolom realisasi tidak ada"):
        call_command("uji_capaian", masuk, keluaran=tmp_path / "b.csv")
    masuk.write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="Berkas kosong"):
        call_command("uji_capaian", masuk, keluaran=tmp_path / "b.csv")
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("uji_capaian", tmp_path / "tiada.csv", keluaran=tmp_path / "b.csv")
