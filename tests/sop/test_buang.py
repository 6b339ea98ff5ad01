"""Discarding a konsep, and importing beside an open one: nothing goes by accident or in silence."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from organisasi.models import Instansi, Jejak, Penugasan
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sop.models import SOP, Langkah, UnggahanSOP, VersiSOP
from sop.rules.berkas import write_berkas
from sop.selectors import read_sidik
from sop.services.buang import discard_konsep
from sop.services.salin import copy_versi
from sop.services.sunting import Penyunting, add_langkah
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.factories.sop import baca_berkas, create_konsep, muat

pytestmark = pytest.mark.django_db


def hire(instansi: Instansi, tingkat: str = "pengelola") -> Penugasan:
    """Somebody with a post of that level in that office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(instansi=instansi, tingkat=tingkat))


def test_konsep_goes_and_the_trail_of_the_office_says_what_it_was(now: datetime) -> None:
    terbit = muat()
    p = hire(terbit.sop.instansi, "perencana")
    konsep = copy_versi(versi_id=terbit.pk, aktor=p.pengguna, now=now)
    sidik = read_sidik(konsep)
    discard_konsep(versi_id=konsep.pk, sidik=sidik, aktor=p.pengguna, now=now)
    assert list(VersiSOP.objects.all()) == [terbit]
    assert not Langkah.objects.exclude(versi=terbit).exists()
    jejak = Jejak.objects.get(aksi="sop.konsep.buang")
    assert (jejak.data["sop"], jejak.data["versi"], jejak.data["sidik"]) == (
        terbit.sop.kode,
        2,
        sidik,
    )
    assert jejak.sebagai == p.sebutan
    assert find_chain_break(Instansi.objects.get(pk=terbit.sop.instansi_id)) is None


def test_sop_that_was_never_published_goes_with_its_last_konsep(now: datetime) -> None:
    konsep = create_konsep()
    aktor = hire(konsep.sop.instansi).pengguna
    discard_konsep(versi_id=konsep.pk, sidik=read_sidik(konsep), aktor=aktor, now=now)
    assert not SOP.objects.exists()


def test_changed_or_published_konsep_is_not_discarded(now: datetime) -> None:
    konsep = create_konsep()
    aktor, sidik = hire(konsep.sop.instansi).pengguna, read_sidik(konsep)
    add_langkah(penyunting=Penyunting(konsep.pk, aktor, now), setelah=None)
    with pytest.raises(TransisiDitolak, match="berubah sejak"):
        discard_konsep(versi_id=konsep.pk, sidik=sidik, aktor=aktor, now=now)
    terbit = muat("kota-blitar")
    aktor = hire(terbit.sop.instansi).pengguna
    with pytest.raises(TransisiDitolak, match="sudah terbit"):
        discard_konsep(versi_id=terbit.pk, sidik=terbit.sidik, aktor=aktor, now=now)
    with pytest.raises(AksesDitolak):
        discard_konsep(
            versi_id=konsep.pk,
            sidik=read_sidik(konsep),
            aktor=hire(konsep.sop.instansi, "staf").pengguna,
            now=now,
        )


def test_page_shows_what_goes_and_then_discards(client: Client) -> None:
    konsep = create_konsep()
    client.force_login(hire(konsep.sop.instansi).pengguna)
    alamat = reverse("sop:discard-versi", args=[konsep.pk])
    assert alamat in client.get(reverse("sop:view-versi", args=[konsep.pk])).content.decode()
    isi = client.get(alamat).content.decode()
    assert "ikut hilang dari daftar" in isi
    assert client.post(alamat, {"sidik": "x"}).status_code == 409
    jawab = client.post(alamat, {"sidik": read_sidik(konsep)}, follow=True)
    assert "dibuang" in jawab.content.decode()
    assert not VersiSOP.objects.exists()
    assert client.post(alamat).status_code == 404


def test_page_is_for_who_drafts_and_for_a_konsep(client: Client) -> None:
    terbit = muat()
    alamat = reverse("sop:discard-versi", args=[terbit.pk])
    client.force_login(hire(terbit.sop.instansi, "staf").pengguna)
    assert client.get(alamat).status_code == 403
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(alamat).status_code == 404
    client.force_login(hire(terbit.sop.instansi).pengguna)
    lihat = reverse("sop:view-versi", args=[terbit.pk])
    assert client.get(alamat)["Location"] == lihat
    assert alamat not in client.get(lihat).content.decode()


def test_import_beside_an_open_konsep_asks_which(client: Client, now: datetime) -> None:
    terbit = muat()
    p = hire(terbit.sop.instansi)
    konsep = copy_versi(versi_id=terbit.pk, aktor=p.pengguna, now=now)
    client.force_login(p.pengguna)
    berkas = SimpleUploadedFile("a.yaml", write_berkas(baca_berkas("dinkes-mojokerto")).encode())
    alamat = client.post("/sop/impor/", {"berkas": berkas})["Location"]
    isi = {"aksi": "tulis", "nama": terbit.sop.nama, "kode": terbit.sop.kode}
    for ganti in ({}, {"ganti": "sidik-lain"}):
        jawab = client.post(alamat, isi | ganti)
        assert jawab.status_code == 422
        assert "sudah punya konsep, versi 2" in jawab.content.decode()
        assert p.pengguna.nama in jawab.content.decode()
    assert UnggahanSOP.objects.exists()
    assert VersiSOP.objects.filter(pk=konsep.pk).exists()
    assert client.post(alamat, isi | {"ganti": read_sidik(konsep)}).status_code == 302
    assert [v.status for v in VersiSOP.objects.all()] == ["konsep", "terbit"]
    assert not VersiSOP.objects.filter(pk=konsep.pk).exists()
    assert Jejak.objects.filter(aksi="sop.konsep.buang").count() == 1
