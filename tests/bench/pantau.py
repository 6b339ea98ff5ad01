"""Monitoring of one SOP with 1,000 and 10,000 closed turns in a year.

Target: constant query count, time growing no faster than the turns. Run by script/bench.
"""

from tests.bench._basis import Ukuran, basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime, timedelta

from laporan.models import Draf, Kunjungan, Tugas
from laporan.rules.rentang import read_rentang
from laporan.selectors.pantau import get_pantau
from laporan.selectors.pemegang import list_di_meja
from laporan.selectors.versi import compare_versi
from organisasi.models import Penugasan
from sop.models import VersiSOP
from tests.bench._laporan import fill_laporan
from tests.laporan.rute import DINKES, Kantor, make_kantor

MULAI = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
TINGKATAN = (1_000, 10_000)
PUTARAN = 7


def fill(kantor: Kantor, sampai: int) -> None:
    """Bring the number of closed turns to `sampai`: finished reports of one turn per step."""
    langkah = list(kantor.versi.langkah.order_by("nomor").prefetch_related("pelaksana"))
    mandat = Penugasan.objects.filter(jabatan__instansi=kantor.instansi).first()
    assert mandat is not None
    ada, baru = Draf.objects.count(), sampai // len(langkah)
    contoh = Draf(
        instansi=kantor.instansi,
        sop=kantor.versi.sop,
        versi=kantor.versi,
        dibuat_oleh=mandat.pengguna,
    )
    draf = fill_laporan(
        contoh,
        range(ada, baru),
        status="selesai",
        meja="usai",
        dibuat_pada=lambda n: MULAI + timedelta(hours=n),
        selesai_pada=lambda n: MULAI + timedelta(hours=n, days=12),
    )
    kunjungan = Kunjungan.objects.bulk_create(
        Kunjungan(
            draf=d,
            langkah=s,
            iterasi=1,
            masuk=d.dibuat_pada + timedelta(days=n),
            keluar=d.dibuat_pada + timedelta(days=n + 1),
            hasil="lanjut",
        )
        for d in draf
        for n, s in enumerate(langkah)
    )
    Tugas.objects.bulk_create(
        (
            Tugas(
                draf=k.draf,
                kunjungan=k,
                pelaksana=k.langkah.pelaksana.all()[0],
                jabatan=k.langkah.pelaksana.all()[0].jabatan,
                status="selesai",
                hasil="lanjut",
                aktif_pada=k.masuk,
                tenggat=k.masuk + timedelta(hours=n % 40),
                pada=k.keluar,
                oleh=mandat.pengguna,
                sebagai=mandat,
            )
            for n, k in enumerate(kunjungan)
        ),
        batch_size=2000,
    )


def main() -> None:
    """Print the cost of the page at each size, as ratio to the smallest."""
    with basis_data():
        kantor = make_kantor(DINKES, MULAI)
        dasar: Ukuran | None = None
        for banyak in TINGKATAN:
            fill(kantor, banyak)
            versi = VersiSOP.objects.select_related("sop__instansi").get(pk=kantor.versi.pk)
            ukuran = Ukuran(f"pemantauan, {Tugas.objects.count()} giliran")
            for _ in range(PUTARAN):
                ukuran.ukur(
                    lambda v=versi: (  # type: ignore[misc]
                        get_pantau(v, read_rentang("2026")).grafik,
                        list_di_meja(v.sop, kini=MULAI, bernama=True),
                        compare_versi(v.sop),
                    )
                )
            dasar = dasar or ukuran
            cetak(ukuran.baris(dasar))


if __name__ == "__main__":
    main()
