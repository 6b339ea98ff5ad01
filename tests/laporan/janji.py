"""An office whose SOP makes a Perjanjian Kinerja, and walking it to the signature."""

from dataclasses import dataclass
from datetime import datetime

from kinerja.models import Indikator
from kinerja.rules.perjanjian import Pihak
from laporan.models import Draf, Tugas
from laporan.services.perjanjian import IsianPerjanjian, start_perjanjian
from organisasi.models import Pengguna
from sop.models import SOP
from tests.factories.perjanjian import make_rencana
from tests.laporan.meja_tanda import minta, run_semua
from tests.laporan.rute import BIDANG, Baris, Kantor, aktif, nomor_kini, satu

BUPATI = Pihak("Hj. Ikfina Contoh", "Bupati Contoh")
PK: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "susun", satu("perencana"), None),
    (3, "proses", "kumpul", [("staf", 1, BIDANG)], None),
    (4, "keputusan", "koreksi", satu("sekretaris"), 2),
    (5, "akhir", "tanda_tangan", satu("kepala"), None),
]
PK_BIDANG: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "akhir", "tanda_tangan", [("kabid", 1, BIDANG), ("kepala", 2, ())], None),
]


@dataclass
class KantorJanji:
    """The office, and the indikator it promises."""

    kantor: Kantor
    indikator: Indikator

    @property
    def pemulai(self) -> Pengguna:
        """Who does the first step."""
        awal = self.kantor.versi.langkah.order_by("nomor")[0]
        return self.kantor.orang[awal.pelaksana.get().jabatan_id]

    def start(self, now: datetime, **isi: object) -> Draf:
        """Begin the agreement of 2026."""
        bawaan: dict[str, object] = {"tahun": 2026, "kedua": BUPATI}
        isian = IsianPerjanjian(**{**bawaan, **isi})  # type: ignore[arg-type]  # test shorthand
        return start_perjanjian(versi=self.kantor.versi, isian=isian, aktor=self.pemulai, now=now)

    def until(self, draf: Draf, nomor: int, now: datetime) -> Draf:
        """Walk to step `nomor`."""
        while nomor_kini(draf) != nomor:
            draf = self.kantor.work_all(draf, now)
        return draf

    def sign(self, draf: Draf) -> Draf:
        """Everybody whose turn it is signs, one after the other."""
        run_semua(draf)
        while tugas := aktif(draf):
            self._sign_one(tugas[0])
            run_semua(draf)
        draf.refresh_from_db()
        return draf

    def _sign_one(self, tugas: Tugas) -> None:
        minta(self.kantor, tugas)

    def make(self, now: datetime, **isi: object) -> Draf:
        """A signed agreement."""
        return self.sign(self.until(self.start(now, **isi), 5, now))


def prepare_janji(kantor: Kantor) -> KantorJanji:
    """Give an office a plan and say what its SOP makes."""
    SOP.objects.filter(pk=kantor.versi.sop_id).update(menghasilkan="perjanjian_kinerja")
    kantor.versi.sop.refresh_from_db()
    return KantorJanji(kantor, make_rencana(kantor.unit["B1"]))
