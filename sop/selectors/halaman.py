"""What the page of a version shows, ready for the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sop.models import VersiSOP, sebutan
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import TANGGAL, Identitas, KolomPelaksana
from sop.rules.istilah import Hasil
from sop.rules.masalah import Masalah
from sop.rules.matriks import Tempat, build_matriks
from sop.rules.periksa import check_graf
from sop.selectors.bagan import build_kepala, draw_bagan
from sop.selectors.graf import read_graf, read_identitas


@dataclass(frozen=True)
class Sel:
    """One cell. butir: its lines; catatan: note on the source; simbol: what an actor cell draws."""

    judul: str
    butir: tuple[str, ...]
    catatan: str = ""
    ragu: bool = False
    simbol: str = ""


@dataclass(frozen=True)
class BarisLangkah:
    """One row of the matrix. pelaksana: one entry per column, "" where nobody stands there."""

    langkah: SimpulLangkah
    kegiatan: Sel
    pelaksana: tuple[Sel, ...]
    mutu: tuple[Sel, ...]
    keterangan: Sel
    jalur: tuple[str, ...]
    ragu_lain: tuple[Sel, ...]


@dataclass(frozen=True)
class HalamanVersi:
    """The whole page. belum_pasti: cells that wait for confirmation. bagan: SVG, "" with galat."""

    identitas: tuple[Sel, ...]
    daftar: tuple[Sel, ...]
    kepala: Mapping[str, str]
    kolom: tuple[KolomPelaksana, ...]
    baris: tuple[BarisLangkah, ...]
    masalah: tuple[Masalah, ...]
    belum_pasti: int
    bagan: str


def build_halaman(versi: VersiSOP) -> HalamanVersi:
    """Read one version for its page. Three queries."""
    return describe_halaman(versi, read_graf(versi.pk), read_identitas(versi))


def describe_halaman(versi: VersiSOP, graf: Graf, identitas: Identitas) -> HalamanVersi:
    """The page of a route, written or not. No query. versi: what the drawing is called after."""
    matriks = build_matriks(graf, identitas)
    kepala = build_kepala(identitas)
    pasangan = zip(graf.langkah, matriks.tempat, strict=True)
    return HalamanVersi(
        identitas=list_identitas(identitas),
        daftar=list_daftar(identitas),
        kepala=kepala,
        kolom=matriks.kolom,
        baris=tuple(_baris(s, graf, tempat, (kepala, matriks.kolom)) for s, tempat in pasangan),
        masalah=tuple(m for m in check_graf(graf) if m.kode != "perlu-konfirmasi"),
        belum_pasti=len(identitas.perlu_konfirmasi)
        + sum(len(s.perlu_konfirmasi) for s in graf.langkah),
        bagan=draw_bagan(versi, graf, identitas),
    )


def make_sel(judul: str, teks: str | tuple[str, ...], kolom: str, sumber: Any) -> Sel:  # noqa: ANN401 - Identitas or SimpulLangkah
    """A cell with the doubt that `sumber` holds about `kolom`."""
    butir = (teks,) if isinstance(teks, str) else teks
    ragu = kolom in sumber.perlu_konfirmasi
    catatan = sumber.catatan_sumber.get(kolom, "")
    return Sel(judul, tuple(b for b in butir if b), catatan, ragu)


def list_identitas(i: Identitas) -> tuple[Sel, ...]:
    """Cells of the identity table: kop first, who ratifies last."""
    judul = {
        "tanggal_pembuatan": _("Tanggal pembuatan"),
        "tanggal_revisi": _("Tanggal revisi"),
        "tanggal_efektif": _("Tanggal efektif"),
        "tanggal_pengesahan": _("Tanggal pengesahan"),
    }
    tanggal = [make_sel(judul[t], getattr(i, f"{t}_teks"), t, i) for t in TANGGAL]
    nip = f"NIP {i.disahkan_nip}" if i.disahkan_nip else ""
    disahkan = (i.disahkan_jabatan, i.disahkan_nama, i.disahkan_pangkat, nip)
    return (
        make_sel(_("Kop"), i.kop, "kop", i),
        make_sel(_("Nama SOP"), i.nama_sop, "nama_sop", i),
        make_sel(_("Nomor SOP"), i.nomor_sop, "nomor_sop", i),
        *(s for s in tanggal if s.butir or s.ragu),
        make_sel(_("Disahkan oleh"), disahkan, "disahkan", i),
    )


def list_daftar(i: Identitas) -> tuple[Sel, ...]:
    """Lists of the identity page, two and two beside each other."""
    return (
        make_sel(_("Dasar hukum"), i.dasar_hukum, "dasar_hukum", i),
        make_sel(_("Kualifikasi pelaksana"), i.kualifikasi, "kualifikasi", i),
        make_sel(_("Keterkaitan"), i.keterkaitan, "keterkaitan", i),
        make_sel(_("Peralatan/perlengkapan"), i.peralatan, "peralatan", i),
        make_sel(_("Peringatan"), i.peringatan, "peringatan", i),
        make_sel(_("Pencatatan dan pendataan"), i.pencatatan, "pencatatan", i),
    )


def _baris(
    s: SimpulLangkah,
    graf: Graf,
    tempat: tuple[Tempat, ...],
    kepala: tuple[Mapping[str, str], tuple[KolomPelaksana, ...]],
) -> BarisLangkah:
    judul, kolom = kepala
    tampil = {"kegiatan", "kelengkapan", "waktu", "output", "keterangan"}
    lain = [k for k in s.perlu_konfirmasi if k not in tampil]
    return BarisLangkah(
        langkah=s,
        kegiatan=make_sel(judul["kegiatan"], s.kegiatan, "kegiatan", s),
        pelaksana=tuple(_pelaksana(s, n, k, tempat) for n, k in enumerate(kolom)),
        mutu=(
            make_sel(judul["kelengkapan"], _kelengkapan(s), "kelengkapan", s),
            make_sel(judul["waktu"], s.waktu_teks or "–", "waktu", s),
            make_sel(judul["output"], s.output, "output", s),
        ),
        keterangan=make_sel(judul["keterangan"], s.keterangan, "keterangan", s),
        jalur=describe_jalur(s, graf),
        ragu_lain=tuple(make_sel(_bagian(k), "", k, s) for k in lain),
    )


def _kelengkapan(s: SimpulLangkah) -> tuple[str, ...]:
    ulang = [_("%(butir)s (mulai putaran kedua)") % {"butir": b} for b in s.kelengkapan_ulang]
    return (*s.kelengkapan, *ulang)


def _pelaksana(
    s: SimpulLangkah, nomor: int, kolom: KolomPelaksana, tempat: tuple[Tempat, ...]
) -> Sel:
    """What stands in one actor column: the word of the symbol, the turn, the units."""
    simbol = dict(sebutan.SIMBOL)
    butir: list[str] = []
    di_sini = [t for t in tempat if t.kolom == nomor]
    for t in di_sini:
        butir.append(str(simbol[t.simbol]))
        if len({x.urutan for x in tempat}) > 1:
            butir.append(_("giliran %(urutan)d") % {"urutan": t.urutan})
        if t.per_unit:
            unit = dict(sebutan.JENIS_UNIT)
            nama = _(" dan ").join(str(unit[j]) for j in t.per_unit)
            butir.append(_("tiap %(unit)s") % {"unit": nama})
    return Sel(kolom.judul, tuple(butir), simbol=di_sini[0].simbol if di_sini else "")


def describe_jalur(s: SimpulLangkah, graf: Graf) -> tuple[str, ...]:
    """Where each outcome of a step leads, in words."""
    return tuple(_jalur(h.value, s.ke[h], graf) for h in Hasil if h in s.ke)


def _jalur(hasil: str, tujuan: int | None, graf: Graf) -> str:
    if tujuan is None:
        pola = {Hasil.LANJUT.value: _("Selesai")}
        return pola.get(hasil, _("Ya: selesai"))
    pola = {
        Hasil.LANJUT.value: _("Lanjut ke langkah %(nomor)s"),
        Hasil.YA.value: _("Ya: lanjut ke langkah %(nomor)s"),
        Hasil.TIDAK.value: _("Tidak: kembali ke langkah %(nomor)s"),
    }
    return pola[hasil] % {"nomor": graf.nomor(tujuan)}


def _bagian(kolom: str) -> str:
    """Name of a part of a step, for people."""
    nama = {
        "simbol": _("Simbol"),
        "tindakan": _("Tindakan"),
        "pelaksana": _("Pelaksana"),
        "kelengkapan_ulang": _("Kelengkapan saat perbaikan"),
        "tidak": _("Jalur Tidak"),
        "ya": _("Jalur Ya"),
        "lanjut": _("Jalur lanjut"),
        "periode": _("Periode"),
        "efek": _("Efek tambahan"),
    }
    return nama.get(kolom, kolom)
