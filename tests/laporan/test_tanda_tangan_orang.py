"""What can be refused is refused before a service signs; whose certificate it was, is looked at."""

from datetime import datetime, timedelta

import pytest
from django.test import Client, TestCase
from django.urls import reverse

from laporan.models import Efek, TandaTangan, Tugas
from laporan.services import draf as layanan_draf
from laporan.services.identitas_tanda import save_nik
from laporan.services.ragu import recheck_tanda
from organisasi.models import Penugasan
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.tte import Keadaan as KeadaanTanda
from sakip.common.tte import Sebab, StatusTanda
from sakip.common.tte_bsre import BsreV1
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.janji import PK, prepare_janji
from tests.laporan.layanan_jauh import Siap, ask, mandat
from tests.laporan.meja_tanda import holder, kini, minta, run, run_semua, status
from tests.laporan.rute import Kantor, aktif
from tests.laporan.test_perjanjian import Bangun
from tests.layanan_tte import NIK, Keadaan

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]


def rename(kantor: Kantor, nama: str) -> None:
    """The head is somebody else than the certificate of the service says."""
    kepala = holder(kantor, "kepala")
    kepala.nama = nama
    kepala.save(update_fields=["nama"])


def test_certificate_of_another_person_is_thrown_away(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, client: Client
) -> None:
    rename(kantor_satu, "Budi Santoso")
    efek = ask(kantor_satu, siap[2], jauh, "")
    assert (efek.status, efek.sebab) == ("gagal", Sebab.SERTIFIKAT_LAIN)
    assert "sertifikat orang lain" in efek.galat
    assert status(siap[2]) == "aktif"
    assert not TandaTangan.objects.exists()
    client.force_login(holder(kantor_satu, "kepala"))
    client.get(reverse("laporan:read-dokumen", args=[siap[0].pk]))
    alamat = reverse("laporan:sign-tugas", args=[siap[2].pk])
    assert 'name="nik"' in client.get(alamat + "?tahap=pastikan").content.decode()


def test_file_signed_by_another_person_leaves_the_outcome_unknown(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "putus_sesudah")
    (berkas,) = jauh.simpanan.values()
    rename(kantor_satu, "Budi Santoso")
    kepala = holder(kantor_satu, "kepala")
    recheck_tanda(efek_id=efek.pk, aktor=kepala, now=kini(), berkas=berkas)
    with TestCase.captureOnCommitCallbacks(execute=True):
        run(efek.pk)
    efek.refresh_from_db()
    assert efek.status == "ragu"
    assert not TandaTangan.objects.exists()


def test_what_follows_a_signature_is_tried_before_the_service_is_asked(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tolak(*_args: object) -> None:
        raise IsianTidakSah("Masih ada indikator tanpa target setahun.")

    monkeypatch.setattr(layanan_draf, "settle_perjanjian", tolak)
    efek = ask(kantor_satu, siap[2], jauh, "")
    assert (efek.status, efek.terkirim_pada) == ("gagal", None)
    assert "tanpa target" in efek.galat
    assert (jauh.banyak_tanda, status(siap[2])) == (0, "aktif")


def test_trying_leaves_nothing_behind(kantor_satu: Kantor, siap: Siap, jauh: Keadaan) -> None:
    assert ask(kantor_satu, siap[2], jauh, "sibuk").status == "gagal"
    assert not Tugas.objects.filter(pk=siap[2].pk, pada__isnull=False).exists()
    siap[0].refresh_from_db()
    assert siap[0].status != "selesai"


def test_agreement_is_not_signed_by_the_successor_of_whom_it_names(
    bangun: Bangun, now: datetime
) -> None:
    janji = prepare_janji(bangun(PK))
    draf = janji.until(janji.start(now), 5, now)
    run_semua(draf)
    (tugas,) = aktif(draf)
    efek = minta(janji.kantor, tugas)
    lama = Penugasan.objects.get(jabatan__kode="kepala")
    lama.selesai = kini() - timedelta(seconds=1)
    lama.save()
    pengganti = PenggunaFactory(nama="Pengganti")
    PenugasanFactory(jabatan=lama.jabatan, pengguna=pengganti, mulai=lama.selesai)
    run(efek.pk)
    efek.refresh_from_db()
    assert efek.status == "gagal"
    janji.kantor.orang[lama.jabatan_id] = pengganti
    with pytest.raises(TransisiDitolak, match="yang menandatangani Pengganti"):
        minta(janji.kantor, tugas)


def test_page_asks_the_service_once_in_a_while(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ditanya: list[object] = []

    def jawab(*_args: object) -> StatusTanda:
        ditanya.append(1)
        return StatusTanda(KeadaanTanda.SIAP)

    monkeypatch.setattr(BsreV1, "status", jawab)
    client.force_login(holder(kantor_satu, "kepala"))
    alamat = reverse("laporan:sign-tugas", args=[siap[2].pk])
    for _kali in range(3):
        assert client.get(alamat).status_code == 200
    assert len(ditanya) == 1
    save_nik(sebagai=mandat(kantor_satu), nik=NIK, now=kini() + timedelta(seconds=5))
    client.get(alamat)
    assert len(ditanya) == 2
    assert not Efek.objects.filter(jenis="tanda_tangan").exists()
