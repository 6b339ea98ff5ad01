"""The workbook of a plan: its tables, and what each of their rows would do to the plan there is."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kinerja.rules.acuan import Acuan, AcuanTidakDikenal, Jalur
from kinerja.rules.kolom import (
    Judul,
    Kolom,
    SelTidakTerbaca,
    find_judul,
    is_kosong,
    potong,
)
from kinerja.rules.komposit import (
    KomponenTidakTerbaca,
    Susunan,
    read_komponen,
    write_komponen,
)
from kinerja.rules.lembar_aksi import check_aksi
from kinerja.rules.nilai import (
    ANGKA,
    JenisNilai,
    TingkatTidakTerbaca,
    check_tingkatan,
    read_tingkat,
)
from kinerja.rules.nomenklatur import KodeTidakTerbaca, parse_kode
from kinerja.rules.periode import TAHUN
from kinerja.rules.target import TargetTidakTerbaca, parse_target
from sakip.common.lembar_isi import Buku, Lembar

Nilai = dict[str, str]
_SERATUS = Decimal(100)
MAKS_LABEL = 30
# Digits before and behind the comma of figures that are stored shorter than others.
_MUAT = {"batas": (4, 2), "lantai": (4, 2), "pengali": (10, 4)}


@dataclass(frozen=True)
class Tabel:
    """One sheet. acuan: the column that names the row of another table (`induk`) this one is of.

    kunci: the column that tells its rows apart; a table without it has one row for each of `induk`.
    """

    nama: str
    kolom: tuple[Kolom, ...]
    acuan: str = ""
    induk: str = ""
    kunci: str = "kode"

    @property
    def is_berkunci(self) -> bool:
        """Whether its rows are told apart by a column of their own."""
        return any(k.nama == self.kunci for k in self.kolom)

    @property
    def kolom_kunci(self) -> str:
        """The column at which a row that cannot be told apart is at fault."""
        return self.kunci if self.is_berkunci else self.acuan


@dataclass(frozen=True)
class Keadaan:
    """The plan there is. isi: by table, then by the codes that lead to a row, its values.

    sidik: what the rows were when the workbook was made, by table and codes, as it says itself.
    unit: codes of the units of the office. tahun: of targets and budget. tercatat: columns of
    actions, by their codes, whose work is on record.
    """

    tahun: int
    isi: Mapping[str, Mapping[Jalur, Nilai]]
    sidik: Mapping[str, Mapping[Jalur, str]]
    unit: tuple[str, ...]
    tercatat: Mapping[Jalur, frozenset[str]] = field(default_factory=dict)


@dataclass
class Baris:
    """One row. hasil: tetap, ubah, baru, galat or tahan; ubah: by column, old and new."""

    lembar: str
    baris: int
    jalur: Jalur = ()
    hasil: str = "tetap"
    nilai: Nilai = field(default_factory=dict)
    lama: Nilai | None = None
    galat: list[tuple[str, str]] = field(default_factory=list)
    alamat: dict[str, str] = field(default_factory=dict)

    @property
    def ubah(self) -> dict[str, tuple[str, str]]:
        """Columns that would change."""
        lama = self.lama or {}
        return {n: (lama.get(n, ""), v) for n, v in self.nilai.items() if lama.get(n, "") != v}

    def refuse(self, kolom: str, pesan: str) -> None:
        """Note a fault of one cell."""
        self.galat.append((self.alamat.get(kolom, self.lembar), pesan))


def split_label(teks: str) -> list[str]:
    """Labels of a cell, each once, in order of the alphabet."""
    return sorted({b.strip() for b in re.split("[,;]", teks)} - {""})


def make_sidik(nilai: Nilai) -> str:
    """Fingerprint of one row, by which a stale workbook is known."""
    teks = json.dumps(nilai, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(teks.encode()).hexdigest()[:16]


def read_tabel(buku: Buku, tabel: Sequence[Tabel], keadaan: Keadaan) -> list[Baris]:
    """Every row of every sheet there is, parents first; nothing is changed."""
    pembaca = _Pembaca(tabel, keadaan)
    hasil: list[Baris] = []
    for t in tabel:
        lembar = buku.get(t.nama)
        if lembar is not None:
            hasil += pembaca.read(lembar, t)
    return hasil


def has_tabel(buku: Buku, tabel: Tabel) -> bool:
    """Whether the workbook has that sheet, with its titles."""
    lembar = buku.get(tabel.nama)
    return lembar is not None and find_judul(lembar, tabel.kolom) is not None


def list_kurang(buku: Buku, tabel: Sequence[Tabel]) -> list[str]:
    """Sheets and columns that the workbook lacks, as sentences."""
    hasil = []
    for t in tabel:
        lembar = buku.get(t.nama)
        judul = find_judul(lembar, t.kolom) if lembar else None
        if lembar is None:
            hasil.append(f"Lembar {t.nama} tidak ada dalam berkas, jadi tidak diimpor.")
        elif judul is None:
            hasil.append(f"Lembar {t.nama}: baris judul kolom tidak ditemukan, jadi tidak diimpor.")
        else:
            hilang = [k.judul for k in t.kolom if k.nama not in judul.kolom]
            if hilang:
                hasil.append(
                    f"Lembar {t.nama}: kolom {', '.join(hilang)} tidak ada; isinya tidak diubah."
                )
    return hasil


class _Pembaca:
    """Carries what earlier rows said through the whole workbook."""

    def __init__(self, tabel: Sequence[Tabel], keadaan: Keadaan) -> None:
        self.keadaan = keadaan
        self.acuan = {t.nama: Acuan(t.nama, keadaan.isi.get(t.nama, ())) for t in tabel}
        self.baru: dict[tuple[str, Jalur], Baris] = {}

    def read(self, lembar: Lembar, tabel: Tabel) -> list[Baris]:
        """Rows of one sheet."""
        judul = find_judul(lembar, tabel.kolom)
        if judul is None:
            return []
        hasil, terlihat = [], dict[Jalur, int]()
        for baris in self._list_baris(lembar, tabel, judul):
            self._place(baris, tabel)
            if baris.jalur in terlihat:
                apa = "Kode" if tabel.kunci == "kode" else "Aksi"
                kembar = f"{apa} ini ada dua kali, juga pada baris {terlihat[baris.jalur]}."
                baris.refuse(tabel.kolom_kunci, kembar)
            elif baris.jalur:
                terlihat[baris.jalur] = baris.baris
            self._judge(baris, tabel)
            if baris.jalur:
                self.baru.setdefault((tabel.nama, baris.jalur), baris)
            hasil.append(baris)
        return hasil

    def _list_baris(self, lembar: Lembar, tabel: Tabel, judul: Judul) -> Iterator[Baris]:
        hasil = []
        for nomor in range(judul.baris + 1, lembar.baris_akhir + 1):
            if not is_kosong(lembar, nomor, judul.kolom.values()):
                hasil.append(_read_baris(lembar, nomor, tabel, judul))
        # A kegiatan may stand above its program: shorter codes come first.
        if tabel.nama == "Program":
            hasil.sort(key=lambda b: b.nilai.get("kode", "").count("."))
        yield from hasil

    def _place(self, baris: Baris, tabel: Tabel) -> None:
        """Find the codes that lead to the row, and the row as it is."""
        kode = baris.nilai.get(tabel.kunci, "")
        berkode = tabel.is_berkunci
        if tabel.induk:
            acuan = baris.nilai.pop(tabel.acuan, "")
            jalur = self._resolve(baris, tabel.acuan, tabel.induk, acuan)
            if not jalur:
                return
            self._hold(baris, tabel.induk, jalur)
            baris.jalur = (*jalur, kode) if berkode else jalur
        else:
            baris.jalur = (kode,)
        if berkode and not kode:
            baris.jalur = ()
        baris.lama = self.keadaan.isi.get(tabel.nama, {}).get(baris.jalur)
        if baris.jalur:
            self.acuan[tabel.nama].add(baris.jalur)

    def _resolve(self, baris: Baris, kolom: str, tabel: str, teks: str) -> Jalur:
        if not teks:
            return ()
        try:
            return self.acuan[tabel].find(teks)
        except AcuanTidakDikenal as galat:
            baris.refuse(kolom, str(galat))
            return ()

    def _hold(self, baris: Baris, tabel: str, jalur: Jalur) -> None:
        """A row below one that is not there yet waits for it."""
        induk = self.baru.get((tabel, jalur))
        if induk and induk.lama is None and induk.hasil in ("galat", "tahan"):
            baris.hasil = "tahan"
            tempat = induk.alamat.get("kode", induk.lembar)
            baris.refuse("kode", f"Menunggu {tempat} diperbaiki, karena baris ini bagiannya.")

    def _judge(self, baris: Baris, tabel: Tabel) -> None:
        if baris.lama is None:
            for kolom in tabel.kolom:
                if kolom.wajib and kolom.nama not in baris.alamat:
                    baris.refuse(kolom.nama, f"Baris baru perlu kolom {kolom.judul}.")
        _PERIKSA.get(tabel.nama, _Pembaca._check_polos)(self, baris)
        if baris.hasil == "tahan":
            return
        if not baris.galat and baris.ubah:
            self._require_segar(baris)
        if baris.galat:
            baris.hasil = "galat"
        elif baris.lama is None and tabel.nama not in ("Target", "Target Renstra"):
            baris.hasil = "baru"
        else:
            baris.hasil = "ubah" if baris.ubah else "tetap"

    def _require_segar(self, baris: Baris) -> None:
        dulu = self.keadaan.sidik.get(baris.lembar, {}).get(baris.jalur, "")
        if dulu == (make_sidik(baris.lama) if baris.lama else ""):
            return
        tempat = next(iter(baris.alamat), "")
        if baris.lama is None:
            baris.refuse(tempat, "Sudah dihapus orang lain sejak format diunduh.")
        elif not dulu:
            baris.refuse(tempat, "Sudah ditambahkan orang lain sejak format diunduh.")
        else:
            baris.refuse(tempat, "Sudah diubah orang lain sejak format diunduh.")

    def _check_polos(self, baris: Baris) -> None:
        """Nothing beyond its cells."""

    def _check_tujuan(self, baris: Baris) -> None:
        awal, akhir = baris.nilai.get("tahun_awal", ""), baris.nilai.get("tahun_akhir", "")
        if awal and int(awal) not in TAHUN:
            pesan = f"Tahun harus antara {TAHUN[0]} dan {TAHUN[-1]}."
            baris.refuse("tahun_awal", pesan)
        if awal and akhir and int(awal) > int(akhir):
            baris.refuse("tahun_akhir", "Tahun akhir lebih kecil daripada tahun awal.")

    def _check_indikator(self, baris: Baris) -> None:
        self._check_unit(baris)
        lengkap = {**(baris.lama or {}), **baris.nilai}
        if (batas := lengkap.get("batas", "")) and Decimal(batas) < _SERATUS:
            baris.refuse("batas", "Batas capaian paling rendah 100.")
        for nama in ("lantai", "toleransi"):
            if (nilai := lengkap.get(nama, "")) and Decimal(nilai) < 0:
                baris.refuse(nama, "Tidak dapat kurang dari nol.")
        for nama, (bulat, desimal) in _MUAT.items():
            angka = Decimal(lengkap.get(nama, "") or 0)
            if angka.adjusted() >= bulat or angka != round(angka, desimal):
                pesan = f"Paling banyak {bulat} angka di depan koma dan {desimal} di belakangnya."
                baris.refuse(nama, pesan)
        self._check_susunan(baris, lengkap)
        try:
            check_tingkatan(lengkap.get("tingkatan", ""), lengkap.get("jenis_nilai", ""))
        except TingkatTidakTerbaca as galat:
            baris.refuse("tingkatan", str(galat))

    def _check_susunan(self, baris: Baris, lengkap: Nilai) -> None:
        """Parts of a composed realisasi, and labels, in their one form."""
        susunan = Susunan(lengkap.get("susunan", Susunan.LANGSUNG))
        if (kali := lengkap.get("pengali", "")) and Decimal(kali) <= 0:
            baris.refuse("pengali", "Pengali harus lebih dari nol.")
        if susunan is not Susunan.LANGSUNG and lengkap.get("jenis_nilai", "angka") not in ANGKA:
            baris.refuse("susunan", "Realisasi dari komponen selalu angka; ganti jenis nilainya.")
        try:
            komponen = read_komponen(lengkap.get("komponen", ""), susunan)
        except KomponenTidakTerbaca as galat:
            baris.refuse("komponen", str(galat))
        else:
            if "komponen" in baris.nilai:
                baris.nilai["komponen"] = write_komponen(komponen, susunan)
        if "label" in baris.nilai:
            label = split_label(baris.nilai["label"])
            if any(len(n) > MAKS_LABEL for n in label):
                baris.refuse("label", f"Satu label paling panjang {MAKS_LABEL} huruf.")
            baris.nilai["label"] = ", ".join(label)

    def _check_unit(self, baris: Baris) -> None:
        kode = baris.nilai.get("unit", "")
        if kode and kode not in self.keadaan.unit:
            ada = ", ".join(self.keadaan.unit) or "belum ada"
            baris.refuse("unit", f"Unit “{potong(kode)}” tidak ada di instansi ini (ada: {ada}).")

    def _check_target(self, baris: Baris) -> None:
        """Values of a target are read as its indikator says."""
        indikator = self._find_indikator(baris.jalur)
        if not indikator:
            return
        jenis = JenisNilai(indikator.get("jenis_nilai", JenisNilai.ANGKA))
        tingkat = read_tingkat(indikator.get("tingkatan", ""))
        for nama, teks in baris.nilai.items():
            try:
                target = parse_target(
                    teks,
                    jenis,
                    tingkat,
                    negatif=indikator.get("is_dapat_negatif") == "ya",
                    rentang=baris.lembar == "Target",
                )
            except TargetTidakTerbaca as galat:
                baris.refuse(nama, str(galat))
            else:
                baris.nilai[nama] = target

    def _find_indikator(self, jalur: Jalur) -> Nilai:
        """The indikator as the workbook has it, else as it is; empty where there is none."""
        sendiri = self.baru.get(("Indikator", jalur))
        isi = sendiri.nilai if sendiri and sendiri.hasil not in ("galat", "tahan") else {}
        return {**self.keadaan.isi.get("Indikator", {}).get(jalur, {}), **isi}

    def _check_aksi(self, baris: Baris) -> None:
        self._check_unit(baris)
        if kode := baris.nilai.get("program", ""):
            if (kode,) in self.acuan["Program"]:
                self._hold(baris, "Program", (kode,))
            else:
                pesan = f"Belum ada {potong(kode)} pada tahun {self.keadaan.tahun}. Tambahkan."
                baris.refuse("program", pesan)
        if indikator := self._find_indikator(baris.jalur[:-1]):
            check_aksi(baris, indikator, self.keadaan.tercatat.get(baris.jalur, ()))

    def _check_program(self, baris: Baris) -> None:
        self._check_unit(baris)
        if (pagu := baris.nilai.get("pagu", "")) and Decimal(pagu) < 0:
            baris.refuse("pagu", "Pagu tidak dapat kurang dari nol.")
        if sasaran := baris.nilai.get("sasaran", ""):
            jalur = self._resolve(baris, "sasaran", "Sasaran", sasaran)
            baris.nilai["sasaran"] = "/".join(jalur)
            self._hold(baris, "Sasaran", jalur)
        if not baris.jalur:
            return
        induk = parse_kode(baris.jalur[0]).induk
        if induk and (induk,) not in self.acuan["Program"]:
            baris.refuse("kode", f"Belum ada {induk} pada tahun {self.keadaan.tahun}. Tambahkan.")
        elif induk:
            self._hold(baris, "Program", (induk,))


_PERIKSA: Mapping[str, Any] = {
    "Tujuan": _Pembaca._check_tujuan,
    "Indikator": _Pembaca._check_indikator,
    "Target": _Pembaca._check_target,
    "Target Renstra": _Pembaca._check_target,
    "Program": _Pembaca._check_program,
    "Rencana Aksi": _Pembaca._check_aksi,
}


def _is_kode_program(tabel: Tabel, kolom: Kolom) -> bool:
    return kolom.nama == ("kode" if tabel.nama == "Program" else "program")


def _read_baris(lembar: Lembar, nomor: int, tabel: Tabel, judul: Judul) -> Baris:
    baris = Baris(tabel.nama, nomor)
    for kolom in tabel.kolom:
        if kolom.nama not in judul.kolom:
            continue
        tempat = judul.kolom[kolom.nama]
        baris.alamat[kolom.nama] = lembar.alamat(nomor, tempat)
        try:
            baris.nilai[kolom.nama] = kolom.read(lembar.at(nomor, tempat))
            if _is_kode_program(tabel, kolom) and baris.nilai[kolom.nama]:
                baris.nilai[kolom.nama] = parse_kode(baris.nilai[kolom.nama]).teks
        except (SelTidakTerbaca, KodeTidakTerbaca) as galat:
            baris.nilai.pop(kolom.nama, None)
            baris.refuse(kolom.nama, str(galat))
    return baris
