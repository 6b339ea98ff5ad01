"""Form E.81 as offices fill it in: into the budget, and nothing else without being asked."""

import io
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja.models import (
    Indikator,
    Program,
    RealisasiAnggaran,
    Target,
    TargetRenstra,
    UnggahanRencana,
)
from kinerja.rules.e81 import BukanE81, Peran, find_susunan, read_e81
from kinerja.services.impor_rencana import apply_rencana, check_unggahan_rencana, receive_rencana
from organisasi.models import Jejak
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.lembar import Buku, Jenis, Lembar, Rentang, Sel, read_buku
from sakip.common.lembar_tulis import to_bytes
from tests.factories.kinerja import IndikatorFactory
from tests.kinerja.conftest import Bidang

Unggah = Callable[..., UnggahanRencana]
# Titles as one regency printed them, over K and Rp columns; None continues the merged cell.
GOLONGAN = (
    ("Target Renstra Perangkat Daerah pada Tahun 2029 (Akhir Periode Renstra)", ("K", "Rp.")),
    ("Realisasi Capaian Kinerja Renstra Perangkat Daerah sampai dengan Renja Tahun Lalu (n-2)",
     ("K", "Rp.")),
    ("Target Kinerja dan Anggaran Renja Perangkat Daerah Tahun berjalan 2026", ("K", "Rp.")),
    ("Realisasi Kinerja Pada Triwulan", ("K", "%", "Rp.") * 4),
    ("Realisasi Capaian Kinerja dan Anggaran Renja yang dievaluasi", ("K", "Rp.")),
    ("Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2026", ("K", "Rp.")),
    ("Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra (%)", ("K", "Rp.")),
)  # fmt: skip
DEPAN = ("No", "Sasaran", "Kode", "Urusan/Bidang Urusan dan Program/Kegiatan/Sub Kegiatan",
         "Indikator Kinerja Program (outcome)/ Kegiatan (output)", "Satuan")  # fmt: skip
RENSTRA, RENJA, TW1, SETAHUN = 7, 11, 13, 25


