"""Queries and milliseconds of one finished turn; constant in the number of drafts.

Target: at most 20 queries. Run by script/bench.
"""

from tests.bench._basis import Ukuran, basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime, timedelta
from functools import partial

from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
MAKS_KUERI = 20


def walk(kantor: Kantor, ke: int, ukuran: dict[str, Ukuran]) -> None:
    """Walk one draft to its end with one return, timing each turn by what it is."""
    draf = kantor.start(MULAI, periode_ke=ke)
    kembali = False
    kini = MULAI
    while draf.is_aktif:
        nomor = nomor_kini(draf)
        giliran = aktif(draf)
        for n, tugas in enumerate(giliran):
            kini += timedelta(minutes=1)
            tidak = nomor == 7 and not kembali
            kembali = kembali or tidak
            nama = "kembalikan" if tidak else "setujui" if nomor == 7 else "teruskan"
            if nomor == 5:
                nama = "teruskan (gabung)" if n == len(giliran) - 1 else "teruskan (sebar)"
            ukuran.setdefault(nama, Ukuran(nama)).ukur(
                partial(kantor.work, tugas, kini, "tidak" if tidak else "")
            )
        draf = type(draf).objects.get(pk=draf.pk)


def main() -> None:
    """Print the cost of each kind of turn with few and with many drafts in the tables."""
    with basis_data():
        sedikit: dict[str, Ukuran] = {}
        banyak: dict[str, Ukuran] = {}
        for _ in range(3):
            kantor = make_kantor(DINKES, MULAI)
            for ke in range(1, 5):
                walk(kantor, ke, sedikit)
        for _ in range(60):
            kantor = make_kantor(DINKES, MULAI)
            for ke in range(1, 5):
                kantor.start(MULAI, periode_ke=ke)
        for _ in range(3):
            kantor = make_kantor(DINKES, MULAI)
            for ke in range(1, 5):
                walk(kantor, ke, banyak)
        for nama, u in sedikit.items():
            cetak(u.baris(), "  dengan 240 draf lain:" + banyak[nama].baris(u)[22:])
        terbanyak = max(max(u.kueri) for u in (*sedikit.values(), *banyak.values()))
        cetak(f"paling banyak {terbanyak} kueri, sasaran {MAKS_KUERI}")


if __name__ == "__main__":
    main()
