"""Reading by name: the list of reports and one report among 1,000 and 1,000,000 grants (P2, P3).

20,000 reports of 50 offices; the person who looks leads one of them and was given 20 of the others.
Target: the same number of queries, the list at a million grants <= 1.3x that at a thousand, and the
page with its checks <= 1.10x the same page that looks at the own office only. Run by script/bench.
"""

from tests.bench._basis import Ukuran, basis_data, cetak, siapkan

siapkan()

from collections.abc import Sequence
from datetime import UTC, datetime
from unittest.mock import patch

from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from laporan.models import Draf, DrafUserPermission, IzinBaca
from laporan.selectors import draf as selectors
from organisasi.models import Pengguna, Penugasan
from tests.bench._laporan import fill_laporan
from tests.factories.organisasi import InstansiFactory
from tests.laporan.rute import DINKES, make_kantor

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
KANTOR, PER_KANTOR, ORANG, MILIK = 50, 400, 2_000, 20
TINGKATAN = (1_000, 1_000_000)
PUTARAN = 15
_LANGKAH = KANTOR * PER_KANTOR * ORANG // TINGKATAN[-1]

_HAK = (
    "INSERT INTO laporan_drafuserpermission (user_id, permission_id, content_object_id) "
    "WITH RECURSIVE n(i) AS (SELECT %s UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
    "SELECT %s + i %% %s, %s, %s + i / %s * %s + i %% %s FROM n"
)
_IZIN = (
    "INSERT INTO laporan_izinbaca (draf_id, pembaca_id, hak_id, mulai, selesai, alasan, "
    "diberi_oleh_id, diberi_sebagai, diberi_pada) "
    "SELECT content_object_id, user_id, id, %s, %s, 'Uji', user_id, 'Kepala', %s "
    "FROM laporan_drafuserpermission h "
    "WHERE NOT EXISTS (SELECT 1 FROM laporan_izinbaca z WHERE z.hak_id = h.id)"
)


def fill_draf(contoh: Draf) -> int:
    """The reports, each office's after another; the id of the first."""
    lain = [InstansiFactory.create() for _ in range(KANTOR - 1)]
    kantor = [contoh.instansi, *lain]
    fill_laporan(
        contoh,
        range(KANTOR * PER_KANTOR),
        instansi=lambda n: kantor[n // PER_KANTOR],
        dibuat_pada=MULAI,
    )
    return Draf.objects.filter(judul="Laporan 0").get().pk


def fill_orang() -> int:
    """The other readers, who never sign in; the id of the first."""
    Pengguna.objects.bulk_create(
        Pengguna(nip=f"8{n:017d}", surel=f"{n}@ukur.go.id", nama=f"Pembaca {n}", password="!")
        for n in range(ORANG)
    )
    return Pengguna.objects.get(nip=f"8{0:017d}").pk


def fill_izin(dari: int, sampai: int, orang: int, draf: int) -> None:
    """Grants number `dari` to `sampai` of the others, each person's on other reports."""
    hak = Permission.objects.get(codename=Draf.HAK_BACA).pk
    with connection.cursor() as kursor:
        if connection.vendor == "postgresql":  # what a request may not take, a million rows do
            kursor.execute("SET statement_timeout TO 0")
        letak = (draf, ORANG, _LANGKAH, _LANGKAH)
        kursor.execute(_HAK, [dari, sampai - 1, orang, ORANG, hak, *letak])
        kursor.execute(_IZIN, [MULAI, datetime(2099, 1, 1, tzinfo=UTC), MULAI])
        kursor.execute("ANALYZE")  # what the database does by itself within a minute


def give_milik(orang: Pengguna, draf: int) -> int:
    """The grants of the person who looks; a report that he may read by one."""
    asing = Draf.objects.filter(pk__gte=draf).exclude(instansi__jabatan__penugasan__pengguna=orang)
    for d in asing.order_by("pk")[:: PER_KANTOR * 2][:MILIK]:
        IzinBaca.objects.create(
            draf=d,
            pembaca=orang,
            hak=DrafUserPermission.objects.assign_perm(Draf.HAK_BACA, orang, d),
            mulai=MULAI,
            selesai=datetime(2099, 1, 1, tzinfo=UTC),
            alasan="Uji",
            diberi_oleh=orang,
            diberi_sebagai="Kepala",
            diberi_pada=MULAI,
        )
    return d.pk


def own_draf(_pengguna: Pengguna, penugasan: Sequence[Penugasan]) -> QuerySet[Draf]:
    """The page without its checks: the own office, no grants."""
    return Draf.objects.filter(instansi__in={p.jabatan.instansi_id for p in penugasan})


def measure(klien: Client, banyak: int, satu: int, dasar: list[Ukuran]) -> list[Ukuran]:
    """List with and without checks, and one report read by name, in turns."""
    daftar = reverse("laporan:list-draf")
    ukuran = [
        Ukuran(f"{n}, {banyak} izin") for n in ("daftar tanpa izin", "daftar", "satu laporan")
    ]
    for _ in range(PUTARAN):
        with patch.object(selectors, "visible_draf", own_draf):
            ukuran[0].ukur(lambda: klien.get(daftar))
        ukuran[1].ukur(lambda: klien.get(daftar))
        ukuran[2].ukur(lambda: klien.get(reverse("laporan:view-riwayat", args=[satu])))
    cetak(ukuran[0].baris(), ukuran[1].baris(ukuran[0]), ukuran[2].baris())
    for lama, baru in zip(dasar, ukuran, strict=False):
        cetak(f"  dibanding 1.000: {baru.nama:<26} {baru.median_ms / lama.median_ms:5.2f}x")
    return ukuran


def main() -> None:
    """Print each page's cost at both sizes."""
    with basis_data(), override_settings(ALLOWED_HOSTS=["testserver"]):
        kantor = make_kantor(DINKES, MULAI)
        contoh = kantor.start(MULAI)
        kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
        draf, orang = fill_draf(contoh), fill_orang()
        satu, ada, dasar = give_milik(kepala, draf), 0, list[Ukuran]()
        klien = Client()
        klien.force_login(kepala)
        assert klien.get(reverse("laporan:view-riwayat", args=[satu])).status_code == 200
        for banyak in TINGKATAN:
            fill_izin(ada, banyak - MILIK, orang, draf)
            ada = banyak - MILIK
            assert IzinBaca.objects.berlaku(timezone.now()).count() == banyak
            dasar = measure(klien, banyak, satu, dasar)


if __name__ == "__main__":
    main()
