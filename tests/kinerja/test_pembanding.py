"""Figures of others: how they are read, kept and shown beside one's own."""

from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from kinerja.models import AngkaPembanding
from kinerja.rules.pembanding import (
    MAKS_BARIS,
    Pembanding,
    TempelanTidakSah,
    Tingkat,
    read_tempelan,
)
from sakip.common.angka import parse_angka
from tests.factories.kinerja import IndikatorFactory

BACA = {"1.1": parse_angka}


def test_rows_of_a_sheet_are_read_with_titles_skipped() -> None:
    teks = (
        "Kode indikator\tTahun\tTingkat\tNilai\tSumber\tWilayah\n"
        "1.1\t2025\tNasional\t19,8\tSSGI 2025\n\n"
        "1.1;2025;kabupaten/kota lain;8;LKjIP  Jombang;Kabupaten Jombang\n"
        "1.1\t2024\tsendiri\t1.234,5\tLKjIP 2024\tdiabaikan"
    )
    assert read_tempelan(teks, BACA) == [
        ("1.1", Pembanding(2025, Tingkat.NASIONAL, D("19.8"), "SSGI 2025")),
        (
            "1.1",
            Pembanding(2025, Tingkat.DAERAH_LAIN, D(8), "LKjIP Jombang", "Kabupaten Jombang"),
        ),
        ("1.1", Pembanding(2024, Tingkat.SENDIRI, D("1234.5"), "LKjIP 2024")),
    ]


@pytest.mark.parametrize(
    ("baris", "masalah"),
    [
        ("1.1\t2025", "Baris 1: 2 kolom; perlu kode indikator, tahun"),
        ("9.9\t2025\tNasional\t1\tX", "indikator “9.9” tidak ada"),
        ("1.1\tkini\tNasional\t1\tX", "“kini” bukan tahun"),
        ("1.1\t1999\tNasional\t1\tX", "tahun 1999 tidak masuk akal"),
        ("1.1\t2025\tDunia\t1\tX", "tingkat “Dunia” tidak dikenal"),
        ("1.1\t2025\tNasional\tn/a\tX", "nilai “n/a”. Isi dengan angka"),
        ("1.1\t2025\tNasional\t1\t", "sumber belum diisi"),
        ("1.1\t2025\tNasional\t1\t" + "x" * 301, "sumber paling panjang 300 huruf"),
        ("1.1\t2025\tDaerah lain\t1\tX", "sebutkan nama daerah lain"),
        (
            "1.1\t2025\tNasional\t1\tX\n1.1\t2025\tnasional\t2\tX",
            "Baris 2: Nasional 2025 untuk 1.1",
        ),
    ],
)
def test_every_fault_is_named_with_its_line(baris: str, masalah: str) -> None:
    with pytest.raises(TempelanTidakSah) as galat:
        read_tempelan(baris, BACA)
    assert any(masalah in m for m in galat.value.masalah), galat.value.masalah


def test_too_many_rows_are_refused_at_once() -> None:
    teks = "\n".join(f"1.1;2025;daerah lain;1;X;Daerah {n}" for n in range(MAKS_BARIS + 1))
    with pytest.raises(TempelanTidakSah, match=f"Paling banyak {MAKS_BARIS}"):
        read_tempelan(teks, BACA)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "salah",
    [
        {"sumber": ""},
        {"tingkat": "dunia"},
        {"wilayah": "Jombang"},
        {"tingkat": "daerah_lain"},
    ],
    ids=("tanpa sumber", "tingkat asing", "wilayah berlebih", "tanpa wilayah"),
)
def test_database_refuses_what_makes_no_sense(salah: dict[str, str]) -> None:
    isi = {"tahun": 2025, "tingkat": "nasional", "nilai": D(1), "sumber": "BPS"}
    with pytest.raises(IntegrityError), transaction.atomic():
        AngkaPembanding.objects.create(indikator=IndikatorFactory(), **{**isi, **salah})
