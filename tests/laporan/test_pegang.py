"""One writer at a time: who holds the text, who reads, how it is taken over."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from laporan.models import BabNaskah, Draf, PenyuntingNaskah, Tugas
from laporan.services import pegang
from laporan.services.kunci import lock_draf
from laporan.services.naskah import IsianBab, save_bab
from laporan.services.pegang import BukanPenyunting, hold_naskah, take_over_naskah
from organisasi.models import Jejak, Pengguna, Penugasan
from sakip.common.errors import AksesDitolak
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
MENIT = timedelta(minutes=1)


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office on the Dinkes route."""
    return make_kantor(DINKES, now)


@pytest.fixture
def tugas(kantor: Kantor, now: datetime) -> Tugas:
    """The turn that writes the text."""
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    return aktif(draf)[0]


@pytest.fixture
def perencana(kantor: Kantor, tugas: Tugas) -> Penugasan:
    """The mandate of the one at the desk."""
    return Penugasan.objects.get(pengguna=kantor.pelaku(tugas))


@pytest.fixture
def pengganti(tugas: Tugas) -> Penugasan:
    """Another holder of the same post."""
    return PenugasanFactory.create(jabatan=tugas.jabatan, jenis="plt")


def bab(tugas: Tugas) -> BabNaskah:
    """The first chapter."""
    return BabNaskah.objects.filter(draf=tugas.draf_id)[0]


def tulis(tugas: Tugas, siapa: Pengguna, now: datetime, isi: str = "<p>a</p>") -> BabNaskah:
    """Save the first chapter."""
    b = bab(tugas)
    return save_bab(bab_id=b.pk, isian=IsianBab(isi, b.versi), aktor=siapa, now=now)


def test_first_comes_first(
    tugas: Tugas, perencana: Penugasan, pengganti: Penugasan, now: datetime
) -> None:
    assert hold_naskah(tugas_id=tugas.pk, sebagai=perencana, now=now) is None
    lain = hold_naskah(tugas_id=tugas.pk, sebagai=pengganti, now=now + MENIT)
    assert lain is not None
    assert (lain.pengguna, lain.sebutan, lain.sejak) == (
        perencana.pengguna,
        perencana.sebutan,
        now,
    )
    assert str(perencana.pengguna) in str(lain)
    with pytest.raises(BukanPenyunting, match=f"disunting {perencana.pengguna.nama}"):
        tulis(tugas, pengganti.pengguna, now + MENIT)
    assert bab(tugas).versi == 1


