"""The empty workbook to fill in for an SOP: instructions, an example, lists of posts."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from organisasi.models import Instansi
from sakip.common.lembar_isi import huruf_kolom
from sakip.common.lembar_tulis import (
    Gaya,
    add_lembar,
    add_pilihan,
    atur_tinggi,
    new_buku,
    to_bytes,
    tulis,
)
from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.berkas import BerkasSOP
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.istilah import Simbol, Tindakan
from sop.rules.lembar import kata
from sop.rules.lembar.identitas import DAFTAR
from sop.selectors.kantor import list_jabatan
from sop.selectors.lembar import (
    BARIS_ISI,
    add_daftar_pilihan,
    add_prosedur,
    write_identitas,
    write_pelaksana,
    write_penanda,
    write_prosedur,
)

CONTOH = "Contoh"
_MAKS_LAJUR = 6
_BANYAK_BARIS = 20
_BUTIR_KOSONG = 4


def build_contoh(instansi: Instansi) -> bytes:
    """The workbook for an office, its posts as actor columns. One query."""
    jabatan = [(j.kode, j.nama) for j in list_jabatan(instansi)]
    nama = [n for _kode, n in jabatan]
    lajur = nama[:_MAKS_LAJUR] or [_("Jabatan pelaksana")]
    kosong: dict[str, Any] = dict.fromkeys(DAFTAR, ("",) * _BUTIR_KOSONG)
    kolom = tuple(KolomPelaksana(n, (n,)) for n in lajur)
    identitas = Identitas(judul_pelaksana=kolom, **kosong)
    buku = new_buku(judul=_("Contoh lembar SOP"))
    _write_petunjuk(buku)
    write_identitas(buku, BerkasSOP("", "", "", identitas, Graf(())))
    write_pelaksana(buku, identitas.judul_pelaksana, nama)
    _write_kosong(buku, lajur, nama)
    write_prosedur(buku, _contoh(nama or lajur), CONTOH)
    write_penanda(buku, {"contoh": instansi.kode})
    return to_bytes(buku)


def _write_kosong(buku: Workbook, lajur: Sequence[str], jabatan: Sequence[str]) -> None:
    """Sheet Prosedur, numbered rows to fill in."""
    lembar, letak = add_prosedur(buku, lajur, Identitas())
    akhir = BARIS_ISI + _BANYAK_BARIS - 1
    for nomor in range(1, _BANYAK_BARIS + 1):
        baris = BARIS_ISI + nomor - 1
        tulis(lembar, baris, 1, nomor, gaya=Gaya.TENGAH)
        for kolom in range(2, max(letak.values()) + 1):
            tulis(lembar, baris, kolom, None, gaya=Gaya.ISIAN)
    add_daftar_pilihan(lembar, letak, BARIS_ISI, akhir)
    tanda = f"C{BARIS_ISI}:{huruf_kolom(2 + len(lajur))}{akhir}"
    add_pilihan(lembar, tanda, list(kata.TANDA.values()), ketat=False)
    if jabatan:
        rinci = huruf_kolom(letak["rinci"])
        add_pilihan(lembar, f"{rinci}{BARIS_ISI}:{rinci}{akhir}", jabatan, ketat=False)


def _contoh(jabatan: Sequence[str]) -> BerkasSOP:
    """Four steps with one decision, in the office's own posts."""
    nama = [jabatan[n % len(jabatan)] for n in range(3)]
    isi: tuple[tuple[str, Simbol, Tindakan, int, dict[str, int | None]], ...] = (
        (_("Memerintahkan penyusunan laporan"), Simbol.MULAI, Tindakan.DISPOSISI, 0, {"lanjut": 2}),
        (_("Menyusun konsep laporan"), Simbol.PROSES, Tindakan.SUSUN, 1, {"lanjut": 3}),
        (
            _("Mengoreksi konsep laporan"),
            Simbol.KEPUTUSAN,
            Tindakan.KOREKSI,
            2,
            {"ya": 4, "tidak": 2},
        ),
        (
            _("Menandatangani laporan"),
            Simbol.AKHIR,
            Tindakan.TANDA_TANGAN,
            0,
            {"lanjut": None},
        ),
    )
    langkah = tuple(
        SimpulLangkah(
            id=n,
            nomor=n,
            kegiatan=kegiatan,
            simbol=simbol.value,
            tindakan=tindakan.value,
            pelaksana=(SimpulPelaksana(0, 0, nama[siapa], nama[siapa], ""),),
            ke=ke,
            kelengkapan=(_("Data kinerja"), _("Rencana kerja")),
            waktu=Durasi(n, SatuanWaktu.HARI_KERJA),
            waktu_teks=f"{n} hari",
            output=_("Konsep laporan"),
        )
        for n, (kegiatan, simbol, tindakan, siapa, ke) in enumerate(isi, start=1)
    )
    kolom = tuple(KolomPelaksana(n, (n,)) for n in dict.fromkeys(nama))
    return BerkasSOP("", "", "", Identitas(judul_pelaksana=kolom), Graf(langkah))


def _write_petunjuk(buku: Workbook) -> None:
    lembar = add_lembar(buku, kata.PETUNJUK, lebar=[5, 110])
    tulis(lembar, 1, 1, _("Cara mengisi lembar SOP"), gaya=Gaya.LABEL)
    lembar.merge_cells("A1:B1")
    for nomor, teks in enumerate(_list_petunjuk(), start=1):
        tulis(lembar, nomor + 1, 1, nomor, gaya=Gaya.TENGAH)
        tulis(lembar, nomor + 1, 2, teks)
    atur_tinggi(lembar)


def _list_petunjuk() -> list[str]:
    return [
        _(
            "Isi lembar Identitas seperti tercetak pada halaman pertama SOP. Yang tidak ada, "
            "biarkan kosong."
        ),
        _("Daftar (dasar hukum dan lainnya): satu butir satu baris; sisipkan baris bila kurang."),
        _(
            "Lembar Pelaksana: judul tiap kolom pelaksana dan jabatannya. Kolom bersama dua "
            "jabatan: tulis keduanya, masing-masing satu baris dalam sel."
        ),
        _(
            "Lembar Prosedur: satu langkah satu baris. Salin teksnya apa adanya. Beri tanda pada "
            "kolom pelaksana; pilih simbolnya dari daftar. Bandingkan dengan lembar Contoh."
        ),
        _(
            "Kelengkapan: satu butir satu baris dalam sel (Alt+Enter). Waktu: satu angka dan "
            "satuan, misalnya 30 menit, 4 jam, 2 hari, atau 1 jam/bidang."
        ),
        _(
            "Kolom di kanan Keterangan boleh dikosongkan: urutan dibaca dari atas ke bawah. Untuk "
            "keputusan isi “Ya ke” dan “Tidak ke” dengan nomor langkah; akhir ialah “selesai”."
        ),
        _(
            "Pelaksana rinci hanya bila perlu, satu jabatan satu baris: “kasi; giliran 2; tiap "
            "seksi” berarti giliran kedua, satu tugas tiap seksi."
        ),
        _(
            "Jangan memakai rumus, makro, atau sandi. Simpan sebagai .xlsx, lalu unggah di halaman "
            "Impor SOP. Sebelum disimpan, hasil bacaannya diperlihatkan dahulu."
        ),
    ]
