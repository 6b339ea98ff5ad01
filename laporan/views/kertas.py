"""The paper with its notes: each block of the text, what hangs on it, and a way to note."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from laporan.models import Tugas
from laporan.rules.beda_naskah import BedaBlok
from laporan.selectors.koreksi import Koreksi, get_koreksi, list_blok, show_catatan
from laporan.selectors.naskah import BabTampil, get_versi_terakhir
from laporan.selectors.perubahan import Perubahan, get_perubahan
from laporan.views.nomor import read_nomor
from organisasi.middleware import get_pelaku
from sakip.common.blok import split_blok


def show_koreksi(
    request: HttpRequest, tugas: Tugas, semua: Sequence[Tugas], isi: Mapping[str, Any]
) -> dict[str, Any]:
    """What a page of a turn says about correction, beside what it shows already (`isi`)."""
    draf = tugas.draf
    versi = isi["versi"] if "versi" in isi else get_versi_terakhir(draf)
    koreksi = get_koreksi(draf, versi, get_pelaku(request), semua)
    if "tampilan" in isi:
        return show_kertas(request, koreksi, isi["tampilan"])
    bab = [b for b, *_lain in isi.get("bab", [])]
    ada = {(b.kode, blok.kode) for b in bab for blok in split_blok(b.isi)}
    tuju = {b.kode: f"#j-{b.pk}" for b in bab}
    lihat = [
        show_catatan(c, ada, tuju.get(c.bab, ""))
        for c in koreksi.catatan
        if c.is_terbuka or (c.dijawab_pada and c.dijawab_pada >= tugas.kunjungan.masuk)
    ]
    return {"koreksi": koreksi, "catatan_lihat": lihat}


def show_kertas(
    request: HttpRequest, koreksi: Koreksi, tampilan: Sequence[BabTampil]
) -> dict[str, Any]:
    """The paper with its notes, and what changed in it: marked as asked, or for who examines."""
    perubahan = _choose_perubahan(request, koreksi)
    beda = perubahan.per_bab if perubahan else {}
    berisi = koreksi.catatan or koreksi.dapat_mencatat or beda
    bab = [_add(b, koreksi, beda.get(b.kode, ())) for b in tampilan] if berisi else tampilan
    return {"koreksi": koreksi, "perubahan": perubahan, "tampilan": bab}


def _choose_perubahan(request: HttpRequest, koreksi: Koreksi) -> Perubahan | None:
    """Against what was asked for, else against what this person read last, else the one before."""
    bawaan = "perubahan" if koreksi.dapat_mencatat else "bersih"
    return get_perubahan(
        koreksi.draf,
        koreksi.versi,
        lawan=read_nomor(request.GET.get("banding", "")) or koreksi.dibaca_lalu,
        is_bersih=request.GET.get("tampil", bawaan) == "bersih",
    )


def _add(bab: BabTampil, koreksi: Koreksi, beda: Sequence[BedaBlok]) -> BabTampil:
    """One part with notes beside its blocks; as it was where there is nothing to say.

    What hangs on a whole part stands at its end.
    """
    blok, lepas = list_blok(bab.kode, bab.html, koreksi, beda)
    context = {"bab": bab, "blok": blok, "lepas": lepas, "koreksi": koreksi}
    if not lepas and not blok and not (koreksi.dapat_mencatat and bab.tabel):
        return bab
    terbuka = sum(c.bab == bab.kode for c in koreksi.terbuka)
    html = render_to_string("laporan/_blok_koreksi.html", context)
    return replace(bab, html=html, catatan=terbuka)
