"""Sheets laid out like paper: the five by their own headings, and what people do to such sheets."""

import pytest

from sakip.common.lembar_isi import Buku, Jenis, Lembar, Rentang, Sel
from sop.rules.graf import SimpulLangkah
from sop.rules.lembar import BukanLembarSOP, Derajat, HasilLembar, read_lembar
from sop.rules.lembar.hasil import Pencatat
from sop.rules.lembar.identitas import Halaman
from tests.factories.sop import JABATAN, baca_berkas
from tests.sop.kertas import baca_kertas

KANTOR = {"Kepala": "kepala", "Sekretaris": "sekretaris", "Staf": "staf", "Kasubag A dan B": "ab"}
KEPALA = ["No", "Kegiatan", "Kepala", "Sekretaris", "Staf", "Kelengkapan", "Waktu", "Output", "Ket"]


def _sebutan(nama: str) -> dict[str, str]:
    """Posts under the headings of their columns, as an office would know them."""
    hasil = {kode: kode for kode in JABATAN[nama]}
    for k in baca_berkas(nama).identitas.judul_pelaksana:
        bagian = k.judul.split(", ") if len(k.jabatan) > 1 else [k.judul]
        hasil |= dict(zip(bagian, k.jabatan, strict=True))
    return hasil


def buku(*baris: list[str | Sel], gabung: tuple[Rentang, ...] = (), nama: str = "SOP") -> Buku:
    """A workbook of one sheet, by hand."""
    sel = {
        (b, k): isi if isinstance(isi, Sel) else Sel(Jenis.TEKS, isi)
        for b, kolom in enumerate(baris, start=1)
        for k, isi in enumerate(kolom, start=1)
        if isi
    }
    return Buku((Lembar(nama, sel, gabung),))


def baca(*baris: list[str | Sel], gabung: tuple[Rentang, ...] = ()) -> HasilLembar:
    """The same, read below the usual heading."""
    return read_lembar(buku(list(KEPALA), *baris, gabung=gabung), KANTOR)


def langkah(*baris: list[str | Sel]) -> list[SimpulLangkah]:
    """Its steps."""
    return list(baca(*baris).sop.graf.langkah)


def pesan(hasil: HasilLembar) -> list[str]:
    """Its findings as people read them."""
    return [str(t) for t in hasil.temuan]


SATU: list[str | Sel] = ["1", "Memerintahkan", "x", "", "", "Surat", "1 hari", "Disposisi", ""]
DUA: list[str | Sel] = ["2", "Menyusun", "", "", "x", "Data", "2 jam", "Konsep", ""]
TIGA: list[str | Sel] = ["3", "Mengoreksi", "", "◇", "", "Konsep", "1 jam", "Koreksi", ""]
AKHIR: list[str | Sel] = ["4", "Menandatangani", "x", "", "", "Konsep", "5 menit", "Laporan", ""]


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_is_read_from_its_paper_form(nama: str) -> None:
    asal, hasil = baca_berkas(nama), read_lembar(baca_kertas(nama), _sebutan(nama))
    assert hasil.asing == {}
    for a, b in zip(asal.graf.langkah, hasil.sop.graf.langkah, strict=True):
        assert (a.nomor, a.kegiatan, a.kelengkapan) == (b.nomor, b.kegiatan, b.kelengkapan)
        assert (a.waktu_teks, a.output, a.keterangan) == (b.waktu_teks, b.output, b.keterangan)
        assert a.waktu is None or a.nomor == 7 or a.waktu == b.waktu
        assert a.simbol == b.simbol
        assert {p.jabatan_kode for p in a.pelaksana} == {p.jabatan_kode for p in b.pelaksana}
        assert a.tindakan == b.tindakan or b.tindakan
    i, j = asal.identitas, hasil.sop.identitas
    for daftar in ("dasar_hukum", "kualifikasi", "keterkaitan", "peralatan", "peringatan"):
        assert getattr(i, daftar) == getattr(j, daftar)
    for teks in ("nama_sop", "nomor_sop", "tanggal_pembuatan", "tanggal_revisi_teks"):
        assert getattr(i, teks) == getattr(j, teks)
    assert i.judul_uraian == j.judul_uraian
    assert j.judul_pelaksana[0].judul == i.judul_pelaksana[0].judul


