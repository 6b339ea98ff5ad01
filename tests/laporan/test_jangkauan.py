"""Units with indikator that an SOP leaves out are named where it is published and where it runs."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from laporan.rules.jangkauan import list_jenis_ditanya
from laporan.selectors.jangkauan import list_unit_tak_ditanya
from sop.selectors import get_graf
from tests.factories.kinerja import IndikatorFactory, SasaranFactory, TujuanFactory
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory
from tests.factories.sop import create_konsep
from tests.laporan.rute import BIDANG, Baris, Kantor, make_kantor, satu

pytestmark = pytest.mark.django_db
HANYA_BIDANG: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "kumpul", [("kabid", 1, BIDANG)], None),
    (3, "akhir", "arsip", satu("kepala"), None),
]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose SOP asks each bidang, and nobody else."""
    kantor = make_kantor(HANYA_BIDANG, now)
    sasaran = SasaranFactory(tujuan=TujuanFactory(instansi=kantor.instansi))
    for kode, aktif in (("B1", True), ("SET", True), ("S1", False)):
        IndikatorFactory(sasaran=sasaran, unit=kantor.unit[kode], is_aktif=aktif)
    return kantor


def test_unit_of_a_kind_that_nobody_asks_is_found(kantor: Kantor, now: datetime) -> None:
    graf = get_graf(kantor.versi.pk, kantor.versi.sidik)
    assert list_jenis_ditanya(graf) == {"bidang"}
    assert list_unit_tak_ditanya(kantor.versi) == [kantor.unit["SET"]]
    kantor.unit["B1"].ditutup_pada = now
    kantor.unit["B1"].save()
    assert set(list_unit_tak_ditanya(kantor.versi)) == {kantor.unit["B1"], kantor.unit["SET"]}


def test_page_that_starts_a_report_names_it(kantor: Kantor, client: Client) -> None:
    kepala = kantor.instansi.jabatan.get(kode="kepala")
    client.force_login(kantor.orang[kepala.pk])
    alamat = reverse("laporan:create-draf", args=[kantor.versi.pk])
    isi = client.get(alamat).content.decode()
    assert "1 unit berindikator tidak diminta mengisi capaian" in isi
    kantor.instansi.unit.get(kode="SET").indikator.update(is_aktif=False)
    assert "berindikator" not in client.get(alamat).content.decode()


def test_page_that_publishes_names_it(client: Client) -> None:
    konsep = create_konsep()
    instansi = konsep.sop.instansi
    unit = UnitKerjaFactory(instansi=instansi, sekretariat=True, nama="Sekretariat Uji")
    sasaran = SasaranFactory(tujuan=TujuanFactory(instansi=instansi))
    IndikatorFactory(sasaran=sasaran, unit=unit)
    kelola = PenugasanFactory(jabatan=JabatanFactory(instansi=instansi, tingkat="pengelola"))
    client.force_login(kelola.pengguna)
    isi = client.get(reverse("sop:publish-versi", args=[konsep.pk])).content.decode()
    assert "Sekretariat Uji" in isi
    assert "tidak diminta mengisi capaian" in isi
