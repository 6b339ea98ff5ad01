"""An office that signs by a service on another machine; `jauh` is imported by name as a fixture."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from laporan.models import Dokumen, Draf, Efek, Tugas
from laporan.services.identitas_tanda import save_nik
from organisasi.models import Penugasan
from tests.laporan.meja_tanda import holder, kini, minta, run
from tests.laporan.rute import Kantor
from tests.layanan_tte import NIK, PENGGUNA, SANDI, Keadaan, run_layanan
from tests.tte import akar_pem

Siap = tuple[Draf, Dokumen, Tugas]


@pytest.fixture
def jauh(settings: Settings, tmp_path: Path, kantor_satu: Kantor) -> Iterator[Keadaan]:
    """The office signs by version 1 of the service, and the head has told his NIK."""
    akar = tmp_path / "akar.pem"
    akar.write_bytes(akar_pem())
    with run_layanan() as keadaan:
        settings.TTE = {
            **settings.TTE,
            "layanan": "bsre_v1",
            "url": keadaan.alamat,
            "pengguna": PENGGUNA,
            "sandi": SANDI,
            "akar": str(akar),
            "batas_detik": 20,
        }
        kepala = holder(kantor_satu, "kepala")
        kepala.nama = "dr. Hj. Ratna Uji, M.Kes."  # as the certificate of the service names her
        kepala.save(update_fields=["nama"])
        save_nik(sebagai=mandat(kantor_satu), nik=NIK, now=kini())
        yield keadaan


def mandat(kantor: Kantor) -> Penugasan:
    """The mandate of the head."""
    return Penugasan.objects.get(pengguna=holder(kantor, "kepala"))


def ask(kantor: Kantor, tugas: Tugas, keadaan: Keadaan, ulah: str) -> Efek:
    """The signer asks, and the service behaves like that."""
    efek = minta(kantor, tugas)
    keadaan.ulah = ulah
    run(efek.pk)
    keadaan.ulah = ""
    return Efek.objects.get(pk=efek.pk)