@pytest.mark.parametrize(
    ("nama", "asal", "sebagai"),
    [
        ("dinkes-mojokerto", "KET", "Keterangan"),
        ("dinkes-banten", "Opuput", "Output"),
        ("dinkes-banten", "Persayarakat / Kelengkapan", "Kelengkapan"),
        ("dprkp2-mojokerto", "URAIAN PROSEDUR", "Kegiatan"),
        ("kecamatan-dawarblandong", "Aktivitas", "Kegiatan"),
        ("kecamatan-dawarblandong", "Waktu (menit)", "Waktu"),
        ("kota-blitar", "Persyaratan/Kelengkapan", "Kelengkapan"),
    ],
)
def test_variants_of_headings_are_read_and_said(nama: str, asal: str, sebagai: str) -> None:
    hasil = read_lembar(baca_kertas(nama), _sebutan(nama))
    assert (asal, sebagai) in [(d.asal, d.sebagai) for d in hasil.dibaca]


def test_route_and_symbols_come_from_marks_and_order() -> None:
    hasil = baca(SATU, DUA, TIGA, AKHIR)
    assert [(s.simbol, dict(s.ke)) for s in hasil.sop.graf.langkah] == [
        ("mulai", {"lanjut": 2}),
        ("proses", {"lanjut": 3}),
        ("keputusan", {"ya": 4, "tidak": 2}),
        ("akhir", {"lanjut": None}),
    ]
    assert [s.tindakan for s in hasil.sop.graf.langkah] == [
        "disposisi",
        "susun",
        "koreksi",
        "tanda_tangan",
    ]
    assert pesan(hasil) == [
        "SOP!B4: lembar tidak menyebut ke mana Tidak kembali. Sementara ke langkah 2; betulkan "
        "bila bukan itu."
    ]
    assert hasil.sop.graf.langkah[2].perlu_konfirmasi == ("tidak",)


@pytest.mark.parametrize(
    "keterangan",
    ["Ya ke langkah 4, Tidak kembali ke langkah 1", "ya: no. 4\ntidak: no. 1", "Tidak ke nomor 1"],
)
def test_a_route_that_is_written_is_followed(keterangan: str) -> None:
    hasil = langkah(SATU, DUA, [*TIGA[:8], keterangan], AKHIR)
    assert hasil[2].ke == {"ya": 4, "tidak": 1}
    assert hasil[2].perlu_konfirmasi == ()


def test_a_route_to_a_step_that_is_not_there_is_doubted_and_kept_in_words() -> None:
    hasil = baca(SATU, DUA, [*TIGA[:8], "Tidak ke langkah 9"], AKHIR)
    tiga = hasil.sop.graf.langkah[2]
    assert dict(tiga.ke) == {"ya": 4}
    assert tiga.catatan_sumber["tidak"].startswith("SOP!B4: tujuan “9” bukan nomor langkah")


def test_a_decision_in_words_only_is_doubted_and_one_in_the_first_row_goes_nowhere() -> None:
    teks = "Memeriksa. Jika ya, diteruskan"
    hasil = langkah(SATU, ["2", teks, "", "x", "", "", "1 jam", "", ""], AKHIR)
    assert hasil[1].simbol == "keputusan"
    assert "simbol" in hasil[1].perlu_konfirmasi
    awal = baca([*TIGA], DUA).sop.graf.langkah[0]
    assert (awal.simbol, dict(awal.ke)) == ("keputusan", {"ya": 2})
    assert "Isi nomor langkah tujuannya." in awal.catatan_sumber["tidak"]


@pytest.mark.parametrize("waktu", ["3 - 5 hari", "segera", "0 jam", "25"])
def test_a_time_that_cannot_be_read_keeps_its_text_and_names_its_cell(waktu: str) -> None:
    hasil = baca(SATU, [*DUA[:6], waktu, "", ""])
    dua = hasil.sop.graf.langkah[1]
    assert (dua.waktu, dua.waktu_teks) == (None, waktu)
    assert pesan(hasil) == [
        f"SOP!G3: waktu “{waktu}” belum terbaca. Tulis satu angka dan satuan, misalnya 5 hari "
        "kerja."
    ]
    assert hasil.temuan[0].langkah == 2
    assert f"SOP!G3: waktu “{waktu}” belum terbaca." in dua.catatan_sumber["waktu"]
    assert dua.perlu_konfirmasi == ("waktu",)


