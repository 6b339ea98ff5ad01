"""Loading an office from its data file."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from organisasi.models import Instansi, Pengguna, Penugasan, UnitKerja
from organisasi.services.muat import load_instansi
from sakip.env import BASE_DIR

pytestmark = pytest.mark.django_db
BERKAS = BASE_DIR / "organisasi/data/dinkes-mojokerto.yaml"


def test_demo_office_loads_and_loads_again_without_doubling() -> None:
    for _ in range(2):
        call_command("muat_organisasi", BERKAS, sandi="padi-kebun-laut-bukit-123", verbosity=0)
    instansi = Instansi.objects.get()
    assert UnitKerja.objects.filter(instansi=instansi).count() == 5
    assert Pengguna.objects.count() == 9
    assert Penugasan.objects.count() == 10
    assert instansi.jejak_urut == 2
    assert Pengguna.objects.first().check_password("padi-kebun-laut-bukit-123")  # type: ignore[union-attr]


def test_known_people_keep_their_password_and_new_ones_may_have_none(now: datetime) -> None:
    data = yaml.safe_load(BERKAS.read_text(encoding="utf-8"))
    load_instansi(data, sandi=None, now=now)
    orang = Pengguna.objects.get(nip="198604102010012003")
    assert not orang.has_usable_password()
    orang.set_password("punya-sendiri-1")
    orang.save()
    load_instansi(data, sandi="lain", now=now)
    assert Pengguna.objects.get(pk=orang.pk).check_password("punya-sendiri-1")


def test_tree_of_units_and_end_of_mandates_are_read(now: datetime) -> None:
    data = yaml.safe_load(BERKAS.read_text(encoding="utf-8"))
    data["unit"].append({"kode": "S1", "nama": "Seksi A", "jenis": "seksi", "induk": "P2P"})
    data["orang"][0]["penugasan"][0]["selesai"] = now.date()
    load_instansi(data, sandi=None, now=now)
    assert UnitKerja.objects.get(kode="S1").induk == UnitKerja.objects.get(kode="P2P")
    kepala = Penugasan.objects.get(jabatan__kode="kepala_dinas")
    assert kepala.selesai is not None


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [("instansi: {kode: x}\n", "unit"), ("[: tidak yaml", "tidak dapat dibaca")],
)
def test_broken_file_is_refused_whole(tmp_path: Path, isi: str, pesan: str) -> None:
    berkas = tmp_path / "rusak.yaml"
    berkas.write_text(isi, encoding="utf-8")
    with pytest.raises(CommandError, match=pesan):
        call_command("muat_organisasi", berkas)
    assert not Instansi.objects.exists()


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.yaml"):
        call_command("muat_organisasi", tmp_path / "tidak-ada.yaml")
