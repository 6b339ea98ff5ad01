"""Uploaded SOP files that nobody wrote go after thirty days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sop.models import UnggahanSOP
from sop.tasks import buang_unggahan
from tests.factories.organisasi import PenugasanFactory


@pytest.mark.django_db
def test_uploads_go_after_thirty_days() -> None:
    orang = PenugasanFactory.create()
    for hari in (29, 31):
        UnggahanSOP.objects.create(
            instansi=orang.jabatan.instansi,
            pengunggah=orang.pengguna,
            nama_berkas=f"{hari}.xlsx",
            isi=b"x",
            diunggah_pada=timezone.now() - timedelta(days=hari),
        )
    buang_unggahan()
    assert [u.nama_berkas for u in UnggahanSOP.objects.all()] == ["29.xlsx"]