def test_a_very_long_time_is_cut_and_kept_whole_in_the_note() -> None:
    lama = "kira-kira " * 10 + "lama"
    dua = langkah(SATU, [*DUA[:6], lama, "", ""])[1]
    assert len(dua.waktu_teks) == 60
    assert lama in dua.catatan_sumber["waktu"]


def test_formulas_and_errors_are_not_values() -> None:
    hasil = baca(SATU, [*DUA[:5], Sel(Jenis.RUMUS, "=A1"), Sel(Jenis.GALAT, "#REF!"), "", ""])
    assert [t.pesan.split(".")[0] for t in hasil.temuan] == [
        "Kelengkapan berisi rumus “=A1”, bukan nilai",
        "Waktu berisi galat Excel “#REF!”",
    ]
    assert hasil.temuan[0].tempat == "SOP!F3"


def test_actors_that_are_missing_unknown_or_several() -> None:
    tanpa = baca(SATU, ["2", "Menyusun", "", "", "", "", "1 jam", "", ""])
    assert "SOP!C3: belum ada pelaksana" in pesan(tanpa)[0]
    berdua = baca(SATU, ["2", "Rapat", "", "x", "x", "", "1 jam", "", ""])
    assert [p.jabatan_kode for p in berdua.sop.graf.langkah[1].pelaksana] == ["sekretaris", "staf"]
    assert "dibaca sebagai bersama-sama" in pesan(berdua)[0]
    gilir = baca(SATU, ["2", "Rapat", "", "giliran 2", "giliran 1; tiap seksi", "", "", "", ""])
    assert [(p.urutan, p.per_unit) for p in gilir.sop.graf.langkah[1].pelaksana] == [
        (2, ()),
        (1, ("seksi",)),
    ]
    kepala = [*KEPALA]
    kepala[2] = "Camat"
    asing = read_lembar(buku(list(kepala), SATU, DUA), KANTOR)
    assert asing.asing == {"Camat": "SOP!C1"}
    assert "SOP!C2: jabatan “Camat” belum dikenal" in pesan(asing)[0]


def test_one_column_may_name_the_posts() -> None:
    kepala: list[str | Sel] = ["No", "Aktivitas", "Pelaksana", "Waktu", "Output"]
    hasil = read_lembar(
        buku(
            kepala,
            ["1", "Memerintahkan", "Kepala", "1 hari", ""],
            ["2", "Menyusun", "Staf; Kasubag A dan B", "1 hari", ""],
            ["3", "Mengarsipkan", "Bupati", "1 hari", ""],
        ),
        KANTOR,
    )
    pelaku = [[p.jabatan_kode for p in s.pelaksana] for s in hasil.sop.graf.langkah]
    assert pelaku == [["kepala"], ["staf", "ab"], []]
    assert hasil.sop.identitas.judul_pelaksana == ()
    assert hasil.asing == {"Bupati": "SOP!C4"}


def test_sub_steps_become_steps_of_their_own() -> None:
    empat_a: list[str | Sel] = ["4a", "Menghimpun", "", "", "x", "", "1 jam", "", ""]
    empat_b: list[str | Sel] = ["b.", "Merekap", "", "x", "", "", "1 jam", "", ""]
    hasil = baca(SATU, DUA, empat_a, empat_b, ["5", *AKHIR[1:8], "Tidak ke langkah 4"])
    assert [s.nomor for s in hasil.sop.graf.langkah] == [1, 2, 3, 4, 5]
    assert "nomor langkah ditulis ulang 1 sampai 5, karena tertulis 1, 2, 4a, 4b, 5." in pesan(
        hasil
    )[-1] + " ".join(pesan(hasil))
    assert all(t.derajat == Derajat.INFO for t in hasil.temuan if "ditulis ulang" in t.pesan)


def test_lettered_rows_below_a_number_and_rows_without_any() -> None:
    a: list[str | Sel] = ["", "a. Menghimpun data", "", "", "x", "", "1 jam", "", ""]
    b: list[str | Sel] = ["", "b. Merekap data", "", "x", "", "", "1 jam", "", ""]
    bebas: list[str | Sel] = ["", "Menggandakan", "", "", "x", "", "1 jam", "", ""]
    hasil = baca(SATU, a, b, bebas)
    assert "tertulis 1, 1a, 1b, tanpa nomor." in pesan(hasil)[0]
    assert len(hasil.sop.graf.langkah) == 4


