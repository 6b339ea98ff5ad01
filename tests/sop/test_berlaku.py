"""Which version is in force on a day, and which ones a new version ends."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from organisasi.selectors import list_jejak
from sakip.common.errors import AksesDitolak, AlurTidakSah, IsianTidakSah, TransisiDitolak
from sop.models import VersiSOP
from sop.rules.berlaku import Keadaan, Terbitan, list_diganti, name_keadaan
from sop.selectors import get_versi_berlaku, list_versi_berlaku, read_identitas, read_sidik
from sop.services.versi import Pengesahan, publish_versi, withdraw_versi
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.factories.sop import create_konsep, create_terbit, hire_all

HARI = date(2026, 10, 12)
ESOK = HARI + timedelta(days=1)
KEMARIN = HARI - timedelta(days=1)
SAH = Pengesahan(
    mulai=HARI, nomor_sop="800/1/2026", tanggal=HARI, jabatan="Kepala Dinas", nama="dr. Ratna"
)


def test_the_newest_whose_day_has_come_is_in_force() -> None:
    versi = [
        Terbitan(1, "terbit", KEMARIN),
        Terbitan(2, "terbit", HARI),
        Terbitan(3, "terbit", ESOK),
        Terbitan(4, "dicabut", HARI),
        Terbitan(5, "konsep", None),
    ]
    assert name_keadaan(versi, HARI) == {
        1: Keadaan.DIGANTIKAN,
        2: Keadaan.BERLAKU,
        3: Keadaan.TERJADWAL,
        4: Keadaan.DICABUT,
        5: Keadaan.KONSEP,
    }
    assert name_keadaan(versi[2:], HARI)[3] == Keadaan.TERJADWAL


@pytest.mark.parametrize(
    ("mulai", "diganti"), [(HARI, [1, 2]), (ESOK, [3]), (KEMARIN, [1]), (date(2027, 1, 1), [])]
)
def test_what_a_new_version_ends(mulai: date, diganti: list[int]) -> None:
    terbit = [
        Terbitan(1, "terbit", KEMARIN),
        Terbitan(2, "terbit", HARI),
        Terbitan(3, "terbit", ESOK),
    ]
    assert list_diganti(terbit, mulai, HARI) == diganti


@pytest.mark.django_db
def test_a_version_of_a_later_day_waits_while_the_old_one_stays_in_force(now: datetime) -> None:
    lama = create_terbit()
    baru = publish_versi(
        versi_id=create_konsep().pk, aktor=None, now=now, pengesahan=replace(SAH, mulai=ESOK)
    )
    assert VersiSOP.objects.get(pk=lama.pk).status == "terbit"
    instansi = lama.sop.instansi
    for hari, berlaku in ((HARI, lama), (ESOK, baru)):
        assert get_versi_berlaku(lama.sop, pada=hari) == berlaku
        assert list(list_versi_berlaku(instansi, pada=hari)) == [berlaku]
    assert get_versi_berlaku(lama.sop, pada=date(2020, 1, 1)) is None


@pytest.mark.django_db
def test_the_next_publication_withdraws_what_was_replaced_by_its_day(now: datetime) -> None:
    lama = create_terbit()
    publish_versi(
        versi_id=create_konsep().pk, aktor=None, now=now, pengesahan=replace(SAH, mulai=ESOK)
    )
    kelak = now + timedelta(days=30)
    publish_versi(versi_id=create_konsep().pk, aktor=None, now=kelak)
    assert sorted(VersiSOP.objects.values_list("nomor", "status")) == [
        (1, "dicabut"),
        (2, "dicabut"),
        (3, "terbit"),
    ]
    assert list_jejak(VersiSOP.objects.get(pk=lama.pk)).last().data == {"diganti": 3}  # type: ignore[union-attr]  # just written


@pytest.mark.django_db
def test_publishing_puts_number_days_and_official_on_the_identity_page(now: datetime) -> None:
    konsep = create_konsep()
    VersiSOP.objects.filter(pk=konsep.pk).update(perlu_konfirmasi=["nomor_sop", "kop"])
    versi = publish_versi(versi_id=konsep.pk, aktor=None, now=now, pengesahan=SAH)
    identitas = read_identitas(VersiSOP.objects.get(pk=versi.pk))
    assert (identitas.nomor_sop, identitas.disahkan_nama) == ("800/1/2026", "dr. Ratna")
    assert identitas.tanggal_pengesahan_teks == "12 Oktober 2026"
    assert identitas.tanggal_efektif == HARI
    assert identitas.perlu_konfirmasi == ("kop",)
    assert versi.sidik == read_sidik(VersiSOP.objects.get(pk=versi.pk))
    assert versi.berlaku_mulai == HARI


@pytest.mark.django_db
def test_a_text_too_long_for_the_identity_page_is_refused(now: datetime) -> None:
    konsep = create_konsep()
    with pytest.raises(AlurTidakSah, match="Pengesahan") as galat:
        publish_versi(
            versi_id=konsep.pk, aktor=None, now=now, pengesahan=replace(SAH, nip="1" * 41)
        )
    assert "disahkan_nip" in galat.value.masalah[0]
    assert VersiSOP.objects.get(pk=konsep.pk).is_konsep


@pytest.mark.django_db
def test_only_what_the_publisher_saw_is_published(now: datetime) -> None:
    konsep = create_konsep()
    dilihat = replace(SAH, sidik=read_sidik(konsep))
    konsep.langkah.filter(nomor=2).update(output="lain")
    with pytest.raises(TransisiDitolak, match="berubah sejak"):
        publish_versi(versi_id=konsep.pk, aktor=None, now=now, pengesahan=dilihat)
    segar = replace(SAH, sidik=read_sidik(VersiSOP.objects.get(pk=konsep.pk)))
    assert publish_versi(versi_id=konsep.pk, aktor=None, now=now, pengesahan=segar).sidik


@pytest.mark.django_db
def test_a_person_publishes_only_what_reaches_somebody(now: datetime) -> None:
    konsep = create_konsep()
    instansi = konsep.sop.instansi
    kepala = PenugasanFactory.create(
        jabatan=JabatanFactory.create(instansi=instansi, tingkat="kepala")
    ).pengguna
    with pytest.raises(AlurTidakSah) as galat:
        publish_versi(versi_id=konsep.pk, aktor=kepala, now=now)
    assert "belum punya pemegang" in galat.value.masalah[0]
    hire_all(instansi)
    assert publish_versi(versi_id=konsep.pk, aktor=kepala, now=now).status == "terbit"


@pytest.mark.django_db
def test_a_person_withdraws_with_a_reason(now: datetime) -> None:
    versi = create_terbit()
    jabatan = JabatanFactory.create(instansi=versi.sop.instansi, tingkat="kepala")
    kepala = PenugasanFactory.create(jabatan=jabatan).pengguna
    staf = PenugasanFactory.create(jabatan__instansi=versi.sop.instansi).pengguna
    with pytest.raises(AksesDitolak):
        withdraw_versi(versi_id=versi.pk, aktor=staf, now=now, alasan="Uji")
    with pytest.raises(IsianTidakSah, match="alasan"):
        withdraw_versi(versi_id=versi.pk, aktor=kepala, now=now, alasan=" ")
    withdraw_versi(versi_id=versi.pk, aktor=kepala, now=now, alasan=" Diganti pedoman baru ")
    akhir = list_jejak(VersiSOP.objects.get(pk=versi.pk)).last()
    assert akhir is not None
    assert akhir.data == {"alasan": "Diganti pedoman baru"}


@pytest.mark.django_db
@pytest.mark.basisdata
def test_the_database_holds_one_version_per_day_and_freezes_the_day() -> None:
    versi = create_terbit()
    konsep = create_konsep()
    salah = (
        lambda: VersiSOP.objects.filter(pk=konsep.pk).update(berlaku_mulai=HARI),
        lambda: VersiSOP.objects.filter(pk=versi.pk).update(berlaku_mulai=HARI),
        lambda: VersiSOP.objects.create(
            sop=versi.sop,
            nomor=9,
            status="terbit",
            sidik="x",
            terbit_pada=versi.terbit_pada,
            berlaku_mulai=versi.berlaku_mulai,
        ),
        lambda: VersiSOP.objects.create(
            sop=versi.sop, nomor=9, status="terbit", sidik="x", terbit_pada=versi.terbit_pada
        ),
    )
    for tindakan in salah:
        with pytest.raises(IntegrityError), transaction.atomic():
            tindakan()
