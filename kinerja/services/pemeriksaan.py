"""Examining what units handed in: verdicts by row, then a form verified, sent back, reopened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.pemeriksaan import Tanda, TandaBaris, explain_tanda
from kinerja.services.kunci import list_menunggu, lock_diajukan, lock_formulir, require_pemeriksa
from organisasi.models import Pengguna, Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah, TransisiDitolak

_JEJAK = ("jejak_urut", "jejak_sidik")
_KOLOM = ("periksa", "catatan_pemeriksa", "diperiksa_oleh")


@dataclass(frozen=True)
class Pemeriksa:
    """Who examines, under which mandate, and when."""

    aktor: Pengguna
    sebagai: Penugasan
    now: datetime


@dataclass(frozen=True)
class Pengembalian:
    """Why a form goes back: one reason for all of it, and notes by capaian id."""

    alasan: str
    catatan: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def save_pemeriksaan(
    *, formulir_ids: Sequence[int], tanda: Mapping[int, TandaBaris], pemeriksa: Pemeriksa
) -> dict[int, dict[str, str]]:
    """Keep verdicts on rows of forms that wait for an examiner; the faults by capaian id.

    Rows of other forms are ignored; a verdict with a fault is not kept, the others are.

    Raises:
        AksesDitolak: a foreign mandate, or the person's own figures (403).
    """
    menunggu = [f.pk for f in list_menunggu(formulir_ids)]
    formulir = _lock(menunggu, pemeriksa)
    baris = Capaian.objects.filter(formulir__in=formulir, pk__in=tanda).select_related("indikator")
    galat: dict[int, dict[str, str]] = {}
    berubah: dict[int, list[Capaian]] = {}
    for c in baris:
        if salah := explain_tanda(tanda[c.pk]):
            galat[c.pk] = {"catatan": salah}
        elif _mark(c, tanda[c.pk], pemeriksa.aktor):
            berubah.setdefault(c.formulir_id, []).append(c)
    Capaian.objects.bulk_update([c for isi in berubah.values() for c in isi], _KOLOM)
    for f in formulir:
        if f.pk in berubah:
            data = {c.indikator.kode: [c.periksa, c.catatan_pemeriksa] for c in berubah[f.pk]}
            _record(f, "kinerja.capaian.examine", pemeriksa, _JEJAK, tanda=data)
    return galat


@transaction.atomic
def verify_banyak(*, formulir_ids: Sequence[int], pemeriksa: Pemeriksa) -> list[FormulirCapaian]:
    """The figures are right: diajukan to diverifikasi, locked from here on.

    Rows without a verdict are found right with their form.

    Raises:
        AksesDitolak: a foreign mandate, or the person's own figures (403).
        TransisiDitolak: not diajukan, or a newer round exists (409).
        IsianTidakSah: a row of it is marked as in need of work (422).
    """
    formulir = _lock(formulir_ids, pemeriksa)
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
        kolom = ("status", "diputus_pada", *_JEJAK)
        _record(f, "kinerja.formulir.verify", pemeriksa, kolom, putaran=f.putaran)
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
    (formulir,) = _lock([formulir_id], pemeriksa, orang_lain=False)
    capaian = list(Capaian.objects.filter(formulir=formulir, pk__in=pengembalian.catatan))
    for c in capaian:
        _mark(c, TandaBaris(Tanda.PERBAIKI, pengembalian.catatan[c.pk].strip()), aktor)
    Capaian.objects.bulk_update(capaian, _KOLOM)
    catatan = Capaian.objects.filter(formulir=formulir, periksa=Tanda.PERBAIKI)
    formulir.send_back(alasan=alasan, now=now)
    _record(
        formulir,
        "kinerja.formulir.return",
        pemeriksa,
        ("status", "alasan_kembali", "diputus_pada", *_JEJAK),
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
    _record(
        formulir,
        "kinerja.formulir.reopen",
        pemeriksa,
        _JEJAK,
        putaran=formulir.putaran,
        alasan=alasan.strip(),
    )
    return formulir


def _require_alasan(alasan: str) -> None:
    if not alasan:
        raise IsianTidakSah(
            _("Tuliskan apa yang harus diperbaiki. Pengembalian wajib disertai alasan.")
        )


def _lock(
    formulir_ids: Sequence[int], p: Pemeriksa, *, orang_lain: bool = True
) -> list[FormulirCapaian]:
    return lock_diajukan(
        formulir_ids, aktor=p.aktor, sebagai=p.sebagai, now=p.now, orang_lain=orang_lain
    )


def _mark(c: Capaian, baris: TandaBaris, aktor: Pengguna) -> bool:
    """Put the verdict on the row; whether that changed anything. No verdict keeps an old note."""
    catatan = c.catatan_pemeriksa if baris.tanda is Tanda.BELUM else baris.catatan
    if (c.periksa, c.catatan_pemeriksa) == (baris.tanda, catatan):
        return False
    c.periksa, c.catatan_pemeriksa, c.diperiksa_oleh = baris.tanda, catatan, aktor
    return True


def _record(
    formulir: FormulirCapaian, aksi: str, p: Pemeriksa, kolom: Sequence[str], **data: Any
) -> None:
    record_jejak(formulir, aksi=aksi, aktor=p.aktor, now=p.now, sebagai=p.sebagai, **data)
    formulir.save(update_fields=list(kolom))