def test_rows_without_number_or_mark_go_on_with_the_step_above() -> None:
    lanjutan: list[str | Sel] = ["", "sampai selesai", "", "", "", "Renja", "", "", ""]
    tanda: list[str | Sel] = ["", "", "", "◇", "", "", "", "", ""]
    hasil = langkah(SATU, DUA, lanjutan, tanda, AKHIR)
    assert hasil[1].kegiatan == "Menyusun\nsampai selesai"
    assert hasil[1].kelengkapan == ("Data", "Renja")
    assert {p.jabatan_kode for p in hasil[1].pelaksana} == {"staf", "sekretaris"}


def test_headings_printed_again_numbers_of_columns_and_footers_are_no_steps() -> None:
    angka: list[str | Sel] = [str(n) for n in range(1, 10)]
    lajur: list[str | Sel] = ["", "", "Kepala", "Sekretaris", "Staf", "", "", "", ""]
    kaki: list[str | Sel] = ["", "", "", "", "", "Mengetahui, Kepala Dinas"]
    hasil = baca(angka, SATU, list(KEPALA), lajur, DUA, ["3"], [], kaki, ["NIP. 1"])
    assert [s.nomor for s in hasil.sop.graf.langkah] == [1, 2]
    assert [t.pesan for t in hasil.temuan] == [
        "baris “Mengetahui, Kepala Dinas” tidak dibaca sebagai langkah.",
        "baris “NIP. 1” tidak dibaca sebagai langkah.",
    ]


def test_a_footer_above_all_steps_and_a_gap_are_told() -> None:
    hasil = baca(["Catatan:"], SATU, ["4", *AKHIR[1:]])
    assert pesan(hasil) == [
        "SOP!A2: baris “Catatan:” tidak dibaca sebagai langkah.",
        "SOP!A3: nomor 2, 3 tidak ada. Periksa apakah ada baris yang terlewat.",
    ]


def test_merged_cells_speak_for_all_they_cover() -> None:
    dua: list[str | Sel] = ["2", "Rapat", "●", "", "", "", "", "Notulen", ""]
    satu: list[str | Sel] = [*SATU[:6], "1 hari", "", ""]
    gabung = (Rentang(2, 7, 3, 7), Rentang(3, 3, 3, 4))
    hasil = baca(satu, dua, gabung=gabung).sop.graf.langkah
    assert hasil[1].waktu_teks == "1 hari"
    assert {p.jabatan_kode for p in hasil[1].pelaksana} == {"kepala", "sekretaris"}


def test_an_empty_activity_is_filled_for_the_tables_and_doubted() -> None:
    hasil = langkah(SATU, ["2", "", "", "", "x", "", "1 jam", "", ""], AKHIR)
    assert hasil[1].kegiatan == "(belum diisi)"
    assert hasil[1].perlu_konfirmasi == ("tindakan", "kegiatan")


def test_titles_above_and_two_rows_of_headings_without_merging() -> None:
    atas: list[str | Sel] = ["No", "Kegiatan", "Pelaksana", "", "Mutu Baku", "", "", "Ket"]
    bawah: list[str | Sel] = ["", "", "Kepala", "Staf", "Kelengkapan", "Waktu (jam)", "Output", ""]
    hasil = read_lembar(
        buku(
            ["SOP Surat Masuk"],
            [],
            atas,
            bawah,
            ["1", "Menerima surat", "", "v", "Surat", Sel(Jenis.ANGKA, "2"), "Agenda", ""],
            ["2", "Mengarsipkan", "v", "", "", "1", "", ""],
        ),
        KANTOR,
    )
    assert hasil.sop.nama == "SOP Surat Masuk"
    assert [k.judul for k in hasil.sop.identitas.judul_pelaksana] == ["Kepala", "Staf"]
    assert str(hasil.sop.graf.langkah[0].waktu) or hasil.sop.graf.langkah[0].waktu
    assert hasil.sop.graf.langkah[0].waktu is not None
    assert hasil.sop.identitas.judul_kolom["mutu_baku"] == "Mutu Baku"


