"""Writing, publishing and withdrawing versions: effect, refusal, trail."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from organisasi.models import Instansi, Jejak, Penugasan
from organisasi.selectors import find_chain_break, list_jejak
from sakip.common.errors import AksesDitolak, AlurTidakSah, TransisiDitolak
from sakip.common.fsm import can_proceed
from sop.models import SOP, Alur, Langkah, Pelaksana, VersiSOP, sebutan
from sop.rules import istilah
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.selectors import (
    get_graf,
    get_versi_berlaku,
    list_sop,
    read_graf,
    read_identitas,
    read_sidik,
)
from sop.services.buang import discard_konsep
from sop.services.versi import create_versi, publish_versi, withdraw_versi
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.factories.sop import (
    JABATAN,
    baca_berkas,
    create_instansi,
    create_konsep,
    create_terbit,
    graf_sah,
    hire_all,
    muat,
    simpul,
    simpul_pelaksana,
)

pytestmark = pytest.mark.django_db
BOLEH = {("konsep", "publish"), ("terbit", "withdraw")}


@pytest.mark.parametrize("aksi", ["publish", "withdraw"])
@pytest.mark.parametrize("status", VersiSOP.Status.values)
def test_transition_table(status: str, aksi: str) -> None:
    versi = VersiSOP(status=status)
    assert can_proceed(getattr(versi, aksi)) is ((status, aksi) in BOLEH)


def _pejabat(tingkat: str, versi: VersiSOP) -> Penugasan:
    jabatan = JabatanFactory.create(instansi=versi.sop.instansi, tingkat=tingkat)
    return PenugasanFactory.create(jabatan=jabatan)


def test_a_konsep_is_written_whole_and_leaves_a_trail(now: datetime) -> None:
    identitas = Identitas(
        nomor_sop="065/1/2023",
        dasar_hukum=("UU 25/2004",),
        judul_pelaksana=(KolomPelaksana("Staf", ("staf",), tercetak=False),),
    )
    versi = create_versi(
        sop=create_konsep().sop, identitas=identitas, graf=graf_sah(), aktor=None, now=now
    )
    versi = VersiSOP.objects.get(pk=versi.pk)
    assert (versi.nomor, versi.status, versi.sidik) == (2, "konsep", "")
    assert read_identitas(versi) == identitas
    assert [s.nomor for s in read_graf(versi.pk).langkah] == [1, 2, 3, 4]
    assert [j.aksi for j in list_jejak(versi)] == ["sop.versi.create"]
    assert find_chain_break(versi) is None


def test_a_konsep_with_faults_can_be_kept_but_not_published(now: datetime) -> None:
    buntu = Graf((*graf_sah().langkah[:3], simpul(4, simbol="akhir", ke={}, pelaksana=())))
    versi = create_konsep(buntu)
    with pytest.raises(AlurTidakSah) as galat:
        publish_versi(versi_id=versi.pk, aktor=None, now=now)
    assert galat.value.status == 422
    assert "2 galat" in galat.value.pesan
    assert [m.split(":")[0] for m in galat.value.masalah] == [
        "langkah 4, pelaksana",
        "langkah 4, lanjut",
    ]
    assert VersiSOP.objects.get(pk=versi.pk).is_konsep


def test_a_konsep_with_an_unknown_post_or_a_stray_arrow_is_refused(now: datetime) -> None:
    graf = Graf((simpul(1, pelaksana=(simpul_pelaksana("camat"),)),))
    with pytest.raises(AlurTidakSah) as galat:
        create_konsep(graf)
    assert galat.value.masalah == [
        "Jabatan “camat” tidak ada di instansi ini.",
        "Jalur lanjut dari langkah 1 keluar dari SOP.",
    ]
    assert not VersiSOP.objects.exists()


def test_publishing_freezes_under_a_fingerprint_and_leaves_a_trail(now: datetime) -> None:
    versi = publish_versi(versi_id=create_konsep().pk, aktor=None, now=now)
    versi = VersiSOP.objects.get(pk=versi.pk)
    assert (versi.status, versi.terbit_pada) == ("terbit", now)
    assert versi.sidik == read_sidik(versi)
    assert len(versi.sidik) == 64
    assert [j.aksi for j in list_jejak(versi)] == ["sop.versi.create", "sop.versi.publish"]
    assert find_chain_break(versi) is None
    assert get_versi_berlaku(versi.sop, pada=now.date()) == versi


def test_publishing_withdraws_the_version_in_force(now: datetime) -> None:
    lama = create_terbit()
    baru = publish_versi(versi_id=create_konsep().pk, aktor=None, now=now)
    lama = VersiSOP.objects.get(pk=lama.pk)
    assert (lama.status, lama.dicabut_pada) == ("dicabut", now)
    assert get_versi_berlaku(baru.sop, pada=now.date()) == baru
    assert list_jejak(lama).last().aksi == "sop.versi.withdraw"  # type: ignore[union-attr]  # just written
    assert find_chain_break(lama) is None


def test_a_version_is_published_once(now: datetime) -> None:
    versi = create_terbit()
    with pytest.raises(TransisiDitolak, match="sudah pernah terbit") as galat:
        publish_versi(versi_id=versi.pk, aktor=None, now=now)
    assert galat.value.status == 409
    assert Jejak.objects.filter(aksi="sop.versi.publish").count() == 1


def test_withdrawing_ends_what_is_in_force_and_nothing_else(now: datetime) -> None:
    versi = create_terbit()
    withdraw_versi(versi_id=versi.pk, aktor=None, now=now)
    assert get_versi_berlaku(versi.sop, pada=now.date()) is None
    with pytest.raises(TransisiDitolak, match="tidak sedang berlaku"):
        withdraw_versi(versi_id=versi.pk, aktor=None, now=now)


@pytest.mark.parametrize(
    ("tingkat", "menyusun", "mengesahkan"),
    [
        ("kepala", True, True),
        ("sekretaris", True, True),
        ("perencana", True, False),
        ("pengelola", True, True),
        ("bidang", False, False),
        ("staf", False, False),
    ],
)
def test_the_desk_decides_who_may_draft_and_who_may_publish(
    tingkat: str, *, menyusun: bool, mengesahkan: bool, now: datetime
) -> None:
    versi = create_konsep()
    aktor = _pejabat(tingkat, versi).pengguna
    hire_all(versi.sop.instansi)

    def susun() -> None:
        create_versi(sop=versi.sop, identitas=Identitas(), graf=graf_sah(), aktor=aktor, now=now)

    def sahkan() -> None:
        publish_versi(versi_id=versi.pk, aktor=aktor, now=now)
        withdraw_versi(versi_id=versi.pk, aktor=aktor, now=now, alasan="Uji")

    for boleh, tindakan in ((menyusun, susun), (mengesahkan, sahkan)):
        if boleh:
            tindakan()
        else:
            with pytest.raises(AksesDitolak, match="tidak berwenang"):
                tindakan()


def test_a_post_in_another_office_or_in_the_past_gives_no_right(now: datetime) -> None:
    versi = create_konsep()
    lain = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="kepala"))
    bekas = _pejabat("kepala", versi)
    bekas.selesai = now
    bekas.save()
    for aktor in (lain.pengguna, bekas.pengguna):
        with pytest.raises(AksesDitolak):
            publish_versi(versi_id=versi.pk, aktor=aktor, now=now)


def test_an_account_without_a_post_neither_drafts_nor_publishes(now: datetime) -> None:
    """Not even that of the person who administers the accounts."""
    aktor = PenggunaFactory.create(is_superuser=True, is_staff=True)
    konsep = create_konsep()
    hire_all(konsep.sop.instansi)
    with pytest.raises(AksesDitolak):
        publish_versi(versi_id=konsep.pk, aktor=aktor, now=now)
    with pytest.raises(AksesDitolak):
        discard_konsep(versi_id=konsep.pk, sidik=read_sidik(konsep), aktor=aktor, now=now)
    assert VersiSOP.objects.get(pk=konsep.pk).is_konsep


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_is_written_and_read_back_without_loss(nama: str) -> None:
    versi = muat(nama)
    berkas = baca_berkas(nama)
    assert read_identitas(VersiSOP.objects.get(pk=versi.pk)) == berkas.identitas
    asal, kini = berkas.graf, get_graf(versi.pk, versi.sidik)
    for a, b in zip(asal.langkah, kini.langkah, strict=True):
        jalur = {h: kini.nomor(t) for h, t in b.ke.items()}
        orang = [(p.jabatan_kode, p.urutan, p.per_unit) for p in b.pelaksana]
        assert [(p.jabatan_kode, p.urutan, p.per_unit) for p in a.pelaksana] == orang
        assert a == replace(b, id=a.id, pelaksana=a.pelaksana, ke=jalur)


def test_a_published_route_is_read_in_three_queries_and_then_in_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    versi = muat()
    with django_assert_num_queries(3):
        graf = get_graf(versi.pk, versi.sidik)
    with django_assert_num_queries(0):
        assert get_graf(versi.pk, versi.sidik) is graf


def test_a_konsep_has_no_route_to_run_and_nothing_is_cached(now: datetime) -> None:
    versi = create_konsep()
    with pytest.raises(TransisiDitolak, match="belum terbit"):
        get_graf(versi.pk, versi.sidik)
    terbit = publish_versi(versi_id=versi.pk, aktor=None, now=now)
    with pytest.raises(TransisiDitolak):
        get_graf(versi.pk, "sidik-lain")
    assert len(get_graf(versi.pk, terbit.sidik).langkah) == 4


def test_a_withdrawn_version_still_runs_for_its_drafts(now: datetime) -> None:
    versi = withdraw_versi(versi_id=create_terbit().pk, aktor=None, now=now)
    assert len(get_graf(versi.pk, versi.sidik).langkah) == 4


def test_the_catalogue_of_an_office_costs_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    muat()
    instansi = muat("dinkes-banten").sop.instansi
    create_konsep(instansi=_dengan_staf(instansi.kode))
    with django_assert_num_queries(2):
        daftar = [(s.nama, [v.banyak_langkah for v in s.versi.all()]) for s in list_sop(instansi)]  # type: ignore[attr-defined]  # annotated
    assert daftar == [("SOP Pengumpulan Data Kinerja", [9]), ("SOP Uji", [4])]


def _dengan_staf(nama: str) -> Instansi:
    instansi = create_instansi(nama)
    JabatanFactory.create(instansi=instansi, kode="staf")
    return instansi


def test_words_of_the_vocabularies_have_labels_and_constraints() -> None:
    pasangan = (
        (sebutan.SIMBOL, istilah.Simbol),
        (sebutan.TINDAKAN, istilah.Tindakan),
        (sebutan.PERIODE, istilah.Periode),
        (sebutan.HASIL, istilah.Hasil),
        (sebutan.JENIS_UNIT, istilah.JenisUnit),
    )
    for pilihan, kata in pasangan:
        assert sebutan.nilai(pilihan) == [k.value for k in kata]


def test_the_database_refuses_words_outside_of_the_vocabularies() -> None:
    versi = create_konsep()
    langkah = versi.langkah.get(nomor=2)
    salah = (
        lambda: Langkah.objects.filter(pk=langkah.pk).update(simbol="segitiga"),
        lambda: Langkah.objects.filter(pk=langkah.pk).update(tindakan="main"),
        lambda: Langkah.objects.filter(pk=langkah.pk).update(periode="windu"),
        lambda: Langkah.objects.filter(pk=langkah.pk).update(waktu_satuan=""),
        lambda: Langkah.objects.filter(pk=langkah.pk).update(waktu_nilai=0),
        lambda: Pelaksana.objects.filter(langkah=langkah).update(per_unit="sekretariat+bidang"),
        lambda: Pelaksana.objects.filter(langkah=langkah).update(urutan=0),
        lambda: Alur.objects.filter(langkah=langkah).update(hasil="entah"),
        lambda: Alur.objects.filter(hasil="tidak").update(ke=None),
        lambda: VersiSOP.objects.create(sop=versi.sop, nomor=versi.nomor),
        lambda: VersiSOP.objects.create(sop=versi.sop, nomor=9, status="terbit"),
        lambda: SOP.objects.create(instansi=versi.sop.instansi, kode="uji", nama="lain"),
    )
    for tindakan in salah:
        with pytest.raises(IntegrityError), transaction.atomic():
            tindakan()


def test_rows_name_themselves_for_people() -> None:
    versi = muat()
    langkah = versi.langkah.get(nomor=5)
    pelaksana = Pelaksana.objects.get(langkah=langkah)
    assert str(versi) == "SOP Pengumpulan Data Kinerja (versi 1)"
    assert str(versi.sop) == "SOP Pengumpulan Data Kinerja"
    assert str(langkah).startswith("5. Mengetik draft")
    assert str(pelaksana) == "Staf (bidang+sekretariat)"
    assert str(Pelaksana.objects.filter(langkah__nomor=1).get()) == "Kepala Dinas"
    assert str(Alur.objects.get(langkah__nomor=8)).endswith("lanjut selesai")
    assert Langkah(versi=versi).waktu is None
