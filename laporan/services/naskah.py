"""Writing the text of a draft and handing it over in immutable versions."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import BabNaskah, Draf, TeksNaskah, Tugas, VersiNaskah
from laporan.perms import require_pelaksana
from laporan.rules.isi_bab import MAKS_KARAKTER_BAB, MAKS_KARAKTER_MASUK
from laporan.rules.tindakan import can_edit_naskah
from laporan.selectors.cari import MAKS_TEKS, list_kata
from laporan.selectors.gambar import list_gambar_draf
from laporan.selectors.naskah import build_naskah
from laporan.services.kunci import lock_draf
from laporan.services.pegang import require_penyunting
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from sakip.common.angka import format_angka
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.teks_kaya import bersihkan, dari_ketikan, list_gambar, mark_blok, teks_polos


@dataclass(frozen=True)
class IsianBab:
    """Text of one chapter as typed, and the version of it the writer started from."""

    isi: str
    versi: int


@transaction.atomic
def save_bab(*, bab_id: int, isian: IsianBab, aktor: Pengguna, now: datetime) -> BabNaskah:
    """Store the text of one chapter, cleaned; an unchanged text changes nothing.

    Raises:
        AksesDitolak: the draft lies on somebody else's desk, or this step only judges the text
        (403).
        BukanPenyunting: somebody else of the same post writes now (409).
        TransisiDitolak: somebody changed the chapter meanwhile (409).
        IsianTidakSah: the text is too long (422).
    """
    draf = lock_draf(bab__pk=bab_id)
    bab = BabNaskah.objects.get(pk=bab_id)
    bab.draf = draf
    require_penulis(draf, aktor, now)
    if bab.versi != isian.versi:
        raise TransisiDitolak(
            _(
                "Draf sudah berubah sejak Anda buka: %(bab)s disunting di jendela lain. "
                "Teks Anda tidak hilang; gabungkan dengan isi terbaru."
            )
            % {"bab": bab.judul}
        )
    isi = _bersihkan_bab(bab, isian.isi)
    if isi == bab.isi:
        return bab
    bab.isi, bab.versi, bab.disunting_oleh, bab.disunting_pada = isi, bab.versi + 1, aktor, now
    bab.save(update_fields=["isi", "versi", "disunting_oleh", "disunting_pada"])
    draf.naskah_urut += 1
    draf.save(update_fields=["naskah_urut"])
    return bab


def _bersihkan_bab(bab: BabNaskah, masuk: str) -> str:
    """The text as it is kept: safe, with pictures of this draft only, a code on each block.

    Raises:
        IsianTidakSah: too long (422).
    """
    isi = masuk
    if len(masuk) <= MAKS_KARAKTER_MASUK:
        gambar = list_gambar_draf(bab.draf, list_gambar(masuk))
        isi = mark_blok(bersihkan(dari_ketikan(masuk), gambar=gambar.keys()))
    require_muat(bab, isi)
    return isi


def require_muat(bab: BabNaskah, isi: str) -> None:
    """A part may be so long and no longer.

    Raises:
        IsianTidakSah: `isi` is too long for it (422).
    """
    if len(isi) <= MAKS_KARAKTER_BAB:
        return
    raise IsianTidakSah(
        _(
            "Teks %(bab)s terlalu panjang: %(panjang)s huruf beserta susunannya, paling banyak "
            "%(maks)s. Belum tersimpan. Pindahkan sebagian ke lampiran."
        )
        % {"bab": bab.judul, "panjang": _ribuan(len(isi)), "maks": _ribuan(MAKS_KARAKTER_BAB)}
    )


def _ribuan(n: int) -> str:
    return format_angka(Decimal(n), 0)


def require_editor(draf: Draf, aktor: Pengguna, now: datetime) -> Tugas:
    """The open turn under which the person writes this draft.

    Raises:
        AksesDitolak: no such turn.
    """
    return _find_giliran(draf, aktor, now)[0]


def require_penulis(draf: Draf, aktor: Pengguna, now: datetime) -> Penugasan:
    """The mandate under which the person changes this text now. The caller holds the draft locked.

    Raises:
        AksesDitolak: no such turn (403).
        BukanPenyunting: somebody else of the same post writes now (409).
    """
    tugas, sebagai = _find_giliran(draf, aktor, now)
    tugas.draf = draf
    require_penyunting(tugas, sebagai, now)
    return sebagai


def _find_giliran(draf: Draf, aktor: Pengguna, now: datetime) -> tuple[Tugas, Penugasan]:
    """The turn and the mandate. Of several that write at once, the one that is the person's."""
    penugasan = list_penugasan_for(aktor, pada=now)
    terbuka = Tugas.objects.filter(
        draf=draf, status=Tugas.Status.AKTIF, draf__status__in=Draf.AKTIF
    )
    ditolak = AksesDitolak(
        _("Naskah hanya dapat disunting oleh pemegang langkah penyusunan atau koreksi.")
    )
    for tugas in terbuka.select_related("kunjungan__langkah", "jabatan", "unit"):
        langkah = tugas.kunjungan.langkah
        if not can_edit_naskah(langkah.tindakan, langkah.simbol):
            continue
        try:
            return tugas, require_pelaksana(tugas, penugasan)
        except AksesDitolak as bukan:
            ditolak = bukan
    raise ditolak


def hand_over_naskah(draf: Draf, *, oleh: Pengguna, now: datetime) -> VersiNaskah:
    """Freeze text and tables as the next version, or return the last one when nothing changed.

    The caller holds the draft row locked.
    """
    bab, tabel = build_naskah(draf, pada=now)
    isi = [b | {"html": mark_blok(b["html"])} for b in bab]
    kanonik = json.dumps([isi, tabel], sort_keys=True, ensure_ascii=False)
    sidik = hashlib.sha256(kanonik.encode()).hexdigest()
    lama = VersiNaskah.objects.filter(draf=draf).last()
    if lama and lama.sidik == sidik:
        return lama
    nomor = lama.nomor + 1 if lama else 1
    _note_teks(draf, isi)
    return VersiNaskah.objects.create(
        draf=draf, nomor=nomor, isi=isi, tabel=tabel, sidik=sidik, dibuat_oleh=oleh, dibuat_pada=now
    )


def _note_teks(draf: Draf, isi: Sequence[Mapping[str, Any]]) -> None:
    """Have the draft found by what it says now. One query."""
    bab = (unescape(teks_polos(b["html"])) for b in isi)
    teks = "\n".join(" ".join(b.split()) for b in bab)[:MAKS_TEKS]
    TeksNaskah.objects.bulk_create(
        [TeksNaskah(draf=draf, isi=teks, teks=list_kata(teks))],
        update_conflicts=True,
        unique_fields=["draf"],
        update_fields=["isi", "teks"],
    )