def test_being_seen_again_keeps_the_text_and_is_written_seldom(
    tugas: Tugas,
    perencana: Penugasan,
    pengganti: Penugasan,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    hold_naskah(tugas_id=tugas.pk, sebagai=perencana, now=now)
    with django_assert_num_queries(1):
        hold_naskah(tugas_id=tugas.pk, sebagai=perencana, now=now + MENIT / 2)
    with django_assert_num_queries(2):
        hold_naskah(tugas_id=tugas.pk, sebagai=perencana, now=now + 5 * MENIT)
    kini = PenyuntingNaskah.objects.get()
    assert (kini.sejak, kini.terakhir) == (now, now + 5 * MENIT)
    assert hold_naskah(tugas_id=tugas.pk, sebagai=pengganti, now=now + 14 * MENIT) is not None


def test_who_is_not_seen_for_ten_minutes_gives_way(
    tugas: Tugas, perencana: Penugasan, pengganti: Penugasan, now: datetime
) -> None:
    hold_naskah(tugas_id=tugas.pk, sebagai=perencana, now=now)
    assert hold_naskah(tugas_id=tugas.pk, sebagai=pengganti, now=now + 10 * MENIT) is None
    assert PenyuntingNaskah.objects.get().pengguna == pengganti.pengguna
    with pytest.raises(BukanPenyunting):
        tulis(tugas, perencana.pengguna, now + 11 * MENIT)


def test_saving_without_the_page_takes_a_free_text(
    tugas: Tugas, perencana: Penugasan, pengganti: Penugasan, now: datetime
) -> None:
    tulis(tugas, perencana.pengguna, now)
    tulis(tugas, perencana.pengguna, now + 2 * MENIT, "<p>b</p>")
    assert PenyuntingNaskah.objects.get().terakhir == now + 2 * MENIT
    tulis(tugas, pengganti.pengguna, now + 20 * MENIT, "<p>c</p>")
    assert PenyuntingNaskah.objects.get().pengguna == pengganti.pengguna


def test_taking_over_is_recorded_once(
    tugas: Tugas, kantor: Kantor, perencana: Penugasan, pengganti: Penugasan, now: datetime
) -> None:
    hold_naskah(tugas_id=tugas.pk, sebagai=perencana, now=now)
    for menit in (1, 2):
        take_over_naskah(tugas_id=tugas.pk, aktor=pengganti.pengguna, now=now + menit * MENIT)
    jejak = Jejak.objects.get(aksi="laporan.naskah.ambil_alih")
    assert (jejak.aktor, jejak.data["dari"]) == (pengganti.pengguna, perencana.pengguna.nama)
    assert PenyuntingNaskah.objects.get().sejak == now + MENIT
    lain = next(o for o in kantor.orang.values() if o != perencana.pengguna)
    with pytest.raises(AksesDitolak):
        take_over_naskah(tugas_id=tugas.pk, aktor=lain, now=now)


def test_taking_a_text_nobody_holds_leaves_no_record(
    tugas: Tugas, perencana: Penugasan, now: datetime
) -> None:
    take_over_naskah(tugas_id=tugas.pk, aktor=perencana.pengguna, now=now)
    assert PenyuntingNaskah.objects.get().pengguna == perencana.pengguna
    assert not Jejak.objects.filter(aksi="laporan.naskah.ambil_alih").exists()


def test_race_for_a_free_text_has_one_winner(
    tugas: Tugas,
    perencana: Penugasan,
    pengganti: Penugasan,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def didahului(**cari: object) -> Draf:
        PenyuntingNaskah.objects.create(
            tugas=tugas,
            pengguna=perencana.pengguna,
            sebutan=perencana.sebutan,
            sejak=now,
            terakhir=now,
        )
        return lock_draf(**cari)

    monkeypatch.setattr(pegang, "lock_draf", didahului)
    lain = hold_naskah(tugas_id=tugas.pk, sebagai=pengganti, now=now)
    assert lain is not None
    assert lain.pengguna == perencana.pengguna


def test_page_of_the_second_person_shows_the_first_and_takes_over_on_request(
    client: Client, tugas: Tugas, perencana: Penugasan, pengganti: Penugasan
) -> None:
    alamat = tugas.get_absolute_url()
    client.force_login(perencana.pengguna)
    assert "data-naskah" in client.get(alamat).content.decode()
    client.force_login(pengganti.pengguna)
    isi = client.get(alamat).content.decode()
    assert f"Sedang disunting {perencana.pengguna.nama}" in isi
    assert "data-naskah" not in isi
    assert "Ambil alih penyuntingan" in isi
    pegang = reverse("laporan:hold-naskah", args=[tugas.pk])
    assert client.post(pegang).json()["pemegang"] == perencana.pengguna.nama
    kirim = client.post(alamat, {"hasil": "lanjut", "aksi": "teruskan"})
    assert kirim.status_code == 422
    assert "Ambil alih dahulu" in kirim.content.decode()
    simpan = reverse("laporan:save-bab", args=[bab(tugas).pk])
    jawab = client.post(simpan, {"isi": "<p>x</p>", "versi": "1"})
    assert (jawab.status_code, jawab.json()["pemegang"]) == (409, True)
    ambil = client.post(reverse("laporan:take-naskah", args=[tugas.pk]), follow=True)
    assert "Pengambilalihan ini tercatat" in ambil.content.decode()
    assert client.post(pegang).json() == {"pemegang": "", "pesan": ""}
    client.force_login(perencana.pengguna)
    assert "mengambil alih" in client.post(pegang).json()["pesan"]


def test_strangers_and_colleagues_hold_nothing(
    client: Client, tugas: Tugas, kantor: Kantor, perencana: Penugasan
) -> None:
    rute = ("hold-naskah", "take-naskah")
    client.force_login(PenugasanFactory(jabatan__instansi__kode="lain").pengguna)
    for nama in rute:
        assert client.post(reverse(f"laporan:{nama}", args=[tugas.pk])).status_code == 404
    banding = reverse("laporan:compare-bab", args=[bab(tugas).pk])
    assert client.post(banding, {"isi": "x"}).status_code == 404
    client.force_login(next(o for o in kantor.orang.values() if o != perencana.pengguna))
    for nama in rute:
        assert client.post(reverse(f"laporan:{nama}", args=[tugas.pk])).status_code == 403
        assert client.get(reverse(f"laporan:{nama}", args=[tugas.pk])).status_code == 405


def test_page_left_open_after_the_step_learns_that_it_is_over(
    client: Client, tugas: Tugas, kantor: Kantor, perencana: Penugasan, now: datetime
) -> None:
    kantor.work(tugas, now)
    client.force_login(perencana.pengguna)
    jawab = client.post(reverse("laporan:hold-naskah", args=[tugas.pk]))
    assert (jawab.status_code, "sudah selesai" in jawab.json()["pesan"]) == (409, True)


def test_two_texts_of_one_part_are_laid_side_by_side(
    client: Client, tugas: Tugas, perencana: Penugasan
) -> None:
    tulis(tugas, perencana.pengguna, timezone.now(), "<p>Capaian naik tajam.</p>")
    client.force_login(perencana.pengguna)
    simpan = reverse("laporan:save-bab", args=[bab(tugas).pk])
    lama = client.post(simpan, {"isi": "<p>Capaian turun.</p>", "versi": "1"})
    kini = lama.json()["kini"]
    assert (lama.status_code, kini["versi"], kini["oleh"]) == (409, 2, perencana.pengguna.nama)
    assert "naik tajam" in kini["isi"]
    banding = reverse("laporan:compare-bab", args=[bab(tugas).pk])
    isi = client.post(
        banding, {"isi": kini["isi"].replace("naik tajam", "turun<script>x</script>")}
    ).content.decode()
    assert "<del>" in isi
    assert "<ins>" in isi
    assert "script" not in isi
    sama = client.post(banding, {"isi": kini["isi"]}).content.decode()
    assert "Kata-katanya sama" in sama
    assert client.post(banding, {"isi": "x" * 3_100_000}).status_code == 422
