"""Two versions of an SOP side by side, ready for the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from sop.models import VersiSOP
from sop.models.sebutan import name_kolom
from sop.rules.beda import BedaLangkah, Perubahan, compare_graf
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import list_berubah_identitas
from sop.rules.kata import diff_kata
from sop.selectors.graf import read_graf, read_identitas
from sop.selectors.penyunting import isi_identitas, isi_sel

_UTAMA = ("kegiatan", "pelaksana", "kelengkapan", "waktu", "output")
_BUKAN_ISI = ("catatan_sumber",)


@dataclass(frozen=True)
class SelBanding:
    """One cell. kata: pieces with SAMA, HILANG, TAMBAH; berubah: whether it differs."""

    nama: str
    kata: tuple[tuple[str, str], ...]
    berubah: bool


@dataclass(frozen=True)
class BarisBanding:
    """One step. nomor_lama, nomor_baru: 0 where it is not there."""

    perubahan: Perubahan
    nomor_lama: int
    nomor_baru: int
    sel: tuple[SelBanding, ...]


@dataclass(frozen=True)
class Banding:
    """The whole comparison."""

    identitas: tuple[SelBanding, ...]
    langkah: tuple[BarisBanding, ...]

    @property
    def hitung(self) -> dict[str, int]:
        """How many steps of each kind of change, unchanged ones left out."""
        jumlah: dict[str, int] = {}
        for b in self.langkah:
            if b.perubahan != Perubahan.TETAP:
                jumlah[b.perubahan.value] = jumlah.get(b.perubahan.value, 0) + 1
        return jumlah

    @property
    def is_sama(self) -> bool:
        """Whether nothing differs."""
        return not self.identitas and not self.hitung


def build_banding(lama: VersiSOP, baru: VersiSOP) -> Banding:
    """From `lama` to `baru`. Six queries."""
    i_lama, i_baru = read_identitas(lama), read_identitas(baru)
    graf = read_graf(lama.pk), read_graf(baru.pk)
    beda = [k for k in list_berubah_identitas(i_lama, i_baru) if k not in _BUKAN_ISI]
    return Banding(
        tuple(_sel(k, isi_identitas(i_lama, k), isi_identitas(i_baru, k)) for k in beda),
        tuple(_baris(b, *graf) for b in compare_graf(*graf)),
    )


def _sel(kolom: str, lama: str, baru: str) -> SelBanding:
    return SelBanding(name_kolom(kolom), tuple(diff_kata(lama, baru)), lama != baru)


def _baris(beda: BedaLangkah, lama: Graf, baru: Graf) -> BarisBanding:
    kolom = [k for k in beda.kolom if k not in _UTAMA]
    tampil: Sequence[str] = _UTAMA if beda.perubahan != Perubahan.TETAP else ("kegiatan",)
    return BarisBanding(
        beda.perubahan,
        beda.lama.nomor if beda.lama else 0,
        beda.baru.nomor if beda.baru else 0,
        tuple(
            _sel(k, _isi(beda.lama, k, lama), _isi(beda.baru, k, baru)) for k in (*tampil, *kolom)
        ),
    )


def _isi(s: SimpulLangkah | None, kolom: str, graf: Graf) -> str:
    return isi_sel(s, kolom, graf) if s else ""
