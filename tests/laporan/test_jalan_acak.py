"""A draft walked at random: whatever people do, the invariants hold."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from laporan.models import Draf, Tugas
from laporan.services.draf import Putusan, cancel_draf, finish_tugas, resume_draf, suspend_draf
from sakip.common.errors import DomainError
from tests.laporan.invarian import SARINGAN, assert_invarian
from tests.laporan.rute import DINKES, SINTETIS, Kantor, aktif, make_kantor, publish_rute

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


class JalanAcak(RuleBasedStateMachine):
    """One draft on the synthetic route, and every kind of person acting on it."""

    rute = SINTETIS

    def __init__(self) -> None:
        super().__init__()
        # Every example happens in a transaction of its own that is rolled back.
        self.transaksi = transaction.atomic()
        self.transaksi.__enter__()
        self.kini = MULAI

    @initialize()
    def start(self) -> None:
        self.kantor: Kantor = make_kantor(self.rute, MULAI)
        self.draf = self.kantor.start(MULAI)
        self.basi: list[int] = []

    def _fresh(self) -> Draf:
        return Draf.objects.get(pk=self.draf.pk)

    def _sorted(self) -> list[Tugas]:
        return aktif(self.draf)

    @precondition(lambda self: self._fresh().is_aktif)
    @rule(pilih=st.integers(0, 9), tidak=st.booleans(), menit=st.integers(0, 3000))
    def work(self, pilih: int, tidak: bool, menit: int) -> None:  # noqa: FBT001 - drawn by hypothesis
        self.kini += timedelta(minutes=menit)
        giliran = self._sorted()
        tugas = giliran[pilih % len(giliran)]
        keputusan = tugas.kunjungan.langkah.simbol == "keputusan"
        self.kantor.work(tugas, self.kini, "tidak" if tidak and keputusan else "")
        self.basi.append(tugas.pk)

    @precondition(lambda self: self._fresh().is_aktif)
    @rule(pilih=st.integers(0, 9), unit=st.sampled_from(["B1", "B3", "S2", "SET"]))
    def return_some_units(self, pilih: int, unit: str) -> None:
        giliran = [t for t in self._sorted() if t.kunjungan.langkah.simbol == "keputusan"]
        if giliran:
            tugas = giliran[pilih % len(giliran)]
            self._refusable(
                lambda: self.kantor.work(
                    tugas, self.kini, "tidak", unit=(self.kantor.unit[unit].pk,)
                )
            )

    @precondition(lambda self: bool(self.basi))
    @rule(pilih=st.integers(0, 99))
    def act_on_a_closed_turn(self, pilih: int) -> None:
        tugas = Tugas.objects.select_related("kunjungan__langkah").get(
            pk=self.basi[pilih % len(self.basi)]
        )
        self._refused(lambda: self.kantor.work(tugas, self.kini))

    @precondition(lambda self: self._fresh().is_aktif)
    @rule(hasil=st.sampled_from(["lanjut", "ya", "tidak", "entah"]), pilih=st.integers(0, 9))
    def act_as_somebody_else(self, hasil: str, pilih: int) -> None:
        giliran = self._sorted()
        tugas = giliran[pilih % len(giliran)]
        lain = next(o for j, o in self.kantor.orang.items() if j != tugas.jabatan_id)
        putusan = Putusan(hasil=hasil, catatan="x")
        self._refused(
            lambda: finish_tugas(tugas_id=tugas.pk, aktor=lain, putusan=putusan, now=self.kini)
        )

    @rule(aksi=st.sampled_from([suspend_draf, resume_draf, cancel_draf]), sungguh=st.integers(0, 9))
    def halt_or_resume(self, aksi: Callable[..., object], sungguh: int) -> None:
        if aksi is cancel_draf and sungguh:
            return  # cancelling ends the walk, so it is tried rarely
        kepala = next(o for j, o in self.kantor.orang.items() if self._kode(j) == "kepala")
        self._refusable(
            lambda: aksi(draf_id=self.draf.pk, aktor=kepala, alasan="Sebab.", now=self.kini)
        )

    def _kode(self, jabatan_id: int) -> str:
        return str(self.kantor.instansi.jabatan.get(pk=jabatan_id).kode)

    @rule()
    def revise_the_sop(self) -> None:
        jabatan = {j.kode: j for j in self.kantor.instansi.jabatan.all()}
        publish_rute(self.kantor.versi.sop, self.rute, jabatan, self.kini)

    def _refused(self, aksi: Callable[..., object]) -> None:
        urut = self._fresh().jejak_urut
        with pytest.raises(DomainError), transaction.atomic():
            aksi()
        assert self._fresh().jejak_urut == urut

    def _refusable(self, aksi: Callable[..., object]) -> None:
        urut = self._fresh().jejak_urut
        try:
            with transaction.atomic():
                aksi()
        except DomainError:
            assert self._fresh().jejak_urut == urut

    @invariant()
    def hold(self) -> None:
        if hasattr(self, "draf"):
            assert_invarian(self.draf.pk)

    def teardown(self) -> None:
        try:
            self._finish()
        finally:
            transaction.set_rollback(True)
            self.transaksi.__exit__(None, None, None)

    def _finish(self) -> None:
        """From anywhere, answering Ya leads to the end."""
        if not hasattr(self, "draf"):
            return
        draf = self._fresh()
        if draf.status == Draf.Status.DITANGGUHKAN:
            kepala = next(o for j, o in self.kantor.orang.items() if self._kode(j) == "kepala")
            draf = resume_draf(draf_id=draf.pk, aktor=kepala, alasan="Lanjut.", now=self.kini)
        for _ in range(40):
            if not draf.is_aktif:
                break
            draf = self.kantor.work_all(draf, self.kini)
        assert draf.status in (Draf.Status.SELESAI, Draf.Status.DIBATALKAN)
        assert_invarian(draf.pk)


class JalanAcakDinkes(JalanAcak):
    """The same people on the shape of the Dinkes Mojokerto SOP."""

    rute = DINKES


@pytest.mark.django_db
@pytest.mark.basisdata
@pytest.mark.no_cover
@pytest.mark.parametrize("mesin", [JalanAcak, JalanAcakDinkes])
def test_random_walks_keep_every_invariant(mesin: type[JalanAcak]) -> None:
    run_state_machine_as_test(
        mesin,
        settings=settings(
            max_examples=40 // SARINGAN,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
