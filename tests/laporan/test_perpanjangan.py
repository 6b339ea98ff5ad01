"""Extending a deadline: by whom, until when, what it leaves behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laporan.models import Draf, Perpanjangan, Tugas
from laporan.selectors.riwayat import Peristiwa, list_riwayat
from laporan.services.draf import suspend_draf
from laporan.services.tenggat import Permintaan, extend_tenggat
from organisasi.models import HariLibur, Jejak, Pengguna
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, DomainError, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.laporan.rute import DINKES, Baris, Kantor, aktif, make_kantor, nomor_kini

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
ALASAN = "Bidang menunggu data pusat."


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """The Dinkes-like office."""
    return make_kantor(DINKES, now)


def holder(kantor: Kantor, kode: str) -> Pengguna:
    """Who holds the post."""
    return kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk]


def until(kantor: Kantor, nomor: int, now: datetime) -> Draf:
    """A draft that lies at step `nomor`."""
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    return draf


def extend(draf: Draf, aktor: Pengguna, now: datetime, **ubah: object) -> Draf:
    """Extend every open turn until Thursday 15 October 2026, 10.00 WIB, unless told otherwise."""
    isi: dict[str, object] = {
        "tugas": tuple(t.pk for t in aktif(draf)),
        "sampai": now.replace(day=15, hour=3),
        "alasan": ALASAN,
    }
    permintaan = Permintaan(**{**isi, **ubah})  # type: ignore[arg-type]  # test shorthand
    return extend_tenggat(draf_id=draf.pk, permintaan=permintaan, aktor=aktor, now=now)


def test_superior_extends_every_turn_he_names(kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 5, now)
    semua = aktif(draf)
    dua = tuple(t.pk for t in semua[:2])
    draf = extend(draf, holder(kantor, "sekretaris"), now, tugas=dua, alasan=f" {ALASAN} ")
    sesudah = {t.pk: t.tenggat for t in aktif(draf)}
    baru = now.replace(day=15, hour=3)
    assert [sesudah[t.pk] == baru for t in semua] == [True, True, False, False, False]
    baris = Perpanjangan.objects.get(tugas=dua[0])
    assert (baris.tenggat_lama, baris.tenggat_baru) == (semua[0].tenggat, baru)
    assert (baris.alasan, baris.pelaku_sebutan, baris.pada) == (ALASAN, "Sekretaris", now)
    jejak = Jejak.objects.get(aksi="laporan.tugas.perpanjang")
    assert (len(jejak.data["tenggat"]), jejak.data["langkah"]) == (2, 5)
    assert find_chain_break(Draf.objects.get(pk=draf.pk)) is None


@pytest.mark.parametrize(
    ("nomor", "kode"), [(5, "perencana"), (5, "staf"), (2, "sekretaris"), (1, "kepala")]
)
def test_only_superiors_extend_and_never_the_holder(
    kantor: Kantor, now: datetime, nomor: int, kode: str
) -> None:
    with pytest.raises(AksesDitolak, match="atasan pelaksananya"):
        extend(until(kantor, nomor, now), holder(kantor, kode), now)
    assert not Perpanjangan.objects.exists()


@pytest.mark.parametrize(("nomor", "kode"), [(5, "kepala"), (5, "sekretaris"), (2, "kepala")])
def test_head_and_secretary_extend_what_lies_below_them(
    kantor: Kantor, now: datetime, nomor: int, kode: str
) -> None:
    extend(until(kantor, nomor, now), holder(kantor, kode), now)
    assert Perpanjangan.objects.exists()


def test_holder_stays_the_holder_whatever_other_post_he_has(kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 4, now)
    perencana = holder(kantor, "perencana")
    PenugasanFactory(
        pengguna=perencana, jabatan=kantor.instansi.jabatan.get(kode="kepala"), plh=True
    )
    with pytest.raises(AksesDitolak):
        extend(draf, perencana, now)


def test_head_of_another_office_is_no_superior(kantor: Kantor, now: datetime) -> None:
    lain = PenugasanFactory(jabatan=JabatanFactory(tingkat="kepala"))
    with pytest.raises(AksesDitolak):
        extend(until(kantor, 4, now), lain.pengguna, now)


def test_whoever_starts_the_report_extends_it_without_being_head(now: datetime) -> None:
    rute: list[Baris] = [(1, "mulai", "disposisi", [("perencana", 1, ())], None), *DINKES[1:]]
    kantor = make_kantor(rute, now)
    draf = until(kantor, 2, now)
    extend(draf, holder(kantor, "perencana"), now)
    assert Perpanjangan.objects.get().pelaku_sebutan == "Perencana"


@pytest.mark.parametrize(
    ("ubah", "galat", "pesan"),
    [
        ({"tugas": ()}, IsianTidakSah, "Pilih tugas"),
        ({"alasan": " "}, IsianTidakSah, "alasannya"),
        (
            {"sampai": datetime(2026, 10, 13, 9, tzinfo=UTC)},
            IsianTidakSah,
            "sesudah tenggat sekarang, Selasa 13 Okt pukul 16.00",
        ),
        (
            {"sampai": datetime(2026, 10, 17, 2, tzinfo=UTC)},
            IsianTidakSah,
            "mulai Senin 19 Okt pukul 07.30",
        ),
        (
            {"sampai": datetime(2026, 10, 16, 2, tzinfo=UTC)},
            IsianTidakSah,
            "Jumat 16 Okt pukul 09.00 di luar jam kerja",
        ),
        ({"tugas": (0,)}, TransisiDitolak, "tidak lagi menunggu"),
    ],
    ids=["tugas", "alasan", "lebih-awal", "sabtu", "libur", "asing"],
)
def test_request_that_cannot_hold_is_refused_whole(
    kantor: Kantor, now: datetime, ubah: dict[str, object], galat: type[DomainError], pesan: str
) -> None:
    HariLibur.objects.create(tanggal=now.date().replace(day=16), nama="Libur")
    draf = until(kantor, 5, now)
    with pytest.raises(galat, match=pesan):
        extend(draf, holder(kantor, "kepala"), now, **ubah)
    assert not Perpanjangan.objects.exists()


def test_late_turn_is_extended_into_the_future_only(kantor: Kantor, now: datetime) -> None:
    draf, kepala = until(kantor, 2, now), holder(kantor, "kepala")
    nanti = now + timedelta(days=9)
    with pytest.raises(IsianTidakSah, match="akan datang"):
        extend(draf, kepala, nanti)
    extend(draf, kepala, nanti, sampai=nanti + timedelta(hours=1))


def test_turn_without_a_limit_has_nothing_to_extend(kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 2, now)
    Tugas.objects.filter(draf=draf).update(tenggat=None)
    with pytest.raises(IsianTidakSah, match="tanpa batas waktu"):
        extend(draf, holder(kantor, "kepala"), now)


def test_halted_draft_is_not_extended(kantor: Kantor, now: datetime) -> None:
    draf, kepala = until(kantor, 2, now), holder(kantor, "kepala")
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Menunggu.", now=now)
    with pytest.raises(TransisiDitolak, match="ditangguhkan"):
        extend(draf, kepala, now)


def test_extension_stays_as_it_was_granted(kantor: Kantor, now: datetime) -> None:
    extend(until(kantor, 2, now), holder(kantor, "kepala"), now)
    baris = Perpanjangan.objects.get()
    for ubah in (baris.save, baris.delete, Perpanjangan.objects.all().delete):
        with pytest.raises(TypeError, match="append-only"):
            ubah()
    with pytest.raises(TypeError, match="append-only"):
        Perpanjangan.objects.update(alasan="")
    for perintah in (
        "UPDATE laporan_perpanjangan SET alasan = 'x'",
        "DELETE FROM laporan_perpanjangan",
    ):
        with (
            pytest.raises(IntegrityError, match="hanya dapat ditambah"),
            transaction.atomic(),
            connection.cursor() as kursor,
        ):
            kursor.execute(perintah)
    assert str(baris).startswith(f"{baris.tugas_id}: ")


@pytest.mark.parametrize(("lama", "alasan"), [(1, "x"), (-1, "")], ids=["mundur", "tanpa-alasan"])
def test_database_refuses_what_is_no_extension(
    kantor: Kantor, now: datetime, lama: int, alasan: str
) -> None:
    tugas = aktif(kantor.start(now))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Perpanjangan.objects.create(
            tugas=tugas,
            tenggat_lama=now + timedelta(days=lama),
            tenggat_baru=now,
            alasan=alasan,
            oleh=holder(kantor, "kepala"),
            sebagai=PenugasanFactory(),
            pada=now,
        )


def test_story_of_the_draft_tells_what_happened_to_its_time(kantor: Kantor, now: datetime) -> None:
    draf, kepala = until(kantor, 5, now), holder(kantor, "kepala")
    nanti = now + timedelta(minutes=1)
    extend(draf, kepala, nanti, sampai=now.replace(day=15, hour=3))
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Jeda.", now=now + timedelta(minutes=2))
    henti, panjang, *langkah = list_riwayat(draf)
    assert isinstance(henti, Peristiwa)
    assert (henti.judul, henti.alasan, henti.tenggat) == ("Ditangguhkan", "Jeda.", [])
    assert isinstance(panjang, Peristiwa)
    assert panjang.judul == "Tenggat diperpanjang"
    kata = "dari Selasa 13 Okt pukul 16.00 menjadi Kamis 15 Okt pukul 10.00"
    assert panjang.tenggat == [kata]
    assert len(langkah) == 4


# Pages.


def buka(draf: Draf) -> str:
    """Address of the page."""
    return reverse("laporan:extend-draf", args=[draf.pk])


def isian(draf: Draf, **ubah: object) -> dict[str, object]:
    """What a superior sends: a Wednesday in the far future."""
    tugas = [t.pk for t in aktif(draf)]
    awal = {"tugas": tugas, "tanggal": "2040-10-10", "jam": "10:00", "alasan": ALASAN}
    return {**awal, **ubah}


@pytest.mark.parametrize("nomor", [2, 5])
def test_superior_extends_from_the_page_of_the_draft(
    client: Client, kantor: Kantor, nomor: int
) -> None:
    draf = until(kantor, nomor, timezone.now())
    client.force_login(holder(kantor, "kepala"))
    assert buka(draf) in client.get(draf.get_absolute_url()).content.decode()
    halaman = client.get(buka(draf)).content.decode()
    assert "Tenggat sekarang" in halaman
    jawab = client.post(buka(draf), isian(draf), follow=True)
    assert "Tenggat diperpanjang dan tercatat pada riwayat." in jawab.content.decode()
    assert f"alasan: “{ALASAN}”" in jawab.content.decode()
    riwayat = client.get(reverse("laporan:view-riwayat", args=[draf.pk])).content.decode()
    assert "menjadi Rabu 10 Okt pukul 10.00" in riwayat
    assert Perpanjangan.objects.count() == len(aktif(draf))


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"tanggal": "2040-10-13"}, "di luar jam kerja"),
        ({"tanggal": "2020-01-01"}, "sesudah tenggat sekarang"),
        ({"tanggal": "besok"}, "Tenggat baru"),
        ({"jam": ""}, "Pukul"),
        ({"alasan": "  "}, "Alasan"),
        ({"tugas": ["0"]}, "Tugas"),
    ],
    ids=["libur", "lampau", "tanggal", "jam", "alasan", "tugas"],
)
def test_page_keeps_what_was_typed_when_it_is_refused(
    client: Client, kantor: Kantor, ubah: dict[str, object], pesan: str
) -> None:
    draf = until(kantor, 2, timezone.now())
    client.force_login(holder(kantor, "kepala"))
    jawab = client.post(buka(draf), isian(draf, **{"alasan": ALASAN, **ubah}))
    isi = jawab.content.decode()
    assert jawab.status_code == 422
    assert pesan in isi
    assert ALASAN in isi or "alasan" in ubah
    assert not Perpanjangan.objects.exists()


def test_page_is_for_superiors_of_the_office(client: Client, kantor: Kantor) -> None:
    draf = until(kantor, 2, timezone.now())
    for aktor, status in ((holder(kantor, "sekretaris"), 403), (PenggunaFactory(), 404)):
        client.force_login(aktor)
        assert client.get(buka(draf)).status_code == status
        assert client.post(buka(draf), isian(draf)).status_code == status
    client.force_login(holder(kantor, "sekretaris"))
    assert buka(draf) not in client.get(draf.get_absolute_url()).content.decode()


def test_page_of_a_halted_draft_says_why_not(client: Client, kantor: Kantor) -> None:
    draf, kepala = until(kantor, 2, timezone.now()), holder(kantor, "kepala")
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Menunggu.", now=timezone.now())
    client.force_login(kepala)
    assert client.get(buka(draf)).status_code == 409
    client.force_login(holder(kantor, "sekretaris"))
    isi = client.get(draf.get_absolute_url()).content.decode()
    assert "Waktu berhenti, sisa" in isi
    assert "Kerjakan langkah" not in isi


def test_named_superior_extends_as_he_is_told_of_lateness(kantor: Kantor, now: datetime) -> None:
    """One answer to who stands above a post, whether he is told or acts."""
    draf = until(kantor, 5, now)
    kasi = PenugasanFactory.create(jabatan=JabatanFactory(instansi=kantor.instansi))
    perencana = kantor.instansi.jabatan.get(kode="perencana")
    kasi.jabatan.atasan = perencana
    kasi.jabatan.save()
    kantor.instansi.jabatan.filter(kode="staf").update(atasan=kasi.jabatan)
    di_atas = (kasi.pengguna, holder(kantor, "perencana"), holder(kantor, "kepala"))
    for boleh, hari in zip(di_atas, (15, 16, 19), strict=True):
        extend(draf, boleh, now, sampai=now.replace(day=hari, hour=3))
    assert Perpanjangan.objects.count() == 15
