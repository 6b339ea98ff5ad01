"""An SOP as a workbook: the printed matrix, and beside it what the application reads back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from organisasi.models import Jabatan
from sakip.common.lembar_isi import huruf_kolom
from sakip.common.lembar_tulis import (
    Gaya,
    add_lembar,
    add_pilihan,
    atur_tinggi,
    beri_catatan,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
)
from sakip.common.waktu import BULAN
from sop.models import VersiSOP
from sop.rules.berkas import BerkasSOP
from sop.rules.berkas.tulis import is_tanggal, is_waktu
from sop.rules.graf import SimpulLangkah
from sop.rules.identitas import TANGGAL, Identitas, KolomPelaksana
from sop.rules.istilah import EFEK_TAMBAHAN, Hasil, Periode, Simbol, Tindakan
from sop.rules.lembar import kata
from sop.rules.lembar.identitas import ATAS, DAFTAR, DIBACA, JUDUL_KOLOM
from sop.rules.lembar.jalur import TIADA
from sop.rules.lembar.kepala import TANDA_KUNCI
from sop.rules.matriks import Tempat, build_matriks
from sop.rules.pemetaan import name_jabatan
from sop.selectors.graf import read_berkas_sop

_TANPA: Mapping[str, str] = {}
BARIS_JUDUL, BARIS_KUNCI, BARIS_ISI = 2, 4, 5
_MUTU = ("kelengkapan", "waktu", "output")
_LEBAR: Mapping[str, float] = {
    "no": 5,
    "kegiatan": 46,
    "kelengkapan": 28,
    "waktu": 14,
    "output": 26,
    "keterangan": 26,
    "tindakan": 18,
    "rinci": 30,
    "kelengkapan_ulang": 24,
    "waktu_dibaca": 20,
}
# Where the doubt about a part of a step is shown.
_SEL_RAGU = {"pelaksana": "rinci", "waktu_satuan": "waktu_dibaca"}
_LABEL_IDENTITAS: Mapping[str, str] = {
    "kode": "Kode SOP",
    "nama": "Nama dalam katalog",
    "unit_pemilik": "Unit pemilik",
    "menghasilkan": "Menghasilkan",
    "nama_sop": "Nama SOP",
    "nomor_sop": "Nomor SOP",
    "kop": "Kop",
    "disahkan_jabatan": "Disahkan oleh: jabatan",
    "disahkan_nama": "Disahkan oleh: nama",
    "disahkan_pangkat": "Disahkan oleh: pangkat",
    "disahkan_nip": "Disahkan oleh: NIP",
    "dasar_hukum": "Dasar hukum",
    "kualifikasi": "Kualifikasi pelaksana",
    "keterkaitan": "Keterkaitan",
    "peralatan": "Peralatan/perlengkapan",
    "peringatan": "Peringatan",
    "pencatatan": "Pencatatan dan pendataan",
    "judul_uraian": "Judul tabel uraian",
}


def build_lembar(versi: VersiSOP) -> bytes:
    """The workbook of a version. Four queries."""
    sop = read_berkas_sop(versi)
    nama = Jabatan.objects.filter(instansi=versi.sop.instansi_id).values_list("kode", "nama")
    buku = new_buku(judul=str(versi))
    write_sop(buku, sop, jabatan=dict(nama))
    penanda = {"versi": str(versi.pk), "nomor": str(versi.nomor), "sidik": versi.sidik}
    write_penanda(buku, penanda)
    return to_bytes(buku)


def write_sop(buku: Workbook, sop: BerkasSOP, *, jabatan: Mapping[str, str] = _TANPA) -> None:
    """The sheets of one SOP, whose steps have their nomor as id. jabatan: kode to name."""
    write_identitas(buku, sop)
    write_pelaksana(buku, sop.identitas.judul_pelaksana)
    write_prosedur(buku, replace(sop, graf=name_jabatan(sop.graf, jabatan)))
    write_catatan(buku, sop)


def write_penanda(buku: Workbook, isi: Mapping[str, str]) -> None:
    """The hidden sheet by which the workbook is known as ours."""
    lembar = add_lembar(buku, kata.PENANDA, tersembunyi=True)
    for baris, (nama, nilai) in enumerate({"format": kata.FORMAT, **isi}.items(), start=1):
        tulis(lembar, baris, 1, nama)
        tulis(lembar, baris, 2, nilai)


# --- identity page ------------------------------------------------------------------------------


def write_identitas(buku: Workbook, sop: BerkasSOP) -> None:
    """Sheet Identitas: a part per row, an item of a list per row, the key in a hidden column."""
    lembar = add_lembar(buku, kata.IDENTITAS, lebar=[30, 90, 24])
    tulis_judul(lembar, 1, ["Bagian", "Isi", "Kunci"])
    lembar.column_dimensions["C"].hidden = True
    lembar.freeze_panes = "A2"
    i = sop.identitas
    for baris, (kunci, label, nilai) in enumerate(_list_identitas(sop), start=2):
        bagian = "disahkan" if kunci.startswith("disahkan_") else kunci.partition(".")[0]
        ragu = bagian in i.perlu_konfirmasi
        tulis(lembar, baris, 1, label, gaya=Gaya.LABEL)
        sel = tulis(lembar, baris, 2, nilai, gaya=Gaya.RAGU if ragu else Gaya.ISIAN)
        tulis(lembar, baris, 3, kunci, gaya=Gaya.MESIN)
        if catatan := i.catatan_sumber.get(bagian) or (ragu and _ragu()):
            beri_catatan(sel, str(catatan))
    atur_tinggi(lembar)


def _list_identitas(sop: BerkasSOP) -> list[tuple[str, str, str]]:
    """Key, label and value of each row."""
    i, nama = sop.identitas, _LABEL_IDENTITAS
    baris = [(k, nama[k], getattr(sop, k)) for k in ATAS]
    baris += [(k, nama[k], getattr(i, k)) for k in ("nama_sop", "nomor_sop")]
    for t in TANGGAL:
        label = t.replace("_", " ").capitalize()
        teks, dibaca = getattr(i, f"{t}_teks"), getattr(i, t)
        baris.append((t, label, teks))
        if not is_tanggal(teks, dibaca):
            baris.append((f"{t}{DIBACA}", f"{label}, dibaca", _tanggal(dibaca)))
    baris += [(k, label, getattr(i, k)) for k, label in nama.items() if k.startswith("disahkan_")]
    for k in DAFTAR:
        butir = getattr(i, k) or ("",)
        baris += [(k, nama[k] if n == 0 else "", b) for n, b in enumerate(butir)]
    baris.append(("judul_uraian", nama["judul_uraian"], i.judul_uraian))
    for k, judul in i.judul_kolom.items():
        baris.append((f"{JUDUL_KOLOM}{k}", f"Judul kolom {kata.KOLOM_CETAK.get(k, k)}", judul))
    return baris


def _tanggal(hari: date | None) -> str:
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}" if hari else TIADA


def write_pelaksana(
    buku: Workbook, kolom: Sequence[KolomPelaksana], pilihan: Sequence[str] = ()
) -> None:
    """Sheet Pelaksana: which posts act in each actor column. pilihan: posts to choose from."""
    lembar = add_lembar(buku, kata.PELAKSANA, lebar=[40, 40, 14])
    tulis_judul(lembar, 1, ["Judul kolom", "Jabatan", "Tercetak"])
    lembar.freeze_panes = "A2"
    for baris, k in enumerate(kolom, start=2):
        tulis(lembar, baris, 1, k.judul, gaya=Gaya.ISIAN)
        tulis(lembar, baris, 2, "\n".join(k.jabatan), gaya=Gaya.ISIAN)
        tulis(lembar, baris, 3, "ya" if k.tercetak else "tidak", gaya=Gaya.ISIAN)
    add_pilihan(lembar, "C2:C40", ["ya", "tidak"])
    if pilihan:
        add_pilihan(lembar, "B2:B40", pilihan, ketat=False)


# --- steps --------------------------------------------------------------------------------------


def write_prosedur(buku: Workbook, sop: BerkasSOP, nama: str = kata.PROSEDUR) -> None:
    """Sheet Prosedur: two-row heading as on paper, a hidden row of keys, a row per step."""
    matriks = build_matriks(sop.graf, sop.identitas)
    lajur = [k.judul for k in matriks.kolom] or [""]
    lembar, letak = add_prosedur(buku, lajur, sop.identitas, nama)
    satuan = kata.find_satuan(sop.identitas.judul_kolom.get("waktu", ""))
    for baris, (s, tempat) in enumerate(
        zip(sop.graf.langkah, matriks.tempat, strict=True), start=BARIS_ISI
    ):
        _write_langkah(lembar, baris, s, letak)
        waktu = "" if is_waktu(s, satuan) else kata.write_waktu(s.waktu, per_unit=s.waktu_per_unit)
        tulis(lembar, baris, letak["waktu_dibaca"], waktu, gaya=_gaya(s, "waktu_satuan"))
        _write_tanda(lembar, baris, tempat, len(lajur))
        _write_ragu(lembar, baris, s, letak)
    akhir = BARIS_ISI + len(sop.graf.langkah)
    add_daftar_pilihan(lembar, letak, BARIS_ISI, akhir + 40)
    lembar.print_area = f"A1:{huruf_kolom(letak['keterangan'])}{akhir - 1}"
    atur_tinggi(lembar)


def add_prosedur(
    buku: Workbook, lajur: Sequence[str], identitas: Identitas, nama: str = kata.PROSEDUR
) -> tuple[Worksheet, dict[str, int]]:
    """The empty sheet with its headings, and the column of each key."""
    kunci = ["no", "kegiatan", *([kata.LAJUR] * len(lajur)), *_MUTU, "keterangan"]
    kunci += kata.KOLOM_MESIN
    lembar = add_lembar(buku, nama, lebar=[_LEBAR.get(k, 15) for k in kunci])
    letak = {k: n for n, k in enumerate(kunci, start=1)}
    judul = {**kata.KOLOM_CETAK, **identitas.judul_kolom, **kata.KOLOM_MESIN}
    tulis(lembar, 1, 1, identitas.judul_uraian or "Uraian prosedur", gaya=Gaya.LABEL)
    for n, k in enumerate(kunci, start=1):
        mesin = k in kata.KOLOM_MESIN
        atas = judul["pelaksana"] if k == kata.LAJUR else judul["mutu_baku" if k in _MUTU else k]
        bawah = lajur[n - 3] if k == kata.LAJUR else judul[k]
        for baris, teks in ((BARIS_JUDUL, atas), (BARIS_JUDUL + 1, bawah)):
            tulis(lembar, baris, n, teks, gaya=Gaya.LABEL if mesin else Gaya.JUDUL)
        tulis(lembar, BARIS_KUNCI, n, TANDA_KUNCI + k, gaya=Gaya.MESIN)
    _gabung_kepala(lembar, kunci)
    lembar.row_dimensions[BARIS_KUNCI].hidden = True
    lembar.freeze_panes = f"C{BARIS_ISI}"
    lembar.print_title_rows = f"{BARIS_JUDUL}:{BARIS_JUDUL + 1}"
    return lembar, letak


def _gabung_kepala(lembar: Worksheet, kunci: Sequence[str]) -> None:
    """Merge the title, the group headings and the headings that take both rows."""
    atas, bawah = BARIS_JUDUL, BARIS_JUDUL + 1
    keterangan = kunci.index("keterangan") + 1
    lembar.merge_cells(start_row=1, end_row=1, start_column=1, end_column=keterangan)
    for kelompok in ((kata.LAJUR,), _MUTU):
        letak = [n for n, k in enumerate(kunci, start=1) if k in kelompok]
        lembar.merge_cells(
            start_row=atas, end_row=atas, start_column=letak[0], end_column=letak[-1]
        )
    for n, k in enumerate(kunci, start=1):
        if k not in (kata.LAJUR, *_MUTU):
            lembar.merge_cells(start_row=atas, end_row=bawah, start_column=n, end_column=n)


def _write_langkah(
    lembar: Worksheet, baris: int, s: SimpulLangkah, letak: Mapping[str, int]
) -> None:
    tulis(lembar, baris, letak["no"], s.nomor, gaya=Gaya.TENGAH)
    isi = {
        "kegiatan": s.kegiatan,
        "kelengkapan": kata.join_butir(s.kelengkapan),
        "waktu": s.waktu_teks,
        "output": s.output,
        "keterangan": s.keterangan,
        "simbol": kata.LABEL.get(s.simbol, s.simbol),
        "tindakan": kata.LABEL.get(s.tindakan, s.tindakan),
        "rinci": kata.write_pelaksana(s.pelaksana) or TIADA,
        "kelengkapan_ulang": kata.join_butir(s.kelengkapan_ulang),
        "periode": kata.LABEL.get(s.periode, s.periode),
        "efek": "\n".join(kata.LABEL.get(e, e) for e in s.efek),
        "beda_orang_dari": ", ".join(map(str, s.beda_orang_dari)),
        **_jalur(s),
    }
    for kunci, teks in isi.items():
        tulis(lembar, baris, letak[kunci], teks, gaya=_gaya(s, kunci))


def _gaya(s: SimpulLangkah, kunci: str) -> Gaya:
    bagian = "pelaksana" if kunci == "rinci" else kunci
    if bagian in s.perlu_konfirmasi:
        return Gaya.RAGU
    return Gaya.POLOS if kunci in kata.KOLOM_CETAK else Gaya.MESIN


def _jalur(s: SimpulLangkah) -> dict[str, str]:
    """Where each outcome leads; a dash where an arrow is missing, nothing where none belongs."""
    wajib = {Hasil.YA, Hasil.TIDAK} if s.is_keputusan else {Hasil.LANJUT}
    kosong = {h.value: TIADA if h in wajib else "" for h in Hasil}
    return kosong | {h: kata.SELESAI if n is None else str(n) for h, n in s.ke.items()}


def _write_tanda(lembar: Worksheet, baris: int, tempat: Sequence[Tempat], banyak: int) -> None:
    bergiliran = len({t.urutan for t in tempat}) > 1
    tanda = {
        t.kolom: "\n".join(
            [
                kata.TANDA.get(t.simbol, t.simbol),
                *kata.write_giliran(t.urutan, t.per_unit, sebut_satu=bergiliran),
            ]
        )
        for t in tempat
    }
    for kolom in range(banyak):
        tulis(lembar, baris, kolom + 3, tanda.get(kolom, ""), gaya=Gaya.TENGAH)


def _write_ragu(lembar: Worksheet, baris: int, s: SimpulLangkah, letak: Mapping[str, int]) -> None:
    for bagian in dict.fromkeys([*s.perlu_konfirmasi, *s.catatan_sumber]):
        kolom = letak[_SEL_RAGU.get(bagian, bagian)]
        sel = lembar[f"{huruf_kolom(kolom)}{baris}"]
        beri_catatan(sel, s.catatan_sumber.get(bagian) or _ragu())


def _ragu() -> str:
    return _("Perlu konfirmasi: cocokkan dengan naskah asli.")


def add_daftar_pilihan(lembar: Worksheet, letak: Mapping[str, int], dari: int, sampai: int) -> None:
    """Lists to choose from in the columns that know only some words."""
    daftar: dict[str, list[str]] = {
        "simbol": list(Simbol),
        "tindakan": list(Tindakan),
        "periode": list(Periode),
        "efek": list(EFEK_TAMBAHAN),
    }
    for kunci, nilai in daftar.items():
        huruf = huruf_kolom(letak[kunci])
        pilihan = [kata.LABEL[n] for n in nilai]
        add_pilihan(lembar, f"{huruf}{dari}:{huruf}{sampai}", pilihan, ketat=kunci != "efek")


# --- notes --------------------------------------------------------------------------------------


def write_catatan(buku: Workbook, sop: BerkasSOP) -> None:
    """Sheet Catatan: every note and doubt, doubts in their order."""
    lembar = add_lembar(buku, kata.CATATAN, lebar=[14, 24, 18, 100])
    tulis_judul(lembar, 1, ["Tempat", "Bagian", "Perlu konfirmasi", "Catatan"])
    lembar.freeze_panes = "A2"
    sumber: list[tuple[str, Identitas | SimpulLangkah]] = [(kata.IDENTITAS, sop.identitas)]
    sumber += [(f"Langkah {s.nomor}", s) for s in sop.graf.langkah]
    baris = 1
    for tempat, isi in sumber:
        for bagian in dict.fromkeys([*isi.perlu_konfirmasi, *isi.catatan_sumber]):
            baris += 1
            ragu = "ya" if bagian in isi.perlu_konfirmasi else ""
            nilai = (tempat, bagian, ragu, isi.catatan_sumber.get(bagian, ""))
            for kolom, teks in enumerate(nilai, start=1):
                tulis(lembar, baris, kolom, teks)
    atur_tinggi(lembar)
