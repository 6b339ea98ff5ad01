"""SOPs, posts, people and uploads of the office next door are no part of one's own."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist

from organisasi.models import Penugasan
from sop.models import UnggahanSOP
from sop.selectors.impor import build_pratinjau, find_konsep, list_unggahan
from sop.selectors.kantor import read_kantor
from sop.selectors.pengesah import guess_pengesah
from sop.services.salin import SOPBaru, create_sop
from sop.views.katalog import _find_menghasilkan, _find_naskah
from tests.factories.organisasi import (
    InstansiFactory,
    JabatanFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)
from tests.factories.sop import create_konsep

pytestmark = pytest.mark.django_db


def pengelola_di(kantor: object) -> Penugasan:
    """Who configures that office."""
    jabatan = JabatanFactory.create(instansi=kantor, tingkat="pengelola", kode="pengelola")
    return PenugasanFactory.create(jabatan=jabatan)


def test_upload_meets_the_sops_and_posts_of_its_office_only(now: datetime) -> None:
    lain = create_konsep()
    kantor, asing = InstansiFactory.create(), lain.sop.instansi
    pengelola = pengelola_di(kantor)
    staf = JabatanFactory.create(instansi=kantor, tingkat="staf")
    isi = f"kode: {lain.sop.kode}\nnama: Uji\nlangkah: []\n".encode()
    unggahan, _punya_lain = (
        UnggahanSOP.objects.create(
            instansi=i,
            pengunggah=pengelola.pengguna,
            nama_berkas="a.yaml",
            isi=isi,
            diunggah_pada=now,
        )
        for i in (kantor, asing)
    )
    pratinjau = build_pratinjau(unggahan)
    assert pratinjau.kode == lain.sop.kode
    assert pratinjau.sop_lama is None
    assert pratinjau.jabatan == (staf,)
    assert list(list_unggahan(kantor)) == [unggahan]
    assert find_konsep(kantor, lain.sop.kode) is None
    assert find_konsep(asing, lain.sop.kode) is not None


def test_route_is_checked_against_the_people_and_units_of_its_office(now: datetime) -> None:
    sendiri, _asing = PenugasanFactory.create_batch(2)
    kantor = sendiri.jabatan.instansi
    unit = UnitKerjaFactory.create(instansi=kantor)
    UnitKerjaFactory.create()
    hasil = read_kantor(kantor, pada=now)
    assert hasil.pemegang == {(sendiri.jabatan_id, None)}
    assert hasil.unit == {"bidang": {unit.pk: unit.nama}}


def test_head_next_door_approves_nothing_here(now: datetime) -> None:
    PenugasanFactory.create(jabatan=JabatanFactory(tingkat="kepala"))
    versi = create_konsep()
    Penugasan.objects.filter(jabatan__instansi=versi.sop.instansi).delete()
    assert guess_pengesah(versi, date(2026, 10, 12))["nama"] == versi.disahkan_nama


def test_code_of_another_office_is_free_and_its_sop_no_source(now: datetime) -> None:
    kantor, lain = InstansiFactory.create_batch(2)
    dua = [
        create_sop(
            instansi=k,
            baru=SOPBaru("Pengukuran Kinerja", "", "laporan_kinerja", None),
            aktor=pengelola_di(k).pengguna,
            now=now,
        )
        for k in (lain, kantor)
    ]
    assert {v.sop.kode for v in dua} == {"pengukuran-kinerja"}
    for cari in (_find_naskah, _find_menghasilkan):
        with pytest.raises(ObjectDoesNotExist):
            cari(f"versi-{dua[0].pk}", kantor)
