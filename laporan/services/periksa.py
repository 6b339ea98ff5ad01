"""Judging figures at a verifying turn: the turn's lock first, then the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.rules.pemeriksaan import TandaBaris
from kinerja.services.tanda import HasilPeriksa, Pemeriksa, accept_sisanya, save_pemeriksaan
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.giliran import require_orang_lain, take_giliran
from organisasi.models import Pengguna
from sakip.common.errors import TransisiDitolak


@dataclass(frozen=True)
class _Meja:
    """A verifying turn under its lock: who examines, and the forms it is about."""

    pemeriksa: Pemeriksa
    formulir: list[int]


@transaction.atomic
def examine_capaian(
    *, tugas_id: int, tanda: Mapping[int, TandaBaris], aktor: Pengguna, now: datetime
) -> HasilPeriksa:
    """Keep verdicts on rows of this turn's forms; rows of others are ignored.

    Raises:
        TransisiDitolak: the turn is over or does not verify, or the draft is halted (409).
        AksesDitolak: the turn is somebody else's, or a form is the person's own work (403).
    """
    meja = _take_meja(tugas_id, aktor, now)
    return save_pemeriksaan(formulir_ids=meja.formulir, tanda=tanda, pemeriksa=meja.pemeriksa)


@transaction.atomic
def accept_unit(
    *, tugas_id: int, formulir_id: int, dilihat: Mapping[int, int], aktor: Pengguna, now: datetime
) -> tuple[int, list[tuple[str, str]]]:
    """Find the rest of one unit right, as `accept_sisanya` does it. Raises as `examine_capaian`;
    a form that is not of this turn waits for nobody here (409).
    """
    meja = _take_meja(tugas_id, aktor, now)
    if formulir_id not in meja.formulir:
        raise TransisiDitolak(_("Capaian ini tidak diperiksa pada langkah ini."))
    return accept_sisanya(formulir_id=formulir_id, dilihat=dilihat, pemeriksa=meja.pemeriksa)


def _take_meja(tugas_id: int, aktor: Pengguna, now: datetime) -> _Meja:
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    langkah = giliran.langkah
    if TINDAKAN[langkah.tindakan].halaman != Halaman.VERIFIKASI:
        raise TransisiDitolak(_("Langkah ini tidak memeriksa capaian."))
    require_orang_lain(giliran.draf, aktor, langkah.beda_orang_dari)
    formulir = list_formulir_draf(giliran.draf, unit_id=giliran.tugas.unit_id)
    return _Meja(Pemeriksa(aktor, giliran.sebagai, now), [f.pk for f in formulir])
