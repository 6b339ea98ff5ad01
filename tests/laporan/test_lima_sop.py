"""All five SOPs run from start to end as data: straight, with every return, and at random."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja.models import Capaian, FormulirCapaian, Indikator
from kinerja.services.bukti import attach_bukti
from kinerja.services.formulir import BelumLengkap
from laporan.management.commands.muat_demo import CONTOH, KANTOR, PEMBINA
from laporan.models import Draf, Penyampaian, Tugas
from laporan.selectors.draf import list_unit_balik
from laporan.services.draf import LaporanBaru, Putusan, finish_tugas
from organisasi.models import Instansi, NomorRegister, Pengguna, Register
from organisasi.selectors import find_chain_break, list_pemegang
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sop.models import VersiSOP
from sop.selectors import get_graf
from sop.services.muat import load_berkas
from tests.laporan.invarian import SARINGAN, assert_invarian
from tests.laporan.kantor_contoh import JALAN, KantorContoh, baca, load_kantor
from tests.laporan.rute import aktif, nomor_kini

pytestmark = pytest.mark.django_db

MAKS_KUERI = 23  # a meeting is looked up and sealed on the way
# Text handed over and forms opened or handed in, each by the scale and settings of the office.
MAKS_KUERI_FORMULIR = 30
# What a version freezes beside its words: capaian, years, Renstra, others, budget and the PK.
KUERI_VERSI = 17
# What the blocks of an annual report read besides, and checking that it is complete.
KUERI_BLOK = 8
PANJANG = ("dprkp2-mojokerto", "kecamatan", "kota-blitar")  # units and decisions on the way
Jawab = Callable[[Tugas], tuple[str, tuple[int, ...]]]
jalan = pytest.mark.parametrize("jalan", JALAN)


def maju(_tugas: Tugas) -> tuple[str, tuple[int, ...]]:
    """Go on: Ya, or the only way there is."""
    return "", ()


def walk(kantor: KantorContoh, draf: Draf, jawab: Jawab) -> Draf:
    """Do turn after turn until the draft is finished; every invariant holds after every act."""
    assert_invarian(draf.pk)
    for _ in range(300):
        if not draf.is_aktif:
            break
        tugas = aktif(draf)[0]
        hasil, unit = jawab(tugas)
        draf = kantor.work(tugas, hasil, unit)
        assert_invarian(draf.pk)
    assert draf.status == Draf.Status.SELESAI
    return draf


def walk_to(kantor: KantorContoh, draf: Draf, nomor: int) -> Draf:
    """Go on until the draft lies at step `nomor`."""
    while nomor_kini(draf) != nomor:
        draf = kantor.work(aktif(draf)[0])
    return draf


def start(nama: str, now: datetime) -> tuple[KantorContoh, Draf]:
    """The office of that walk and its draft."""
    kode, laporan, _langkah = JALAN[nama]
    kantor = load_kantor(kode, now)
    return kantor, kantor.start(laporan)


def trail(draf: Draf) -> list[int]:
    """Numbers of the steps it went through."""
    return list(draf.kunjungan.order_by("pk").values_list("langkah__nomor", flat=True))


def keputusan(draf: Draf) -> set[int]:
    """Steps of this draft's walk that answer Ya or Tidak."""
    graf = get_graf(draf.versi_id, draf.versi.sidik)
    return {s.nomor for s in graf.langkah if s.is_keputusan} & set(trail(draf))


@pytest.mark.basisdata
@jalan
def test_each_sop_walks_straight_to_its_end(jalan: str, now: datetime) -> None:
    kantor, draf = start(jalan, now)
    draf = walk(kantor, draf, maju)
    assert trail(draf) == JALAN[jalan][2]
    formulir = FormulirCapaian.objects.filter(unit__instansi=kantor.instansi)
    # Somebody else's decision verifies, or the end where none does; Kota Blitar lets each Kabid
    # decide on his own figures.
    diperiksa = jalan != "kota-blitar"
    assert {f.status for f in formulir} <= {"diverifikasi" if diperiksa else "diajukan"}


