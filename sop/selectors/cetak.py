"""What the printed SOP shows: identity page and flowchart pages, ready for the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from organisasi.models import Instansi
from sakip.common.waktu import tanggal_angka
from sop.models import VersiSOP
from sop.rules.bagan.denah import TEKS as KOLOM_TEKS
from sop.rules.bagan.denah import Ruang
from sop.rules.bagan.gaya import measure_css
from sop.rules.bagan.susun import Berlembar, Kertas, arrange_pages
from sop.rules.bagan.svg import write_jalan
from sop.rules.bagan.uji import Susunan
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import Identitas
from sop.rules.kertas import UkuranKertas
from sop.rules.masalah import list_galat
from sop.rules.matriks import build_matriks
from sop.rules.periksa import check_graf
from sop.rules.sidik import compute_sidik
from sop.selectors.bagan import Bahan, build_kepala, make_bahan
from sop.selectors.graf import read_graf, read_identitas
from sop.selectors.halaman import Sel, describe_jalur, list_daftar, make_sel

RAGU = "[?]"


@dataclass(frozen=True)
class SelCetak:
    """Lines of one cell of the flowchart, as wrapped for its column."""

    baris: tuple[str, ...]
    ragu: bool


@dataclass(frozen=True)
class BarisCetak:
    """One row of the flowchart. nomor: 0 for a row of connectors."""

    nomor: int
    kegiatan: SelCetak
    mutu: tuple[SelCetak, ...]


@dataclass(frozen=True)
class LembarCetak:
    """One page of the flowchart: a table of words, and over its actor columns the drawing.

    kunci: id of its element; gaya: CSS that gives the table the measures of the drawing.
    """

    kunci: str
    gaya: str
    judul: tuple[tuple[str, ...], ...]
    baris: tuple[BarisCetak, ...]
    gambar: SafeString


@dataclass(frozen=True)
class CetakSOP:
    """Everything on the pages of one SOP. lembar: none while the route has galat."""

    versi: VersiSOP
    kertas: UkuranKertas
    kop: tuple[str, ...]
    identitas: tuple[Sel, ...]
    disahkan: Sel
    nama: Sel
    daftar: tuple[tuple[Sel, Sel], ...]
    kepala: Mapping[str, str]
    judul_alur: str
    lembar: tuple[LembarCetak, ...]
    sidik: str

    @property
    def gaya(self) -> str:
        """CSS of its pages."""
        return "\n".join([self.kertas.gaya, *(b.gaya for b in self.lembar)])


def build_cetak(versi: VersiSOP, kertas: UkuranKertas) -> CetakSOP:
    """Read one version for print. Three queries."""
    graf, identitas = read_graf(versi.pk), read_identitas(versi)
    daftar = list_daftar(identitas)
    return CetakSOP(
        versi=versi,
        kertas=kertas,
        kop=identitas.kop or (versi.sop.instansi.pemerintah, versi.sop.instansi.nama),
        identitas=_list_identitas(identitas),
        disahkan=make_sel(_("Disahkan oleh"), identitas.disahkan_jabatan, "disahkan", identitas),
        nama=make_sel(_("Nama SOP"), versi.nama_sop or versi.sop.nama, "nama_sop", identitas),
        daftar=tuple(zip(daftar[::2], daftar[1::2], strict=True)),
        kepala=build_kepala(identitas),
        judul_alur=identitas.judul_uraian or _("Diagram alir"),
        lembar=_list_lembar(
            make_bahan(graf, identitas), kertas, f"alur-{versi.pk}", konsep=versi.is_konsep
        ),
        sidik=versi.sidik or compute_sidik(graf, identitas),
    )


def _list_identitas(i: Identitas) -> tuple[Sel, ...]:
    """Rows of the identity table that the form always has, and a date of its own if printed."""
    judul = {
        "tanggal_pembuatan": _("Tanggal pembuatan"),
        "tanggal_revisi": _("Tanggal revisi"),
        "tanggal_efektif": _("Tanggal efektif"),
        "tanggal_pengesahan": _("Tanggal pengesahan"),
    }
    # A form that prints the day of ratification may have it in the place of the day in force.
    if not i.tanggal_pengesahan_teks:
        del judul["tanggal_pengesahan"]
    elif not i.tanggal_efektif_teks:
        del judul["tanggal_efektif"]
    return (
        make_sel(_("Nomor SOP"), i.nomor_sop, "nomor_sop", i),
        *(make_sel(kata, getattr(i, f"{t}_teks"), t, i) for t, kata in judul.items()),
    )


@lru_cache(maxsize=64)
def _arrange(bahan: Bahan, kertas: Kertas, ruang: Ruang) -> Berlembar:
    return arrange_pages(bahan.graf, build_matriks(bahan.graf, bahan.identitas), kertas, ruang)


def _list_lembar(
    bahan: Bahan, kertas: UkuranKertas, kunci: str, *, konsep: bool
) -> tuple[LembarCetak, ...]:
    if list_galat(check_graf(bahan.graf)):
        return ()
    ruang = Ruang(
        kata_ragu=RAGU if konsep else "",
        kata_masuk=_("%(huruf)s dari langkah %(nomor)s"),
        kata_keluar=_("%(huruf)s ke langkah %(nomor)s"),
    )
    berlembar = _arrange(bahan, kertas.ruang, ruang)
    langkah = bahan.graf.menurut_nomor
    return tuple(
        _lembar(
            s,
            f"{kunci}-{urut}",
            kertas,
            {n: _ragu(langkah[n]) for n in s.tata.nomor if n and konsep},
            _describe(bahan.graf, [langkah[n] for n in s.tata.nomor if n]),
        )
        for urut, s in enumerate(berlembar.susunan, start=1)
    )


def _ragu(s: SimpulLangkah) -> set[str]:
    return {k if k in KOLOM_TEKS else "kegiatan" for k in s.perlu_konfirmasi}


def _describe(graf: Graf, langkah: Sequence[SimpulLangkah]) -> str:
    """The drawing in words, for who cannot see it."""
    kalimat = []
    for s in langkah:
        pelaksana = ", ".join(dict.fromkeys(p.jabatan_nama for p in s.pelaksana))
        jalur = "; ".join(describe_jalur(s, graf))
        kalimat.append(
            _("Langkah %(nomor)d, %(pelaksana)s: %(jalur)s.")
            % {"nomor": s.nomor, "pelaksana": pelaksana, "jalur": jalur}
        )
    return " ".join(kalimat)


def _lembar(
    susunan: Susunan, kunci: str, ukuran: UkuranKertas, ragu: Mapping[int, set[str]], kata: str
) -> LembarCetak:
    tata = susunan.tata
    return LembarCetak(
        kunci=kunci,
        gaya=measure_css(tata, kunci, lebar_mm=ukuran.lebar_isi),
        judul=tata.judul,
        baris=tuple(
            _baris(nomor, isi, ragu.get(nomor, set()))
            for nomor, isi in zip(tata.nomor, tata.isi, strict=True)
        ),
        gambar=mark_safe(write_jalan(susunan, kata)),  # noqa: S308 - escapes every text
    )


def _baris(nomor: int, isi: Mapping[str, tuple[str, ...]], ragu: set[str]) -> BarisCetak:
    sel = {k: SelCetak(isi.get(k, ()), k in ragu) for k in KOLOM_TEKS}
    kegiatan = sel.pop("kegiatan")
    return BarisCetak(nomor, kegiatan, tuple(sel.values()))


@dataclass(frozen=True)
class SetSOP:
    """Cover and contents of several SOPs. tanggal: day of printing."""

    instansi: Instansi
    tanggal: str
    semua: tuple[CetakSOP, ...]


def build_set(versi: Sequence[VersiSOP], kertas: UkuranKertas, *, pada: datetime) -> SetSOP:
    """Read several versions of one office for print. Three queries each."""
    instansi = versi[0].sop.instansi
    tanggal = tanggal_angka(pada.astimezone(instansi.zona_waktu).date())
    return SetSOP(instansi, tanggal, tuple(build_cetak(v, kertas) for v in versi))


def list_untuk_set(instansi: Instansi, *, pada: datetime) -> list[VersiSOP]:
    """For every SOP of the office the version in force, else its konsep. One query."""
    hari = pada.astimezone(instansi.zona_waktu).date()
    semua = (
        VersiSOP.objects.filter(sop__instansi=instansi)
        .exclude(status=VersiSOP.Status.DICABUT)
        .select_related("sop__instansi")
        .order_by("sop__nama", "sop__kode", "nomor")
    )
    pilihan: dict[int, VersiSOP] = {}
    for v in semua:
        lama = pilihan.get(v.sop_id)
        if lama is None or _mulai(v, hari) > _mulai(lama, hari):
            pilihan[v.sop_id] = v
    return list(pilihan.values())


def _mulai(versi: VersiSOP, hari: date) -> date:
    """The day it came into force, long ago for one that is not yet."""
    mulai = versi.berlaku_mulai
    return mulai if mulai and mulai <= hari else date.min
