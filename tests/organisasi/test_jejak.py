"""The trail: chained, append-only in code, and verifiable."""

import ast
from datetime import datetime

import pytest
from django.db import connection

from organisasi.models import Instansi, Jejak
from organisasi.selectors import find_chain_break, list_jejak
from organisasi.services.jejak import record_jejak
from sakip.env import BASE_DIR
from tests.factories.organisasi import InstansiFactory, PenugasanFactory
from tests.kekal import tanpa_pemicu

pytestmark = pytest.mark.django_db


def make_rantai(now: datetime, panjang: int = 3) -> Instansi:
    instansi = InstansiFactory()
    penugasan = PenugasanFactory(jabatan__instansi=instansi, plh=True)
    for n in range(panjang):
        record_jejak(
            instansi,
            aksi="uji.aksi",
            aktor=penugasan.pengguna,
            now=now,
            sebagai=penugasan,
            kunci=f"kunci-{n}",
            nomor=n,
        )
    instansi.save()
    return instansi


def test_each_row_names_its_predecessor_and_copies_names(now: datetime) -> None:
    instansi = make_rantai(now)
    baris = list(list_jejak(instansi))
    assert [b.urut for b in baris] == [1, 2, 3]
    assert [b.sebelum for b in baris] == ["", baris[0].sidik, baris[1].sidik]
    assert baris[0].aktor_nama.startswith("Pegawai")
    assert baris[0].sebagai.startswith("Plh. ")
    assert (instansi.jejak_urut, instansi.jejak_sidik) == (3, baris[2].sidik)
    assert str(baris[0]).endswith("#1 uji.aksi")
    assert find_chain_break(instansi) is None


def test_rows_refuse_change_in_code(now: datetime) -> None:
    baris = list_jejak(make_rantai(now)).first()
    assert baris is not None
    for ubah in (baris.save, baris.delete, Jejak.objects.all().delete, Jejak.objects.update):
        with pytest.raises(TypeError, match="append-only"):
            ubah()


@pytest.mark.parametrize(
    ("rusak", "kata"),
    [
        ("UPDATE organisasi_jejak SET aksi = 'lain' WHERE urut = 2", "nomor 2 tidak cocok"),
        ("UPDATE organisasi_jejak SET aktor_nama = 'X' WHERE urut = 1", "nomor 1 tidak cocok"),
        ("DELETE FROM organisasi_jejak WHERE urut = 2", "nomor 2 hilang"),
        ("DELETE FROM organisasi_jejak WHERE urut = 3", "terpotong setelah nomor 2"),
    ],
)
def test_every_forgery_is_found(now: datetime, rusak: str, kata: str) -> None:
    instansi = make_rantai(now)
    if connection.vendor != "sqlite":
        pytest.fail("forging past the triggers is tried on SQLite only")
    with tanpa_pemicu(), connection.cursor() as kursor:
        kursor.execute(rusak)
    assert kata in (find_chain_break(instansi) or "")


def test_acts_of_the_machine_have_no_actor(now: datetime) -> None:
    instansi = InstansiFactory()
    baris = record_jejak(instansi, aksi="uji.mesin", aktor=None, now=now)
    assert (baris.aktor_nama, baris.sebagai, baris.kunci) == ("", "", None)


def test_act_on_an_office_names_the_post_of_who_did_it(now: datetime) -> None:
    lain, p = PenugasanFactory(), PenugasanFactory()
    PenugasanFactory(pengguna=p.pengguna, jabatan=lain.jabatan)
    instansi = lain.jabatan.instansi
    baris = record_jejak(instansi, aksi="uji", aktor=p.pengguna, now=now)
    assert baris.sebagai == lain.jabatan.nama


def test_every_act_of_a_person_says_as_what() -> None:
    """Except where the thing is an office: there `record_jejak` finds the post itself."""
    diam = []
    for berkas in sorted(BASE_DIR.glob("*/services/**/*.py")):
        for simpul in ast.walk(ast.parse(berkas.read_text("utf-8"))):
            if not isinstance(simpul, ast.Call) or ast.unparse(simpul.func) != "record_jejak":
                continue
            isi = {k.arg: ast.unparse(k.value) for k in simpul.keywords}
            if "sebagai" not in isi and isi["aktor"] != "None":
                diam.append((berkas.name, ast.unparse(simpul.args[0])))
    assert {objek for _berkas, objek in diam} <= {"instansi"}, diam
