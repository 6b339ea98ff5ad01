"""A picture for the text: uploaded by whoever writes, kept with the draft while a text shows it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from typing import IO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kinerja.rules.bukti import format_ukuran
from laporan.models import BabNaskah, Draf, GambarNaskah, Rapat, VersiNaskah
from laporan.selectors.gambar import sum_gambar
from laporan.services.kunci import lock_draf
from laporan.services.naskah import require_editor
from organisasi.models import Pengguna
from sakip.common.berkas import sha256_hex
from sakip.common.errors import IsianTidakSah
from sakip.common.gambar import GambarDitolak, GambarRapi, rapikan_gambar
from sakip.common.teks_kaya import list_gambar

# How long a picture waits for a text: one may take it out and put it back, or write on without a
# line, for a day.
MASA_TUNGGU = timedelta(days=1)
# Drafts that ended are looked at for so long; what they show then, they show for ever.
_MASA_USAI = timedelta(days=7)


def attach_gambar(
    *, draf_id: int, berkas: File[bytes], aktor: Pengguna, now: datetime
) -> GambarNaskah:
    """Keep a picture with the draft. The same picture sent twice is kept once, from the second on.

    Raises:
        IsianTidakSah: empty, too large, no picture, or beyond the quota of the draft (422).
        AksesDitolak: the person does not write this draft now (403).
        OSError: the disk is full; no row and no file remain.
    """
    # Asked before anything is decoded, and again under the lock.
    require_editor(Draf.objects.get(pk=draf_id), aktor, now)
    rapi = _inspect(berkas)
    sidik = sha256_hex(rapi.isi)
    with transaction.atomic():
        draf = lock_draf(pk=draf_id)
        require_editor(draf, aktor, now)
        sudah = GambarNaskah.objects.filter(draf=draf, sidik=sidik).first()
        if sudah is not None:
            GambarNaskah.objects.filter(pk=sudah.pk).update(pada=now)
            return sudah
        _require_kuota(draf, len(rapi.isi))
        gambar = GambarNaskah(
            draf=draf,
            sidik=sidik,
            ukuran=len(rapi.isi),
            jenis=rapi.jenis,
            lebar=rapi.lebar,
            tinggi=rapi.tinggi,
            oleh=aktor,
            pada=now,
        )
        with ExitStack() as batal:
            gambar.berkas.save("gambar", ContentFile(rapi.isi), save=False)
            batal.callback(default_storage.delete, str(gambar.berkas.name))
            gambar.save()
            batal.pop_all()
    return gambar


def sweep_gambar(*, now: datetime) -> int:
    """Delete pictures that no text and no version shows; how many.

    Only of drafts on which nobody wrote for a day, each locked by itself: a text that is saved
    meanwhile keeps what it shows.
    """
    batas = now - MASA_TUNGGU
    diperiksa = Q(draf__status__in=Draf.TERBUKA) | Q(draf__selesai_pada__gt=now - _MASA_USAI)
    lama = GambarNaskah.objects.filter(diperiksa, pada__lt=batas).order_by()
    return sum(
        _sweep_draf(pk, batas) for pk in list(lama.values_list("draf", flat=True).distinct())
    )


@transaction.atomic
def _sweep_draf(draf_id: int, batas: datetime) -> int:
    draf = lock_draf(pk=draf_id)
    if BabNaskah.objects.filter(draf=draf, disunting_pada__gte=batas).exists():
        return 0
    tampil = {uuid for html in _list_teks(draf) for uuid in list_gambar(html)}
    buang = GambarNaskah.objects.filter(draf=draf, pada__lt=batas).exclude(uuid__in=tampil)
    berkas = list(buang.values_list("berkas", flat=True))
    buang.delete()
    for nama in berkas:
        transaction.on_commit(partial(default_storage.delete, nama))
    return len(berkas)


def _list_teks(draf: Draf) -> Iterator[str]:
    """Every rich text of a draft, now and as it was handed over."""
    yield from BabNaskah.objects.filter(draf=draf).values_list("isi", flat=True)
    for isi in VersiNaskah.objects.filter(draf=draf).values_list("isi", flat=True).iterator():
        yield from (bab["html"] for bab in isi)
    yield from Rapat.objects.filter(draf=draf).values_list("notulen", flat=True)


def _inspect(berkas: File[bytes]) -> GambarRapi:
    ukuran, maks = berkas.size, settings.MAKS_GAMBAR_BYTES
    if ukuran == 0:
        raise IsianTidakSah(_("Berkas gambarnya kosong. Pilih kembali berkasnya."))
    if ukuran > maks:
        raise IsianTidakSah(
            _("Gambar berukuran %(ukuran)s. Ukuran paling besar %(maks)s.")
            % {"ukuran": format_ukuran(ukuran), "maks": format_ukuran(maks)}
        )
    try:
        return rapikan_gambar(cast("IO[bytes]", berkas.open()))
    except GambarDitolak as sebab:
        raise IsianTidakSah(str(sebab)) from sebab


def _require_kuota(draf: Draf, ukuran: int) -> None:
    terpakai, maks = sum_gambar(draf), settings.MAKS_GAMBAR_DRAF
    if terpakai + ukuran <= maks:
        return
    raise IsianTidakSah(
        _(
            "Tempat gambar laporan ini tidak cukup: %(maks)s dan tersisa %(sisa)s, sedangkan "
            "gambar ini %(ukuran)s. Simpan foto selebihnya sebagai bukti dukung."
        )
        % {
            "maks": format_ukuran(maks),
            "sisa": format_ukuran(max(maks - terpakai, 0)),
            "ukuran": format_ukuran(ukuran),
        }
    )
