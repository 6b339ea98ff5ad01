"""The paper with its notes: each block of the text, what hangs on it, and a way to note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from laporan.models import Tugas
from laporan.selectors.koreksi import Koreksi, get_koreksi, list_blok, show_catatan
from laporan.selectors.naskah import BabTampil, get_versi_terakhir
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
        return {"koreksi": koreksi, "tampilan": add_catatan(isi["tampilan"], koreksi)}
    ada = {(b.kode, blok.kode) for b, *_lain in isi.get("bab", []) for blok in split_blok(b.isi)}
    kini = [
        c
        for c in koreksi.catatan
        if c.is_terbuka or (c.dijawab_pada and c.dijawab_pada >= tugas.kunjungan.masuk)
    ]
    return {"koreksi": koreksi, "catatan_lihat": [show_catatan(c, ada) for c in kini]}


def add_catatan(tampilan: Iterable[BabTampil], koreksi: Koreksi) -> list[BabTampil]:
    """The parts with notes beside their blocks. No query; as it was where there is nothing to do.

    What hangs on a whole part stands at its end.
    """
    semua = list(tampilan)
    if not koreksi.catatan and not koreksi.dapat_mencatat:
        return semua
    return [_add(b, koreksi) for b in semua]


def _add(bab: BabTampil, koreksi: Koreksi) -> BabTampil:
    blok, lepas = list_blok(bab.kode, bab.html, koreksi)
    context = {"bab": bab, "blok": blok, "lepas": lepas, "koreksi": koreksi}
    if not lepas and not blok and not (koreksi.dapat_mencatat and bab.tabel):
        return bab
    return replace(bab, html=render_to_string("laporan/_blok_koreksi.html", context))
