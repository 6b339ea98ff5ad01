"""The parts of a draft: laid out from the template, and prepared from what the units wrote."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import BabNaskah, Draf
from laporan.rules.kerangka import INDIKATOR, Susun, place_lembar
from laporan.selectors.kerangka import arrange_draf
from laporan.selectors.uraian import is_disunting, list_uraian
from laporan.services.kunci import lock_draf
from laporan.services.naskah import require_penulis
from organisasi.models import Pengguna
from sakip.common.errors import TransisiDitolak
from sakip.common.teks_kaya import mark_blok


def create_bab(draf: Draf) -> None:
    """The parts of a new draft, with the text they begin with. They stay as they are here."""
    susun = arrange_draf(draf)
    BabNaskah.objects.bulk_create(
        _make_bab(draf, n, s) for n, s in enumerate(_list_tulis(susun), start=1)
    )
    draf.lembar = place_lembar(susun)
    draf.save(update_fields=["lembar"])


def _list_tulis(susun: Sequence[Susun]) -> list[Susun]:
    """Those with a text; the others are made when the document is."""
    return [s for s in susun if not s.bagian.lembar]


def _make_bab(draf: Draf, urutan: int, susun: Susun) -> BabNaskah:
    b = susun.bagian
    isi = mark_blok(b.isi)
    return BabNaskah(
        draf=draf,
        urutan=urutan,
        kode=susun.kode,
        tingkat=b.tingkat,
        judul=susun.judul[:600],
        petunjuk=b.petunjuk,
        isi=isi,
        asal=isi,
        blok=list(b.blok),
        acuan=susun.butir.pk if susun.butir else 0,
        ulang=b.ulang,
        is_wajib=draf.jenis in b.wajib,
        is_mendatar=b.is_mendatar,
        is_lewati=b.is_lewati,
    )


def prepare_bab(draf: Draf) -> None:
    """When a writer's turn opens: what the units wrote goes where nobody has written yet.

    An indikator that joined the plan meanwhile gets its part. One query where nothing repeats,
    else five at most. The caller holds the draft locked and saves it.
    """
    bab = list(BabNaskah.objects.filter(draf=draf).order_by("urutan"))
    if not any(b.ulang for b in bab):
        return
    bab = _add_baru(draf, bab)
    uraian = list_uraian(draf)
    ubah = [b for b in bab if b.ulang == INDIKATOR and not is_disunting(b)]
    ubah = [b for b in ubah if uraian.get(b.acuan, "") not in ("", b.asal)]
    for b in ubah:
        b.isi = b.asal = uraian[b.acuan]
        b.versi += 1
    BabNaskah.objects.bulk_update(ubah, ["isi", "asal", "versi"])
    draf.naskah_urut += len(ubah)


def _add_baru(draf: Draf, bab: list[BabNaskah]) -> list[BabNaskah]:
    """The parts with those of new sasaran and indikator, each after what stands before it."""
    susun = _list_tulis(arrange_draf(draf))
    ada = {b.kode for b in bab}
    baru = {s.kode for s in susun if s.butir and s.kode not in ada}
    if not baru:
        return bab
    letak = {b.kode: n for n, b in enumerate(bab)}
    for n, s in enumerate(susun):
        if s.kode not in baru:
            continue
        tempat = letak.get(susun[n - 1].kode, len(bab) - 1) + 1 if n else 0
        bab = [*bab[:tempat], _make_bab(draf, 0, s), *bab[tempat:]]
        letak = {b.kode: n for n, b in enumerate(bab)}
    for n, b in enumerate(bab, start=1):
        b.urutan = n
    BabNaskah.objects.bulk_create(b for b in bab if b.pk is None)
    BabNaskah.objects.bulk_update([b for b in bab if b.kode in ada], ["urutan"])
    return bab


@transaction.atomic
def renew_bab(*, bab_id: int, versi: int, aktor: Pengguna, now: datetime) -> BabNaskah:
    """Put what the unit wrote in the place of the text, because the writer asked for it.

    Raises:
        AksesDitolak: the draft lies on somebody else's desk (403).
        BukanPenyunting: somebody else of the same post writes now (409).
        TransisiDitolak: the text changed since it was shown, or the unit wrote nothing (409).
    """
    draf = lock_draf(bab__pk=bab_id)
    require_penulis(draf, aktor, now)
    bab = BabNaskah.objects.get(pk=bab_id)
    baru = list_uraian(draf).get(bab.acuan, "") if bab.ulang == INDIKATOR else ""
    if bab.versi != versi:
        raise TransisiDitolak(
            _("%(bab)s sudah berubah sejak Anda buka. Muat ulang halaman, lalu pilih kembali.")
            % {"bab": bab.judul}
        )
    if not baru:
        raise TransisiDitolak(_("Bidang belum menulis uraian untuk bagian ini."))
    bab.isi = bab.asal = baru
    bab.versi, bab.disunting_oleh, bab.disunting_pada = bab.versi + 1, aktor, now
    bab.save(update_fields=["isi", "asal", "versi", "disunting_oleh", "disunting_pada"])
    draf.naskah_urut += 1
    draf.save(update_fields=["naskah_urut"])
    return bab
