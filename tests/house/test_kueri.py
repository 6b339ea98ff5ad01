"""How many queries each page costs: the same with many rows and grants as with few (goal P2).

Not counted: who asks (session, account, mandates) and what frames a request, as none of it is the
page's. `SAKIP_TULIS_KUERI=1 pytest tests/house/test_kueri.py` writes the table anew.
"""

import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.house.isi_negeri import fill_negeri
from tests.house.isian_matriks import make_isian
from tests.house.matriks import Baris, Penanya, list_baris, read_tabel
from tests.house.negeri import PERAN, Negeri
from tests.house.ramai import crowd, share

BERKAS = Path(__file__).with_name("kueri.txt")
PENGANTAR = """\
# Kueri tiap halaman (GET) bagi orang pertama yang boleh membukanya, selain sesi, akun, penugasan;
# sama banyak pada 20 baris dan 1.000 izin seperti pada sebaris. Ditulis oleh
# SAKIP_TULIS_KUERI=1 pytest tests/house/test_kueri.py; angka yang naik menggagalkan uji itu.
#"""
_RANGKA = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
Kueri = dict[tuple[str, str], int]


def list_get(semua: list[Baris]) -> list[tuple[Baris, str]]:
    """Pages of our own with the first person who gets them, the head before the others."""
    tabel, kolom = read_tabel(), list(PERAN)
    urut = ["kepala", *(k for k in kolom if k not in ("kepala", "tamu"))]
    pilih = []
    for b in semua:
        jawab = dict(zip(kolom, tabel.get(b.kunci, []), strict=False))
        siapa = next((k for k in urut if jawab.get(k) == "200"), None)
        if b.metode == "GET" and siapa and not b.nama.startswith(("admin:", "kinerja_api:")):
            pilih.append((b, siapa))
    return pilih


def count_kueri(klien: Client, alamat: str) -> int:
    """Queries of one request as it is answered in full, its frame left out."""
    with CaptureQueriesContext(connection) as terekam:
        jawab = klien.get(alamat)
        if jawab.streaming:
            jawab.getvalue()
    return sum(not k["sql"].startswith(_RANGKA) for k in terekam)


def write_tabel(kueri: Kueri) -> str:
    """The table as text, the dearest first."""
    urut = sorted(kueri.items(), key=lambda b: (-b[1], b[0]))
    return "\n".join([PENGANTAR, *(f"{n:>3}  {k[0]:<36} {k[1]}" for k, n in urut), ""])


def read_kueri() -> Kueri:
    """The table as it stands in the repository."""
    baris = (b.split() for b in BERKAS.read_text().splitlines() if b and b[0] != "#")
    return {(b[1], b[2]): int(b[0]) for b in baris}


@pytest.mark.usefixtures("sekali_siapa")
def test_a_page_costs_as_many_queries_with_many_rows_and_grants_as_with_few(
    negeri: Negeri,
) -> None:
    nilai = fill_negeri(negeri)
    penanya = Penanya(negeri, make_isian(negeri, nilai))
    halaman = list_get(list_baris(penanya, nilai))

    def ask() -> Kueri:
        return {
            (b.nama, b.keadaan or "-"): count_kueri(penanya.klien[siapa], b.alamat)
            for b, siapa in halaman
        }

    share(negeri, 0, 1)
    sepi = ask()  # also fills what the process keeps between requests
    crowd(negeri)
    ramai = ask()
    tumbuh = {k: (n, ramai[k]) for k, n in sepi.items() if ramai[k] > n}
    assert not tumbuh, "kueri bertambah bersama barisnya (sepi, ramai)"
    if os.environ.get("SAKIP_TULIS_KUERI"):
        BERKAS.write_text(write_tabel(ramai))
    lama = read_kueri()
    assert ramai.keys() == lama.keys(), "halaman berubah; tulis tabelnya, baca selisihnya"
    naik = {k: (lama[k], n) for k, n in ramai.items() if n > lama[k]}
    assert not naik, "kueri naik (tabel, sekarang)"
