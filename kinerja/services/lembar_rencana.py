"""The workbook of a plan: written with everything there is, and its identity when it comes back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from kinerja.models import Indikator
from kinerja.rules.acuan import Acuan, Jalur
from kinerja.rules.kolom import Isi, Kolom, potong
from kinerja.rules.lembar_rencana import Keadaan, Nilai, Tabel, make_sidik
from kinerja.rules.nilai import ANGKA, JenisNilai, read_tingkat
from kinerja.rules.target import show_target, split_target
from kinerja.selectors.tabel_rencana import (
    AKSI,
    INDIKATOR,
    SASARAN,
    TARGET,
    TARGET_RENSTRA,
    build_tabel,
    get_jalur,
    get_keadaan,
)
from organisasi.models import Instansi
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar import Buku, Lembar
from sakip.common.lembar_isi import huruf_kolom
from sakip.common.lembar_tulis import (
    Gaya,
    add_lembar,
    add_pilihan,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
)
from sakip.common.lembar_tulis import (
    Nilai as NilaiSel,
)

IDENTITAS = "Identitas"
BENTUK = "SAKIP rencana 1"
_BARIS_JUDUL = 3
# Rows below the last one that the validation lists reach: room for what is added.
_RUANG = 200
_JUDUL_KEADAAN = 8


def write_rencana(instansi: Instansi, tahun: int) -> bytes:
    """The plan of one year, ready to be changed and added to. Twelve queries, however large it is,
    and one more where it has actions.
    """
    keadaan = get_keadaan(instansi, tahun)
    buku = new_buku(judul=f"Rencana kinerja {instansi.nama} {tahun}")
    acuan = {n: Acuan(n, isi) for n, isi in keadaan.isi.items()}
    nama = _map_nama(instansi)
    tabel = build_tabel(instansi, tahun)
    for t in tabel:
        berinfo = t.nama in (TARGET, TARGET_RENSTRA)
        lebar = [*(k.lebar for k in t.kolom), *((46, 14) if berinfo else ())]
        lembar = add_lembar(buku, t.nama, lebar=lebar)
        tulis(lembar, 1, 1, _petunjuk(t, instansi, tahun), gaya=Gaya.LABEL)
        lembar.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(3, len(t.kolom)))
        lembar.row_dimensions[1].height = 48
        judul = [k.judul for k in t.kolom]
        if berinfo:
            judul += [_("Indikator kinerja"), _("Satuan")]
        tulis_judul(lembar, _BARIS_JUDUL, judul)
        lembar.freeze_panes = f"B{_BARIS_JUDUL + 1}"
        for baris, (jalur, isi) in enumerate(keadaan.isi[t.nama].items(), _BARIS_JUDUL + 1):
            _write_baris(lembar, baris, t, _list_sel(t, jalur, isi, acuan, keadaan))
            for n, info in enumerate(nama.get(jalur, ()) if berinfo else (), 1):
                tulis(lembar, baris, len(t.kolom) + n, info, gaya=Gaya.MESIN)
        _add_pilihan(lembar, t, keadaan)
    _write_identitas(add_lembar(buku, IDENTITAS, tersembunyi=True), instansi, keadaan)
    return to_bytes(buku)


def _petunjuk(tabel: Tabel, instansi: Instansi, tahun: int) -> str:
    wajib = ", ".join(k.judul for k in tabel.kolom if k.wajib)
    return _(
        "%(nama)s, rencana kinerja %(tahun)d: %(instansi)s. Ubah isi sel atau tambah baris di "
        "bawah; baris yang dihapus di sini tidak dihapus dari aplikasi. Wajib diisi: %(wajib)s."
    ) % {"nama": tabel.nama, "tahun": tahun, "instansi": instansi.nama, "wajib": wajib}


def _map_nama(instansi: Instansi) -> dict[Jalur, tuple[str, str]]:
    daftar = Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
    return {get_jalur(i): (i.nama, i.satuan) for i in daftar.select_related("sasaran__tujuan")}


def _list_sel(
    tabel: Tabel, jalur: Jalur, isi: Nilai, acuan: Mapping[str, Acuan], keadaan: Keadaan
) -> list[NilaiSel]:
    """Values of the cells of one row."""
    hasil: list[NilaiSel] = []
    for k in tabel.kolom:
        nilai = isi.get(k.nama, "")
        if k.nama == tabel.acuan:
            induk = jalur[:-1] if tabel.is_berkunci else jalur
            hasil.append(acuan[tabel.induk].shorten(induk))
        elif k.isi is Isi.ACUAN:
            hasil.append(nilai and acuan[SASARAN].shorten(tuple(nilai.split("/"))))
        elif k.isi is Isi.NILAI:
            hasil.append(_sel_target(nilai, _get_ukuran(tabel, jalur, isi, keadaan)))
        else:
            hasil.append(k.cell(nilai))
    return hasil


def _get_ukuran(tabel: Tabel, jalur: Jalur, isi: Nilai, keadaan: Keadaan) -> Nilai:
    """What says how a target is written: its indikator; the kind of an action is its own."""
    if tabel.nama != AKSI:
        return keadaan.isi[INDIKATOR][jalur]
    return {**keadaan.isi[INDIKATOR][jalur[:-1]], "jenis_nilai": isi["jenis_nilai"]}


def _sel_target(nilai: str, indikator: Nilai) -> NilaiSel:
    jenis = JenisNilai(indikator["jenis_nilai"])
    isi = split_target(nilai)
    if isi.atas is None and not isi.uraian and jenis in ANGKA:
        return isi.nilai
    return show_target(nilai, jenis, read_tingkat(indikator["tingkatan"]))


def _write_baris(lembar: Worksheet, baris: int, tabel: Tabel, isi: Sequence[NilaiSel]) -> None:
    for nomor, (kolom, nilai) in enumerate(zip(tabel.kolom, isi, strict=True), 1):
        kunci = kolom.nama in (tabel.kunci, tabel.acuan)
        sel = tulis(lembar, baris, nomor, nilai, gaya=Gaya.LABEL if kunci else Gaya.ISIAN)
        if kolom.isi in (Isi.ANGKA, Isi.UANG, Isi.NILAI):
            sel.number_format = "#,##0.######" if kolom.isi is not Isi.UANG else "#,##0.00"
        elif kolom.isi is not Isi.BULAT:
            sel.number_format = "@"


def _add_pilihan(lembar: Worksheet, tabel: Tabel, keadaan: Keadaan) -> None:
    akhir = _BARIS_JUDUL + len(keadaan.isi[tabel.nama]) + _RUANG
    for nomor, kolom in enumerate(tabel.kolom, 1):
        pilihan = list(kolom.pilihan.values()) if kolom.isi is Isi.PILIHAN else []
        if kolom.isi is Isi.YA_TIDAK:
            pilihan = ["Ya", "Tidak"]
        if kolom.nama == "unit":
            pilihan = list(keadaan.unit)
        if pilihan:
            huruf = huruf_kolom(nomor)
            add_pilihan(lembar, f"{huruf}{_BARIS_JUDUL + 1}:{huruf}{akhir}", pilihan)


def _write_identitas(lembar: Worksheet, instansi: Instansi, keadaan: Keadaan) -> None:
    """Whose plan of which year this is, and what each row was like."""
    isi = {"bentuk": BENTUK, "instansi": instansi.kode, "tahun": str(keadaan.tahun)}
    for baris, (kunci, nilai) in enumerate(isi.items(), 1):
        tulis(lembar, baris, 1, kunci, gaya=Gaya.MESIN)
        tulis(lembar, baris, 2, nilai, gaya=Gaya.MESIN)
    baris = _JUDUL_KEADAAN
    for nama, semua in keadaan.isi.items():
        for jalur, isi_baris in semua.items():
            baris += 1
            for kolom, teks in enumerate((nama, make_sidik(isi_baris), *jalur), 1):
                tulis(lembar, baris, kolom, teks, gaya=Gaya.MESIN)
    lembar.protection.sheet = True


def read_identitas(buku: Buku, instansi: Instansi, tahun: int) -> dict[str, dict[Jalur, str]]:
    """What each row was like when the workbook was made, by sheet and codes.

    Raises:
        IsianTidakSah: it is not a workbook of that plan, and why (422).
    """
    lembar = buku.get(IDENTITAS)
    if lembar is None:
        raise IsianTidakSah(
            _(
                "Berkas ini bukan format rencana: lembar “%(nama)s” tidak ada. Unduh format Excel "
                "dari halaman ini, isi atau tempel rencana Anda ke dalamnya, lalu unggah."
            )
            % {"nama": IDENTITAS}
        )
    isi = {lembar.at(b, 1).teks: lembar.at(b, 2).teks for b in range(1, _JUDUL_KEADAAN)}
    _require(
        isi, "bentuk", BENTUK, _("Berkas ini dari bentuk lain. Unduh format dari halaman ini.")
    )
    asing = _("Berkas ini milik instansi lain (%(isi)s). Unduh format instansi Anda.")
    _require(isi, "instansi", instansi.kode, asing)
    lain = _("Berkas ini untuk tahun %(isi)s. Pilih tahun itu, atau unduh format tahun ini.")
    _require(isi, "tahun", str(tahun), lain)
    return _read_sidik(lembar)


def _require(isi: Mapping[str, str], kunci: str, benar: str, pesan: str) -> None:
    ada = isi.get(kunci, "")
    if ada != benar:
        rincian: dict[str, Any] = {"isi": potong(ada) or _("kosong")}
        raise IsianTidakSah(pesan % rincian)


def _read_sidik(lembar: Lembar) -> dict[str, dict[Jalur, str]]:
    hasil: dict[str, dict[Jalur, str]] = {}
    for b in range(_JUDUL_KEADAAN + 1, lembar.baris_akhir + 1):
        sel = [lembar.own(b, k).teks for k in range(1, 7)]
        jalur = tuple(filter(None, sel[2:]))
        hasil.setdefault(sel[0], {})[jalur] = sel[1]
    return hasil


def list_tertinggal(
    keadaan: Keadaan, tabel: Sequence[Tabel], terbaca: Mapping[str, set[Jalur]]
) -> list[str]:
    """How many rows of the plan the workbook leaves out, by sheet, as sentences."""
    hasil = []
    for t in tabel:
        luput = [j for j in keadaan.isi[t.nama] if j not in terbaca.get(t.nama, {j})]
        if luput:
            hasil.append(
                _("%(nama)s: %(n)d baris yang ada di aplikasi tidak ada dalam berkas; dibiarkan.")
                % {"nama": t.nama, "n": len(luput)}
            )
    return hasil


def find_kolom(tabel: Tabel, nama: str) -> Kolom | None:
    """The column of that name."""
    return next((k for k in tabel.kolom if k.nama == nama), None)
