"""Reading a data file: everything wrong is reported at once, each with its line."""

import pytest

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.berkas import HasilBaca, read_berkas
from tests.factories.sop import baca_berkas, baca_teks

JABATAN = {
    "kepala_dinas": "kepala_dinas",
    "Kepala Dinas": "kepala_dinas",
    "Kadis": "kepala_dinas",
    "sekretaris_dinas": "sekretaris_dinas",
    "perencana": "perencana",
    "staf": "staf",
}
DINKES = baca_teks("dinkes-mojokerto")
KECIL = """\
kode: uji
nama: SOP Uji
langkah:
  - nomor: 1
    kegiatan: Memerintahkan
    simbol: mulai
    tindakan: disposisi
    pelaksana: kepala_dinas
    waktu: 10 menit
    lanjut: 2
  - nomor: 2
    kegiatan: Menandatangani
    simbol: akhir
    tindakan: tanda_tangan
    pelaksana: staf
    waktu: 1 hari
    lanjut: selesai
"""


def _baca(*ganti: tuple[str, str], asal: str = KECIL) -> HasilBaca:
    for lama, baru in ganti:
        assert lama in asal
        asal = asal.replace(lama, baru, 1)
    return read_berkas(asal, JABATAN)


def _galat(*ganti: tuple[str, str], asal: str = KECIL) -> list[str]:
    hasil = _baca(*ganti, asal=asal)
    assert hasil.sop is None
    return [str(m) for m in hasil.galat]


def test_a_small_file_is_read_whole() -> None:
    hasil = _baca()
    assert hasil.masalah == []
    assert hasil.sop is not None
    satu, dua = hasil.sop.graf.langkah
    assert (satu.waktu, satu.ke, satu.pelaksana[0].jabatan_kode) == (
        Durasi(10, SatuanWaktu.MENIT),
        {"lanjut": 2},
        "kepala_dinas",
    )
    assert (dua.ke, dua.simbol) == ({"lanjut": None}, "akhir")


def test_the_dinkes_file_carries_units_effects_notes_and_columns() -> None:
    berkas = baca_berkas("dinkes-mojokerto")
    lima, tujuh, delapan = (berkas.graf.menurut_nomor[n] for n in (5, 7, 8))
    assert lima.per_unit == ("bidang", "sekretariat")
    assert (lima.waktu_per_unit, lima.waktu_teks) == (True, "1 jam/ bidang")
    assert tujuh.ke == {"ya": 8, "tidak": 6}
    assert delapan.arsipkan
    assert "simbol" in tujuh.catatan_sumber
    assert [k.judul for k in berkas.identitas.judul_pelaksana] == [
        "Kepala Dinas",
        "Sekretaris Dinas",
        "Fungsional Perencana",
        "Staf",
    ]


def test_other_shapes_of_the_five_are_read() -> None:
    kecamatan = baca_berkas("kecamatan-dawarblandong")
    assert [(p.jabatan_kode, p.urutan) for p in kecamatan.graf.menurut_nomor[4].pelaksana] == [
        ("kasi", 1),
        ("kasubag_umum", 2),
    ]
    assert kecamatan.graf.menurut_nomor[4].waktu == Durasi(480, SatuanWaktu.MENIT)
    assert kecamatan.identitas.tanggal_revisi_teks == "-"
    banten = baca_berkas("dinkes-banten")
    assert banten.graf.menurut_nomor[7].waktu == Durasi(120, SatuanWaktu.HARI_KALENDER)
    assert banten.graf.langkah_awal("semester").nomor == 6
    assert not banten.identitas.judul_pelaksana[4].tercetak
    dprkp2 = baca_berkas("dprkp2-mojokerto").graf
    assert dprkp2.menurut_nomor[4].kelengkapan_ulang == ("RTL",)
    assert dprkp2.menurut_nomor[9].waktu is None


def test_a_post_is_found_by_kode_name_or_alias_in_any_case() -> None:
    hasil = _baca(("pelaksana: kepala_dinas", "pelaksana: KADIS"), ("staf", "kepala dinas"))
    assert hasil.sop is not None
    assert {s.pelaksana[0].jabatan_kode for s in hasil.sop.graf.langkah} == {"kepala_dinas"}