def test_a_group_heading_without_names_below_is_one_column() -> None:
    kepala: list[str | Sel] = ["No", "Kegiatan", "Pelaksana", "", "Waktu", "Output"]
    gabung = (Rentang(1, 3, 1, 4),)
    isi = buku(kepala, ["1", "Rapat", "Kepala", "", "1 jam", ""], gabung=gabung)
    hasil = read_lembar(isi, KANTOR).sop.graf.langkah[0]
    assert [p.jabatan_kode for p in hasil.pelaksana] == ["kepala"]


def test_a_workbook_without_such_a_table_is_refused_with_what_is_there() -> None:
    with pytest.raises(BukanLembarSOP, match=r"SOP \(SOP!A1: “Anggaran”\)"):
        read_lembar(buku(["Anggaran", "Jumlah"], ["Kegiatan", "5"]), KANTOR)
    with pytest.raises(BukanLembarSOP, match="Kosong \\(kosong\\)"):
        read_lembar(Buku((Lembar("Kosong", {}),)), KANTOR)
    with pytest.raises(BukanLembarSOP, match="tidak ada"):
        read_lembar(Buku(()), KANTOR)


HALAMAN: list[list[str | Sel]] = [
    ["PEMERINTAH KOTA UJI"],
    ["Nomor SOP : 1/SOP/2026", "", "Nama SOP", ": Surat Masuk"],
    ["Tanggal Efektif", "", Sel(Jenis.TANGGAL, "2026-02-09")],
    ["Tanggal Efektif", "", "lain"],
    ["Disahkan oleh", "", "Kepala Dinas\nDrs. Budi\nPembina\nNIP. 19700101 199003 1 001"],
    ["Keterkaitan"],
    ["1. SOP Surat Keluar\nyang berlaku"],
    ["2.", "SOP Arsip"],
    ["Peringatan", "Jangan terlambat"],
    ["", "sekali pun"],
    ["Unit", "lain"],
]


def test_the_identity_page_above_the_table_is_read_by_its_labels() -> None:
    hasil = read_lembar(buku(*HALAMAN, [], list(KEPALA), SATU, AKHIR), KANTOR)
    i = hasil.sop.identitas
    assert (i.nomor_sop, i.nama_sop, hasil.sop.nama) == (
        "1/SOP/2026",
        "Surat Masuk",
        "SOP Surat Masuk",
    )
    assert i.tanggal_efektif_teks == "9 Februari 2026"
    assert (i.disahkan_jabatan, i.disahkan_nama, i.disahkan_pangkat, i.disahkan_nip) == (
        "Kepala Dinas",
        "Drs. Budi",
        "Pembina",
        "19700101 199003 1 001",
    )
    assert i.perlu_konfirmasi == ("disahkan",)
    assert i.keterkaitan == ("SOP Surat Keluar yang berlaku", "SOP Arsip")
    assert i.peringatan[:2] == ("Jangan terlambat", "sekali pun")
    assert i.kop == ("PEMERINTAH KOTA UJI",)
    assert i.judul_uraian == ""


def test_an_official_without_a_number_and_a_label_without_a_value() -> None:
    atas: list[list[str | Sel]] = [
        ["Disahkan oleh", "Camat"],
        ["Nomor SOP"],
        ["Tgl Revisi", "-"],
    ]
    i = read_lembar(buku(*atas, [], list(KEPALA), SATU), KANTOR).sop.identitas
    assert (i.disahkan_jabatan, i.disahkan_nip, i.nomor_sop) == ("Camat", "", "")
    kosong: list[list[str | Sel]] = [["Disahkan oleh"], ["Nama SOP", "A"]]
    i = read_lembar(buku(*kosong, list(KEPALA), SATU), KANTOR).sop.identitas
    assert (i.disahkan_jabatan, i.perlu_konfirmasi) == ("", ())


def test_what_an_identity_page_does_not_hold_is_noted_but_raises_no_doubt_there() -> None:
    halaman, catat = Halaman(), Pencatat({})
    halaman.note("kode", "teks lebih dari 60 huruf, jadi dipotong.", "kode-panjang", catat)
    assert [t.pesan for t in catat.temuan] == ["teks lebih dari 60 huruf, jadi dipotong."]
    assert (halaman.catatan, halaman.ragu) == ({}, [])