@jalan
def test_each_tidak_is_taken_once_and_the_end_is_still_reached(jalan: str, now: datetime) -> None:
    kantor, draf = start(jalan, now)

    def sekali_tidak(tugas: Tugas) -> tuple[str, tuple[int, ...]]:
        pertama = tugas.kunjungan.langkah.simbol == "keputusan" and tugas.kunjungan.iterasi == 1
        return ("tidak" if pertama else ""), ()

    draf = walk(kantor, draf, sekali_tidak)
    kembali = draf.kunjungan.filter(hasil="tidak").values_list("langkah__nomor", flat=True)
    assert sorted(kembali) == sorted(keputusan(draf))
    assert trail(draf)[-1] == JALAN[jalan][2][-1]


@pytest.mark.parametrize(
    ("jalan", "nomor", "unit"),
    [("dprkp2-mojokerto", 6, "PERKIM"), ("kecamatan", 6, "PMD"), ("dinkes-mojokerto", 7, None)],
)
def test_a_return_reaches_only_the_units_named(
    jalan: str, nomor: int, unit: str | None, now: datetime
) -> None:
    kantor, draf = start(jalan, now)
    draf = walk_to(kantor, draf, nomor)
    dapat = {u.kode: u.pk for u in list_unit_balik(aktif(draf)[0])}
    pilih = (dapat[unit],) if unit else ()
    draf = kantor.work(aktif(draf)[0], "tidak", pilih)
    assert_invarian(draf.pk)
    assert [t.unit_id for t in aktif(draf)] == ([*pilih] or [None])
    walk(kantor, draf, maju)
    formulir = FormulirCapaian.objects.filter(unit__instansi=kantor.instansi, putaran=2)
    assert [f.unit_id for f in formulir] == [*pilih]


def test_rework_is_handed_in_with_what_the_sop_demands_of_it(now: datetime) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    kantor.work(aktif(walk_to(kantor, draf, 6))[0], "tidak")
    tugas = aktif(draf)[0]
    mandat = kantor.mandat(tugas)
    kantor.fill(tugas, mandat)
    with pytest.raises(BelumLengkap) as belum:
        kantor.finish(tugas, mandat)
    assert "wajib disertai RTL" in belum.value.masalah[0]
    kantor.attach(tugas, mandat)
    kantor.finish(tugas, mandat)
    assert Tugas.objects.get(pk=tugas.pk).status == Tugas.Status.SELESAI
    assert_invarian(draf.pk)


def test_new_evidence_counts_as_the_attachment_too(now: datetime) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    kantor.work(aktif(walk_to(kantor, draf, 6))[0], "tidak")
    tugas = aktif(draf)[0]
    mandat = kantor.mandat(tugas)
    kantor.fill(tugas, mandat)
    baris = Capaian.objects.filter(formulir=tugas.formulir_id).first()
    assert baris
    attach_bukti(
        capaian_id=baris.pk,
        berkas=SimpleUploadedFile("rtl.pdf", b"%PDF-1.7\nRTL\n"),
        aktor=mandat.pengguna,
        sebagai=mandat,
        now=now,
    )
    kantor.finish(tugas, mandat)


def test_a_unit_without_indikator_attaches_it_all_the_same(now: datetime) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    Indikator.objects.filter(unit__kode="HUB").update(is_aktif=False)
    kantor.work(aktif(walk_to(kantor, draf, 6))[0], "tidak")
    kosong = next(t for t in aktif(draf) if t.unit and t.unit.kode == "HUB")
    with pytest.raises(BelumLengkap):
        kantor.finish(kosong, kantor.mandat(kosong))
    walk(kantor, Draf.objects.get(pk=draf.pk), maju)


