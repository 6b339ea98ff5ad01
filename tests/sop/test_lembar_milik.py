"""Our own workbook after people have worked in it: what they changed is read, or named."""

from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from sakip.common.lembar import read_buku
from sakip.common.lembar_tulis import new_buku, to_bytes
from sop.rules.graf import SimpulLangkah
from sop.rules.lembar import BukanLembarSOP, HasilLembar, read_lembar
from sop.rules.lembar.kata import find_satuan, parse_waktu_dibaca, split_butir
from sop.rules.lembar.kepala import TANDA_KUNCI
from sop.selectors.lembar import write_penanda, write_sop
from tests.factories.sop import JABATAN, baca_berkas

DINKES = {kode: kode for kode in JABATAN["dinkes-mojokerto"]} | {"Kasi": "staf"}
Ubah = Callable[[Workbook], None]


def _kolom(buku: Workbook, kunci: str) -> int:
    sel = [s for s in buku["Prosedur"][4] if s.value == f"{TANDA_KUNCI}{kunci}"]
    return int(sel[0].column)


def _isi(baris: int, kunci: str, teks: str | None) -> Ubah:
    """Change one cell of the step in that row (5 is step 1)."""

    def ubah(buku: Workbook) -> None:
        buku["Prosedur"].cell(baris, _kolom(buku, kunci)).value = teks

    return ubah


def _baca(*ubah: Ubah) -> HasilLembar:
    buku = new_buku(judul="Uji")
    write_sop(buku, baca_berkas("dinkes-mojokerto"))
    write_penanda(buku, {})
    for u in ubah:
        u(buku)
    return read_lembar(read_buku(to_bytes(buku)), DINKES)


def _langkah(nomor: int, *ubah: Ubah) -> tuple[SimpulLangkah, list[str]]:
    hasil = _baca(*ubah)
    return hasil.sop.graf.menurut_nomor[nomor], [t.pesan for t in hasil.temuan]


@pytest.mark.parametrize(
    ("kunci", "teks", "pesan", "kolom"),
    [
        ("simbol", "Kotak", "simbol “Kotak” tidak dikenal.", "simbol"),
        ("tindakan", "Menari", "tindakan “Menari” tidak dikenal.", "tindakan"),
        ("waktu_dibaca", "lama", "waktu “lama” belum terbaca.", "waktu"),
        ("periode", "windu", "“windu” tidak dikenal.", "periode"),
        ("efek", "Pengarsipan\nmenari", "“menari” tidak dikenal.", "efek"),
        ("lanjut", "99", "tujuan “99” bukan nomor langkah", "lanjut"),
        ("rinci", "Camat; giliran 1", "jabatan “Camat” belum dikenal", "pelaksana"),
    ],
    ids=lambda v: str(v)[:12],
)
def test_a_word_that_is_not_known_is_named_and_doubted(
    kunci: str, teks: str, pesan: str, kolom: str
) -> None:
    langkah, temuan = _langkah(2, _isi(6, kunci, teks))
    assert pesan in temuan[0]
    assert kolom in langkah.perlu_konfirmasi
    assert langkah.catatan_sumber[kolom].startswith("Prosedur!") or "Prosedur!" in str(
        langkah.catatan_sumber[kolom]
    )


def test_what_people_fill_in_is_taken() -> None:
    langkah, temuan = _langkah(
        2,
        _isi(6, "efek", "Pengarsipan\nSurat pengantar dan nomor"),
        _isi(6, "periode", "Triwulan"),
        _isi(6, "beda_orang_dari", "1 dan 7"),
        _isi(6, "waktu_dibaca", "2 jam per unit"),
        _isi(6, "kelengkapan_ulang", "RTL\nBerita acara"),
        _isi(6, "lanjut", "Langkah 4"),
    )
    assert temuan == []
    assert langkah.efek == ("arsip", "surat")
    assert (langkah.periode, langkah.beda_orang_dari) == ("triwulan", (1, 7))
    assert (str(langkah.waktu and langkah.waktu.nilai), langkah.waktu_per_unit) == ("2", True)
    assert langkah.kelengkapan_ulang == ("RTL", "Berita acara")
    assert langkah.ke == {"lanjut": 4}


def test_marks_that_contradict_the_words_beside_them_are_doubted() -> None:
    def pindah(buku: Workbook) -> None:
        buku["Prosedur"]["C6"], buku["Prosedur"]["D6"] = "x", None

    langkah, temuan = _langkah(2, pindah)
    assert temuan == [
        "tanda di kolom pelaksana berbeda dari Pelaksana rinci, yang dipakai di sini."
    ]
    assert [p.jabatan_kode for p in langkah.pelaksana] == ["sekretaris_dinas"]
    assert langkah.perlu_konfirmasi == ("waktu", "output", "pelaksana")
    langkah, temuan = _langkah(2, pindah, _isi(6, "rinci", None))
    assert [p.jabatan_kode for p in langkah.pelaksana] == ["kepala_dinas"]
    assert temuan == []


