"""Laying out the parts of a new draft from the template of its office."""

from laporan.models import BabNaskah, Draf
from laporan.rules.kerangka import Susun
from laporan.selectors.kerangka import arrange_draf
from sakip.common.teks_kaya import mark_blok


def create_bab(draf: Draf) -> None:
    """The parts of a new draft, with the text they begin with. They stay as they are here."""
    BabNaskah.objects.bulk_create(
        _make_bab(draf, n, s) for n, s in enumerate(arrange_draf(draf), start=1)
    )


def _make_bab(draf: Draf, urutan: int, susun: Susun) -> BabNaskah:
    b = susun.bagian
    return BabNaskah(
        draf=draf,
        urutan=urutan,
        kode=susun.kode,
        tingkat=b.tingkat,
        judul=susun.judul,
        petunjuk=b.petunjuk,
        isi=mark_blok(b.isi),
        blok=list(b.blok),
        acuan=susun.butir.pk if susun.butir else 0,
        ulang=b.ulang,
        is_wajib=draf.jenis in b.wajib,
        is_mendatar=b.is_mendatar,
    )
