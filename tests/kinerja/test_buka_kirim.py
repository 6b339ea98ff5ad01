"""Opening a form, handing it in, verifying it, sending it back."""

from datetime import datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.periode import Periode
from kinerja.services.formulir import (
    BelumLengkap,
    open_banyak,
    open_formulir,
    submit_formulir,
)
from kinerja.services.pemeriksaan import Pengembalian, return_formulir, verify_formulir
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.fsm import can_proceed
from tests.factories.kinerja import (
    BuktiFactory,
    CapaianFactory,
    FormulirFactory,
    IndikatorFactory,
    TargetFactory,
    make_baris,
)
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.basisdata

Status = FormulirCapaian.Status
BOLEH = {("draf", "submit"), ("diajukan", "verify"), ("diajukan", "send_back")}


@pytest.mark.parametrize("tindakan", ["submit", "verify", "send_back"])
@pytest.mark.parametrize("status", Status.values)
def test_transition_table(status: str, tindakan: str) -> None:
    formulir = FormulirCapaian(status=status)
    assert can_proceed(getattr(formulir, tindakan)) is ((status, tindakan) in BOLEH)


def test_status_moves_only_by_transition() -> None:
    with pytest.raises(AttributeError):
        FormulirCapaian().status = Status.DIVERIFIKASI
    with pytest.raises(AttributeError):
        FormulirCapaian.objects.update(status=Status.DIVERIFIKASI)


def test_opening_snapshots_every_active_indikator(bidang: Bidang, now: datetime) -> None:
    target = TargetFactory(indikator__unit=bidang.unit, indikator__batas=120)
    TargetFactory(indikator__unit=bidang.unit, indikator__is_aktif=False)
    TargetFactory(indikator__unit=bidang.kolega.unit)
    IndikatorFactory(unit=bidang.unit, sasaran__tujuan__tahun_akhir=2025)
    IndikatorFactory(unit=bidang.unit, kode="tanpa target")
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    baris = {c.indikator.kode: c for c in formulir.capaian.all()}
    assert set(baris) == {target.indikator.kode, "tanpa target"}
    assert baris["tanpa target"].target_nilai is None
    satu = baris[target.indikator.kode]
    assert (satu.target_nilai, satu.batas, satu.rumus) == (90, 120, "per_target")
    target.nilai = Decimal(10)
    target.save()
    satu.refresh_from_db()
    assert satu.target_nilai == 90


def test_opening_again_gives_the_same_draft(bidang: Bidang, now: datetime) -> None:
    TargetFactory(indikator__unit=bidang.unit)
    satu = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    dua = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert satu.pk == dua.pk
    assert Capaian.objects.count() == 1


@pytest.mark.parametrize("keadaan", ["diajukan", "diverifikasi", "dikembalikan"])
def test_new_round_copies_the_one_before(bidang: Bidang, now: datetime, keadaan: str) -> None:
    lama = CapaianFactory(
        formulir=FormulirFactory(unit=bidang.unit, **{keadaan: True}),
        terisi=True,
        penjelasan="Sebab.",
        catatan_pemeriksa="Sebutkan sumbernya.",
        versi=7,
    )
    bukti = BuktiFactory(capaian=lama)
    baru_aktif = IndikatorFactory(unit=bidang.unit)
    formulir = open_formulir(unit=bidang.unit, tahun=2026, triwulan=3, now=now)
    assert (formulir.putaran, formulir.status) == (2, Status.DRAF)
    salinan = formulir.capaian.get(indikator=lama.indikator)
    assert salinan.realisasi == lama.realisasi
    assert salinan.penjelasan == "Sebab."
    assert salinan.catatan_pemeriksa == "Sebutkan sumbernya."
    assert salinan.target_nilai == lama.target_nilai
    assert salinan.versi == 0
    assert [b.berkas.name for b in salinan.bukti.all()] == [bukti.berkas.name]
    assert formulir.capaian.filter(indikator=baru_aktif, realisasi=None).exists()
    lama.formulir.refresh_from_db()
    assert lama.formulir.status == keadaan


def test_indikator_moved_to_another_unit_stays_with_its_round(
    bidang: Bidang, now: datetime
) -> None:
    assert bidang.kolega.unit is not None
    lama = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit, dikembalikan=True))
    lama.indikator.unit = bidang.kolega.unit
    lama.indikator.save()
    unit_ids = [bidang.unit.pk, bidang.kolega.unit.pk]
    formulir = open_banyak(unit_ids=unit_ids, periode=Periode(2026, 3), now=now)
    assert formulir[bidang.unit.pk].capaian.count() == 1
    assert formulir[bidang.kolega.unit.pk].capaian.count() == 0