def test_a_note_that_was_there_stays_before_the_new_one() -> None:
    langkah, _temuan = _langkah(2, _isi(6, "waktu", "segera"))
    assert "Prosedur!H6: waktu “segera” belum terbaca." in langkah.catatan_sumber["waktu"]
    assert not langkah.catatan_sumber["waktu"].startswith("Prosedur!")


def test_a_column_and_a_row_put_in_between_are_read() -> None:
    def sisip(buku: Workbook) -> None:
        lembar = buku["Prosedur"]
        for r in list(lembar.merged_cells.ranges):
            lembar.unmerge_cells(str(r))
        lembar.insert_cols(7)
        lembar["G3"], lembar["G9"] = "Kasi", "x"
        lembar.cell(9, _kolom(buku, "rinci")).value = None
        lembar["F9"] = None
        buku["Identitas"].insert_rows(18)
        buku["Identitas"]["B18"] = "Peraturan baru"

    hasil = _baca(sisip)
    lima = hasil.sop.graf.menurut_nomor[5]
    assert [p.jabatan_kode for p in lima.pelaksana] == ["staf"]
    assert "Peraturan baru" in [
        b for d in ("kop", "dasar_hukum") for b in getattr(hasil.sop.identitas, d)
    ]


def _identitas(kunci: str, teks: str) -> Ubah:
    def ubah(buku: Workbook) -> None:
        for (sel,) in buku["Identitas"]["C2:C60"]:
            if sel.value == kunci:
                buku["Identitas"].cell(sel.row, 2).value = teks

    return ubah


def test_dates_and_texts_of_the_page_that_do_not_fit_are_named() -> None:
    def hapus(buku: Workbook) -> None:
        del buku["Catatan"]
        buku["Identitas"]["C3"] = None

    hasil = _baca(
        hapus,
        _identitas("tanggal_efektif", "kemarin"),
        _identitas("nomor_sop", "9" * 130),
        _identitas("unit_pemilik", "x" * 260),
        _identitas("disahkan_nip", "1" * 50),
        _identitas("disahkan_nama", "1" * 160),
    )
    i = hasil.sop.identitas
    assert (i.tanggal_efektif, i.tanggal_efektif_teks) == (None, "kemarin")
    assert "tanggal “kemarin” belum terbaca." in i.catatan_sumber["tanggal_efektif"]
    assert (len(i.nomor_sop), len(hasil.sop.unit_pemilik), len(i.disahkan_nip)) == (120, 250, 40)
    assert "9" * 130 in i.catatan_sumber["nomor_sop"]
    assert {"tanggal_efektif", "nomor_sop", "disahkan"} <= set(i.perlu_konfirmasi)
    assert len(hasil.temuan) == 5
    assert hasil.sop.nama == f"SOP {i.nama_sop}"


def test_a_date_of_excel_is_written_as_an_sop_writes_it() -> None:
    def ubah(buku: Workbook) -> None:
        _identitas("tanggal_efektif", "")(buku)
        for (sel,) in buku["Identitas"]["C2:C60"]:
            if sel.value == "tanggal_efektif":
                buku["Identitas"].cell(sel.row, 2).value = date(2023, 2, 9)

    i = _baca(ubah).sop.identitas
    assert (i.tanggal_efektif, i.tanggal_efektif_teks) == (date(2023, 2, 9), "9 Februari 2023")


@pytest.mark.parametrize("nama", ["Identitas", "Pelaksana", "Catatan"])
def test_a_sheet_that_was_deleted_costs_only_what_stood_there(nama: str) -> None:
    def hapus(buku: Workbook) -> None:
        del buku[nama]

    hasil = _baca(hapus)
    assert len(hasil.sop.graf.langkah) == 8
    assert hasil.sop.graf.langkah[0].kegiatan.startswith("Memerintahkan")


def test_empty_rows_and_unknown_words_in_the_small_sheets_are_passed_over() -> None:
    def ubah(buku: Workbook) -> None:
        buku["Pelaksana"].insert_rows(3)
        buku["Identitas"]["C40"] = "judul_kolom.lain"
        buku["Identitas"]["B40"] = "x"

    assert len(_baca(ubah).sop.identitas.judul_pelaksana) == 4


def test_our_sheet_without_its_keys_is_read_by_its_headings() -> None:
    def hapus(buku: Workbook) -> None:
        for sel in buku["Prosedur"][4]:
            sel.value = None

    hasil = _baca(hapus)
    assert len(hasil.sop.graf.langkah) == 8
    assert hasil.sop.graf.langkah[6].ke == {"ya": 8, "tidak": 6}

    def kosong(buku: Workbook) -> None:
        buku["Prosedur"].delete_rows(1, 60)

    with pytest.raises(BukanLembarSOP):
        _baca(kosong)


def test_small_words() -> None:
    assert find_satuan("Waktu") is None
    assert find_satuan("Waktu (abad)") is None
    assert parse_waktu_dibaca("0 jam") == (None, False)
    assert split_butir("• a\n  b\n• c") == ("a\nb", "c")