RUSAK: dict[str, tuple[tuple[tuple[str, str], ...], list[str]]] = {
    "dead end": (
        (("    lanjut: 2\n", ""),),
        [
            "baris 4, langkah 1, lanjut: Jalan buntu. Isi lanjut dengan nomor langkah berikutnya, "
            "atau jadikan akhir.",
            "baris 10, langkah 2: Tidak ada jalur menuju langkah ini. "
            "Arahkan lanjut dari langkah lain ke sini.",
        ],
    ),
    "unknown post": (
        (("pelaksana: staf", "pelaksana: camat"),),
        [
            "baris 15, langkah 2, pelaksana: Jabatan “camat” tidak ada di instansi ini. "
            "Kode jabatan yang ada: kepala_dinas, perencana, sekretaris_dinas, staf."
        ],
    ),
    "unreadable waktu": (
        (("waktu: 10 menit", "waktu: 3 - 5 hari"),),
        [
            "baris 9, langkah 1, waktu: Waktu “3 - 5 hari” tidak dapat dibaca. Tulis satu angka "
            "dan satuannya, misalnya 30 menit, 4 jam, 2 hari, atau 1 jam/bidang."
        ],
    ),
    "unknown key": (
        (("    waktu: 10 menit\n", "    waktu: 10 menit\n    durasi: 10\n"),),
        [
            "baris 10, langkah 1: Kunci “durasi” tidak dikenal. Yang dikenal: beda_orang_dari, "
            "catatan_sumber, efek, kegiatan, kelengkapan, kelengkapan_ulang, keterangan, lanjut, "
            "nomor, output, pelaksana, periode, perlu_konfirmasi, simbol, tidak, tindakan, waktu, "
            "waktu_nilai, waktu_per_unit, waktu_satuan, ya."
        ],
    ),
    "key twice": (
        (("    lanjut: 2\n", "    lanjut: 2\n    lanjut: 2\n"),),
        ["baris 11, langkah 1: Kunci “lanjut” tertulis dua kali. Hapus salah satu."],
    ),
    "two starts": (
        (("simbol: akhir", "simbol: mulai"),),
        [
            "baris 13, langkah 2, simbol: Simbol mulai sudah dipakai langkah 1. "
            "Ubah simbol ini menjadi proses.",
            "baris 13, langkah 2, simbol: Hanya langkah bersimbol akhir yang menuju selesai. "
            "Ubah simbolnya menjadi akhir.",
        ],
    ),
    "step without number": (
        (("  - nomor: 2\n    kegiatan: Men", "  - kegiatan: Men"),),
        [
            "baris 10, langkah 1, lanjut: Langkah tujuan tidak ada dalam SOP ini. "
            "Isi nomor langkah yang ada.",
            "baris 11, nomor: Langkah ini tidak punya nomor. Awali dengan “nomor: …”.",
        ],
    ),
    "number in words": (
        (("nomor: 2", "nomor: dua"),),
        [
            "baris 10, langkah 1, lanjut: Langkah tujuan tidak ada dalam SOP ini. "
            "Isi nomor langkah yang ada.",
            "baris 11, nomor: “dua” bukan nomor. Tulis bilangan bulat mulai dari 1.",
        ],
    ),
    "arrow in words": (
        (("lanjut: 2", "lanjut: berikutnya"),),
        [
            "baris 10, langkah 1, lanjut: “berikutnya” bukan nomor. "
            "Tulis bilangan bulat mulai dari 1.",
            "baris 11, langkah 2: Tidak ada jalur menuju langkah ini. "
            "Arahkan lanjut dari langkah lain ke sini.",
        ],
    ),
    "required parts missing": (
        (("kode: uji\n", ""), ("nama: SOP Uji\n", "")),
        [
            "baris 1, kode: Bagian ini wajib ada. Tambahkan.",
            "baris 1, nama: Bagian ini wajib ada. Tambahkan.",
        ],
    ),
    "unreadable date": (
        (("langkah:\n", "identitas:\n  tanggal_efektif: segera\nlangkah:\n"),),
        [
            "baris 4, tanggal_efektif: Tanggal “segera” tidak dapat dibaca. "
            "Tulis misalnya 9 Februari 2023."
        ],
    ),
    "text where a mapping belongs": (
        (("langkah:\n", "identitas: belum ada\nlangkah:\n"),),
        ["baris 3: Bagian ini harus berupa pasangan “kunci: isi”."],
    ),
    "list where a text belongs": (
        (("waktu: 10 menit", "output: [a, b]\n    waktu: 10 menit"),),
        ["baris 9, langkah 1, output: Bagian ini harus berupa satu teks."],
    ),
    "unknown unit of time": (
        (("waktu: 10 menit", "waktu: 10 menit\n    waktu_satuan: pekan"),),
        [
            "baris 10, langkah 1, waktu_satuan: “pekan” tidak dikenal. "
            "Pilih dari: hari_kalender, hari_kerja, jam, menit."
        ],
    ),
    "actor without a post": (
        (("pelaksana: staf", "pelaksana:\n      - urutan: nol"),),
        [
            "baris 16, langkah 2, pelaksana: Bagian ini harus berupa satu teks.",
            "baris 16, langkah 2, pelaksana: Jabatan “” tidak ada di instansi ini. "
            "Kode jabatan yang ada: kepala_dinas, perencana, sekretaris_dinas, staf.",
            "baris 16, langkah 2, pelaksana: “nol” bukan nomor. Tulis bilangan bulat mulai dari 1.",
        ],
    ),
    "column of an unknown post": (
        (("langkah:\n", "pelaksana:\n  - {judul: Camat, jabatan: camat}\nlangkah:\n"),),
        [
            "baris 4, pelaksana: Jabatan “camat” tidak ada di instansi ini. "
            "Kode jabatan yang ada: kepala_dinas, perencana, sekretaris_dinas, staf."
        ],
    ),
}


