"""One office with one bidang, and the people around it."""

from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType

from kinerja.models import FormulirCapaian
from organisasi.models import Instansi, Pengguna, Penugasan, UnitKerja
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory


@dataclass
class Bidang:
    """A unit and the people around it: pengisi works for it, perencana and kolega beside it."""

    unit: UnitKerja
    pengisi: Penugasan
    perencana: Penugasan
    kolega: Penugasan
    orang_luar: Penugasan

    @property
    def instansi(self) -> Instansi:
        """The office."""
        return self.unit.instansi

    @property
    def aktor(self) -> Pengguna:
        """Who fills the form in."""
        return self.pengisi.pengguna


@pytest.fixture
def bidang(db: None) -> Bidang:
    """Bidang P2P of an office with another bidang, beside an office of strangers."""
    ContentType.objects.get_for_model(FormulirCapaian)  # cached from here on: queries are counted
    unit = UnitKerjaFactory(kode="P2P", nama="Bidang P2P")
    staf = JabatanFactory(instansi=unit.instansi, tingkat="staf", nama="Staf")
    perencana = JabatanFactory(instansi=unit.instansi, tingkat="perencana", nama="Perencana")
    lain = UnitKerjaFactory(instansi=unit.instansi)
    return Bidang(
        unit=unit,
        pengisi=PenugasanFactory(jabatan=staf, unit=unit),
        perencana=PenugasanFactory(jabatan=perencana),
        kolega=PenugasanFactory(jabatan=staf, unit=lain),
        orang_luar=PenugasanFactory(),
    )
