"""Pages of drafts and turns, by persona and method."""

import re
from collections import Counter
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from laporan.models import BabNaskah, Draf, Tugas
from organisasi.models import Pengguna
from sakip.common.teks_kaya import mark_blok
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.rute import DINKES, SINTETIS, Kantor, aktif, make_kantor, nomor_kini

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """The Dinkes-like office."""
    return make_kantor(DINKES, now)


def until(kantor: Kantor, nomor: int, now: datetime) -> Draf:
    """A draft that lies at step `nomor`."""
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    return draf


def holder(kantor: Kantor, kode: str) -> Pengguna:
    """Who holds the post."""
    return kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk]


def url(tugas: Tugas) -> str:
    """Page of the turn."""
    return reverse("laporan:work-tugas", args=[tugas.pk])


def halaman(client: Client, alamat: str, status: int = 200) -> str:
    """Text of a page that answers `status`."""
    jawab = client.get(alamat)
    assert jawab.status_code == status
    return jawab.content.decode()


@pytest.mark.parametrize(
    "nama",
    ["meja-kerja", "list-draf", "list-riwayat-kerja", "view-draf", "view-riwayat", "work-tugas"],
)
def test_visitors_are_sent_to_sign_in(
    client: Client, kantor: Kantor, now: datetime, nama: str
) -> None:
    tugas = aktif(kantor.start(now))[0]
    isi: dict[str, list[object]] = {
        "list-riwayat-kerja": ["diteruskan"],
        "view-draf": [tugas.draf_id],
        "view-riwayat": [tugas.draf_id],
        "work-tugas": [tugas.pk],
    }
    jawab = client.get(reverse(f"laporan:{nama}", args=isi.get(nama, [])))
    assert jawab.status_code == 302
    assert jawab["Location"].startswith("/masuk/")


def test_strangers_find_nothing(client: Client, kantor: Kantor, now: datetime) -> None:
    tugas = aktif(kantor.start(now))[0]
    client.force_login(PenugasanFactory(jabatan__instansi__kode="lain").pengguna)
    halaman(client, url(tugas), 404)
    halaman(client, reverse("laporan:view-draf", args=[tugas.draf_id]), 404)
    halaman(client, reverse("laporan:view-riwayat", args=[tugas.draf_id]), 404)
    bab = BabNaskah.objects.filter(draf=tugas.draf).first()
    assert bab is not None
    assert client.post(reverse("laporan:save-bab", args=[bab.pk])).status_code == 404
    assert "Laporan Kinerja" not in halaman(client, reverse("laporan:list-draf"))


