"""A picture for the text: uploaded by whoever writes, kept with the draft."""

from contextlib import ExitStack
from datetime import datetime
from typing import IO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.rules.bukti import format_ukuran
from laporan.models import Draf, GambarNaskah
from laporan.selectors.gambar import sum_gambar
from laporan.services.kunci import lock_draf
from laporan.services.naskah import require_editor
from organisasi.models import Pengguna
from sakip.common.berkas import sha256_hex
from sakip.common.errors import IsianTidakSah
from sakip.common.gambar import GambarDitolak, GambarRapi, rapikan_gambar


def attach_gambar(
    *, draf_id: int, berkas: File[bytes], aktor: Pengguna, now: datetime
) -> GambarNaskah:
    """Keep a picture with the draft. The same picture sent twice is kept once.

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
