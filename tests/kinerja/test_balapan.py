"""Several people at once: one row has one winner, one period one open form."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.isian import IsianBaris
from kinerja.rules.pemeriksaan import Tanda, TandaBaris
from kinerja.services.formulir import open_formulir, submit_formulir
from kinerja.services.isian import save_baris
from kinerja.services.tanda import HasilPeriksa, Pemeriksa, save_pemeriksaan
from organisasi.models import Penugasan
from organisasi.selectors import find_chain_break
from sakip.common.errors import TransisiDitolak
from tests.factories.kinerja import CapaianFactory, FormulirFactory, TargetFactory
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.basisdata]


@pytest.fixture
def staf() -> list[Penugasan]:
    """Six people who work for the same unit."""
    ContentType.objects.get_for_model(FormulirCapaian)
    unit = UnitKerjaFactory()
    jabatan = JabatanFactory(instansi=unit.instansi)
    return PenugasanFactory.create_batch(6, unit=unit, jabatan=jabatan)


def _bersamaan(staf: Sequence[Penugasan], lakukan: Callable[[Penugasan], object]) -> list[object]:
    """Outcome or refusal of each, started at the same moment."""
    hasil: list[object] = []
    gerbang = threading.Barrier(len(staf))

    def jalankan(p: Penugasan) -> None:
        try:
            gerbang.wait()
            hasil.append(lakukan(p))
        except TransisiDitolak as ditolak:
            hasil.append(ditolak)
        finally:
            connection.close()

    benang = [threading.Thread(target=jalankan, args=[p]) for p in staf]
    for b in benang:
        b.start()
    for b in benang:
        b.join()
    return hasil


def test_a_row_typed_by_many_at_once_keeps_the_first(staf: list[Penugasan], now: datetime) -> None:
    c = CapaianFactory(formulir=FormulirFactory(unit=staf[0].unit))

    def simpan(p: Penugasan) -> Capaian:
        isian = IsianBaris(str(p.pk), "", 0)
        return save_baris(capaian_id=c.pk, isian=isian, aktor=p.pengguna, sebagai=p, now=now)

    hasil = _bersamaan(staf, simpan)
    (satu,) = [h for h in hasil if isinstance(h, Capaian)]
    assert sum(isinstance(h, TransisiDitolak) for h in hasil) == 5
    tersimpan = Capaian.objects.select_related("formulir").get()
    assert (tersimpan.realisasi, tersimpan.versi) == (satu.realisasi, 1)
    assert find_chain_break(tersimpan.formulir) is None


def test_a_row_judged_by_many_at_once_keeps_the_first_verdict(
    staf: list[Penugasan], now: datetime
) -> None:
    c = CapaianFactory(formulir=FormulirFactory(unit=staf[0].unit, diajukan=True), terisi=True)

    def nilai(p: Penugasan) -> HasilPeriksa:
        tanda = {c.pk: TandaBaris(Tanda.PERBAIKI, f"Catatan {p.pk}.", 0)}
        return save_pemeriksaan(
            formulir_ids=[c.formulir_id], tanda=tanda, pemeriksa=Pemeriksa(p.pengguna, p, now)
        )

    hasil = _bersamaan(staf, nilai)
    jumlah = [(h.tersimpan, len(h.ditolak)) for h in hasil if isinstance(h, HasilPeriksa)]
    assert sorted(jumlah) == [(0, 1)] * 5 + [(1, 0)]
    tersimpan = Capaian.objects.select_related("formulir").get()
    assert tersimpan.versi == 1
    assert find_chain_break(tersimpan.formulir) is None


def test_a_period_opened_by_many_at_once_has_one_form(staf: list[Penugasan], now: datetime) -> None:
    unit = staf[0].unit
    assert unit is not None
    TargetFactory(indikator__unit=unit)
    hasil = _bersamaan(
        staf, lambda _p: open_formulir(unit=unit, tahun=2026, triwulan=3, now=now).pk
    )
    assert len(set(hasil)) == 1
    assert (FormulirCapaian.objects.count(), Capaian.objects.count()) == (1, 1)


def test_a_form_sent_by_many_at_once_is_sent_by_one(staf: list[Penugasan], now: datetime) -> None:
    formulir = FormulirFactory(unit=staf[0].unit)
    hasil = _bersamaan(
        staf,
        lambda p: submit_formulir(formulir_id=formulir.pk, aktor=p.pengguna, sebagai=p, now=now),
    )
    assert sum(isinstance(h, FormulirCapaian) for h in hasil) == 1
    assert sum(isinstance(h, TransisiDitolak) for h in hasil) == 5
