"""Handing a post over: turns follow, signatures in work do not break, the record tells it all."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf, Tugas
from laporan.perms import require_pelaksana
from laporan.selectors.serah_terima import get_serahan
from laporan.services.giliran import require_orang_lain
from laporan.services.serah_terima import hand_over_jabatan
from organisasi.models import Jejak, Pengguna, Penugasan
from organisasi.selectors import find_chain_break, list_penugasan_for
from organisasi.services.kelola import Kelola, open_kelola
from organisasi.services.orang import IsianOrang
from organisasi.services.penugasan import PenugasanTidakSah, Rencana
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sakip.common.pdf import HasilPdf
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor

pytestmark = pytest.mark.django_db
HARI = timedelta(days=1)


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with a turn on the secretary's desk, and one who configures it."""
    kantor = make_kantor(DINKES, now)
    kantor.work_all(kantor.start(now), now)
    return kantor


@pytest.fixture
def pengelola(kantor: Kantor) -> Pengguna:
    """Who configures the office."""
    jabatan = JabatanFactory(instansi=kantor.instansi, tingkat="pengelola")
    return PenugasanFactory.create(jabatan=jabatan).pengguna


@pytest.fixture
def lama(kantor: Kantor) -> Penugasan:
    """The secretary's mandate."""
    return Penugasan.objects.select_related("pengguna", "jabatan__instansi").get(
        jabatan__kode="sekretaris"
    )


def serah(lama: Penugasan, aktor: Pengguna, now: datetime, **isi: object) -> Jejak:
    """Hand the post over to somebody known, at once and for good unless told otherwise."""
    bawaan: dict[str, object] = {
        "jenis": "definitif",
        "mulai": now,
        "selesai": None,
        "dasar": "SK 821/9/2026",
    }
    penerima = isi.pop("penerima", None) or PenggunaFactory()
    rencana = Rencana(jabatan=lama.jabatan, unit=lama.unit, bersama=True, **(bawaan | isi))  # type: ignore[arg-type]  # free-form test data
    return hand_over_jabatan(
        penugasan_id=lama.pk,
        isian=IsianOrang(penerima.nip),  # type: ignore[attr-defined]  # a person
        rencana=rencana,
        aktor=aktor,
        now=now,
    )