def test_each_bidang_validates_its_own_figures_and_only_the_faulty_come_back(
    now: datetime,
) -> None:
    kantor, draf = start("kota-blitar", now)
    draf = walk_to(kantor, draf, 7)
    salah = next(t for t in aktif(draf) if t.unit and t.unit.kode == "DATIN")
    for tugas in aktif(draf):
        draf = kantor.work(tugas, "tidak" if tugas.pk == salah.pk else "ya")
    assert [t.unit_id for t in aktif(draf)] == [salah.unit_id]
    draf = kantor.work(aktif(draf)[0])
    assert [t.jabatan.kode for t in aktif(draf)] == ["perencana"]  # collects inside the same row
    draf = kantor.work(aktif(draf)[0])
    assert [(t.unit_id, nomor_kini(draf)) for t in aktif(draf)] == [(salah.unit_id, 7)]
    assert FormulirCapaian.objects.get(putaran=2).unit_id == salah.unit_id
    walk(kantor, draf, maju)


def test_figures_are_verified_with_the_report_where_no_step_verifies_them(now: datetime) -> None:
    kantor, draf = start("dinkes-mojokerto", now)
    draf = walk_to(kantor, draf, 8)
    ragu = FormulirCapaian.objects.latest("pk")
    ragu.capaian.update(periksa="perbaiki", catatan_pemeriksa="Cocokkan.")
    assert not FormulirCapaian.objects.filter(status="diverifikasi").exists()
    walk(kantor, draf, maju)
    assert set(FormulirCapaian.objects.exclude(pk=ragu.pk).values_list("status", flat=True)) == {
        "diverifikasi"
    }
    ragu.refresh_from_db()
    assert ragu.status == "diajukan"
    assert find_chain_break(FormulirCapaian.objects.exclude(pk=ragu.pk)[0]) is None


def test_joint_deciders_both_agree_or_the_first_tidak_returns(now: datetime) -> None:
    kantor, draf = start("kecamatan", now)
    draf = walk_to(kantor, draf, 6)
    assert draf.meja == Draf.Meja.BERSAMA
    satu, dua = aktif(draf)
    draf = kantor.work(satu, "ya")
    assert [t.pk for t in aktif(draf)] == [dua.pk]
    draf = kantor.work(dua, "tidak")
    assert nomor_kini(draf) == 4
    assert_invarian(draf.pk)


@jalan
def test_cost_of_an_act_does_not_grow_with_the_route(jalan: str, now: datetime) -> None:
    kantor, draf = start(jalan, now)
    while draf.is_aktif:
        tugas = aktif(draf)[0]
        mandat = kantor.mandat(tugas)
        kantor.fill(tugas, mandat)
        kantor.judge(tugas)
        diajukan = FormulirCapaian.objects.filter(status="diajukan").count()
        with CaptureQueriesContext(connection) as kueri:
            draf = kantor.finish(tugas, mandat)
        diputus = diajukan - FormulirCapaian.objects.filter(status="diajukan").count()
        banyak = sum("SAVEPOINT" not in q["sql"] for q in kueri)
        formulir = tugas.formulir_id or any(t.formulir_id for t in aktif(draf))
        maks = MAKS_KUERI_FORMULIR if formulir else MAKS_KUERI
        maks += KUERI_VERSI * any("laporan_babnaskah" in q["sql"] for q in kueri)
        maks += KUERI_BLOK * (draf.jenis == Draf.Jenis.TAHUNAN)
        assert banyak <= maks + 2 * max(diputus, 0), (tugas, banyak)  # status and trail of each


def test_an_sop_of_other_periods_starts_no_such_report(now: datetime) -> None:
    kantor = load_kantor("dinkes-banten", now)
    with pytest.raises(IsianTidakSah, match="tidak mengatur laporan bulanan"):
        kantor.start(LaporanBaru("bulanan", 2026, 9))
    assert not Draf.objects.exists()


def test_rework_in_a_step_of_another_period_leads_back_to_where_it_came_from(
    now: datetime,
) -> None:
    kantor = load_kantor("dinkes-banten", now)
    jauh = baca("sop", "dinkes-banten").replace("tidak: 5", "tidak: 4")
    versi = load_berkas(
        teks=jauh, instansi=kantor.instansi, aktor=None, now=now, terbitkan=True
    ).versi
    kantor = replace(kantor, versi=versi)
    draf = kantor.start(LaporanBaru("semester", 2026, 2))
    draf = kantor.work(aktif(draf)[0], "tidak")
    draf = walk(kantor, draf, maju)
    assert trail(draf) == [6, 4, 5, 6, 7, 8]


