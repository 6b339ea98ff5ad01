"""How much room there is for another file: of a form, of an office, of one person."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from kinerja.models import Bukti, FormulirCapaian
from kinerja.rules.bukti import explain_kuota
from sakip.common.errors import IsianTidakSah


def require_kuota(formulir: FormulirCapaian, ukuran: int) -> None:
    """Whether a file of that size fits into what the form and its office may keep.

    Raises:
        IsianTidakSah: it does not (HTTP 422).
    """
    milik = (
        (_("formulir ini"), settings.MAKS_BUKTI_FORMULIR, {"formulir": formulir}),
        (
            _("kantor ini"),
            settings.MAKS_BUKTI_KANTOR,
            {"formulir__unit__instansi": formulir.unit.instansi_id},
        ),
    )
    for nama, maks, saring in milik:
        terpakai = sum_bukti(**{f"capaian__{k}": v for k, v in saring.items()})
        if pesan := explain_kuota(ukuran, terpakai=terpakai, maks=maks, milik=nama):
            raise IsianTidakSah(pesan)


def require_kuota_orang(milik: QuerySet[Any], ukuran: int) -> None:
    """Whether one file more fits among those that a person uploaded. One query.

    milik: rows of one table, each with `berkas` and `ukuran`; a file that several refer to counts
    once.

    Raises:
        IsianTidakSah: it does not, by number or by size (HTTP 422).
    """
    sama = milik.exclude(berkas="").order_by().values("berkas").annotate(besar=Max("ukuran"))
    ada = sama.aggregate(banyak=Count("berkas"), n=Sum("besar"))
    if ada["banyak"] >= settings.MAKS_BERKAS_ORANG:
        raise IsianTidakSah(
            _(
                "Anda sudah mengunggah %(n)s berkas, sebanyak yang boleh untuk satu orang. Hapus "
                "yang tidak dipakai, atau minta administrator menaikkan batasnya."
            )
            % {"n": ada["banyak"]}
        )
    pesan = explain_kuota(
        ukuran, terpakai=ada["n"] or 0, maks=settings.MAKS_BYTE_ORANG, milik=_("Anda")
    )
    if pesan:
        raise IsianTidakSah(pesan)


def sum_bukti(**saring: object) -> int:
    """Bytes on the disk: a file that several rounds refer to counts once. One query."""
    berkas = Bukti.objects.filter(tautan="", **saring).order_by().values("berkas")
    return berkas.annotate(besar=Max("ukuran")).aggregate(n=Sum("besar"))["n"] or 0
