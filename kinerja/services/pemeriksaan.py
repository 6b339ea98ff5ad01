"""What becomes of a form that was examined: verified, sent back, opened anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.pemeriksaan import Tanda, TandaBaris
from kinerja.services.kunci import lock_formulir, require_pemeriksa
from kinerja.services.tanda import (
    JEJAK,
    KOLOM,
    Pemeriksa,
    lock_untuk,
    mark_baris,
    record_periksa,
)
from organisasi.models import Pengguna, Penugasan
from sakip.common.errors import IsianTidakSah, TransisiDitolak


@dataclass(frozen=True)
class Pengembalian:
    """Why a form goes back: one reason for all of it, and notes by capaian id."""

    alasan: str
    catatan: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def verify_banyak(*, formulir_ids: Sequence[int], pemeriksa: Pemeriksa) -> list[FormulirCapaian]:
    """The figures are right: diajukan to diverifikasi, locked from here on.

    Rows without a verdict are found right with their form.

    Raises:
        AksesDitolak: a foreign mandate, or the person's own figures (403).
        TransisiDitolak: not diajukan, or a newer round exists (409).
        IsianTidakSah: a row of it is marked as in need of work (422).
    """
    formulir = lock_untuk(formulir_ids, pemeriksa)
    baris = Capaian.objects.filter(formulir__in=formulir)
    salah = baris.filter(periksa=Tanda.PERBAIKI).count()
    if salah:
        raise IsianTidakSah(
            _("%(n)d indikator masih bertanda perlu perbaikan. Kembalikan, atau ubah tandanya.")
            % {"n": salah}
        )
    baris.filter(periksa=Tanda.BELUM).update(
        periksa=Tanda.SESUAI, catatan_pemeriksa="", diperiksa_oleh=pemeriksa.aktor
    )
    for f in formulir:
        f.verify(now=pemeriksa.now)
        kolom = ("status", "diputus_pada", *JEJAK)
        record_periksa(f, "kinerja.formulir.verify", pemeriksa, kolom, putaran=f.putaran)
    return formulir


def verify_formulir(
    *, formulir_id: int, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> FormulirCapaian:
    """One form as `verify_banyak` does it."""
    pemeriksa = Pemeriksa(aktor, sebagai, now)
    return verify_banyak(formulir_ids=[formulir_id], pemeriksa=pemeriksa)[0]


@transaction.atomic
def return_formulir(
    *,
    formulir_id: int,
    pengembalian: Pengembalian,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> FormulirCapaian:
    """The figures need work: diajukan to dikembalikan. `open_formulir` then begins a new round.

    Raises:
        IsianTidakSah: no reason (422).
        AksesDitolak: a foreign mandate; one's own figures may be sent back (403).
        TransisiDitolak: as `verify_banyak` (409).
    """
    alasan, pemeriksa = pengembalian.alasan.strip(), Pemeriksa(aktor, sebagai, now)
    _require_alasan(alasan)
    (formulir,) = lock_untuk([formulir_id], pemeriksa, orang_lain=False)
    capaian = list(Capaian.objects.filter(formulir=formulir, pk__in=pengembalian.catatan))
    for c in capaian:
        mark_baris(c, TandaBaris(Tanda.PERBAIKI, pengembalian.catatan[c.pk].strip()), aktor)
    Capaian.objects.bulk_update(capaian, KOLOM)
    catatan = Capaian.objects.filter(formulir=formulir, periksa=Tanda.PERBAIKI)
    formulir.send_back(alasan=alasan, now=now)
    record_periksa(
        formulir,
        "kinerja.formulir.return",
        pemeriksa,
        ("status", "alasan_kembali", "diputus_pada", *JEJAK),
        putaran=formulir.putaran,
        alasan=alasan,
        catatan=dict(catatan.values_list("indikator__kode", "catatan_pemeriksa")),
    )
    return formulir


@transaction.atomic
def reopen_formulir(*, formulir_id: int, alasan: str, pemeriksa: Pemeriksa) -> FormulirCapaian:
    """Leave to begin a new attempt at verified figures; this round stays verified as it is.

    `open_formulir` then begins the new round, with all its rows open.

    Raises:
        IsianTidakSah: no reason (422).
        AksesDitolak: as `verify_banyak` (403).
        TransisiDitolak: it is not verified (409).
    """
    _require_alasan(alasan.strip())
    formulir = lock_formulir(formulir_id)
    require_pemeriksa(formulir, aktor=pemeriksa.aktor, sebagai=pemeriksa.sebagai, now=pemeriksa.now)
    if formulir.status != FormulirCapaian.Status.DIVERIFIKASI:
        raise TransisiDitolak(_("Hanya capaian yang sudah diverifikasi yang dibuka kembali."))
    record_periksa(
        formulir,
        "kinerja.formulir.reopen",
        pemeriksa,
        JEJAK,
        putaran=formulir.putaran,
        alasan=alasan.strip(),
    )
    return formulir


def _require_alasan(alasan: str) -> None:
    if not alasan:
        raise IsianTidakSah(
            _("Tuliskan apa yang harus diperbaiki. Pengembalian wajib disertai alasan.")
        )
