"""Rows of an assessment as figures propose them, and the forms there are of a version."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from laporan.models import PenilaianSOP
from laporan.rules.penilaian import (
    BELUM,
    KRITERIA,
    MONITORING,
    TIDAK,
    YA,
    fits_jenis,
    propose_langkah,
    propose_sop,
)
from laporan.rules.rentang import Rentang
from laporan.selectors.pantau import LangkahPantau, Pantau
from organisasi.models import Instansi
from sop.models import VersiSOP


@dataclass(frozen=True)
class ButirUsul:
    """A row before anybody judged it. dasar: the figures in words. usul: ya, tidak or ""."""

    pernyataan: str
    dasar: str
    usul: str = BELUM
    langkah_id: int | None = None


def build_butir(pantau: Pantau, jenis: str) -> list[ButirUsul]:
    """Rows of a form. No query."""
    langkah = [_make_langkah(s) for s in pantau.langkah]
    usul = propose_sop([b.usul for b in langkah])
    if jenis == MONITORING:
        seluruh = ButirUsul(
            _("Seluruh prosedur: %(nama)s") % {"nama": pantau.versi.sop.nama}, pantau.kalimat, usul
        )
        return [seluruh, *langkah]
    return [_make_kriteria(kode, teks, pantau, usul) for kode, teks in KRITERIA]


def _make_langkah(s: LangkahPantau) -> ButirUsul:
    usul = propose_langkah(n=s.sebaran.n, tepat=s.tepat, ulang=s.singgah.ulang)
    nama = _("Langkah %(nomor)d: %(kegiatan)s") % {
        "nomor": s.langkah.nomor,
        "kegiatan": s.langkah.kegiatan,
    }
    return ButirUsul(nama, " ".join(_list_kata(s)), usul, s.langkah.id)


def _list_kata(s: LangkahPantau) -> Iterator[str]:
    if not s.sebaran.n:
        yield _("Tidak ada giliran yang selesai pada periode ini.")
        return
    kata = _("median %(lama)s") if not s.sebaran.tunggal else _("%(lama)s")
    lama = kata % {"lama": s.median_kata}
    baku = _("waktu baku %(baku)s") % {"baku": s.baku} if s.baku else _("tanpa waktu baku")
    yield _("%(n)d giliran: %(lama)s (%(baku)s).") % {"n": s.sebaran.n, "lama": lama, "baku": baku}
    if s.tunggu_kata:
        yield _("Dari itu %(kata)s.") % {"kata": s.tunggu_kata}
    if s.tepat.jumlah:
        tepat = {"tepat": s.tepat.tepat, "n": s.tepat.jumlah}
        yield _("%(tepat)d dari %(n)d tepat waktu.") % tepat
    if s.singgah.ulang:
        yield _("%(n)d kali diulang karena dikembalikan.") % {"n": s.singgah.ulang}
    if s.singgah.kembali:
        yield _("%(n)d kali mengembalikan.") % {"n": s.singgah.kembali}


def _make_kriteria(kode: str, teks: str, pantau: Pantau, usul: str) -> ButirUsul:
    if not kode or not pantau.banyak:
        return ButirUsul(teks, "")
    return {"laksana": _judge_laksana, "peran": _judge_peran, "masalah": _judge_masalah}[kode](
        teks, pantau, usul
    )


def _judge_laksana(teks: str, pantau: Pantau, usul: str) -> ButirUsul:
    dasar = _("%(kalimat)s %(tepat)d dari %(n)d giliran bertenggat tepat waktu.") % {
        "kalimat": pantau.kalimat,
        "tepat": pantau.tepat.tepat,
        "n": pantau.tepat.jumlah,
    }
    return ButirUsul(teks, dasar, usul)


def _judge_peran(teks: str, pantau: Pantau, _usul: str) -> ButirUsul:
    """Proven where every step was done by the holder of its post; a step not reached proves
    nothing.
    """
    dikerjakan = [s for s in pantau.langkah if s.sebaran.n]
    kata = {"n": len(dikerjakan), "semua": len(pantau.langkah), "giliran": pantau.banyak}
    dasar = (
        _("%(n)d dari %(semua)d langkah dikerjakan pemegang jabatannya, %(giliran)d giliran.")
        % kata
    )
    return ButirUsul(teks, dasar, YA if len(dikerjakan) == len(pantau.langkah) else BELUM)


def _judge_masalah(teks: str, pantau: Pantau, _usul: str) -> ButirUsul:
    hambatan, kata = pantau.hambatan, {"kembali": pantau.kembali}
    if hambatan is None:
        dasar = _("Tidak ada langkah yang melewati waktu baku; %(kembali)d kali dikembalikan.")
        return ButirUsul(teks, dasar % kata, BELUM if pantau.kembali else YA)
    dasar = _(
        "Hambatan di langkah %(nomor)d: lewat %(lama)s seluruhnya; %(kembali)d kali dikembalikan."
    ) % (kata | {"nomor": hambatan.langkah.nomor, "lama": hambatan.lewat_kata})
    parah = hambatan.tepat.lewat * 2 > hambatan.tepat.jumlah
    return ButirUsul(teks, dasar, TIDAK if parah else BELUM)


@dataclass(frozen=True)
class FormulirTersedia:
    """A form that fits the period looked at. penilaian None: nobody began it."""

    jenis: str
    judul: str
    rentang: Rentang
    penilaian: PenilaianSOP | None


def list_formulir(versi: VersiSOP, rentang: Rentang) -> list[FormulirTersedia]:
    """Forms that fit that period, begun or not. One query, none for a free span."""
    jenis = [j for j in PenilaianSOP.Jenis if fits_jenis(j, rentang)]
    if not jenis:
        return []
    ada = {
        p.jenis: p
        for p in PenilaianSOP.objects.filter(versi=versi, dari=rentang.dari, sampai=rentang.sampai)
    }
    return [FormulirTersedia(j.value, str(j.label), rentang, ada.get(j.value)) for j in jenis]


def visible_penilaian(instansi: Instansi) -> QuerySet[PenilaianSOP]:
    """Forms of the office."""
    return PenilaianSOP.objects.filter(versi__sop__instansi=instansi).select_related(
        "versi__sop__instansi", "dibuat_oleh"
    )