def test_colleague_reads_but_does_not_act(client: Client, kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    client.force_login(holder(kantor, "staf"))
    assert draf.judul in halaman(client, draf.get_absolute_url())
    isi = halaman(client, url(aktif(draf)[0]), 403)
    assert "Langkah ini dikerjakan oleh Kepala" in isi
    assert client.post(url(aktif(draf)[0]), {"hasil": "lanjut"}).status_code == 403
    assert nomor_kini(draf) == 1


def test_person_without_a_post_gets_an_explanation(client: Client) -> None:
    client.force_login(PenggunaFactory())
    assert "Hubungi pengelola akun" in halaman(client, reverse("laporan:meja-kerja"), 403)


def test_inbox_shows_the_turn_its_clock_and_one_next_action(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = kantor.start(now)
    client.force_login(holder(kantor, "kepala"))
    isi = halaman(client, reverse("laporan:meja-kerja"))
    assert draf.judul in isi
    assert "Beri disposisi" in isi
    assert url(aktif(draf)[0]) in isi
    client.force_login(holder(kantor, "staf"))
    kosong = halaman(client, reverse("laporan:meja-kerja"))
    assert "Tidak ada pekerjaan yang menunggu Anda" in kosong
    assert draf.judul in kosong  # on somebody else's desk


@pytest.mark.parametrize("nama", ["meja-kerja", "list-draf", "list-pemberitahuan", "work-tugas"])
def test_a_page_asks_the_database_nothing_twice(
    client: Client, kantor: Kantor, now: datetime, nama: str
) -> None:
    tugas = aktif(kantor.start(now))[0]
    client.force_login(kantor.pelaku(tugas))
    alamat = reverse(f"laporan:{nama}", args=[tugas.pk] if nama == "work-tugas" else [])
    with CaptureQueriesContext(connection) as terekam:
        halaman(client, alamat)
    kueri = Counter(k["sql"] for k in terekam.captured_queries)
    assert [k for k, n in kueri.items() if n > 1] == []


def test_first_actor_starts_a_report_from_the_page(client: Client, kantor: Kantor) -> None:
    client.force_login(holder(kantor, "kepala"))
    alamat = reverse("laporan:create-draf", args=[kantor.versi.pk])
    assert alamat in halaman(client, reverse("laporan:meja-kerja"))
    jawab = client.post(alamat, {"periode": "triwulan-3", "tahun": "2026"})
    draf = Draf.objects.get()
    assert jawab.status_code == 302
    assert draf.judul == "Laporan Kinerja Triwulan III Tahun 2026"
    lagi = client.post(alamat, {"periode": "triwulan-3", "tahun": "2026"})
    assert lagi.status_code == 422
    isi = lagi.content.decode()
    assert "Periode: Laporan Kinerja Triwulan III Tahun 2026 sudah ada" in isi
    assert f'href="{draf.get_absolute_url()}"' in isi


def test_wrong_period_is_said_next_to_the_field(client: Client, kantor: Kantor) -> None:
    client.force_login(holder(kantor, "kepala"))
    alamat = reverse("laporan:create-draf", args=[kantor.versi.pk])
    jawab = client.post(alamat, {"periode": "triwulan-9", "tahun": "26"})
    assert jawab.status_code == 422
    assert not Draf.objects.exists()


def test_others_are_told_who_starts_a_report(client: Client, kantor: Kantor) -> None:
    client.force_login(holder(kantor, "staf"))
    alamat = reverse("laporan:create-draf", args=[kantor.versi.pk])
    assert "dimulai oleh pelaksana langkah pertama" in halaman(client, alamat)
    assert client.post(alamat, {"periode": "tahunan-0", "tahun": "2026"}).status_code == 403


def test_disposition_is_prefilled_and_sent_in_one_tap(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = kantor.start(now)
    tugas = aktif(draf)[0]
    client.force_login(holder(kantor, "kepala"))
    isi = halaman(client, url(tugas))
    assert holder(kantor, "sekretaris").nama in isi
    kunci = re.search(r'name="kunci" value="(\w+)"', isi)
    assert kunci
    data = {"hasil": "lanjut", "catatan": "Segera.", "kunci": kunci[1], "aksi": "teruskan"}
    assert client.post(url(tugas), data)["Location"] == reverse("laporan:meja-kerja")
    assert client.post(url(tugas), data).status_code == 302  # double click
    assert nomor_kini(draf) == 2
    client.force_login(holder(kantor, "sekretaris"))
    assert "“Segera.”" in halaman(client, url(aktif(draf)[0]))


def test_an_empty_disposition_is_not_sent(client: Client, kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    client.force_login(holder(kantor, "kepala"))
    data = {"hasil": "lanjut", "catatan": "  ", "aksi": "teruskan"}
    jawab = client.post(url(aktif(draf)[0]), data)
    assert jawab.status_code == 422
    assert "Tuliskan isi disposisi" in jawab.content.decode()
    pilih = data | {"baku": "Langkah 1"}
    assert client.post(url(aktif(draf)[0]), pilih).status_code == 302
    assert Tugas.objects.get(draf=draf, pada__isnull=False).catatan == "Langkah 1"


def test_second_actor_sees_a_409_page_that_names_the_first(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = kantor.start(now)
    tugas = aktif(draf)[0]
    kedua = PenggunaFactory()
    PenugasanFactory(pengguna=kedua, jabatan=tugas.jabatan, plh=True)
    kantor.work(tugas, now)
    client.force_login(kedua)
    jawab = client.post(
        url(tugas), {"hasil": "lanjut", "catatan": "Pesan saya.", "aksi": "teruskan"}
    )
    isi = jawab.content.decode()
    assert jawab.status_code == 409
    assert f"sudah diputuskan oleh {holder(kantor, 'kepala').nama}" in isi
    assert "Pesan saya." in isi  # nothing typed is lost
    buka = client.get(url(tugas), follow=True)
    assert "sudah diputuskan oleh" in buka.content.decode()


def test_text_is_saved_cleaned_and_handed_over_as_a_version(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 4, now)
    tugas = aktif(draf)[0]
    client.force_login(holder(kantor, "perencana"))
    bab = BabNaskah.objects.filter(draf=draf).order_by("urutan")
    data = {f"isi-{b.pk}": f"<p>Teks {b.kode}<script>x()</script></p>" for b in bab}
    data |= {f"versi-{b.pk}": "1" for b in bab}
    assert client.post(url(tugas), data | {"aksi": "simpan"}).status_code == 302
    assert nomor_kini(draf) == 4
    assert BabNaskah.objects.get(pk=bab[0].pk).isi == mark_blok("<p>Teks kata-pengantar</p>")
    data |= {f"versi-{b.pk}": "2" for b in bab}
    assert (
        client.post(url(tugas), data | {"aksi": "teruskan", "hasil": "lanjut"}).status_code == 302
    )
    versi = draf.versi_naskah.get()
    assert (versi.nomor, versi.isi[0]["html"]) == (1, mark_blok("<p>Teks kata-pengantar</p>"))
    assert "Teks pendahuluan" in halaman(client, draf.get_absolute_url())


def test_stale_chapter_is_refused_and_its_text_shown_again(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 4, now)
    tugas = aktif(draf)[0]
    bab = BabNaskah.objects.filter(draf=draf).order_by("urutan")[0]
    client.force_login(holder(kantor, "perencana"))
    simpan = reverse("laporan:save-bab", args=[bab.pk])
    pertama = client.post(simpan, {"isi": "<p>Satu</p>", "versi": "1"})
    assert pertama.status_code == 200
    assert pertama.json()["versi"] == 2
    assert pertama.json()["tersimpan"].startswith("Tersimpan otomatis pukul ")
    kedua = client.post(simpan, {"isi": "<p>Dua</p>", "versi": "1"})
    assert kedua.status_code == 409
    assert "sudah berubah sejak Anda buka" in kedua.json()["pesan"]
    for aneh in ("²", "9" * 5000, "x", ""):
        assert client.post(simpan, {"isi": "<p>Dua</p>", "versi": aneh}).status_code == 409
    data = {f"isi-{bab.pk}": "<p>Tiga</p>", f"versi-{bab.pk}": "1", "hasil": "lanjut"}
    formulir = client.post(url(tugas), data)
    assert formulir.status_code == 422
    assert "Tiga" in formulir.content.decode()
    assert nomor_kini(draf) == 4


def test_only_the_writer_of_the_open_step_saves_text(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 7, now)
    bab = BabNaskah.objects.filter(draf=draf)[0]
    client.force_login(holder(kantor, "sekretaris"))  # decides, does not write
    jawab = client.post(
        reverse("laporan:save-bab", args=[bab.pk]), {"isi": "<p>x</p>", "versi": "1"}
    )
    assert jawab.status_code == 403
    assert client.get(reverse("laporan:save-bab", args=[bab.pk])).status_code == 405


def test_decision_page_offers_ya_and_tidak_with_reason(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 7, now)
    tugas = aktif(draf)[0]
    client.force_login(holder(kantor, "sekretaris"))
    isi = halaman(client, url(tugas))
    assert "Setujui dan teruskan" in isi
    assert "Kembalikan" in isi
    tanpa = client.post(url(tugas), {"hasil": "tidak", "catatan": "", "sebab": ["Redaksi"]})
    assert tanpa.status_code == 422
    assert "wajib disertai alasan" in tanpa.content.decode()
    data = {"hasil": "tidak", "catatan": "Samakan angka.", "sebab": ["Redaksi"]}
    assert client.post(url(tugas), data).status_code == 302
    assert nomor_kini(draf) == 6
    client.force_login(holder(kantor, "perencana"))
    assert "Redaksi. Samakan angka." in halaman(client, reverse("laporan:meja-kerja"))


def test_stale_decision_is_refused(client: Client, kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 7, now)
    client.force_login(holder(kantor, "sekretaris"))
    data = {"hasil": "ya", "naskah_urut": str(draf.naskah_urut + 3)}
    jawab = client.post(url(aktif(draf)[0]), data)
    assert jawab.status_code == 409
    assert "Draf sudah berubah sejak Anda buka" in jawab.content.decode()


def test_return_to_named_units_from_the_page(client: Client, now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = until(kantor, 4, now)
    client.force_login(holder(kantor, "sekretaris"))
    tugas = next(t for t in aktif(draf) if t.jabatan.kode == "sekretaris")
    b2 = kantor.unit["B2"]
    assert "Kembalikan juga unit lain" in halaman(client, url(tugas))
    data = {"hasil": "tidak", "catatan": "Salah.", "unit": [str(b2.pk)]}
    assert client.post(url(tugas), data).status_code == 302
    assert [t.unit for t in aktif(draf)] == [b2]


def test_halting_and_cancelling_from_the_page(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = kantor.start(now)
    client.force_login(holder(kantor, "kepala"))
    alamat = reverse("laporan:change-draf", args=[draf.pk, "tangguhkan"])
    assert client.post(alamat, {"alasan": ""}).status_code == 422
    assert client.post(alamat, {"alasan": "Menunggu."}).status_code == 302
    assert Draf.objects.get(pk=draf.pk).status == "ditangguhkan"
    assert client.post(alamat, {"alasan": "Lagi."}).status_code == 409
    halaman = client.get(reverse("laporan:view-draf", args=[draf.pk])).content.decode()
    assert "Lanjutkan atau batalkan laporan" in halaman
    assert halaman.index("Lanjutkan laporan") < halaman.index("Kata Pengantar")
    batal = reverse("laporan:change-draf", args=[draf.pk, "batalkan"])
    client.force_login(holder(kantor, "staf"))
    assert client.post(batal, {"alasan": "Iseng."}).status_code == 403
    client.force_login(holder(kantor, "kepala"))
    assert client.post(batal, {"alasan": "Salah."}).status_code == 302
    assert Draf.objects.get(pk=draf.pk).status == "dibatalkan"


def test_history_tabs_list_what_was_done_and_returned(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    kantor.work_all(until(kantor, 7, now), now, "tidak")
    client.force_login(holder(kantor, "sekretaris"))
    for tab in ("diteruskan", "dikembalikan"):
        isi = halaman(client, reverse("laporan:list-riwayat-kerja", args=[tab]))
        assert "Dikembalikan" in isi
    client.force_login(holder(kantor, "staf"))
    isi = halaman(client, reverse("laporan:list-riwayat-kerja", args=["dikembalikan"]))
    assert "Belum ada draf yang Anda kembalikan" in isi