def kepala(s: Worksheet, *, geser: int = 0) -> None:
    """Title rows, headings of two levels, numbers and units. geser: columns an office added."""
    s["A1"] = "EVALUASI HASIL RENJA PERANGKAT DAERAH (FORM E.81)"
    s.merge_cells("A1:Z1")
    for n, teks in enumerate(DEPAN, 1):
        s.cell(6, n + geser, teks)
        s.merge_cells(start_row=6, start_column=n + geser, end_row=7, end_column=n + geser)
    k = len(DEPAN) + geser + 1
    for teks, satuan in GOLONGAN:
        s.cell(6, k, teks)
        s.merge_cells(start_row=6, start_column=k, end_row=6, end_column=k + len(satuan) - 1)
        for n in range(0, len(satuan), 3) if len(satuan) > 2 else ():
            s.cell(7, k + n, ("I", "II", "III", "IV")[n // 3])
            s.merge_cells(start_row=7, start_column=k + n, end_row=7, end_column=k + n + 2)
        for n, u in enumerate(satuan):
            s.cell(8, k + n, k + n)
            s.cell(9, k + n, u)
        k += len(satuan)
    s.cell(6, k, "Unit Perangkat Daerah Penanggung Jawab")


def baris(s: Worksheet, nomor: int, kode: str | None, nama: str, **isi: Any) -> None:
    """One row. renja, tw (four), setahun: rupiah; indikator, k (Renstra, Renja)."""
    s.cell(nomor, 3, kode)
    s.cell(nomor, 4, nama)
    s.cell(nomor, 5, isi.get("indikator"))
    for kolom, nilai in zip((RENSTRA, RENJA), isi.get("k", ()), strict=False):
        s.cell(nomor, kolom, nilai)
    s.cell(nomor, RENJA + 1, isi.get("renja"))
    for n, nilai in enumerate(isi.get("tw", ())):
        s.cell(nomor, TW1 + 3 * n + 2, nilai)
    s.cell(nomor, SETAHUN + 1, isi.get("setahun"))


def contoh() -> Workbook:
    """A workbook as it comes: a cover sheet, urusan, three levels, a total, a signature."""
    kerja = Workbook()
    kerja.worksheets[0]["A1"] = "Sampul"
    s = kerja.create_sheet("E.81")
    kepala(s)
    baris(s, 10, "1", "URUSAN WAJIB")
    baris(s, 11, "1.02", "Kesehatan", renja=9)
    uang = {"renja": 1500.5, "tw": (100, 200.25, "-", None), "setahun": 300.25}
    kinerja = {"indikator": "1. Cakupan imunisasi\n2. Cakupan lain", "k": ("1. 95\n2. 9", 90)}
    baris(s, 12, "1.02.02", "Program  Upaya\nKesehatan", **uang, **kinerja)
    s.cell(13, 5, "Angka kesakitan")
    s.cell(13, RENSTRA, "12,5")
    baris(s, 14, "1.02.02.2.1", "Kegiatan", renja="Rp 1.000", tw=(50,), setahun="#DIV/0!")
    baris(s, 15, "1.02.02.2.01.6", "Sub kegiatan", renja=0)
    baris(s, 16, None, "JUMLAH", renja=1500.5)
    s.cell(18, 4, "Kepala Dinas")
    s.cell(19, 4, "NIP 19700101")
    return kerja


@pytest.fixture
def unggah(bidang: Bidang, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Unggah:
    """Upload a workbook as the Perencana, and check it."""
    monkeypatch.setattr(current_app, "send_task", lambda *_a, **_k: None)

    def kirim(kerja: Workbook, **lain: bool) -> UnggahanRencana:
        unggahan = receive_rencana(
            unggahan=UnggahanRencana(instansi=bidang.instansi, jenis="e81", tahun=2026, **lain),
            berkas=SimpleUploadedFile("e81.xlsx", to_bytes(kerja)),
            aktor=bidang.perencana.pengguna,
            now=now,
        )
        check_unggahan_rencana(unggahan_id=unggahan.pk)
        return UnggahanRencana.objects.get(pk=unggahan.pk)

    return kirim


@pytest.fixture
def terapkan(bidang: Bidang, now: datetime) -> Callable[..., int]:
    """Write an upload as the Perencana."""
    return partial(apply_rencana, aktor=bidang.perencana.pengguna, now=now)


def hasil(u: UnggahanRencana) -> list[tuple[str, str]]:
    """Code and outcome of each row."""
    assert u.status == "siap", u.pesan
    return [(b["kode"], b["hasil"]) for b in u.baris]


def galat(u: UnggahanRencana) -> list[str]:
    """Every fault with its cell."""
    return [f"{a}: {p}" for b in u.baris for a, p in b["galat"]]


def uang(kode: str) -> dict[int, Decimal]:
    """Money spent on a program so far, by triwulan."""
    ada = RealisasiAnggaran.objects.filter(program__kode=kode)
    return dict(ada.values_list("triwulan", "nilai"))


@pytest.mark.django_db
def test_programs_pagu_and_money_come_from_the_form(
    bidang: Bidang, unggah: Unggah, terapkan: Callable[..., int]
) -> None:
    u = unggah(contoh())
    assert hasil(u) == [
        ("1.02.02", "baru"), ("1.02.02.2.01", "baru"), ("1.02.02.2.01.0006", "baru")
    ]  # fmt: skip
    assert u.catatan[0] == "Lembar “E.81”, judul kolom baris 6 sampai 9."
    assert "target Renja (Rp): kolom L" in u.catatan[1]
    assert "triwulan IV (Rp): kolom X" in u.catatan[1]
    assert "E.81!D16: “JUMLAH” tanpa kode, dilewati." in u.catatan
    assert terapkan(unggahan_id=u.pk, hanya_sah=False) == 3
    program, kegiatan, sub = Program.objects.order_by("kode")
    assert (program.nama, program.pagu) == ("Program Upaya Kesehatan", Decimal("1500.5"))
    assert (kegiatan.induk, kegiatan.pagu, sub.pagu) == (program, 1000, 0)
    assert uang("1.02.02") == {1: 100, 2: Decimal("300.25")}
    assert uang(sub.kode) == {}
    jejak = Jejak.objects.get(aksi="kinerja.e81.import")
    assert jejak.data["ubah"][0]["isi"]["Realisasi s.d. TW II"] == ["–", "Rp300,25"]
    assert unggah(contoh()).baris[0]["hasil"] == "tetap"


@pytest.mark.django_db
def test_an_empty_cell_takes_nothing_away_and_a_change_stands_beside_the_old(
    unggah: Unggah, terapkan: Callable[..., int]
) -> None:
    terapkan(unggahan_id=unggah(contoh()).pk, hanya_sah=False)
    kerja = contoh()
    baris(kerja["E.81"], 12, "1.02.02", "Program Upaya Kesehatan", renja=None, tw=(150,))
    u = unggah(kerja)
    assert u.baris[0]["ubah"] == [
        ["Realisasi s.d. TW I", "E.81!C12", "Rp100", "Rp150"],
        ["Realisasi s.d. TW II", "E.81!C12", "Rp300,25", "Rp350,25"]
    ]  # fmt: skip
    assert terapkan(unggahan_id=u.pk, hanya_sah=False) == 1
    assert uang("1.02.02") == {1: 150, 2: Decimal("350.25")}
    assert Program.objects.get(kode="1.02.02").pagu == Decimal("1500.5")


@pytest.mark.django_db
def test_cumulative_money_is_taken_as_it_stands(
    unggah: Unggah, terapkan: Callable[..., int]
) -> None:
    kerja = contoh()
    baris(kerja["E.81"], 12, "1.02.02", "Program", tw=(100, 250, 250, 400), setahun=400)
    menurut_bentuk = unggah(kerja)
    assert "angkanya tampak kumulatif" in menurut_bentuk.catatan[-1]
    assert menurut_bentuk.baris[0]["catatan"] == [
        "Realisasi setahun tertulis Rp400, menurut triwulan Rp1.000."
    ]  # fmt: skip
    u = unggah(kerja, is_kumulatif=True)
    assert u.baris[0]["catatan"] == []
    terapkan(unggahan_id=u.pk, hanya_sah=False)
    assert uang("1.02.02") == {1: 100, 2: 250, 3: 250, 4: 400}
    baris(kerja["E.81"], 12, "1.02.02", "Program", tw=(100, 50, 250, 400))
    assert galat(unggah(kerja, is_kumulatif=True)) == [
        "E.81!R12: Angka kumulatif tidak pernah berkurang."
    ]  # fmt: skip


@pytest.mark.django_db
def test_faults_are_named_and_hold_what_stands_below(
    unggah: Unggah, terapkan: Callable[..., int]
) -> None:
    kerja = contoh()
    s = kerja["E.81"]
    baris(s, 12, "1.02.02", "Program", renja="=SUM(L14:L15)", tw=(-1, "banyak", "#REF!", 1e308))
    baris(s, 20, "1.02.03", "Program lain", renja=1)
    baris(s, 21, "1.02.03", "Kembar", renja=2)
    baris(s, 22, "1.2.3.4.5.6.7", "Terlalu dalam", renja=2)
    baris(s, 23, None, "X.XX.01.2.01 Tanpa induk", renja=2)
    u = unggah(kerja)
    assert galat(u) == [
        "E.81!L12: Rumus ini belum dihitung. Buka berkasnya di Excel, simpan, unggah.",
        "E.81!O12: Rupiah tidak dapat kurang dari nol.",
        "E.81!R12: Isi dengan angka, contoh 91,4.",
        "E.81!U12: Sel berisi galat Excel #REF!.",
        "E.81!X12: Angkanya terlalu besar.",
        "E.81!C14: Menunggu 1.02.02 diperbaiki, karena baris ini bagiannya.",
        "E.81!C15: Menunggu 1.02.02.2.01 diperbaiki, karena baris ini bagiannya.",
        "E.81!C21: Kode ini ada dua kali, juga pada baris 20.",
        "E.81!C22: Tulis seperti 1.02.02 (program), 1.02.02.2.01 (kegiatan), "
        "1.02.02.2.01.0006 (sub).",
        "E.81!D23: X.XX.01 tidak ada dalam berkas maupun pada tahun 2026.",
    ]
    with pytest.raises(IsianTidakSah, match="6 baris bergalat"):
        terapkan(unggahan_id=u.pk, hanya_sah=False)
    assert terapkan(unggahan_id=u.pk, hanya_sah=True) == 1
    assert Program.objects.get().nama == "Program lain"


@pytest.mark.django_db
def test_targets_are_taken_over_only_where_somebody_says_so(
    bidang: Bidang, unggah: Unggah, terapkan: Callable[..., int]
) -> None:
    imunisasi = IndikatorFactory(
        unit=bidang.unit,
        nama="Cakupan Imunisasi",
        sasaran__tujuan__instansi=bidang.instansi,
    )
    sakit = IndikatorFactory(
        unit=bidang.unit, nama="Angka kesakitan", sasaran=imunisasi.sasaran, turun=True
    )
    IndikatorFactory(
        unit=bidang.unit, nama="Cakupan lain", sasaran=imunisasi.sasaran, jenis_nilai="kualitatif",
        rumus="kata",
    )  # fmt: skip
    Target.objects.create(indikator=imunisasi, tahun=2026, triwulan=4, nilai=80)
    kerja = contoh()
    kerja["E.81"].cell(12, RENJA, "1. 90\n2. 8")
    kerja["E.81"].cell(14, 5, "cakupan imunisasi")
    u = unggah(kerja)
    tawaran = {b["nama"]: (n, b) for n, b in enumerate(u.baris) if b["hasil"] == "pilih"}
    assert set(tawaran) == {"Cakupan Imunisasi", "Angka kesakitan"}
    assert tawaran["Cakupan Imunisasi"][1]["ubah"] == [
        ["Target akhir 2029", "", "–", "95"], ["Target TW IV 2026", "", "80", "90"]
    ]  # fmt: skip
    pilihan = {tawaran["Cakupan Imunisasi"][0]}
    assert terapkan(unggahan_id=u.pk, hanya_sah=False, pilihan=pilihan) == 4
    assert Target.objects.get().nilai == 90
    assert TargetRenstra.objects.get().indikator == imunisasi
    lagi = unggah(kerja)
    assert [b["nama"] for b in lagi.baris if b["hasil"] == "pilih"] == ["Angka kesakitan"]
    nomor = next(n for n, b in enumerate(lagi.baris) if b["hasil"] == "pilih")
    assert terapkan(unggahan_id=lagi.pk, hanya_sah=False, pilihan={nomor}) == 1
    assert TargetRenstra.objects.get(indikator=sakit).nilai == Decimal("12.5")
    kerja["E.81"].cell(12, RENJA, "1. entah\n2. 8")
    assert "Cakupan Imunisasi" not in {b["nama"] for b in unggah(kerja).baris}, (
        "no figure, no offer"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("apa", ["program", "target", "indikator"])
def test_what_changed_since_the_check_refuses_the_whole(
    bidang: Bidang, unggah: Unggah, terapkan: Callable[..., int], apa: str
) -> None:
    i = IndikatorFactory(
        unit=bidang.unit, nama="Angka kesakitan", sasaran__tujuan__instansi=bidang.instansi
    )
    u = unggah(contoh())
    if apa == "program":
        Program.objects.create(
            instansi=bidang.instansi, tahun=2026, kode="1.02.02", nama="Lain", jenis="program"
        )
    elif apa == "target":
        TargetRenstra.objects.create(indikator=i, tahun=2029, nilai=1)
    else:
        Indikator.objects.filter(pk=i.pk).delete()
    with pytest.raises(TransisiDitolak, match="berubah sejak berkas diperiksa"):
        terapkan(unggahan_id=u.pk, hanya_sah=False, pilihan={3})
    assert not RealisasiAnggaran.objects.exists()


@pytest.mark.django_db
def test_the_pages_of_the_form(client: Client, bidang: Bidang, unggah: Unggah) -> None:
    IndikatorFactory(
        unit=bidang.unit, nama="Angka kesakitan", sasaran__tujuan__instansi=bidang.instansi
    )
    client.force_login(bidang.perencana.pengguna)
    kiriman = {"jenis": "e81", "tahun": "2026", "rupiah": "kumulatif"}
    assert client.post("/capaian/impor/", kiriman).status_code == 422
    berkas = SimpleUploadedFile("e81.xlsx", to_bytes(contoh()))
    tujuan = client.post("/capaian/impor/", kiriman | {"berkas": berkas})["Location"]
    u = UnggahanRencana.objects.get()
    assert (u.jenis, u.is_kumulatif) == ("e81", True)
    check_unggahan_rencana(unggahan_id=u.pk)
    halaman = client.get(tujuan).content.decode()
    assert "Yang dibaca dan yang dibiarkan" in halaman
    assert 'name="indikator" value="3"' in halaman
    simpan = client.post(f"{tujuan}simpan/", {"pilihan": "semua", "indikator": ["3", "x", "99"]})
    assert simpan.status_code == 302
    assert TargetRenstra.objects.get().nilai == Decimal("12.5")


def baca(kerja: Workbook) -> Buku:
    """As it is read after an upload."""
    return read_buku(to_bytes(kerja))


def test_columns_are_found_wherever_they_stand() -> None:
    kerja = Workbook()
    kepala(kerja.worksheets[0], geser=2)
    s = find_susunan(baca(kerja))
    assert (s.find(Peran.NAMA), s.find(Peran.KODE), s.find(Peran.RENJA, "Rp")) == (6, 5, 14)
    assert [s.find(p, "Rp") for p in (Peran.RENSTRA, Peran.LALU, Peran.TAHUN_INI)] == [10, 12, 28]
    assert [s.find(p, "K") for p in (Peran.TW1, Peran.TW4, Peran.TINGKAT)] == [15, 24, 31]
    assert s.find(Peran.RENSTRA_KINI, "Rp") == 30


def test_headings_typed_over_their_first_column_reach_the_next() -> None:
    sel = {
        (1, 1): "Program/Kegiatan", (1, 2): "Indikator", (1, 3): "Target Renja 2026",
        (2, 3): "K", (2, 4): "Rp", (1, 5): "TW 2", (2, 5): "Rp", (1, 6): "Catatan",
        (3, 1): "1.02.02. Program A", (3, 4): "1.000", (4, 1): "X.XX.01: Program B",
        (5, 1): "1.02.02.2.01", (6, 1): "Jumlah",
    }  # fmt: skip
    lembar = Lembar("F", {k: Sel(Jenis.TEKS, v) for k, v in sel.items()})
    hasil = read_e81(Buku((lembar,)))
    assert [(b.kode, b.nama, b.uang) for b in hasil.baris] == [
        ("1.02.02", "Program A", {Peran.RENJA: 1000}), ("X.XX.01", "Program B", {})
    ]  # fmt: skip
    assert hasil.catatan[-1].startswith("Tidak ditemukan: triwulan I (Rp)")


def test_of_two_columns_of_one_name_the_first_counts() -> None:
    sel = {
        (1, 1): "Kode", (1, 2): "Program", (1, 3): "Indikator", (1, 4): "Indikator",
        (1, 5): "Target Renja 2026", (2, 5): "K", (2, 6): "Rp", (1, 7): "TW 1", (2, 7): "Rp",
        (3, 1): "1.02.02", (3, 2): "Program A",
    }  # fmt: skip
    lembar = Lembar("F", {k: Sel(Jenis.TEKS, v) for k, v in sel.items()})
    assert find_susunan(Buku((lembar,))).find(Peran.INDIKATOR) == 3


def test_codes_in_several_cells_and_calculated_money_are_read() -> None:
    teks = {
        (1, 1): "Kode", (1, 4): "Program", (1, 5): "Indikator", (1, 6): "Pagu", (2, 6): "Rp",
        (1, 7): "Triwulan I", (2, 7): "Rp", (2, 8): "K", (3, 4): "Program A",
    }  # fmt: skip
    sel = {k: Sel(Jenis.TEKS, v) for k, v in teks.items()}
    sel |= {(3, n): Sel(Jenis.ANGKA, v) for n, v in ((1, "1"), (2, "2"), (3, "3"))}
    sel[3, 6] = Sel(Jenis.RUMUS, "=SUM(F4:F9)", "", Sel(Jenis.ANGKA, "12.000000000001"))
    lembar = Lembar("F", sel, (Rentang(1, 1, 1, 3),))
    hasil = read_e81(Buku((lembar,)))
    assert [(b.kode, b.uang) for b in hasil.baris] == [("1.02.03", {Peran.RENJA: 12})]
    assert "1 sel rupiah berisi rumus" in hasil.catatan[-1]


@pytest.mark.parametrize(
    "sel",
    [
        {},
        {(1, 1): "Program", (2, 1): "K", (2, 2): "Rp", (2, 3): "%"},
        {(1, 1): "Program", (1, 2): "Target", (2, 2): "Rp", (2, 3): "K"},
    ],
    ids=["kosong", "tanpa-uang", "tanpa-baris-satuan"],
)
def test_another_table_is_no_such_form(sel: dict[tuple[int, int], str]) -> None:
    lembar = Lembar("F", {k: Sel(Jenis.TEKS, v) for k, v in sel.items()})
    with pytest.raises(BukanE81, match="baris satuan"):
        read_e81(Buku((lembar,)))


@pytest.mark.django_db
def test_a_workbook_of_something_else_is_refused(unggah: Unggah) -> None:
    kosong = Workbook()
    kosong.worksheets[0]["A1"] = io.BytesIO.__name__
    assert unggah(kosong).status == "gagal"
    kerja = Workbook()
    kepala(kerja.worksheets[0])
    assert unggah(kerja).pesan == "Berkas ini tidak berisi baris yang dapat diimpor."