def test_figures_handed_in_for_another_report_of_the_period_serve_this_one_too(
    now: datetime,
) -> None:
    kantor = load_kantor("kecamatan-dawarblandong", now)
    agustus, september = (
        walk_to(kantor, kantor.start(LaporanBaru("bulanan", 2026, bulan)), 4) for bulan in (8, 9)
    )
    assert {t.formulir_id for t in aktif(agustus)} == {t.formulir_id for t in aktif(september)}
    walk(kantor, agustus, maju)
    formulir = FormulirCapaian.objects.count()
    for tugas in aktif(september):
        september = kantor.finish(tugas, kantor.mandat(tugas))
    assert [t.jabatan.kode for t in aktif(september)] == ["kasubag_umum"]
    walk(kantor, september, maju)
    assert FormulirCapaian.objects.count() == formulir


def test_a_signing_step_ends_by_signing_only(now: datetime) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    (tugas,) = aktif(walk_to(kantor, draf, 11))
    aktor = kantor.mandat(tugas).pengguna
    with pytest.raises(IsianTidakSah, match="tanda tangan elektronik"):
        finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=Putusan(), now=now)
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    with pytest.raises(TransisiDitolak, match="sedang diproses"):
        finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=Putusan(), now=now)
    assert_invarian(draf.pk)


@jalan
@pytest.mark.no_cover
def test_random_decisions_keep_every_invariant(jalan: str, now: datetime) -> None:
    kode, laporan, _langkah = JALAN[jalan]
    kantor = load_kantor(kode, now)

    # A long one takes twenty times as long as a short one.
    banyak = (25 if jalan in PANJANG else 60) // SARINGAN

    @settings(
        max_examples=banyak, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def contoh(data: st.DataObject) -> None:
        sisa = 3  # returns; without an end of them a walk has none

        def acak(tugas: Tugas) -> tuple[str, tuple[int, ...]]:
            nonlocal sisa
            if (
                tugas.kunjungan.langkah.simbol != "keputusan"
                or not sisa
                or data.draw(st.booleans())
            ):
                return "", ()
            sisa -= 1
            dapat = [u.pk for u in list_unit_balik(tugas)]
            pilih = data.draw(st.sets(st.sampled_from(dapat))) if dapat else set()
            return "tidak", tuple(pilih)

        with transaction.atomic():
            walk(kantor, kantor.start(laporan), acak)
            transaction.set_rollback(True)

    contoh()


@override_settings(DEMO=True, DEMO_SANDI="kata-sandi-uji-2026")
def test_demo_loads_all_five_offices_and_loads_again_without_doubling(
    tmp_path: Path, now: datetime
) -> None:
    with override_settings(TTE_DIR=tmp_path):
        for _ in range(2):
            call_command("muat_demo", stdout=StringIO())
    assert set(Instansi.objects.values_list("kode", flat=True)) == {
        PEMBINA,
        *(k.kode for k in KANTOR),
    }
    banyak = len(KANTOR) + len(CONTOH) * sum(k.contoh for k in KANTOR)
    assert VersiSOP.objects.filter(status=VersiSOP.Status.TERBIT).count() == banyak
    assert VersiSOP.objects.count() == banyak
    assert Register.objects.count() == 7
    assert [n.status for n in NomorRegister.objects.order_by("urut")] == [
        "terpakai",
        "batal",
        "terpakai",
        "terpakai",
    ]
    assert Penyampaian.objects.count() == 3
    nip = list(Pengguna.objects.values_list("nip", flat=True))
    assert all(len(n) == 18 and n.isdigit() for n in nip)
    for sop in VersiSOP.objects.select_related("sop__instansi"):
        for langkah in get_graf(sop.pk, sop.sidik).langkah:
            for p in langkah.pelaksana:
                assert list_pemegang(jabatan_ids=[p.jabatan_id], pada=now)


@override_settings(DEMO=False)
def test_demo_is_not_loaded_into_a_real_installation() -> None:
    with pytest.raises(CommandError, match="bukan contoh"):
        call_command("muat_demo")
    assert not Instansi.objects.exists()
