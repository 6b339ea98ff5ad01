"""Forms that assess an SOP: filled from the runs, answered by people, settled once."""

from datetime import datetime

import pytest
from django.db import DatabaseError, transaction

from laporan.models import ButirPenilaian, PenilaianSOP
from laporan.rules.pantau import TepatWaktu
from laporan.rules.penilaian import (
    KRITERIA,
    Jawaban,
    fits_jenis,
    list_kurang,
    propose_langkah,
    propose_sop,
)
from laporan.rules.rentang import make_rentang
from laporan.services.penilaian import (
    IsianButir,
    IsianPenilaian,
    PenilaianBelumLengkap,
    PenilaianBerubah,
    create_penilaian,
    refresh_penilaian,
    save_penilaian,
    settle_penilaian,
)
from organisasi.selectors import find_chain_break, list_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.kisah import HARI, JAM, OKTOBER, walk
from tests.laporan.penilai import (
    SEMESTER,
    TAHUN,
    answer_all,
    begin,
    make_kantor_berkisah,
    orang,
)
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose October is told in `tests.laporan.kisah`."""
    return make_kantor_berkisah(now)


@pytest.fixture
def penilaian(kantor: Kantor, now: datetime) -> PenilaianSOP:
    """Its monitoring form, just begun by the secretary."""
    return begin(kantor, now)


@pytest.mark.parametrize(
    ("n", "tepat", "ulang", "usul"),
    [
        (0, TepatWaktu(0, 0), 0, ""),
        (3, TepatWaktu(3, 3), 0, "ya"),
        (3, TepatWaktu(0, 0), 0, ""),
        (3, TepatWaktu(3, 3), 1, ""),
        (4, TepatWaktu(2, 4), 0, ""),
        (3, TepatWaktu(1, 3), 0, "tidak"),
    ],
    ids=("nobody", "in-time", "no-limit", "repeated", "half", "most-late"),
)
def test_figures_propose_only_what_they_prove(
    n: int, tepat: TepatWaktu, ulang: int, usul: str
) -> None:
    assert propose_langkah(n=n, tepat=tepat, ulang=ulang) == usul


def test_whole_procedure_follows_its_steps() -> None:
    assert propose_sop(["ya", "ya"]) == "ya"
    assert propose_sop(["ya", "", "tidak"]) == "tidak"
    assert propose_sop(["ya", ""]) == propose_sop([]) == ""


def test_each_form_has_its_period() -> None:
    assert fits_jenis("monitoring", SEMESTER)
    assert fits_jenis("evaluasi", TAHUN)
    assert not fits_jenis("monitoring", TAHUN)
    assert not fits_jenis("evaluasi", SEMESTER)
    bebas = make_rentang(OKTOBER.dari, OKTOBER.sampai)
    assert not fits_jenis("monitoring", bebas)
    assert not fits_jenis("evaluasi", bebas)


def test_what_lacks_is_said_row_by_row() -> None:
    baris = [
        Jawaban(1, "A", "", "", ""),
        Jawaban(2, "B", "tidak", "sebab", " "),
        Jawaban(3, "C", "tidak", "", "kerja"),
        Jawaban(4, "D", "ya", "", ""),
    ]
    assert list_kurang("monitoring", baris) == [
        "Baris 1 (A): pilih penilaiannya.",
        "Baris 2 (B): tuliskan tindakan yang harus diambil.",
    ]
    assert list_kurang("evaluasi", baris)[1:] == ["Baris 3 (C): tuliskan alasannya."]


def test_monitoring_says_from_what_figures_it_proposes(penilaian: PenilaianSOP) -> None:
    butir = list(penilaian.butir.order_by("urut"))
    assert [b.usul for b in butir] == ["tidak", "ya", "ya", "tidak", "ya", "ya", "", "", "ya"]
    assert [b.jawaban for b in butir] == [b.usul for b in butir]
    assert butir[0].pernyataan == "Seluruh prosedur: SOP Uji"
    assert butir[0].dasar == penilaian.ringkasan
    assert butir[3].dasar == "1 giliran: 2 hari kerja (waktu baku 1 hari). 0 dari 1 tepat waktu."
    assert butir[5].dasar.startswith("5 giliran: median kurang dari 1 menit (waktu baku 1 hari).")
    assert "1 kali diulang karena dikembalikan." in butir[6].dasar
    assert butir[7].dasar.endswith("1 kali mengembalikan.")
    assert (butir[3].kata, butir[6].kata_usul) == ("Tidak berjalan dengan baik", "")


def test_evaluation_proves_what_it_can_and_leaves_the_rest(kantor: Kantor, now: datetime) -> None:
    penilaian = create_penilaian(
        versi=kantor.versi,
        jenis="evaluasi",
        rentang=TAHUN,
        aktor=orang(kantor, "kepala"),
        now=now,
    )
    butir = list(penilaian.butir.order_by("urut"))
    assert [b.pernyataan for b in butir] == [teks for _kode, teks in KRITERIA]
    assert [b.usul for b in butir] == ["", "", "tidak", "ya", "tidak", "", ""]
    assert butir[2].dasar.endswith("13 dari 14 giliran bertenggat tepat waktu.")
    assert butir[3].dasar == "8 dari 8 langkah dikerjakan pemegang jabatannya, 14 giliran."
    assert butir[4].dasar == ("Hambatan di langkah 3: lewat 2 jam seluruhnya; 1 kali dikembalikan.")
    assert butir[0].dasar == ""


def test_without_runs_nothing_is_proposed(now: datetime) -> None:
    kosong = make_kantor(DINKES, now)
    for jenis, rentang in (("monitoring", SEMESTER), ("evaluasi", TAHUN)):
        penilaian = create_penilaian(
            versi=kosong.versi,
            jenis=jenis,
            rentang=rentang,
            aktor=orang(kosong, "kepala"),
            now=now,
        )
        assert set(penilaian.butir.values_list("usul", flat=True)) == {""}
    satu = PenilaianSOP.objects.get(jenis="monitoring").butir.get(urut=2)
    assert satu.dasar == "Tidak ada giliran yang selesai pada periode ini."


def test_smooth_runs_prove_that_problems_are_mastered(now: datetime) -> None:
    lancar = make_kantor(DINKES, now)
    walk(lancar, lancar.start(now), now + JAM)
    penilaian = create_penilaian(
        versi=lancar.versi,
        jenis="evaluasi",
        rentang=TAHUN,
        aktor=orang(lancar, "perencana"),
        now=now,
    )
    assert penilaian.butir.get(urut=5).usul == "ya"
    sebagian = make_kantor(DINKES, now)
    walk(sebagian, sebagian.start(now), now + JAM, sampai=4)
    penilaian = create_penilaian(
        versi=sebagian.versi,
        jenis="evaluasi",
        rentang=TAHUN,
        aktor=orang(sebagian, "perencana"),
        now=now,
    )
    assert penilaian.butir.get(urut=4).usul == ""


def test_steps_without_a_limit_say_so(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    draf.tugas.update(tenggat=None)
    kantor.work_all(draf, now + JAM)
    penilaian = create_penilaian(
        versi=kantor.versi,
        jenis="monitoring",
        rentang=SEMESTER,
        aktor=orang(kantor, "kepala"),
        now=now,
    )
    assert penilaian.butir.get(urut=2).dasar == "1 giliran: 1 jam (waktu baku 1 hari)."


def test_only_assessors_of_the_office_begin_a_form(kantor: Kantor, now: datetime) -> None:
    asing = PenugasanFactory.create(jabatan__tingkat="kepala").pengguna
    pengelola = PenugasanFactory.create(
        jabatan__tingkat="pengelola", jabatan__instansi=kantor.instansi
    ).pengguna
    for aktor in (orang(kantor, "staf"), asing, pengelola):
        with pytest.raises(AksesDitolak, match="kepala, sekretaris, atau perencana"):
            create_penilaian(
                versi=kantor.versi, jenis="monitoring", rentang=SEMESTER, aktor=aktor, now=now
            )


def test_a_form_of_the_wrong_period_or_kind_is_refused(kantor: Kantor, now: datetime) -> None:
    for jenis, rentang in (("monitoring", TAHUN), ("evaluasi", SEMESTER), ("lain", TAHUN)):
        with pytest.raises(IsianTidakSah, match="satu semester"):
            create_penilaian(
                versi=kantor.versi,
                jenis=jenis,
                rentang=rentang,
                aktor=orang(kantor, "kepala"),
                now=now,
            )


def test_a_period_has_one_form_of_a_kind(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    with pytest.raises(TransisiDitolak, match="sudah ada"):
        create_penilaian(
            versi=kantor.versi,
            jenis="monitoring",
            rentang=SEMESTER,
            aktor=orang(kantor, "kepala"),
            now=now,
        )


def test_saving_keeps_answers_and_trail(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    kepala = orang(kantor, "kepala")
    penilaian = answer_all(penilaian, kepala, now)
    assert penilaian.isian_urut == 1
    assert penilaian.butir.get(urut=7).tindakan == "Jadwalkan lebih awal."
    assert answer_all(penilaian, kepala, now).isian_urut == 1
    aksi = [j.aksi for j in list_jejak(penilaian)]
    assert aksi == ["laporan.penilaian.buat", "laporan.penilaian.simpan"]
    assert find_chain_break(PenilaianSOP.objects.get(pk=penilaian.pk)) is None


def test_a_row_of_no_answer_and_a_row_of_another_form_change_nothing(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    kepala, pk = orang(kantor, "kepala"), penilaian.butir.get(urut=1).pk
    asing = IsianPenilaian(0, {pk + 999: IsianButir("ya")})
    assert (
        save_penilaian(penilaian_id=penilaian.pk, isian=asing, aktor=kepala, now=now).isian_urut
        == 0
    )
    with pytest.raises(IsianTidakSah, match="Ya atau Tidak"):
        save_penilaian(
            penilaian_id=penilaian.pk,
            isian=IsianPenilaian(0, {pk: IsianButir("mungkin")}),
            aktor=kepala,
            now=now,
        )


def test_what_somebody_else_saved_is_not_overwritten(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    answer_all(penilaian, orang(kantor, "kepala"), now)
    with pytest.raises(PenilaianBerubah):
        save_penilaian(
            penilaian_id=penilaian.pk,
            isian=IsianPenilaian(0, {}),
            aktor=orang(kantor, "sekretaris"),
            now=now,
        )


def test_reading_figures_anew_keeps_what_people_answered(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    kepala = orang(kantor, "kepala")
    tujuh = penilaian.butir.get(urut=7)
    isian = IsianPenilaian(0, {tujuh.pk: IsianButir("ya", "Cukup.")})
    save_penilaian(penilaian_id=penilaian.pk, isian=isian, aktor=kepala, now=now)
    lagi = now + 14 * HARI
    for ke in (1, 2, 4):
        walk(kantor, kantor.start(lagi, periode_ke=ke), lagi + JAM)
    baru = refresh_penilaian(penilaian_id=penilaian.pk, aktor=kepala, now=lagi + HARI)
    assert baru.ringkasan.startswith("4 laporan selesai, median")
    assert baru.angka_pada == lagi + HARI
    empat = baru.butir.get(urut=4)
    assert empat.dasar.startswith("4 giliran")
    assert (empat.usul, empat.jawaban) == ("", "")
    assert baru.butir.get(urut=7).catatan == "Cukup."
    assert baru.butir.get(urut=7).jawaban == "ya"


def test_settled_only_when_complete_then_frozen(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    kepala = orang(kantor, "kepala")
    with pytest.raises(PenilaianBelumLengkap) as belum:
        settle_penilaian(penilaian_id=penilaian.pk, aktor=kepala, now=now)
    assert len(belum.value.masalah) == 4
    answer_all(penilaian, kepala, now)
    penilaian.refresh_from_db()
    with pytest.raises(PenilaianBerubah):
        settle_penilaian(
            penilaian_id=penilaian.pk, aktor=kepala, now=now, urut=penilaian.isian_urut - 1
        )
    final = settle_penilaian(penilaian_id=penilaian.pk, aktor=kepala, now=now)
    assert (final.is_final, final.penilai_nama, final.penilai_nip) == (
        True,
        kepala.nama,
        kepala.nip,
    )
    for kerja in (settle_penilaian, refresh_penilaian):
        with pytest.raises(TransisiDitolak, match="sudah ditetapkan"):
            kerja(penilaian_id=penilaian.pk, aktor=kepala, now=now)
    with pytest.raises(TransisiDitolak, match="sudah ditetapkan"):
        answer_all(penilaian, kepala, now)


@pytest.mark.basisdata
def test_database_refuses_to_change_a_settled_form(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    answer_all(penilaian, orang(kantor, "kepala"), now)
    butir = ButirPenilaian.objects.filter(penilaian=penilaian)
    butir.filter(urut=1).update(catatan="Masih boleh.")
    settle_penilaian(penilaian_id=penilaian.pk, aktor=orang(kantor, "kepala"), now=now)
    for ubah in (
        lambda: butir.update(catatan="Diubah."),
        lambda: butir.delete(),
        lambda: ButirPenilaian.objects.create(penilaian=penilaian, urut=99, pernyataan="Baru"),
        lambda: PenilaianSOP.objects.update(penilai_nama="Orang lain"),
        lambda: PenilaianSOP.objects.filter(pk=penilaian.pk)._raw_delete(using="default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            ubah()
    assert butir.count() == 9
