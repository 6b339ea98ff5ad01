"""A handler of effects that does what a test tells it."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from laporan.models import Draf, Efek
from laporan.services.efek import (
    Kerja,
    Pengolah,
    run_efek,
)


def make_efek(draf: Draf, kunci: str = "uji:1", **isi: object) -> Efek:
    """An effect in the queue, or as far as `isi` says."""
    bawaan: dict[str, object] = {
        "kunjungan": draf.kunjungan.get(),
        "jenis": Efek.Jenis.BEKUKAN,
        "kunci": kunci,
        "dibuat_pada": timezone.now(),
    }
    return Efek.objects.create(draf=draf, **{**bawaan, **isi})


class Tukang:
    """A handler that notes its calls, does what it is told, and commits."""

    def __init__(self, laku: Callable[[Kerja], None] = lambda _kerja: None) -> None:
        self.dikerjakan: list[int] = []
        self.dibatalkan: list[int] = []
        self.tersimpan: list[int] = []
        self._laku = laku

    def kerjakan(self, kerja: Kerja) -> None:
        self.dikerjakan.append(kerja.efek.pk)
        self._laku(kerja)
        with kerja.commit():
            self.tersimpan.append(kerja.efek.pk)

    def run(self, efek: Efek, jam: Callable[[], datetime] = timezone.now) -> Efek:
        """Let it do the effect; the row as it is afterwards."""
        cara = Pengolah(self.kerjakan, lambda e, _draf, _now: self.dibatalkan.append(e.pk))
        run_efek(efek.pk, pengolah={efek.jenis: cara}, jam=jam)
        return Efek.objects.get(pk=efek.pk)


def fail(galat: BaseException) -> Callable[[Kerja], None]:
    """A handler's work that ends in that exception."""

    def laku(_kerja: Kerja) -> None:
        raise galat

    return laku
