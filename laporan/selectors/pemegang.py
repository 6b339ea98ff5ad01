"""Who holds what, since when: the open turns of an SOP with the people at these desks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from laporan.models import Draf, Tugas
from laporan.selectors.meja import tempo_tugas
from laporan.selectors.waktu import list_jeda
from organisasi.models import Penugasan
from organisasi.selectors import get_kalender, list_pemegang
from sakip.common.waktu import Tempo
from sop.models import SOP

MAKS_BARIS = 50


@dataclass(frozen=True)
class DiMeja:
    """One open turn. nama: people who may do it, "" where names are not for the reader."""

    tugas: Tugas
    tempo: Tempo
    nama: str
    is_ditangguhkan: bool

    @property
    def di_meja(self) -> str:
        """Post and, where there is one, unit."""
        return f"{self.tugas.jabatan}{f' ({self.tugas.unit})' if self.tugas.unit else ''}"


def list_di_meja(sop: SOP, *, kini: datetime, bernama: bool) -> list[DiMeja]:
    """Open turns of all versions of an SOP, those waiting longest first, at most fifty.

    Five queries, four without names, one where nothing waits.
    """
    daftar = Tugas.objects.filter(
        draf__sop=sop, status__in=Tugas.DI_MEJA, draf__status__in=Draf.TERBUKA
    ).select_related("draf__instansi", "kunjungan__langkah", "jabatan", "unit")
    tugas = list(daftar.order_by("aktif_pada", "pk")[:MAKS_BARIS])
    if not tugas:
        return []
    sejak = min(t.aktif_pada or kini for t in tugas).date()
    kalender = get_kalender(tugas[0].draf.instansi, sekitar=kini.date(), sejak=sejak)
    henti = {pk: jeda[-1][0] for pk, jeda in list_jeda({t.draf_id for t in tugas}).items()}
    orang = list_pemegang(jabatan_ids=[t.jabatan_id for t in tugas], pada=kini) if bernama else []
    return [
        DiMeja(
            tugas=t,
            tempo=tempo_tugas(
                t,
                kini=kini,
                kalender=kalender,
                berhenti=henti[t.draf_id] if _is_henti(t) else None,
            ),
            nama=_name_pemegang(t, orang),
            is_ditangguhkan=_is_henti(t),
        )
        for t in tugas
    ]


def _is_henti(tugas: Tugas) -> bool:
    return bool(tugas.draf.status == Draf.Status.DITANGGUHKAN)


def _name_pemegang(tugas: Tugas, orang: Sequence[Penugasan]) -> str:
    nama = [p.pengguna.nama for p in orang if p.covers(tugas.jabatan_id, tugas.unit_id)]
    return ", ".join(dict.fromkeys(nama))
