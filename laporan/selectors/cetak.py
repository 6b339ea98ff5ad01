"""What the printed report shows, read from the frozen version and from closed turns only."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kinerja.models import PerjanjianKinerja
from kinerja.selectors.tabel_laporan import draw_tabel
from laporan.models import Draf, Tugas, VersiNaskah
from laporan.rules.kerangka import LEMBAR, PENGESAHAN, SAMPUL, find_kosong, list_tercetak
from laporan.rules.periode import name_periode_dokumen
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.gambar import list_gambar_draf
from laporan.selectors.naskah import Sisipan, ends_in_judul, place_sisipan
from laporan.selectors.reviu import PernyataanReviu, get_pernyataan
from sakip.common.pdf import Gambar
from sakip.common.teks_kaya import POLA_GAMBAR, bersihkan
from sakip.common.waktu import jam_menit, tanggal_angka
from sop.rules.graf import SimpulLangkah, SimpulPelaksana
from sop.selectors import get_graf

_BAB = re.compile(r"((?:Bab|Lampiran) ([IVXLC]+))\s+(.+)", re.I)
_SUBBAB = re.compile(r"((?:\d+\.)+)\d+ ")
_ROMAWI = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Signature field of a superior outside of the office; no turn of any SOP has that name.
RUAS_LUAR = "TTE_pihak_kedua"
_JUDUL = re.compile(r"(</?h)([34])\b")
_IMG = re.compile(r"<img\b[^>]*>")
_HILANG = '<span class="kosong">Gambar ini tidak tersedia.</span>'


@dataclass(frozen=True)
class TempatTanda:
    """One place to sign, in the order of the route. is_penutup: nobody signs after it."""

    nama: str
    jabatan: str
    is_penutup: bool
    jabatan_id: int = 0
    is_paraf: bool = False

    @property
    def kotak(self) -> str:
        """Id of the empty box that the layout reserves for it."""
        return f"sig-{self.nama.removeprefix('TTE_')}"


@dataclass(frozen=True)
class BabCetak:
    """One part: "Bab III" and its title apart, cleaned text, its data blocks before and after it.

    awalan: "3", where its tables are "Tabel 3.1"; "L2" of an annex; "" where it has no number.
    """

    kode: str
    nomor: str
    judul: str
    html: SafeString
    sebelum: tuple[Sisipan, ...] = ()
    sesudah: tuple[Sisipan, ...] = ()
    tingkat: int = 1
    is_mendatar: bool = False
    is_kosong: bool = False
    is_lewati: bool = False
    awalan: str = ""
    lembar: str = ""

    @property
    def penomoran(self) -> str:
        """What it is counted with: "Bab", "Lampiran", "1." for "1.2", or nothing."""
        if self.nomor:
            return self.nomor.split()[0]
        cocok = _SUBBAB.match(self.judul)
        return cocok[1] if cocok else ""

    @property
    def tanpa_uraian(self) -> bool:
        """Whether its last heading waits for a text that nobody wrote."""
        return not self.html and ends_in_judul(self.sebelum)


@dataclass(frozen=True)
class BarisProses:
    """Who did one step, and when."""

    nomor: int
    kegiatan: str
    pelaku: list[tuple[str, str]]
    selesai: str


@dataclass(frozen=True)
class CetakPerjanjian:
    """An agreement on paper: its table as frozen, and where each party signs.

    kedua: where the superior is outside of the office, an empty field that this application never
    fills; lain: others whom the SOP lets sign.
    """

    isi: dict[str, Any]
    pertama: TempatTanda
    kedua: TempatTanda
    lain: list[TempatTanda]


@dataclass(frozen=True)
class Cetak:
    """Everything on the pages of one report."""

    draf: Draf
    versi: VersiNaskah
    periode: str
    bab: list[BabCetak]
    urutan: list[BabCetak]
    proses: list[BarisProses]
    tempat: list[TempatTanda]
    tanggal: str
    tautan: str
    qr: str
    perjanjian: CetakPerjanjian | None = None
    gambar: Mapping[str, Gambar] = field(default_factory=dict)
    reviu: PernyataanReviu | None = None

    @property
    def sidik_jejak(self) -> str:
        """The head of the audit chain when the pages were made, in groups of eight."""
        sidik = self.draf.jejak_sidik
        return " ".join(sidik[n : n + 8] for n in range(0, len(sidik), 8))


def arrange_lembar(bab: Sequence[BabCetak], lembar: Sequence[Sequence[str]]) -> list[BabCetak]:
    """Parts and sheets in the order of the pages.

    lembar: (sheet, code of the part after it); a draft whose template named none has none.
    """
    semua = lembar or _place_biasa(bab)
    hasil: list[BabCetak] = []
    for b in bab:
        hasil += [_make_lembar(nama) for nama, sesudah in semua if sesudah == b.kode]
        hasil.append(b)
    kode = {b.kode for b in bab}
    return hasil + [_make_lembar(nama) for nama, sesudah in semua if sesudah not in kode]


def _make_lembar(nama: str) -> BabCetak:
    return BabCetak(nama, "", LEMBAR[nama], SafeString(""), lembar=nama)


def _place_biasa(bab: Sequence[BabCetak]) -> list[tuple[str, str]]:
    """The usual places: cover and approval first, the others between preface and summary."""
    awal, depan = (bab[0].kode if bab else ""), count_depan(bab)
    sesudah = bab[depan].kode if depan < len(bab) else ""
    return [(nama, awal if nama in (SAMPUL, PENGESAHAN) else sesudah) for nama in LEMBAR]


def _select_tercetak(urutan: Sequence[BabCetak]) -> list[BabCetak]:
    """Without the empty parts that the template leaves out."""
    cetak = list_tercetak([(b.tingkat, b.penomoran, b.is_kosong and b.is_lewati) for b in urutan])
    return [b for b, ada in zip(urutan, cetak, strict=True) if ada]


def count_depan(bab: Sequence[BabCetak]) -> int:
    """How many parts the preface takes: the first of several chapters without a number, and what
    lies below it. A summary alone stays behind the lists.
    """
    awal = [n for n, b in enumerate(bab) if b.tingkat == 1][:2]
    return awal[1] if len(awal) > 1 and not any(bab[n].nomor for n in awal) else 0


def name_ruas(pelaksana_id: int, unit_id: int | None) -> str:
    """Name of the signature field of one actor."""
    return f"TTE_{pelaksana_id}" + (f"_{unit_id}" if unit_id else "")


def make_tautan(draf: Draf) -> str:
    """Public address of the verification page, as the QR carries it."""
    return make_tautan_kode(draf.token)


def make_tautan_kode(kode: str) -> str:
    """The same for any document with a code of its own."""
    return settings.ALAMAT_PUBLIK.rstrip("/") + reverse("laporan:verify", args=[kode])


def list_tempat_tanda(draf: Draf) -> list[TempatTanda]:
    """Places to sign on this draft's route.

    The last signer closes the document; where several sign last, in any order, nobody does.
    """
    langkah = get_graf(draf.versi_id, draf.versi.sidik).langkah
    pelaksana = [
        (s, p)
        for s in langkah
        if s.periode in ("", draf.jenis) and _is_tanda(s)
        for p in sorted(s.pelaksana, key=lambda p: p.urutan)
    ]
    tempat = [
        (name_ruas(p.id, unit), p, (s.nomor, p.urutan), TINDAKAN[s.tindakan].paraf)
        for s, p in pelaksana
        for unit in _list_unit(draf, p)
    ]
    giliran = [g for _n, _p, g, _paraf in tempat]
    return [
        TempatTanda(
            nama,
            p.jabatan_nama,
            is_penutup=g == giliran[-1] and giliran.count(g) == 1,
            jabatan_id=p.jabatan_id,
            is_paraf=is_paraf,
        )
        for nama, p, g, is_paraf in tempat
    ]


def _place_perjanjian(
    perjanjian: PerjanjianKinerja, isi: dict[str, Any], tempat: list[TempatTanda]
) -> CetakPerjanjian:
    """Whose signature goes where. While the superior has still to sign, nobody closes the file."""
    luar = TempatTanda(RUAS_LUAR, isi["kedua"]["jabatan"], is_penutup=False)
    if perjanjian.kedua_jabatan_id is None:
        tempat = [replace(t, is_penutup=False) for t in tempat]
    pihak = [t for t in tempat if not t.is_paraf]
    pertama = next(t for t in pihak if t.jabatan_id == perjanjian.pertama_jabatan_id)
    dalam = (t for t in pihak if t.jabatan_id == perjanjian.kedua_jabatan_id)
    kedua = next(dalam, luar)
    return CetakPerjanjian(isi, pertama, kedua, [t for t in tempat if t not in (pertama, kedua)])


def _is_tanda(langkah: SimpulLangkah) -> bool:
    laku = TINDAKAN.get(langkah.tindakan)
    return laku is not None and laku.halaman == Halaman.TANDA_TANGAN


def _list_unit(draf: Draf, pelaksana: SimpulPelaksana) -> Sequence[int | None]:
    if not pelaksana.per_unit:
        return [None]
    return [u for jenis in pelaksana.per_unit for u in draf.unit.get(jenis, [])]


def build_cetak(versi: VersiNaskah, *, pada: datetime) -> Cetak:
    """The report of that version as printed on the day of `pada`; equal input, equal output."""
    draf = versi.draf
    tautan = make_tautan(draf)
    tempat, janji = list_tempat_tanda(draf), None
    gambar = _list_gambar(versi)
    bab = _build_isi(versi, gambar)
    urutan = _select_tercetak(arrange_lembar(bab, draf.lembar))
    if draf.perjanjian is not None:
        janji = _place_perjanjian(draf.perjanjian, versi.tabel[0], tempat)
        tempat = [janji.pertama, *janji.lain, janji.kedua]
    return Cetak(
        draf=draf,
        versi=versi,
        periode=name_periode_dokumen(draf.menghasilkan, draf.jenis, draf.periode_ke, draf.tahun),
        bab=[b for b in urutan if not b.lembar],
        urutan=urutan,
        proses=list(_list_proses(draf)),
        tempat=tempat,
        tanggal=tanggal_angka(pada.astimezone(draf.instansi.zona_waktu).date()),
        tautan=tautan,
        qr=segno.make(tautan, error="m", micro=False).svg_data_uri(border=0),
        perjanjian=janji,
        gambar=gambar,
        reviu=get_pernyataan(draf),
    )


def _list_gambar(versi: VersiNaskah) -> dict[str, Gambar]:
    """The stored pictures that the text shows, by the address the pages know them by."""
    kode = {uuid for bab in versi.isi for uuid in POLA_GAMBAR.findall(bab["html"])}
    ada = list_gambar_draf(versi.draf, kode)
    return {f"gambar:{uuid}": (berkas.isi, berkas.jenis) for uuid, berkas in ada.items()}


def _place_gambar(html: str, gambar: Mapping[str, Gambar]) -> str:
    """Pictures by our own address; where one is gone, a sentence: nothing is ever fetched."""

    def ganti(cocok: re.Match[str]) -> str:
        kode = POLA_GAMBAR.search(cocok[0])
        if kode is None or f"gambar:{kode[1]}" not in gambar:
            return _HILANG
        return cocok[0].replace(kode[0], f"gambar:{kode[1]}")

    return _IMG.sub(ganti, html)


def _build_isi(versi: VersiNaskah, gambar: Mapping[str, Gambar]) -> list[BabCetak]:
    tabel = [_draw(t) for t in versi.tabel]
    bab = list(_pass_awalan(_build_bab(b, tabel, gambar) for b in versi.isi))
    kosong = find_kosong([(b.tingkat, bool(b.html or b.sebelum or b.sesudah)) for b in bab])
    return [replace(b, is_kosong=k) for b, k in zip(bab, kosong, strict=True)]


def _pass_awalan(bab: Iterable[BabCetak]) -> Iterator[BabCetak]:
    """Parts below a chapter count their tables with it."""
    awalan = ""
    for b in bab:
        if b.tingkat == 1:
            awalan = b.awalan
        yield replace(b, awalan=awalan)


def _build_bab(
    bab: dict[str, Any], tabel: list[dict[str, Any]], gambar: Mapping[str, Gambar]
) -> BabCetak:
    nomor, judul, awalan = split_judul(bab["judul"])
    # The editor begins at h3; on paper its headings come right below that of their part.
    html = _JUDUL.sub(lambda m: f"{m[1]}{int(m[2]) + bab['tingkat'] - 2}", bersihkan(bab["html"]))
    sebelum, sesudah = place_sisipan(bab["blok"], bab["acuan"], tabel)
    return BabCetak(
        kode=bab["kode"],
        nomor=nomor,
        judul=judul,
        html=mark_safe(_place_gambar(html, gambar)),  # noqa: S308 - cleaned on the line above, whatever was stored
        sebelum=tuple(s for s in sebelum if s.tabel),
        sesudah=tuple(s for s in sesudah if s.tabel),
        tingkat=bab["tingkat"],
        is_mendatar=bab["mendatar"],
        is_lewati=bab.get("lewati", False),
        awalan=awalan,
    )


def split_judul(judul: str) -> tuple[str, str, str]:
    """Number, title, and what the numbers of its tables begin with: "Bab III", "…", "3"."""
    cocok = _BAB.fullmatch(judul)
    if cocok is None:
        return "", judul, ""
    angka = _read_romawi(cocok[2])
    return cocok[1], cocok[3], f"L{angka}" if cocok[1][:1] in "Ll" else str(angka)


def _read_romawi(kata: str) -> int:
    nilai = [_ROMAWI[huruf] for huruf in kata.upper()]
    return sum(-n if n < max(nilai[ke:]) else n for ke, n in enumerate(nilai))


def _draw(tabel: dict[str, Any]) -> dict[str, Any]:
    """A table of capaian with its drawing; others as they are."""
    if "blok" in tabel:
        return tabel
    lukisan = draw_tabel(tabel).lebar
    return tabel | {"gambar": mark_safe(lukisan)}  # noqa: S308 - drawn here, its texts escaped


def _list_proses(draf: Draf) -> Iterator[BarisProses]:
    """Steps done, each by those who closed its last round."""
    terakhir = dict(draf.kunjungan.exclude(keluar=None).values_list("langkah").annotate(Max("pk")))
    daftar = (
        Tugas.objects.filter(kunjungan__in=terakhir.values(), status=Tugas.Status.SELESAI)
        .select_related("kunjungan__langkah")
        .order_by("kunjungan__langkah__nomor", "urutan", "pk")
    )
    baris: dict[int, list[Tugas]] = {}
    for tugas in daftar:
        baris.setdefault(tugas.kunjungan_id, []).append(tugas)
    for semua in baris.values():
        langkah, akhir = semua[0].kunjungan.langkah, max(t.pada for t in semua if t.pada)
        setempat = akhir.astimezone(draf.instansi.zona_waktu)
        yield BarisProses(
            nomor=langkah.nomor,
            kegiatan=langkah.kegiatan,
            pelaku=[(t.pelaku_nama, t.pelaku_sebutan) for t in semua],
            selesai=f"{setempat:%d-%m-%Y} {jam_menit(setempat)}",
        )
