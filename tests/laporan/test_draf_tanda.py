"""The turn of a signer, and turns whose clock or moment is special."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import transaction

from laporan.models import Draf, Tugas
from laporan.services.draf import (
    LaporanBaru,
    Putusan,
    cancel_draf,
    complete_signed_tugas,
    finish_tugas,
)
from laporan.services.kunci import lock_draf
from organisasi.models import Penugasan
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.services.versi import create_versi, publish_versi
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.kantor_contoh import load_kantor
from tests.laporan.rute import (
    SINTETIS,
    Baris,
    Kantor,
    aktif,
    make_graf,
    make_kantor,
    nomor_kini,
    satu,
)

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]

TANDA: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "keputusan", "koreksi", satu("sekretaris"), 1),
    (3, "akhir", "tanda_tangan", satu("kepala"), None),
]


def sampai_tanda(kantor: Kantor, now: datetime) -> tuple[Draf, Tugas]:
    """A draft whose signature is being made."""
    draf = kantor.start(now)
    while nomor_kini(draf) != 3:
        draf = kantor.work_all(draf, now)
    tugas = aktif(draf)[0]
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    return draf, tugas


def test_signing_step_is_finished_by_a_signature_only(now: datetime) -> None:
    kantor = make_kantor(TANDA, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 3:
        draf = kantor.work_all(draf, now)
    with pytest.raises(IsianTidakSah, match="tanda tangan elektronik"):
        kantor.work(aktif(draf)[0], now)


def test_nobody_acts_while_the_signature_is_made(now: datetime) -> None:
    kantor = make_kantor(TANDA, now)
    draf, tugas = sampai_tanda(kantor, now)
    with pytest.raises(TransisiDitolak, match="sedang diproses"):
        kantor.work(tugas, now)
    perencana = kantor.orang[kantor.instansi.jabatan.get(kode="perencana").pk]
    with pytest.raises(TransisiDitolak, match="Tanda tangan sedang diproses"):
        cancel_draf(draf_id=draf.pk, aktor=perencana, alasan="Batal.", now=now)


def test_signature_closes_the_turn_and_the_route(now: datetime) -> None:
    kantor = make_kantor(TANDA, now)
    draf, tugas = sampai_tanda(kantor, now)
    mandat = Penugasan.objects.get(pengguna=kantor.pelaku(tugas))
    with transaction.atomic():
        terkunci = lock_draf(pk=draf.pk)
        complete_signed_tugas(draf=terkunci, tugas_id=tugas.pk, sebagai=mandat, now=now)
    assert Draf.objects.get(pk=draf.pk).status == "selesai"
    assert_invarian(draf.pk)


def test_steps_for_different_people_refuse_the_same_person(now: datetime) -> None:
    kantor = make_kantor(TANDA, now)
    jabatan = {j.kode: j for j in kantor.instansi.jabatan.all()}
    graf = make_graf(TANDA, jabatan)
    beda = replace(graf.langkah[1], beda_orang_dari=(1,))
    graf = Graf((graf.langkah[0], beda, graf.langkah[2]))
    sop = kantor.versi.sop
    versi = create_versi(sop=sop, identitas=Identitas(), graf=graf, aktor=None, now=now)
    kantor.versi = publish_versi(versi_id=versi.pk, aktor=None, now=now)
    draf = kantor.work_all(kantor.start(now), now)
    perencana = kantor.orang[jabatan["perencana"].pk]
    PenugasanFactory(pengguna=perencana, jabatan=jabatan["sekretaris"], plh=True)
    tugas = aktif(draf)[0]
    with pytest.raises(AksesDitolak, match="orang lain daripada langkah 1"):
        finish_tugas(tugas_id=tugas.pk, aktor=perencana, putusan=Putusan(hasil="ya"), now=now)
    assert nomor_kini(kantor.work(tugas, now)) == 3


def test_a_turn_that_waits_for_others_is_not_open_yet(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.work_all(kantor.start(now), now)
    menunggu = Tugas.objects.select_related("kunjungan__langkah").get(draf=draf, status="menunggu")
    with pytest.raises(TransisiDitolak, match="tidak lagi menunggu Anda"):
        kantor.work(menunggu, now)


def test_limit_per_unit_is_the_limit_of_the_whole_row(now: datetime) -> None:
    kantor = load_kantor("dinkes-mojokerto", now)
    draf = kantor.start(LaporanBaru("triwulan", 2026, 3))
    while nomor_kini(draf) != 5:
        for tugas in aktif(draf):
            draf = kantor.work(tugas)
    # "1 jam/bidang" for four bidang and the sekretariat, from 09.00: five working hours.
    assert {f"{t.tenggat:%H:%M}" for t in aktif(draf)} == {"08:00"}
