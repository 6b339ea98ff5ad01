"""The inbox with 100, 10,000 and 100,000 open turns in the office's tables.

Target: constant query count, time within 1.5x from smallest to largest. Run by script/bench.
"""

from tests.bench._basis import Ukuran, basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.db import connection
from django.utils.functional import cached_property

from laporan.models import Draf, Kunjungan, Tugas
from laporan.selectors.meja import count_tugas, get_meja_kerja
from organisasi.middleware import Pelaku
from organisasi.selectors import list_penugasan_for
from tests.bench._laporan import fill_laporan
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
TINGKATAN = (100, 10_000, 100_000)
PUTARAN = 15


def fill(kantor: Kantor, contoh: Draf, sampai: int) -> None:
    """Bring the number of open turns to `sampai`, spread over many posts, by copying one draft."""
    tugas = aktif(contoh)[0]
    ada = Tugas.objects.count()
    draf = fill_laporan(contoh, range(ada, sampai))
    kunjungan = [
        Kunjungan(draf=d, langkah=tugas.kunjungan.langkah, iterasi=1, masuk=MULAI) for d in draf
    ]
    Kunjungan.objects.bulk_create(kunjungan, batch_size=2000)
    jabatan = list(kantor.instansi.jabatan.all())
    Tugas.objects.bulk_create(
        (
            Tugas(
                draf=k.draf,
                kunjungan=k,
                pelaksana=tugas.pelaksana,
                # Nine of ten lie with other posts: an inbox is a small part of the office's work.
                jabatan=jabatan[n % len(jabatan)] if n % 10 else tugas.jabatan,
                status="aktif",
                aktif_pada=MULAI,
                tenggat=MULAI + timedelta(minutes=n % 90_000),
            )
            for n, k in enumerate(kunjungan)
        ),
        batch_size=2000,
    )


class Orang(Pelaku):
    """A person outside of a request."""

    def __init__(self, pengguna: object) -> None:
        self.pengguna = pengguna  # type: ignore[assignment]
        self._request = SimpleNamespace(session={})  # type: ignore[assignment]

    semua = cached_property(lambda self: list_penugasan_for(self.pengguna, pada=MULAI))


def main() -> None:
    """Print the inbox's cost at each size, as ratio to the smallest."""
    with basis_data():
        kantor = make_kantor(DINKES, MULAI)
        contoh = kantor.start(MULAI)
        pengguna = PenggunaFactory()
        PenugasanFactory(pengguna=pengguna, jabatan=aktif(contoh)[0].jabatan)
        dasar: Ukuran | None = None
        for banyak in TINGKATAN:
            fill(kantor, contoh, banyak)
            with connection.cursor() as kursor:
                kursor.execute("ANALYZE")  # what the database does by itself within a minute
            ukuran = Ukuran(f"kotak masuk, {banyak} tugas")
            for _ in range(PUTARAN):
                orang = Orang(pengguna)
                ukuran.ukur(lambda o=orang: (get_meja_kerja(o, kini=MULAI), count_tugas(o)))  # type: ignore[misc]
            dasar = dasar or ukuran
            cetak(ukuran.baris(dasar))


if __name__ == "__main__":
    main()
