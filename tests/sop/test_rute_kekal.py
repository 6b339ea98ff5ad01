"""A published version refuses every way of changing it; a konsep refuses none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from organisasi.models import Jabatan
from sop.models import Alur, Langkah, Pelaksana, VersiSOP
from sop.selectors import read_sidik
from sop.services.versi import withdraw_versi
from tests.factories.sop import create_konsep, create_terbit

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]

Tindakan = Callable[[VersiSOP], Any]


def _sql(perintah: str) -> Tindakan:
    def jalankan(versi: VersiSOP) -> None:
        nomor = ", ".join(str(pk) for pk in versi.langkah.values_list("pk", flat=True))
        pertama = versi.langkah.order_by("nomor")[0].pk
        teks = perintah.format(v=versi.pk, langkah=f"({nomor})", pertama=pertama)
        with connection.cursor() as kursor:
            kursor.execute(teks)

    return jalankan


def _save_langkah(versi: VersiSOP) -> None:
    langkah = versi.langkah.get(nomor=2)
    langkah.kegiatan = "lain"
    langkah.save()


def _save_identitas(versi: VersiSOP) -> None:
    segar = VersiSOP.objects.get(pk=versi.pk)
    segar.nomor_sop = "800/1"
    segar.save()


def _bulk_alur(versi: VersiSOP) -> None:
    alur = list(Alur.objects.filter(langkah__versi=versi))
    for a in alur:
        a.ke = None
    Alur.objects.bulk_update([a for a in alur if a.hasil != "tidak"], ["ke"])


MENGUBAH: dict[str, Tindakan] = {
    "langkah-save": _save_langkah,
    "langkah-update": lambda v: v.langkah.update(kegiatan="lain"),
    "langkah-delete": lambda v: v.langkah.filter(nomor=4).delete(),
    "langkah-insert": lambda v: Langkah.objects.create(
        versi=v, nomor=9, kegiatan="sisipan", tindakan="susun"
    ),
    "langkah-sql": _sql("UPDATE sop_langkah SET output = 'lain' WHERE versi_id = {v}"),
    "langkah-sql-delete": _sql("DELETE FROM sop_alur WHERE langkah_id IN {langkah}"),
    "pelaksana-update": lambda v: Pelaksana.objects.filter(langkah__versi=v).update(urutan=2),
    "pelaksana-delete": lambda v: Pelaksana.objects.filter(langkah__versi=v).delete(),
    "pelaksana-insert": lambda v: Pelaksana.objects.create(
        langkah=v.langkah.get(nomor=2), jabatan=Jabatan.objects.get(kode="perencana")
    ),
    "pelaksana-sql": _sql(
        "UPDATE sop_pelaksana SET per_unit = 'bidang' WHERE langkah_id IN {langkah}"
    ),
    "alur-bulk-update": _bulk_alur,
    "alur-delete": lambda v: Alur.objects.filter(langkah__versi=v).delete(),
    "alur-insert": lambda v: Alur.objects.create(langkah=v.langkah.get(nomor=2), hasil="ya"),
    "alur-sql": _sql("UPDATE sop_alur SET ke_id = {pertama} WHERE langkah_id IN {langkah}"),
    "versi-save": _save_identitas,
    "versi-update": lambda v: VersiSOP.objects.filter(pk=v.pk).update(disahkan_nama="lain"),
    "versi-sql-nomor": _sql("UPDATE sop_versisop SET nomor = 99 WHERE id = {v}"),
    "versi-sql-sidik": _sql("UPDATE sop_versisop SET sidik = 'x' WHERE id = {v}"),
    "versi-sql-daftar": _sql("UPDATE sop_versisop SET dasar_hukum = '[\"x\"]' WHERE id = {v}"),
}
MENGHAPUS: dict[str, Tindakan] = {
    "versi-delete": lambda v: VersiSOP.objects.get(pk=v.pk).delete(),
    "versi-sql-delete": _sql("DELETE FROM sop_versisop WHERE id = {v}"),
}
KEMBALI: dict[str, Tindakan] = {
    "kembali-konsep": _sql(
        "UPDATE sop_versisop SET status = 'konsep', sidik = '', terbit_pada = NULL WHERE id = {v}"
    ),
    "status-saja": _sql("UPDATE sop_versisop SET status = 'konsep' WHERE id = {v}"),
}


@pytest.mark.parametrize("cara", [*MENGUBAH, *MENGHAPUS, *KEMBALI])
def test_a_published_version_refuses_every_change(cara: str) -> None:
    versi = create_terbit()
    with pytest.raises(IntegrityError, match="sudah terbit"), transaction.atomic():
        (MENGUBAH | MENGHAPUS | KEMBALI)[cara](versi)
    assert read_sidik(VersiSOP.objects.get(pk=versi.pk)) == versi.sidik


@pytest.mark.parametrize("cara", [*MENGUBAH, *MENGHAPUS])
def test_a_withdrawn_version_refuses_every_change(cara: str, now: datetime) -> None:
    versi = withdraw_versi(versi_id=create_terbit().pk, aktor=None, now=now)
    with pytest.raises(IntegrityError, match="sudah terbit"), transaction.atomic():
        (MENGUBAH | MENGHAPUS)[cara](versi)


@pytest.mark.parametrize("cara", [c for c in MENGUBAH if c != "versi-sql-sidik"])
def test_a_konsep_may_change(cara: str) -> None:
    MENGUBAH[cara](create_konsep())


def test_a_konsep_may_be_deleted_whole() -> None:
    versi = create_konsep()
    versi.delete()
    assert not Langkah.objects.exists()


def test_a_step_cannot_move_into_a_published_version() -> None:
    terbit = create_terbit()
    konsep = create_konsep()
    with pytest.raises(IntegrityError, match="sudah terbit"), transaction.atomic():
        konsep.langkah.filter(nomor=4).update(versi=terbit, nomor=5)


def test_a_withdrawn_version_does_not_come_back(now: datetime) -> None:
    versi = withdraw_versi(versi_id=create_terbit().pk, aktor=None, now=now)
    with pytest.raises(IntegrityError, match="sudah terbit"), transaction.atomic():
        _sql("UPDATE sop_versisop SET status = 'terbit' WHERE id = {v}")(versi)


@pytest.mark.django_db(transaction=True)
def test_a_database_with_frozen_rows_can_be_emptied_between_tests() -> None:
    create_terbit()
