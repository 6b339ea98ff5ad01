"""Made-up offices with their people, as many as a measurement or a show needs.

Nobody can sign in to such an account before somebody gives it a password, and its address is one
that no mail reaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan, UnitKerja

AWALAN = "opd-buatan-"
UNIT = 5
_PIMPINAN = (
    ("kepala", "Kepala Dinas", Jabatan.Tingkat.KEPALA),
    ("sekretaris", "Sekretaris", Jabatan.Tingkat.SEKRETARIS),
    ("perencana", "Perencana", Jabatan.Tingkat.PERENCANA),
    ("pengelola", "Admin SAKIP", Jabatan.Tingkat.PENGELOLA),
)
# One person for each post of the whole office, and one for each unit.
MIN_PENGGUNA = len(_PIMPINAN) + UNIT
_DEPAN = ("Adi", "Budi", "Citra", "Dewi", "Eka", "Fajar", "Gita", "Hadi", "Indah", "Joko")
_BELAKANG = ("Kurnia", "Lestari", "Maulana", "Nugroho", "Oktavia", "Pratama", "Rahayu", "Saputra")


@dataclass(frozen=True)
class KantorBuatan:
    """An office that was made. pengisi: by unit id who fills in its figures."""

    instansi: Instansi
    pengisi: Mapping[int, Penugasan]
    pemeriksa: Penugasan


def next_nomor() -> int:
    """The number of the next office to make, from 1."""
    kode = Instansi.objects.filter(kode__startswith=AWALAN).values_list("kode", flat=True)
    return max((int(k.removeprefix(AWALAN)) for k in kode), default=0) + 1


@transaction.atomic
def make_kantor(
    nomor: int, *, pengguna: int, pemerintah: str, mulai: datetime, acak: Random
) -> KantorBuatan:
    """One office with its units, posts and people, all in office since `mulai`.

    pengguna: how many people, at least MIN_PENGGUNA; who is not at the head works in a unit.
    """
    instansi = Instansi.objects.create(
        kode=f"{AWALAN}{nomor}",
        nama=f"Dinas Buatan {nomor}",
        nama_pendek=f"Dinas {nomor}",
        pemerintah=pemerintah,
        kota="Contoh",
    )
    unit = UnitKerja.objects.bulk_create(
        UnitKerja(instansi=instansi, kode=f"B{n}", nama=f"Bidang {n}", jenis="bidang", urutan=n)
        for n in range(1, UNIT + 1)
    )
    kepala = [Jabatan(instansi=instansi, kode=k, nama=n, tingkat=t) for k, n, t in _PIMPINAN]
    kabid = Jabatan(
        instansi=instansi, kode="kabid", nama="Kepala Bidang", tingkat=Jabatan.Tingkat.BIDANG
    )
    staf = Jabatan(instansi=instansi, kode="staf", nama="Staf", tingkat=Jabatan.Tingkat.STAF)
    Jabatan.objects.bulk_create([*kepala, kabid, staf])
    orang = iter(_make_pengguna(nomor, pengguna, acak))
    mandat = [Penugasan(pengguna=next(orang), jabatan=j, mulai=mulai) for j in kepala]
    bidang = [
        Penugasan(
            pengguna=o, jabatan=staf if n >= UNIT else kabid, unit=unit[n % UNIT], mulai=mulai
        )
        for n, o in enumerate(orang)
    ]
    Penugasan.objects.bulk_create([*mandat, *bidang])
    pengisi = {p.unit_id: p for p in bidang if p.unit_id is not None}
    return KantorBuatan(instansi, pengisi, mandat[2])


def _make_pengguna(nomor: int, banyak: int, acak: Random) -> list[Pengguna]:
    orang = []
    for n in range(banyak):
        nip = f"99{nomor:08d}{n:08d}"
        nama = f"{acak.choice(_DEPAN)} {acak.choice(_BELAKANG)}"
        baru = Pengguna(nip=nip, surel=f"{nip}@contoh.invalid", nama=nama)
        baru.set_unusable_password()
        orang.append(baru)
    return Pengguna.objects.bulk_create(orang)