def test_opening_costs_the_same_for_one_unit_and_for_many(
    bidang: Bidang, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = [bidang.unit, *UnitKerjaFactory.create_batch(5, instansi=bidang.instansi)]
    for u in unit:
        TargetFactory(indikator__unit=u)
        BuktiFactory(capaian__formulir=FormulirFactory(unit=u, dikembalikan=True))
    ids = [u.pk for u in unit]
    with django_assert_num_queries(16):
        open_banyak(unit_ids=ids[:1], periode=Periode(2026, 3), now=now)
    with django_assert_num_queries(16):
        open_banyak(unit_ids=ids[1:], periode=Periode(2026, 3), now=now)
    with django_assert_num_queries(4):
        open_banyak(unit_ids=ids, periode=Periode(2026, 3), now=now)


def test_submit_records_who_and_as_what(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88.2"))
    formulir = submit_formulir(
        formulir_id=c.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )
    formulir.refresh_from_db()
    assert formulir.status == Status.DIAJUKAN
    assert formulir.diajukan_oleh == bidang.aktor
    assert formulir.diajukan_sebagai == f"{bidang.aktor.nama}, Staf (Bidang P2P)"
    assert formulir.diajukan_pada == now
    jejak = Jejak.objects.get()
    assert (jejak.aksi, jejak.sebagai) == ("kinerja.formulir.submit", "Staf (Bidang P2P)")
    assert find_chain_break(formulir) is None


def test_submit_costs_a_fixed_number_of_queries(
    bidang: Bidang, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sedikit = make_baris(bidang.unit, ("90", "88"))
    banyak = make_baris(bidang.unit, *[("90", "88")] * 12, triwulan=4)
    for c in (sedikit[0], banyak[0]):
        with django_assert_num_queries(10):
            submit_formulir(
                formulir_id=c.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
            )


def test_submit_lists_everything_missing_and_moves_nothing(bidang: Bidang, now: datetime) -> None:
    baris = make_baris(bidang.unit, ("90", None), ("90", "45"), ("90", "90"))
    with pytest.raises(BelumLengkap) as galat:
        submit_formulir(
            formulir_id=baris[0].formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
        )
    assert galat.value.pesan == "Belum dapat dikirim: 5 isian belum lengkap."
    assert galat.value.masalah == [
        f"{baris[0].indikator.nama}: Isi realisasi, atau jelaskan mengapa belum ada.",
        f"{baris[1].indikator.nama}: Capaian di bawah 76%, penjelasan wajib diisi.",
        f"{baris[1].indikator.nama}: Capaian di bawah 76%, tulis kendalanya.",
        f"{baris[1].indikator.nama}: Capaian di bawah 76%, tulis solusinya.",
        f"{baris[1].indikator.nama}: Capaian di bawah 76%, tulis RTL untuk periode berikutnya.",
    ]
    assert set(galat.value.galat) == {baris[0].pk, baris[1].pk}
    assert FormulirCapaian.objects.get().status == Status.DRAF
    assert not Jejak.objects.exists()


def test_a_reason_stands_in_for_a_figure(bidang: Bidang, now: datetime) -> None:
    kosong, rendah = make_baris(bidang.unit, ("90", None), ("90", "45"))
    Capaian.objects.filter(pk__in=[kosong.pk, rendah.pk]).update(penjelasan="Dihitung akhir tahun.")
    Capaian.objects.filter(pk=rendah.pk).update(kendala="Hujan.", solusi="Tenda.", rencana="Beli.")
    submit_formulir(
        formulir_id=kosong.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
    )
    assert FormulirCapaian.objects.get().status == Status.DIAJUKAN


def test_submit_twice_says_who_was_first(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    submit_formulir(formulir_id=c.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now)
    with pytest.raises(TransisiDitolak, match=r"sudah dikirim oleh .*Senin 12 Okt pukul 09\.00"):
        submit_formulir(
            formulir_id=c.formulir_id, aktor=bidang.aktor, sebagai=bidang.pengisi, now=now
        )


def test_only_the_unit_submits(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    for p in (bidang.kolega, bidang.perencana, bidang.orang_luar):
        with pytest.raises(AksesDitolak):
            submit_formulir(formulir_id=c.formulir_id, aktor=p.pengguna, sebagai=p, now=now)
    with pytest.raises(AksesDitolak):
        submit_formulir(
            formulir_id=c.formulir_id, aktor=bidang.kolega.pengguna, sebagai=bidang.pengisi, now=now
        )
    lampau = PenugasanFactory(jabatan=bidang.pengisi.jabatan, unit=bidang.unit, berakhir=True)
    with pytest.raises(AksesDitolak):
        submit_formulir(formulir_id=c.formulir_id, aktor=lampau.pengguna, sebagai=lampau, now=now)
    assert FormulirCapaian.objects.get().status == Status.DRAF


def test_staff_without_unit_works_for_every_unit(bidang: Bidang, now: datetime) -> None:
    (c,) = make_baris(bidang.unit, ("90", "88"))
    umum = PenugasanFactory(jabatan=JabatanFactory(instansi=bidang.instansi, tingkat="staf"))
    submit_formulir(formulir_id=c.formulir_id, aktor=umum.pengguna, sebagai=umum, now=now)
    assert FormulirCapaian.objects.get().diajukan_oleh == umum.pengguna


def test_verified_figures_are_locked(bidang: Bidang, now: datetime) -> None:
    pk = FormulirFactory(unit=bidang.unit, diajukan=True).pk
    p = bidang.perencana
    verify_formulir(formulir_id=pk, aktor=p.pengguna, sebagai=p, now=now)
    formulir = FormulirCapaian.objects.get()
    assert (formulir.status, formulir.diputus_pada) == (Status.DIVERIFIKASI, now)
    assert Jejak.objects.get().aksi == "kinerja.formulir.verify"
    with pytest.raises(TransisiDitolak, match="tidak sedang menunggu pemeriksaan"):
        verify_formulir(formulir_id=pk, aktor=p.pengguna, sebagai=p, now=now)


def test_return_ends_the_round_with_its_reason(bidang: Bidang, now: datetime) -> None:
    c = CapaianFactory(formulir=FormulirFactory(unit=bidang.unit, diajukan=True), terisi=True)
    p = bidang.perencana
    formulir = return_formulir(
        formulir_id=c.formulir_id,
        pengembalian=Pengembalian(" Angka belum cocok. ", {c.pk: " Sebutkan sumbernya. "}),
        aktor=p.pengguna,
        sebagai=p,
        now=now,
    )
    c.refresh_from_db()
    assert formulir.status == Status.DIKEMBALIKAN
    assert formulir.alasan_kembali == "Angka belum cocok."
    assert c.catatan_pemeriksa == "Sebutkan sumbernya."
    assert Jejak.objects.get().data["alasan"] == "Angka belum cocok."
    assert find_chain_break(formulir) is None


def test_return_needs_a_reason(bidang: Bidang, now: datetime) -> None:
    formulir = FormulirFactory(unit=bidang.unit, diajukan=True)
    p = bidang.perencana
    with pytest.raises(IsianTidakSah, match="wajib disertai alasan"):
        return_formulir(
            formulir_id=formulir.pk,
            pengembalian=Pengembalian(" \n"),
            aktor=p.pengguna,
            sebagai=p,
            now=now,
        )


def test_nobody_verifies_figures_he_handed_in(bidang: Bidang, now: datetime) -> None:
    p = bidang.perencana
    p.pengguna.is_superuser = True
    p.pengguna.save()
    formulir = FormulirFactory(unit=bidang.unit, diajukan=True, diajukan_oleh=p.pengguna)
    with pytest.raises(AksesDitolak, match="harus orang lain"):
        verify_formulir(formulir_id=formulir.pk, aktor=p.pengguna, sebagai=p, now=now)


def test_another_office_does_not_verify(bidang: Bidang, now: datetime) -> None:
    formulir = FormulirFactory(unit=bidang.unit, diajukan=True)
    luar = bidang.orang_luar
    with pytest.raises(AksesDitolak):
        verify_formulir(formulir_id=formulir.pk, aktor=luar.pengguna, sebagai=luar, now=now)


def test_only_the_latest_round_is_judged(bidang: Bidang, now: datetime) -> None:
    formulir = FormulirFactory(unit=bidang.unit, diajukan=True)
    FormulirFactory(unit=bidang.unit, putaran=2)
    p = bidang.perencana
    with pytest.raises(TransisiDitolak):
        verify_formulir(formulir_id=formulir.pk, aktor=p.pengguna, sebagai=p, now=now)
