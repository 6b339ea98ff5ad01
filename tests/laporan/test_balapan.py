"""Rivals: of many who act at once exactly one wins, and a join fires exactly once."""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from django.db import close_old_connections, connection

from laporan.models import Draf, Kunjungan, Tugas
from laporan.services.draf import Putusan, finish_tugas
from sakip.common.errors import TransisiDitolak
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.isi_langkah import read_naskah
from tests.laporan.rute import DINKES, aktif, make_kantor, nomor_kini

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.basisdata]
SAINGAN = 20


def race(kerja: list[Callable[[], object]]) -> list[object]:
    """Run everything at the same moment in threads of their own; results or refusals, in order."""
    mulai = threading.Barrier(len(kerja))
    hasil: list[object] = [None] * len(kerja)

    def jalan(n: int) -> None:
        close_old_connections()
        try:
            mulai.wait(timeout=30)
            hasil[n] = kerja[n]()
        except TransisiDitolak as ditolak:
            hasil[n] = ditolak
        finally:
            connection.close()

    utas = [threading.Thread(target=jalan, args=(n,)) for n in range(len(kerja))]
    for u in utas:
        u.start()
    for u in utas:
        u.join(timeout=120)
    return hasil


def test_exactly_one_of_twenty_approvers_wins_and_the_rest_learn_who(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 7:
        draf = kantor.work_all(draf, now)
    tugas = aktif(draf)[0]
    saingan = [PenggunaFactory() for _ in range(SAINGAN)]
    for s in saingan:
        PenugasanFactory(pengguna=s, jabatan=tugas.jabatan)
        read_naskah(tugas, s, now)

    def approve(n: int) -> Callable[[], object]:
        return lambda: finish_tugas(
            tugas_id=tugas.pk, aktor=saingan[n], putusan=Putusan(hasil="ya"), now=now
        )

    hasil = race([approve(n) for n in range(SAINGAN)])
    menang = [h for h in hasil if isinstance(h, Draf)]
    kalah = [h for h in hasil if isinstance(h, TransisiDitolak)]
    assert (len(menang), len(kalah)) == (1, SAINGAN - 1)
    pemenang = Tugas.objects.get(pk=tugas.pk).pelaku_nama
    assert all(f"sudah diputuskan oleh {pemenang}" in k.pesan for k in kalah)
    assert Kunjungan.objects.filter(draf=draf, langkah__nomor=8).count() == 1
    assert_invarian(draf.pk)


def test_five_units_finishing_together_join_exactly_once(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    for ke in (1, 2, 3, 4):
        draf = kantor.start(now, periode_ke=ke)
        while nomor_kini(draf) != 5:
            draf = kantor.work_all(draf, now)
        giliran = aktif(draf)
        hasil = race([partial(kantor.work, t, now) for t in giliran])
        assert all(isinstance(h, Draf) for h in hasil)
        assert nomor_kini(draf) == 6
        assert Kunjungan.objects.filter(draf=draf, langkah__nomor=6).count() == 1
        assert_invarian(draf.pk)
