"""Form E.81 beside what is stored: money that never falls, targets that mean the same."""

from typing import Any

import pytest
from openpyxl import Workbook

from kinerja.models import Program, RealisasiAnggaran, Target, TargetRenstra, UnggahanRencana
from kinerja.services.impor_e81 import check_e81, write_e81
from sakip.common.lembar import read_buku
from sakip.common.lembar_tulis import to_bytes
from tests.factories.kinerja import IndikatorFactory
from tests.kinerja.conftest import Bidang
from tests.kinerja.test_e81 import RENJA, baris, contoh

pytestmark = pytest.mark.django_db


def periksa(bidang: Bidang, kerja: Workbook, **lain: bool) -> list[dict[str, Any]]:
    """Rows as they would be written."""
    unggahan = UnggahanRencana(instansi=bidang.instansi, jenis="e81", tahun=2026, **lain)
    hasil, _catatan = check_e81(unggahan, read_buku(to_bytes(kerja)))
    return hasil


@pytest.mark.parametrize(
    ("tersimpan", "galat"),
    [
        (500, [("E.81!C12", "Realisasi sampai triwulan lain yang tersimpan lebih besar.")]),
        (200, []),
    ],
)
def test_money_never_falls_below_what_is_stored_of_triwulan_the_file_leaves_out(
    bidang: Bidang, tersimpan: int, galat: list[tuple[str, str]]
) -> None:
    program = Program.objects.create(
        instansi=bidang.instansi, tahun=2026, kode="1.02.02", nama="P", jenis="program"
    )
    RealisasiAnggaran.objects.create(program=program, triwulan=1, nilai=tersimpan)
    kerja = contoh()
    baris(kerja["E.81"], 12, "1.02.02", "Program", tw=("-", 200.25))
    assert periksa(bidang, kerja, is_kumulatif=True)[0]["galat"] == galat


CELAH = (
    "kosong, sedangkan triwulan sesudahnya terisi. Isi 0 bila memang tidak ada belanja, atau isi "
    "belanjanya."
)


def test_an_empty_triwulan_is_missing_and_not_zero(bidang: Bidang) -> None:
    kerja = contoh()
    baris(kerja["E.81"], 12, "1.02.02", "Program", tw=("-", "-", 50, None))
    program, *bawah = periksa(bidang, kerja)
    assert program["galat"] == [("E.81!O12", f"TW I {CELAH}"), ("E.81!R12", f"TW II {CELAH}")]
    assert (program["nilai"], {b["hasil"] for b in bawah}) == ({}, {"tahan"})
    nol = contoh()
    baris(nol["E.81"], 12, "1.02.02", "Program", tw=(0, 100, 50, None))
    nilai = periksa(bidang, nol)[0]["nilai"]
    assert [nilai.get(f"tw{n}") for n in range(1, 5)] == ["0", "100", "150", None]


def test_a_cell_that_cannot_be_read_is_named_once(bidang: Bidang) -> None:
    kerja = contoh()
    baris(kerja["E.81"], 12, "1.02.02", "Program", tw=(100, "seratus", 50, None))
    (satu,) = periksa(bidang, kerja)[0]["galat"]
    assert satu[0] == "E.81!R12"


@pytest.mark.parametrize(
    ("agregasi", "banyak"),
    [("terakhir", 2), ("jumlah", 1)],
)
def test_a_target_of_the_year_is_no_target_of_triwulan_iv_where_triwulan_add_up(
    bidang: Bidang, agregasi: str, banyak: int
) -> None:
    IndikatorFactory(
        unit=bidang.unit,
        nama="Cakupan imunisasi",
        agregasi=agregasi,
        sasaran__tujuan__instansi=bidang.instansi,
    )
    kerja = contoh()
    kerja["E.81"].cell(12, RENJA, "1. 90\n2. 8")
    (tawaran,) = (b for b in periksa(bidang, kerja) if b["hasil"] == "pilih")
    judul = ["Target akhir 2029", "Target TW IV 2026"]
    assert [u[0] for u in tawaran["ubah"]] == judul[:banyak]


def test_of_a_chosen_indikator_only_what_differs_is_written(bidang: Bidang) -> None:
    i = IndikatorFactory(
        unit=bidang.unit, nama="Cakupan imunisasi", sasaran__tujuan__instansi=bidang.instansi
    )
    TargetRenstra.objects.create(indikator=i, tahun=2029, nilai=95)
    kerja = contoh()
    kerja["E.81"].cell(12, RENJA, "1. 90\n2. 8")
    semua = periksa(bidang, kerja)
    unggahan = UnggahanRencana(instansi=bidang.instansi, jenis="e81", tahun=2026, baris=semua)
    tulis = write_e81(unggahan, bidang.instansi, range(len(semua)))
    assert [b["nilai"] for b in tulis if b["hasil"] == "pilih"] == [{"renja": "90"}]
    assert Target.objects.get(indikator=i, triwulan=4).nilai == 90
