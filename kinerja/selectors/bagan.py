"""The drawn tree of a plan: what each box says, and the pages it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kinerja.rules.bagan_pohon import Kertas, Simpul, arrange
from kinerja.rules.bagan_svg import write_berkas, write_lembar
from kinerja.selectors.pohon import (
    Pohon,
    SimpulIndikator,
    SimpulProgram,
    SimpulSasaran,
    SimpulTujuan,
)
from organisasi.models import Instansi
from sakip.common.angka import format_angka


@dataclass(frozen=True)
class Bagan:
    """One tree on one paper. lembar: a drawing for each page; berkas: all of them as one file."""

    judul: str
    kertas: Kertas
    lembar: tuple[SafeString, ...]
    berkas: str


def build_bagan(pohon: Pohon, instansi: Instansi, kertas: Kertas) -> Bagan:
    """Draw what `pohon` holds. No query."""
    judul = _("Pohon kinerja %(instansi)s tahun %(tahun)d") % {
        "instansi": instansi.nama,
        "tahun": pohon.tahun,
    }
    akar = [_tujuan(t) for t in pohon.tujuan]
    if pohon.lepas:
        akar.append(_lepas(pohon.lepas))
    lembar = arrange(akar, kertas)
    # Our own drawing: every text in it is escaped where it is written.
    gambar = tuple(mark_safe(write_lembar(satu, judul)) for satu in lembar)  # noqa: S308 - see above
    return Bagan(judul, kertas, gambar, write_berkas(lembar, judul))


def _tujuan(t: SimpulTujuan) -> Simpul:
    return Simpul(
        kunci=f"t{t.tujuan.pk}",
        jenis="tujuan",
        judul=_("Tujuan %(kode)s") % {"kode": t.tujuan.kode},
        teks=t.tujuan.uraian,
        celah=t.celah,
        anak=tuple(_sasaran(s) for s in t.sasaran),
    )


def _sasaran(s: SimpulSasaran) -> Simpul:
    return Simpul(
        kunci=f"s{s.sasaran.pk}",
        jenis="sasaran",
        judul=_("Sasaran %(kode)s") % {"kode": s.sasaran.kode},
        teks=s.sasaran.uraian,
        celah=s.celah,
        anak=(*(_indikator(i) for i in s.indikator), *_list_program(s.program)),
    )


def _indikator(i: SimpulIndikator) -> Simpul:
    satu = i.indikator
    catatan = [_("target %(nilai)s") % {"nilai": i.target_teks}] if i.target else []
    if not satu.is_aktif:
        catatan.append(_("tidak dipakai lagi"))
    return Simpul(
        kunci=f"i{satu.pk}",
        jenis="indikator",
        judul=_("Indikator %(kode)s") % {"kode": satu.kode},
        teks=satu.nama,
        catatan=" · ".join([*catatan, satu.unit.nama]),
        celah=i.celah,
    )


def _list_program(program: Iterable[SimpulProgram]) -> list[Simpul]:
    return [
        Simpul(
            kunci=f"p{p.program.pk}",
            jenis="program",
            judul=f"{p.program.get_jenis_display()} {p.program.kode}",
            teks=p.program.nama,
            catatan=" · ".join(
                bagian
                for bagian in (_pagu(p.program.pagu), p.program.unit and p.program.unit.nama)
                if bagian
            ),
            celah=p.celah,
            anak=tuple(_list_program(p.anak)),
        )
        for p in program
    ]


def _pagu(pagu: Decimal | None) -> str:
    return "" if pagu is None else _("pagu Rp%(n)s") % {"n": format_angka(pagu)}


def _lepas(program: Iterable[SimpulProgram]) -> Simpul:
    """Rows of the budget that support no sasaran, below a box that says so."""
    return Simpul(
        kunci="lepas",
        jenis="tujuan",
        judul=_("Program lain"),
        teks=_("Belum dihubungkan dengan sasaran."),
        anak=tuple(_list_program(program)),
    )