def test_successor_does_the_open_turn_from_the_same_moment(
    kantor: Kantor, lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    baru = PenggunaFactory()
    jejak = serah(lama, pengelola, now, penerima=baru)
    lama.refresh_from_db()
    ganti = Penugasan.objects.get(pengguna=baru)
    assert lama.selesai == ganti.mulai == now
    (tugas,) = aktif(kantor.instansi.draf.get())
    assert require_pelaksana(tugas, list_penugasan_for(baru, pada=now)) == ganti
    with pytest.raises(AksesDitolak):
        require_pelaksana(tugas, list_penugasan_for(lama.pengguna, pada=now))
    assert [t["tugas"] for t in jejak.data["tugas"]] == [tugas.pk]
    assert jejak.data["lama_berakhir"] is True
    kantor.instansi.refresh_from_db()
    assert find_chain_break(kantor.instansi) is None


def test_stand_in_acts_beside_the_holder(
    kantor: Kantor, lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    jejak = serah(lama, pengelola, now, jenis="plh", selesai=now + 3 * HARI)
    lama.refresh_from_db()
    assert lama.selesai is None
    assert jejak.data["lama_berakhir"] is False
    assert [p.jenis for p in get_serahan(lama, pada=now).lain] == ["plh"]


def test_turn_being_signed_is_named_and_stays(
    kantor: Kantor, lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    tugas = aktif(kantor.instansi.draf.get())[0]
    tugas.begin_processing()
    tugas.save()
    jejak = serah(lama, pengelola, now)
    assert jejak.data["tugas"] == []
    assert [t["tugas"] for t in jejak.data["diproses"]] == [tugas.pk]
    assert Tugas.objects.get(pk=tugas.pk).status == "diproses"


def test_other_mandates_of_the_person_are_named(
    lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    lain = PenugasanFactory(pengguna=lama.pengguna, jabatan__instansi=lama.jabatan.instansi)
    assert serah(lama, pengelola, now).data["mandat_lain"] == [lain.sebutan]


def test_only_what_the_unit_covers_is_handed_over(kantor: Kantor, now: datetime) -> None:
    draf = kantor.instansi.draf.get()
    while draf.iterasi.get("5") is None:
        draf = kantor.work_all(draf, now)
    staf = kantor.instansi.jabatan.get(kode="staf")
    satu = PenugasanFactory(jabatan=staf, unit=kantor.unit["B1"])
    serahan = get_serahan(satu, pada=now)
    assert [t.unit.kode for t in serahan.tugas if t.unit] == ["B1"]
    assert len(serahan.lain) == 1


def test_handover_is_for_later_too_but_never_backwards(
    lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    with pytest.raises(PenugasanTidakSah, match="mundur"):
        serah(lama, pengelola, now, mulai=now - HARI)
    serah(lama, pengelola, now, mulai=now + HARI)
    lama.refresh_from_db()
    assert lama.selesai == now + HARI
    with pytest.raises(TransisiDitolak):
        serah(lama, pengelola, now, mulai=now + 2 * HARI)


def test_a_post_is_handed_to_one_successor(
    lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    baru = PenggunaFactory()
    serah(lama, pengelola, now, penerima=baru, mulai=now + 3 * HARI)
    with pytest.raises(TransisiDitolak, match=f"diserahkan kepada {baru.nama}"):
        serah(lama, pengelola, now, mulai=now + HARI)
    serah(lama, pengelola, now, jenis="plh", selesai=now + 3 * HARI)
    assert Penugasan.objects.filter(jabatan=lama.jabatan).count() == 3


def test_a_mandate_about_to_end_can_still_be_handed_over(
    lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    Penugasan.objects.filter(pk=lama.pk).update(selesai=now + 30 * HARI)
    baru = PenggunaFactory()
    serah(lama, pengelola, now + HARI, penerima=baru, mulai=now + HARI)
    lama.refresh_from_db()
    assert lama.selesai == Penugasan.objects.get(pengguna=baru).mulai == now + HARI


def test_mandate_not_yet_in_force_cannot_be_handed_over(
    lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    Penugasan.objects.filter(pk=lama.pk).update(mulai=now + HARI)
    with pytest.raises(TransisiDitolak):
        serah(lama, pengelola, now)


def test_head_can_be_succeeded_though_nobody_else_configures(
    kantor: Kantor, lama: Penugasan, now: datetime
) -> None:
    kepala = Penugasan.objects.get(jabatan__kode="kepala")
    serah(lama, kepala.pengguna, now)  # by the head
    assert Penugasan.objects.berlaku(now).filter(jabatan__kode="sekretaris").count() == 1


def test_nobody_hands_a_post_to_himself(
    lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    with pytest.raises(AksesDitolak, match="diri sendiri"):
        serah(lama, pengelola, now, penerima=pengelola)
    lama.refresh_from_db()
    assert lama.selesai is None


def test_what_is_in_hand_takes_three_queries(
    kantor: Kantor,
    lama: Penugasan,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for ke in (1, 2):
        kantor.work_all(kantor.start(now, periode_ke=ke), now)
    with django_assert_num_queries(3):
        assert len(get_serahan(lama, pada=now).tugas) == 3


def url(lama: Penugasan) -> str:
    """The page."""
    return reverse("laporan:hand-over", args=[lama.pk])


def test_page_shows_what_moves_and_records_it(
    client: Client, kantor: Kantor, lama: Penugasan, pengelola: Pengguna
) -> None:
    client.force_login(pengelola)
    assert url(lama) in client.get(reverse("organisasi:list-penugasan")).content.decode()
    isi = client.get(url(lama)).content.decode()
    assert "1 pekerjaan di jabatan ini" in isi
    assert "Laporan Kinerja Triwulan III" in isi
    hari_ini = timezone.localdate(timezone=kantor.instansi.zona_waktu)
    data = {
        "nip": "199001012020011001",
        "nama": "Pengganti, S.E.",
        "surel": "pengganti@contoh.go.id",
        "jenis": "definitif",
        "mulai": hari_ini.isoformat(),
        "dasar": "SK 821/9/2026",
    }
    for buruk in ({"nip": "1"}, {"mulai": "2020-01-01"}, {"dasar": ""}, {"jenis": "plh"}):
        jawab = client.post(url(lama), data | buruk)
        assert jawab.status_code == 422
        assert "Pengganti, S.E." in jawab.content.decode()
    jawab = client.post(url(lama), data)
    assert jawab.status_code == 302
    acara = client.get(jawab["Location"]).content.decode()
    for kata in ("Pengganti, S.E.", lama.pengguna.nama, "Laporan Kinerja Triwulan III", "SK 821/9"):
        assert kata in acara
    assert client.get(url(lama)).status_code == 404  # no longer in force
    client.force_login(lama.pengguna)
    assert client.get(jawab["Location"]).status_code in (200, 403)
    client.force_login(kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk])
    assert client.get(jawab["Location"]).status_code == 403
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(jawab["Location"]).status_code == 404


def test_record_is_open_to_the_people_in_it(
    client: Client, kantor: Kantor, lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    penerima = kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk]
    jejak = serah(lama, pengelola, now, penerima=penerima)
    client.force_login(penerima)
    alamat = reverse("laporan:view-berita-acara", args=[jejak.pk])
    assert client.get(alamat).status_code == 200
    bukan = Jejak.objects.exclude(pk=jejak.pk).filter(aksi="organisasi.penugasan.tetapkan").get()
    assert client.get(reverse("laporan:view-berita-acara", args=[bukan.pk])).status_code == 404


def test_colleague_hands_nothing_over(client: Client, kantor: Kantor, lama: Penugasan) -> None:
    client.force_login(kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk])
    assert client.get(url(lama)).status_code == 403
    assert client.post(url(lama)).status_code == 403


def test_barred_person_is_told_before_filling_anything_in(
    client: Client, kantor: Kantor, lama: Penugasan, monkeypatch: pytest.MonkeyPatch
) -> None:
    tugas = aktif(kantor.instansi.draf.get())[0]
    kepala = Penugasan.objects.get(jabatan__kode="kepala")
    PenugasanFactory(pengguna=kepala.pengguna, jabatan=lama.jabatan)

    def bar(draf: Draf, aktor: Pengguna, _nomor: list[int]) -> None:
        require_orang_lain(draf, aktor, [1])  # a published route is frozen

    monkeypatch.setattr("laporan.views.tugas.require_orang_lain", bar)
    client.force_login(kepala.pengguna)
    jawab = client.get(tugas.get_absolute_url())
    assert jawab.status_code == 403
    assert "dikerjakan orang lain daripada langkah 1" in jawab.content.decode()
    client.force_login(lama.pengguna)
    assert client.get(tugas.get_absolute_url()).status_code == 200


def test_record_is_listed_and_printed_for_managers_and_both_people(
    client: Client, lama: Penugasan, pengelola: Pengguna, now: datetime
) -> None:
    baru = PenggunaFactory(nip="197001011995031001")
    jejak = serah(lama, pengelola, now, penerima=baru)
    daftar, cetak = reverse("laporan:list-berita-acara"), f"{jejak.pk}/cetak.pdf"
    lihat = reverse("laporan:view-berita-acara", args=[jejak.pk])
    for orang in (pengelola, baru):
        client.force_login(orang)
        assert lihat in client.get(daftar).content.decode()
        assert cetak in client.get(lihat).content.decode()
        pdf = client.get(reverse("laporan:print-berita-acara", args=[jejak.pk]))
        assert pdf.content.startswith(b"%PDF")
        assert "berita-acara" in pdf["Content-Disposition"]
    rekan = PenugasanFactory(jabatan=JabatanFactory(instansi=lama.jabatan.instansi)).pengguna
    client.force_login(rekan)
    assert lihat not in client.get(daftar).content.decode()
    assert "belum pernah" in client.get(daftar).content.decode()
    assert client.get(reverse("laporan:print-berita-acara", args=[jejak.pk])).status_code == 403
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(reverse("laporan:print-berita-acara", args=[jejak.pk])).status_code == 404


def test_record_says_who_and_groups_the_nip(
    client: Client,
    lama: Penugasan,
    pengelola: Pengguna,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jejak = serah(lama, pengelola, now, penerima=PenggunaFactory(nip="197001011995031001"))
    cetakan: list[str] = []

    def simpan(html: str) -> HasilPdf:
        cetakan.append(html)
        return HasilPdf(b"%PDF", 1, {})

    monkeypatch.setattr("laporan.views.serah_terima.render_pdf", simpan)
    client.force_login(pengelola)
    client.get(reverse("laporan:print-berita-acara", args=[jejak.pk]))
    assert "NIP 19700101 199503 1 001" in cetakan[0]
    assert jejak.sidik in cetakan[0]
    assert jejak.data["tugas"][0]["judul"] in cetakan[0]


def test_mandate_taken_back_meanwhile_is_refused(
    lama: Penugasan, pengelola: Pengguna, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dahului(**isi: object) -> Kelola:
        Penugasan.objects.filter(pk=lama.pk).delete()
        return open_kelola(**isi)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr("laporan.services.serah_terima.open_kelola", dahului)
    with pytest.raises(TransisiDitolak, match="sudah dibatalkan"):
        serah(lama, pengelola, now)
