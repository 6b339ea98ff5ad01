"""Demo documents that went the whole way: made by the services, nothing missing."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import timezone

from laporan.management import tuntas
from laporan.management.tata_usaha import load_tata_usaha
from laporan.models import ArsipDokumen, Draf, Penyampaian, SuratPengantar, TandaTangan, Tugas
from laporan.selectors.arsip import SaringanArsip, list_arsip, show_arsip
from laporan.services.arsip import check_arsip
from laporan.services.draf import LaporanBaru
from organisasi.models import NomorRegister
from organisasi.selectors import find_chain_break
from sakip.common.ca_uji import ensure_akar, issue_sertifikat
from sakip.common.rahasia import Rahasia
from sakip.common.tte import TandaGagal
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.tte import FRASA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ringkas")]
KEPALA = "197010251995031041"


@pytest.fixture
def kantor(berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch) -> KantorContoh:
    """The demo office that writes letters, with its books; its head can sign."""
    kini, folder = timezone.now(), berkas_sendiri / "tte"
    ensure_akar(folder, now=kini)
    issue_sertifikat(folder, nip=KEPALA, nama="Kepala", frasa=Rahasia(FRASA), now=kini)
    monkeypatch.setattr(tuntas, "KISAH", tuntas.KISAH[:1])
    kantor = load_kantor("kota-blitar", kini - timedelta(days=30))
    load_tata_usaha()
    return kantor


def test_a_report_is_signed_numbered_sent_and_archived_once(kantor: KantorContoh) -> None:
    muat = [tuntas.load_tuntas(Rahasia(FRASA), lengkap=False) for _ in range(2)]
    draf = Draf.objects.get()
    assert (muat, draf.status, find_chain_break(draf)) == ([1, 0], Draf.Status.SELESAI, None)
    tanda = TandaTangan.objects.get()
    assert (tanda.nip, tanda.is_uji) == (KEPALA, True)
    sebelum = Tugas.objects.filter(draf=draf, pada__lt=timezone.now() - timedelta(days=1))
    assert sebelum
    assert not sebelum.filter(pada__gt=F("tenggat"))
    nomor = NomorRegister.objects.get()
    assert (nomor.status, nomor.urut) == ("terpakai", 45)
    kirim = Penyampaian.objects.get()
    assert (kirim.tujuan.nama, kirim.nama_asli) == ("Bagian Organisasi Setda", "tanda-terima.pdf")
    ((arsip, utuh),) = check_arsip()
    assert utuh
    assert arsip.sha256 == tanda.sha256
    (baris,) = show_arsip(
        list_arsip(kantor.instansi, SaringanArsip(nomor.nomor)), timezone.localdate()
    )
    assert (baris.arsip, baris.surat) == (arsip, SuratPengantar.objects.get(draf=draf))
    assert baris.masa is not None


def test_what_somebody_began_is_left_to_him(kantor: KantorContoh) -> None:
    kantor.start(LaporanBaru("triwulan", 2026, 2))
    assert tuntas.load_tuntas(Rahasia(FRASA), lengkap=True) == 0
    assert not ArsipDokumen.objects.exists()


def test_a_wrong_passphrase_leaves_nothing_behind(kantor: KantorContoh) -> None:
    with pytest.raises(TandaGagal):
        tuntas.load_tuntas(Rahasia("salah"), lengkap=False)
    assert not Draf.objects.exists()
    assert not NomorRegister.objects.exists()