@pytest.mark.parametrize("sebab", RUSAK)
def test_a_broken_file_is_refused_with_the_line_and_the_remedy(sebab: str) -> None:
    ganti, harapan = RUSAK[sebab]
    assert _galat(*ganti) == harapan


def test_tidak_forward_in_the_dinkes_file_is_named_with_its_line() -> None:
    baris = DINKES[: DINKES.index("    tidak: 6")].count("\n") + 1
    assert _galat(("    tidak: 6", "    tidak: 8"), asal=DINKES) == [
        f"baris {baris}, langkah 7, tidak: Tidak harus kembali ke langkah sebelum 7, bukan ke 8."
    ]


def test_every_problem_is_reported_at_once_in_order_of_line() -> None:
    galat = _galat(
        ("simbol: mulai", "simbol: awal"),
        ("waktu: 10 menit", "waktu: segera"),
        ("pelaksana: staf", "pelaksana: camat"),
        ("lanjut: selesai", "lanjut: 1"),
    )
    baris = [int(g.split(",")[0].removeprefix("baris ").split(":")[0]) for g in galat]
    assert len(galat) == 7
    assert baris == sorted(baris)


@pytest.mark.parametrize(
    ("teks", "baris"),
    [("kode: [uji\nnama: x\n", 2), ("kode: uji\n\tnama: x\n", 2), ("kode: \x00", 1)],
)
def test_a_text_that_is_no_yaml_is_refused(teks: str, baris: int) -> None:
    (galat,) = _galat(asal=teks)
    assert galat.startswith(f"baris {baris}: Berkas bukan YAML yang sah.")


def test_an_empty_file_and_an_office_without_posts_say_so() -> None:
    assert _galat(asal="# kosong\n") == ["baris 1: Berkas kosong. Isi dengan satu SOP."]
    hasil = read_berkas(KECIL, {})
    assert "Kode jabatan yang ada: belum ada satu pun." in str(hasil.galat[0])


def test_a_list_as_the_whole_file_is_refused() -> None:
    assert "pasangan “kunci: isi”" in _galat(asal="- a\n- b\n")[0]


def test_the_person_of_an_earlier_step_may_be_barred() -> None:
    hasil = _baca(("lanjut: selesai", "lanjut: selesai\n    beda_orang_dari: [1]"))
    assert hasil.sop is not None
    assert hasil.sop.graf.langkah[1].beda_orang_dari == (1,)
    assert _galat(("lanjut: selesai", "lanjut: selesai\n    beda_orang_dari: [satu]")) == [
        "baris 18, langkah 2, beda_orang_dari: “satu” bukan nomor. "
        "Tulis bilangan bulat mulai dari 1."
    ]


def test_warnings_do_not_stop_the_reading() -> None:
    hasil = _baca(("    waktu: 10 menit\n", ""))
    assert hasil.sop is not None
    assert [str(m) for m in hasil.peringatan] == [
        "baris 4, langkah 1, waktu: Tanpa waktu baku; tugasnya tidak akan punya batas waktu."
    ]
