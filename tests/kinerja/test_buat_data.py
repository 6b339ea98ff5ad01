"""Made-up data is valid, the same for the same seed, and kept away from real offices."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from kinerja.models import Capaian, FormulirCapaian, Indikator
from kinerja.services.ringkasan import check_ringkasan
from organisasi.models import Instansi, Pengguna, Penugasan
from tests.factories.organisasi import InstansiFactory

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
KECIL = {"opd": 2, "pengguna": 10, "indikator": 7, "triwulan": 3}


def buat(**lain: object) -> str:
    """Run the command with little of everything."""
    keluar = StringIO()
    call_command("buat_data", stdout=keluar, **(KECIL | lain))
    return keluar.getvalue()


def list_angka() -> list[object]:
    """Every figure and every name, in order."""
    capaian = Capaian.objects.order_by("pk").values_list("target_nilai", "realisasi")
    return [*capaian, *Pengguna.objects.order_by("pk").values_list("nip", "nama")]


def test_what_it_says_is_there_verified_with_its_sums_kept() -> None:
    keluaran = buat()
    assert keluaran.startswith("2 kantor, 20 pengguna, 14 indikator, 42 capaian dalam 3 triwulan")
    assert (Instansi.objects.count(), Pengguna.objects.count()) == (2, 20)
    assert (Indikator.objects.count(), Capaian.objects.count()) == (14, 42)
    assert set(FormulirCapaian.objects.values_list("status", flat=True)) == {"diverifikasi"}
    hasil = check_ringkasan()
    assert (hasil.diperiksa, hasil.ditulis, hasil.beda) == (30, 0, [])
    c = Capaian.objects.select_related("indikator", "formulir").first()
    assert c is not None
    assert c.hasil.persen is not None
    assert (c.nama, c.is_terkunci) == (c.indikator.nama, True)
    assert c.diisi_oleh_id == c.formulir.diajukan_oleh_id != c.diperiksa_oleh_id
    orang = Penugasan.objects.filter(jabatan__tingkat="staf").select_related("pengguna")
    assert orang.count() == 2  # nine of each office stand at a head
    assert not orang[0].pengguna.has_usable_password()
    for tiap in (*Indikator.objects.all(), *Pengguna.objects.all()):
        tiap.full_clean(exclude=["password"])


def test_a_seed_decides_every_figure() -> None:
    hasil = []
    for benih in (1, 1, 2):
        with transaction.atomic():
            buat(opd=1, benih=benih)
            hasil.append(list_angka())
            transaction.set_rollback(True)
    assert hasil[0] == hasil[1] != hasil[2]


def test_more_can_be_added_where_that_is_meant() -> None:
    buat(opd=1)
    with pytest.raises(CommandError, match="sudah berisi kantor"):
        buat(opd=1)
    buat(tambah=True)
    kode = [f"opd-buatan-{n}" for n in (1, 2, 3)]
    assert list(Instansi.objects.order_by("pk").values_list("kode", flat=True)) == kode


@pytest.mark.parametrize(
    ("ruas", "nilai"),
    [("pengguna", 8), ("opd", 0), ("triwulan", 41)],
    ids=["orang", "kantor", "tw"],
)
def test_sizes_out_of_reach_are_refused(ruas: str, nilai: int) -> None:
    with pytest.raises(CommandError, match=f"--{ruas} antara"):
        buat(**{ruas: nilai})


def test_a_real_office_is_left_alone() -> None:
    InstansiFactory()
    with pytest.raises(CommandError, match="data sungguhan"):
        buat()
    assert Instansi.objects.count() == 1
