"""The whole audit trail: every forgery of its owner is found, and the first break is named."""

import random
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from organisasi import selectors_jejak
from organisasi.models import Instansi, Jejak
from organisasi.selectors import list_jejak
from organisasi.selectors_jejak import Putus, find_putus, gather_tercatat
from organisasi.services.jejak import record_jejak
from organisasi.services.kepala_jejak import CatatanRusak, note_kepala, read_kepala
from organisasi.tasks import catat_kepala_jejak
from tests.factories.organisasi import InstansiFactory
from tests.kekal import tanpa_pemicu
from tests.organisasi.pemalsu import CARA, Palsu, cut, forge, rewrite

pytestmark = pytest.mark.django_db
PANJANG = 6
BANYAK = 200


def add_rantai(instansi: Instansi, now: datetime, banyak: int = PANJANG) -> None:
    """So many acts on one office."""
    for n in range(banyak):
        record_jejak(instansi, aksi="uji.aksi", aktor=None, now=now, nomor=n)
    instansi.save()


@pytest.fixture
def kantor(now: datetime) -> list[Instansi]:
    """Two offices with a trail."""
    daftar = InstansiFactory.create_batch(2)
    for instansi in daftar:
        add_rantai(instansi, now)
    return daftar


def test_every_forgery_by_the_owner_of_the_database_is_found(kantor: list[Instansi]) -> None:
    if connection.vendor != "sqlite":
        pytest.fail("forging past the triggers is tried on SQLite only")
    assert list(find_putus({})) == []
    with tanpa_pemicu():
        hitung = forge(BANYAK, benih=20261121)
    assert {cara for (cara, ketahuan) in hitung if not ketahuan} == set(), hitung
    assert {cara for cara, _k in hitung} == set(CARA)


def test_the_first_break_is_named_and_the_command_fails(
    kantor: list[Instansi], tmp_path: Path
) -> None:
    keluar, salah = StringIO(), StringIO()
    periksa = partial(call_command, "periksa_jejak", catatan=tmp_path, stdout=keluar, stderr=salah)
    periksa(catat=True)
    assert f"{2 * PANJANG} catatan jejak utuh." in keluar.getvalue()
    assert "2 kepala rantai dicatat" in keluar.getvalue()
    korban = kantor[1]
    with tanpa_pemicu(), connection.cursor() as kursor:
        kursor.execute(
            "UPDATE organisasi_jejak SET aksi = 'lain' WHERE object_id = %s AND urut >= 4",
            [korban.pk],
        )
    with pytest.raises(CommandError, match="1 rantai jejak putus"):
        periksa()
    assert f"PUTUS organisasi.instansi {korban.pk}, jejak nomor 4: isinya" in salah.getvalue()


@pytest.mark.parametrize(("cara", "kata"), [(cut, "hilang"), (rewrite, "ditulis ulang")])
def test_what_fits_in_itself_shows_against_the_note_of_the_night(
    kantor: list[Instansi], now: datetime, tmp_path: Path, cara: Palsu, kata: str
) -> None:
    note_kepala(tmp_path, now=now)
    with tanpa_pemicu():
        cara(list(list_jejak(kantor[0])), random.Random(1))  # noqa: S311 - repeatable on purpose
    assert list(find_putus({})) == []
    (putus,) = find_putus(gather_tercatat(read_kepala(tmp_path)))
    assert kata in putus.sebab
    add_rantai(kantor[1], now, 2)  # growing on is no break
    assert len(list(find_putus(gather_tercatat(read_kepala(tmp_path))))) == 1


def test_work_that_goes_on_during_the_check_is_no_break(
    kantor: list[Instansi], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heads are read first; an act on an old thing and on a new one comes before the rows."""
    asli = selectors_jejak._list_baris

    def sambil_bekerja() -> Iterator[Jejak]:
        add_rantai(kantor[0], now, 1)
        add_rantai(InstansiFactory.create(), now, 1)
        return asli()

    monkeypatch.setattr(selectors_jejak, "_list_baris", sambil_bekerja)
    assert list(find_putus({})) == []


def test_notes_are_a_chain_that_nobody_overwrites(
    kantor: list[Instansi], now: datetime, tmp_path: Path
) -> None:
    satu = note_kepala(tmp_path, now=now)
    assert satu.rantai == len(kantor)
    assert satu.berkas.stat().st_mode & 0o777 == 0o444
    catat_kepala_jejak()
    dua = note_kepala(tmp_path, now=now.replace(year=now.year + 1))
    assert dua.sidik == satu.sidik
    assert len(list(read_kepala(tmp_path))) == 2 * len(kantor)
    satu.berkas.unlink()
    with pytest.raises(CatatanRusak, match=f"sebelum {dua.berkas.name}"):
        list(read_kepala(tmp_path))
    dua.berkas.chmod(0o644)
    dua.berkas.write_bytes(b"bukan gzip")
    with pytest.raises(CommandError, match="tidak terbaca"):
        call_command("periksa_jejak", catatan=tmp_path)


def test_a_trail_may_outlive_only_what_was_thrown_away(
    kantor: list[Instansi], now: datetime
) -> None:
    dibuang = kantor[0]
    record_jejak(dibuang, aksi="uji.discard", aktor=None, now=now)
    for instansi in kantor:
        Instansi.objects.filter(pk=instansi.pk)._raw_delete(using="default")
    (putus,) = find_putus({})
    assert putus == Putus(
        ("organisasi.instansi", kantor[1].pk), PANJANG, "yang dijejaki tidak ada lagi"
    )
    assert Jejak.objects.count() == 2 * PANJANG + 1
