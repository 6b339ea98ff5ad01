"""Who else acts on the step of a turn, and who gets it next inside the step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from laporan.models import Tugas
from laporan.selectors.draf import Penerima
from organisasi.selectors import list_pemegang


@dataclass(frozen=True)
class Rekan:
    """Other turns of the same visit.

    bersama: joint actors of the step, units apart; berikut: who takes over inside the step.
    """

    bersama: list[Tugas]
    berikut: list[Tugas]

    @property
    def belum(self) -> list[Tugas]:
        """Joint actors who have not acted yet."""
        return [t for t in self.bersama if t.status in Tugas.DI_MEJA]


def get_rekan(tugas: Tugas, semua: Sequence[Tugas]) -> Rekan:
    """Others on the step of this turn. No query."""
    lain = [t for t in semua if t.pk != tugas.pk]
    menunggu = sorted({t.urutan for t in lain if t.status == Tugas.Status.MENUNGGU})
    return Rekan(
        [t for t in lain if t.urutan == tugas.urutan and t.unit_id is None],
        [t for t in lain if menunggu and t.urutan == menunggu[0]],
    )


def get_penerima_dekat(rekan: Rekan, akhir: Penerima, *, kini: datetime) -> Penerima:
    """Who has the report after this turn: a peer, the next inside the step, or the next step.

    At most one query. akhir: receiver once the whole step is done.
    """
    if rekan.belum:
        return Penerima(None, [], ", ".join(str(t.jabatan) for t in rekan.belum))
    if not rekan.berikut:
        return akhir
    jabatan = {t.jabatan_id: str(t.jabatan) for t in rekan.berikut}
    orang = list_pemegang(jabatan_ids=[*jabatan], pada=kini)
    return Penerima(akhir.langkah, orang, ", ".join(jabatan.values()), is_dalam=True)


def get_pengembali(tugas: Tugas) -> Tugas | None:
    """The turn that sent this one back: of its own unit, where each unit was judged by itself."""
    pengirim = tugas.kunjungan.pengirim
    if pengirim is None or pengirim.hasil != "tidak":
        return None
    if tugas.unit_id is None or pengirim.unit_id in (None, tugas.unit_id):
        return pengirim
    sendiri = Tugas.objects.filter(
        kunjungan=pengirim.kunjungan_id, unit=tugas.unit_id, status=Tugas.Status.DIKEMBALIKAN
    )
    return sendiri.first() or pengirim
