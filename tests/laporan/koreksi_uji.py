"""A draft before its corrector, and what tests of correcting do over and over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from laporan.models import BabNaskah, CatatanKoreksi, Draf, Tugas, VersiNaskah
from laporan.rules.usul import kata_polos
from laporan.services.koreksi import IsianCatatan, add_catatan
from laporan.services.naskah import IsianBab, save_bab
from organisasi.models import Pengguna
from sakip.common.blok import Blok, split_blok
from tests.laporan.meja_tanda import TANDA_SATU, holder
from tests.laporan.rute import Kantor, aktif, make_kantor

TEKS = "<p>Capaian mencapai 86,1 persen dari target.</p><p>Kendala ada di <em>vaksin</em>.</p>"


@dataclass
class MejaKoreksi:
    """The office, the draft, and who writes, examines and signs it."""

    kantor: Kantor
    draf: Draf
    now: datetime

    @property
    def penulis(self) -> Pengguna:
        """Who writes."""
        return holder(self.kantor, "perencana")

    @property
    def pemeriksa(self) -> Pengguna:
        """Who examines."""
        return holder(self.kantor, "sekretaris")

    @property
    def kepala(self) -> Pengguna:
        """Who signs."""
        return holder(self.kantor, "kepala")

    @property
    def bab(self) -> BabNaskah:
        """The first part as it stands on the writer's desk."""
        return BabNaskah.objects.get(draf=self.draf, urutan=1)

    @property
    def versi(self) -> VersiNaskah:
        """The newest version."""
        return self.draf.versi_naskah.order_by("-nomor")[0]

    def blok(self, ke: int = 0) -> Blok:
        """A block of the first part, as the writer has it."""
        return split_blok(self.bab.isi)[ke]

    def write(self, teks: str) -> None:
        """The writer changes the first part."""
        isian = IsianBab(teks, self.bab.versi)
        save_bab(bab_id=self.bab.pk, isian=isian, aktor=self.penulis, now=self.now)

    def work(self, hasil: str = "", **lain: object) -> Draf:
        """Finish the open turn."""
        (tugas,) = aktif(self.draf)
        self.draf = self.kantor.work(tugas, self.now, hasil, **lain)
        return self.draf

    def note(
        self, ke: int | None = 0, *, aktor: Pengguna | None = None, **isi: Any
    ) -> CatatanKoreksi:
        """The examiner, or somebody else, notes something on a block of the first part."""
        bawaan: dict[str, Any] = {
            "nomor": self.versi.nomor,
            "bab": self.bab.kode,
            "blok": "" if ke is None else self.blok(ke).kode,
            "isi": "Samakan dengan lampiran.",
        }
        isian = IsianCatatan(**{**bawaan, **isi})
        return add_catatan(
            draf_id=self.draf.pk, isian=isian, aktor=aktor or self.pemeriksa, now=self.now
        )

    @property
    def pengirim(self) -> Tugas:
        """The turn that sent the text where it is now."""
        pengirim = aktif(self.draf)[0].kunjungan.pengirim
        assert pengirim
        return pengirim

    @property
    def kata(self) -> list[str]:
        """Words of each block, as the writer has them."""
        return [kata_polos(b.isi) for b in split_blok(self.bab.isi)]


def make_meja(now: datetime) -> MejaKoreksi:
    """A text of two paragraphs on the examiner's desk."""
    kantor = make_kantor(TANDA_SATU, now)
    meja = MejaKoreksi(kantor, kantor.start(now), now)
    meja.write(TEKS)
    meja.work()
    return meja
