"""Rows of the sheet made into steps of a route."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sop.rules.berkas.simpan import MAKS_WAKTU, TANPA_KEGIATAN
from sop.rules.durasi import WaktuTidakTerbaca, parse_waktu
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.istilah import EFEK_TAMBAHAN, Periode
from sop.rules.lembar.baris import Baris, list_baris, list_label
from sop.rules.lembar.hasil import Derajat, Pencatat
from sop.rules.lembar.jalur import read_ke, read_simbol, read_tindakan
from sop.rules.lembar.kata import (
    find_satuan,
    parse_label,
    parse_waktu_dibaca,
    split_butir,
    split_cetak,
)
from sop.rules.lembar.kepala import Tabel
from sop.rules.lembar.pelaku import read_pelaksana
from sop.rules.matriks import build_matriks

Catatan = Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]]
_KOSONG: tuple[Mapping[str, str], tuple[str, ...]] = ({}, ())


def read_langkah(
    tabel: Tabel, kolom: tuple[KolomPelaksana, ...], catatan: Catatan, catat: Pencatat
) -> Graf:
    """The route. catatan: notes and doubts by label of the step, from their own sheet."""
    baris = list_baris(tabel, catat)
    label = dict(list_label(baris))
    jabatan = _jabatan_lajur(tabel, kolom, catat)
    langkah = []
    for b in baris:
        simbol = read_simbol(b, baris)
        isi: dict[str, Any] = {"simbol": simbol, "tindakan": read_tindakan(b)}
        isi |= {"pelaksana": read_pelaksana(b, jabatan, catat)} | _teks(b) | _waktu(b)
        isi |= {"ke": read_ke(b, simbol, baris, label)} | _pilihan(b, label)
        langkah.append(SimpulLangkah(id=b.nomor, nomor=b.nomor, **isi))
    _compare_tanda(langkah, baris, kolom)
    catat.temuan += [replace(t, langkah=b.nomor) for b in baris for t in b.temuan]
    pasangan = zip(langkah, baris, strict=True)
    return Graf(tuple(replace(s, **_ragu(b, catatan)) for s, b in pasangan))


def _jabatan_lajur(
    tabel: Tabel, kolom: tuple[KolomPelaksana, ...], catat: Pencatat
) -> tuple[tuple[str, ...], ...]:
    """Posts of each actor column: those said for its heading, else those the heading names."""
    menurut_judul = {k.judul: k.jabatan for k in kolom if k.jabatan}
    hasil = []
    for lajur in tabel.lajur:
        tempat = tabel.lembar.alamat(tabel.kepala, lajur.kolom)
        kode = menurut_judul.get(lajur.judul)
        hasil.append(kode or catat.find_jabatan(lajur.judul, tempat))
    return tuple(hasil)


def _compare_tanda(
    langkah: list[SimpulLangkah], baris: list[Baris], kolom: tuple[KolomPelaksana, ...]
) -> None:
    """Doubt a step whose marks in the actor columns say otherwise than the words beside them."""
    matriks = build_matriks(Graf(tuple(langkah)), Identitas(judul_pelaksana=kolom))
    for b, tempat in zip(baris, matriks.tempat, strict=True):
        sama = {t.kolom for t in tempat} == set(b.tanda)
        if b.get("rinci").strip() and b.tabel.lajur and not sama:
            pesan = "tanda di kolom pelaksana berbeda dari Pelaksana rinci, yang dipakai di sini."
            b.note("rinci", pesan, derajat=Derajat.RAGU)


def _teks(b: Baris) -> dict[str, Any]:
    split = split_butir if b.tabel.milik else split_cetak
    kegiatan = b.get("kegiatan")
    if not kegiatan.strip():
        b.note("kegiatan", "uraian kegiatan kosong. Isi seperti pada SOP.")
        kegiatan = TANPA_KEGIATAN
    return {
        "kegiatan": kegiatan,
        "kelengkapan": split(b.get("kelengkapan")),
        "kelengkapan_ulang": split(b.get("kelengkapan_ulang")),
        "output": b.get("output"),
        "keterangan": b.get("keterangan"),
    }


def _waktu(b: Baris) -> dict[str, Any]:
    teks = b.get("waktu")
    if len(teks) > MAKS_WAKTU:
        b.note(
            "waktu", "waktu terlalu panjang, jadi dipotong. Tulis satu angka dan satuan.", asli=teks
        )
        teks = teks[:MAKS_WAKTU]
    if dibaca := b.get("waktu_dibaca").strip():
        hasil = parse_waktu_dibaca(dibaca)
        if hasil:
            return {"waktu": hasil[0], "waktu_per_unit": hasil[1], "waktu_teks": teks}
        contoh = "Tulis misalnya 5 hari kerja, 2 jam per unit, atau tanpa batas."
        b.note("waktu_dibaca", f"waktu “{dibaca}” belum terbaca. {contoh}", asli=dibaca)
    try:
        waktu = parse_waktu(teks, find_satuan(b.tabel.judul.get("waktu", "")))
    except WaktuTidakTerbaca:
        rata = " ".join(teks.split())
        pesan = f"waktu “{rata}” belum terbaca. Tulis satu angka dan satuan, misalnya 5 hari kerja."
        b.note("waktu", pesan, asli=rata)
        return {"waktu_teks": teks}
    return {"waktu": waktu.durasi, "waktu_per_unit": waktu.per_unit, "waktu_teks": teks}


def _pilihan(b: Baris, label: Mapping[str, int]) -> dict[str, Any]:
    periode = _satu_dari(b, "periode", b.get("periode").strip(), Periode)
    butir = (t.strip() for t in b.get("efek").split("\n"))
    efek = [_satu_dari(b, "efek", t, EFEK_TAMBAHAN) for t in butir if t]
    beda = re.findall(r"\d{1,5}[a-z]?", b.get("beda_orang_dari").casefold())
    return {
        "periode": periode,
        "efek": tuple(e for e in efek if e),
        "beda_orang_dari": tuple(label.get(n, 0) for n in beda if n in label or n == "0"),
    }


def _satu_dari(b: Baris, kunci: str, teks: str, dikenal: Iterable[str]) -> str:
    hasil = parse_label(teks, dikenal) if teks else ""
    if hasil is None:
        pilihan = ", ".join(dikenal)
        b.note(kunci, f"“{teks}” tidak dikenal. Pilih dari: {pilihan}.", asli=teks)
    return hasil or ""


def _ragu(b: Baris, catatan: Catatan) -> dict[str, Any]:
    """Notes and doubts that the sheet brought, and those of this reading."""
    sumber, ragu = catatan.get(b.label, _KOSONG)
    gabung = dict(sumber)
    for kolom, daftar in b.catatan.items():
        gabung[kolom] = " ".join([*([gabung[kolom]] if kolom in gabung else []), *daftar])
    return {
        "catatan_sumber": gabung,
        "perlu_konfirmasi": tuple(dict.fromkeys([*ragu, *b.catatan])),
    }
