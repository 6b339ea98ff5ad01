"""Personal data: whatever names a person stands in the inventory, and one person gets his own."""

import json
import re
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client

from laporan.management.pribadi import (
    BUKAN,
    PRIBADI,
    RAHASIA,
    RUANG,
    is_miliknya,
    write_inventaris,
)
from laporan.models import Rapat, Tugas
from organisasi.models import Pengguna, Saluran
from tests.house.sumber import AKAR
from tests.laporan.meja_tanda import TANDA_SATU
from tests.laporan.rute import aktif, make_kantor

_NAMA_ORANG = re.compile(
    r"(^|_)(nip|nik|ponsel|surel|pangkat|golongan|alamat|peramban|penerima|pimpinan|notulen|pereviu)$"
    r"|_nama$"
)
_AKUN = ("organisasi.Pengguna", "organisasi.Saluran", "laporan.IdentitasTanda")


def list_teks(label: str) -> set[str]:
    """Columns of a model that hold free text or bytes."""
    teks = (models.CharField, models.TextField, models.BinaryField, models.GenericIPAddressField)
    kolom = apps.get_model(label)._meta.concrete_fields
    return {f.name for f in kolom if isinstance(f, teks) and not f.choices}


def test_every_column_that_names_a_person_is_in_the_inventory() -> None:
    semua = {
        f"{m._meta.label}.{nama}"
        for m in apps.get_models()
        if m._meta.app_label in RUANG
        for nama in list_teks(m._meta.label)
        if _NAMA_ORANG.search(nama)
    }
    tercatat = {f"{label}.{nama}" for label, p in PRIBADI.items() for nama in p.kolom}
    assert semua - tercatat - BUKAN == set(), "isi laporan/management/pribadi.py"
    assert BUKAN - semua == set()


def test_every_text_of_an_account_is_personal_or_secret() -> None:
    for label in _AKUN:
        assert list_teks(label) - set(PRIBADI[label].kolom) - RAHASIA == set(), label


def test_the_inventory_names_columns_that_exist_and_is_printed_in_the_docs() -> None:
    for label, pribadi in PRIBADI.items():
        ada = {f.name for f in apps.get_model(label)._meta.concrete_fields}
        assert set(pribadi.kolom) <= ada, label
    dokumen = (AKAR / "docs/privasi.md").read_text(encoding="utf-8")
    assert write_inventaris() in dokumen, "manage.py data_orang --inventaris"


@pytest.mark.django_db
def test_a_person_gets_his_own_data_and_nobody_elses(now: datetime, tmp_path: Path) -> None:
    kantor = make_kantor(TANDA_SATU, now)
    (tugas,) = aktif(kantor.start(now))
    perencana = kantor.pelaku(tugas)
    kantor.work(tugas, now)
    perencana.set_password("rahasia-yang-panjang-88")
    perencana.save()
    Saluran.objects.create(pengguna=perencana, ponsel="+6281234567890")
    lain: list[Pengguna] = [
        *(o for o in kantor.orang.values() if o != perencana),
    ]
    peramban = Client()
    peramban.force_login(perencana)
    berkas = tmp_path / "data.json"
    call_command("data_orang", perencana.nip, keluaran=berkas, stdout=StringIO())
    teks = berkas.read_text(encoding="utf-8")
    data = json.loads(teks)
    assert berkas.stat().st_mode & 0o777 == 0o600
    assert data["organisasi.Pengguna"][0]["surel"] == perencana.surel
    assert data["organisasi.Saluran"][0]["ponsel"] == "+6281234567890"
    assert data["laporan.Tugas"][0]["pelaku_nip"] == perencana.nip
    assert data["organisasi.Jejak"][0]["sebagai"] == ["aktor"]
    assert len(data["organisasi.Sesi"]) == 1
    assert str(peramban.session.session_key) not in teks
    assert perencana.password not in teks
    for orang in lain:
        assert orang.nip not in teks
        assert orang.surel not in teks


def test_another_name_on_a_row_that_he_made_is_not_his() -> None:
    orang = Pengguna(pk=7, nip="1" * 18, nama="Ani")
    assert is_miliknya(Rapat(pimpinan="Ani"), orang, "pimpinan")
    assert not is_miliknya(Rapat(pimpinan="Budi"), orang, "pimpinan")
    assert not is_miliknya(Tugas(pelaku_nama="Ani", pelaku_nip="2" * 18), orang, "pelaku_nama")
    assert is_miliknya(Tugas(pelaku_nama="Ani S.", pelaku_nip="1" * 18), orang, "pelaku_nama")
    assert is_miliknya(Saluran(pengguna_id=7, ponsel="+62812"), orang, "ponsel")


@pytest.mark.django_db
def test_a_stranger_or_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Tidak ada akun"):
        call_command("data_orang", "1" * 18, keluaran=tmp_path / "x.json")
    with pytest.raises(CommandError, match="Sebut NIP"):
        call_command("data_orang", "1" * 18)
    assert not list(tmp_path.iterdir())
