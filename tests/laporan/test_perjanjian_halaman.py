"""Pages of a Perjanjian Kinerja: order it, name the superior, look at one's rows, find it again."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import PerjanjianKinerja
from kinerja.rules.perjanjian import Pihak
from kinerja.selectors.perjanjian import build_isi
from kinerja.services.perjanjian import PerjanjianBaru, open_perjanjian, seal_perjanjian
from laporan.models import Draf
from organisasi.models import Penugasan
from sop.models import SOP
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.janji import BUPATI, PK, PK_BIDANG, KantorJanji, prepare_janji
from tests.laporan.rute import DINKES, Baris, Kantor, aktif, make_kantor, satu

pytestmark = pytest.mark.django_db

DAFTAR = "/laporan/perjanjian/"
ISIAN = {
    "tahun": "2026",
    "kedua_jabatan": BUPATI.jabatan,
    "kedua_nama": BUPATI.nama,
    "kedua_pangkat": "",
    "kedua_nip": "",
    "alasan": "",
}


@pytest.fixture
def janji(now: datetime) -> KantorJanji:
    """An office whose head promises."""
    return prepare_janji(make_kantor(PK, now))


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose SOP makes a report."""
    return make_kantor(DINKES, now)


def url_baru(janji: KantorJanji) -> str:
    """Form that begins an agreement."""
    return reverse("laporan:create-draf", args=[janji.kantor.versi.pk])


def test_the_head_orders_one_and_lands_on_his_turn(client: Client, janji: KantorJanji) -> None:
    client.force_login(janji.pemulai)
    isi = client.get(url_baru(janji)).content.decode()
    assert "Mulai Perjanjian Kinerja" in isi
    kirim = client.post(url_baru(janji), ISIAN)
    draf = Draf.objects.get()
    assert (kirim.status_code, kirim.headers["Location"]) == (302, f"/tugas/{aktif(draf)[0].pk}/")
    assert draf.perjanjian is not None
    assert draf.perjanjian.kedua == BUPATI
    # The next form begins with the superior named last.
    assert BUPATI.nama in client.get(url_baru(janji)).content.decode()


def test_a_second_order_is_refused_with_a_link_and_keeps_what_was_typed(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    draf = janji.start(now)
    client.force_login(janji.pemulai)
    tolak = client.post(url_baru(janji), ISIAN | {"kedua_nama": "Nama yang diketik"})
    isi = tolak.content.decode()
    assert tolak.status_code == 422
    assert f'href="{draf.get_absolute_url()}"' in isi
    assert "Nama yang diketik" in isi


def test_a_colleague_reads_that_he_cannot_begin_it(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    client.force_login(janji.kantor.orang[janji.kantor.instansi.jabatan.get(kode="staf").pk])
    assert "dimulai oleh pelaksana langkah pertama" in client.get(url_baru(janji)).content.decode()
    assert client.post(url_baru(janji), ISIAN).status_code == 403


def test_a_route_of_units_asks_for_the_unit_and_knows_the_superior(
    client: Client, now: datetime
) -> None:
    janji = prepare_janji(make_kantor(PK_BIDANG, now))
    client.force_login(janji.pemulai)
    isi = client.get(url_baru(janji)).content.decode()
    assert "kedua_nama" not in isi
    unit = janji.kantor.unit["B1"]
    lain = janji.kantor.unit["SET"]
    assert client.post(url_baru(janji), {"tahun": "2026", "unit": lain.pk}).status_code == 422
    assert client.post(url_baru(janji), {"tahun": "2026", "unit": unit.pk}).status_code == 302
    assert PerjanjianKinerja.objects.get().unit == unit


def test_an_sop_without_a_signature_says_what_it_lacks(client: Client, now: datetime) -> None:
    rute: list[Baris] = [
        (1, "mulai", "susun", satu("kepala"), None),
        (2, "akhir", "arsip", satu("kepala"), None),
    ]
    janji = prepare_janji(make_kantor(rute, now))
    client.force_login(janji.pemulai)
    assert "belum memuat langkah tanda tangan" in client.get(url_baru(janji)).content.decode()
    assert client.post(url_baru(janji), ISIAN).status_code == 422


def test_the_writer_sees_what_is_missing_and_mends_the_superior(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    draf = janji.until(janji.start(now, kedua=Pihak("", "")), 2, now)
    tugas = aktif(draf)[0]
    client.force_login(janji.kantor.pelaku(tugas))
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "Susun konsep perjanjian kinerja" in isi
    assert "Pihak kedua: isi nama dan jabatan" in isi
    assert janji.indikator.nama in isi
    url = reverse("laporan:edit-pihak", args=[draf.pk])
    assert url in isi
    assert client.get(url).status_code == 200
    kirim = client.post(url, ISIAN)
    assert (kirim.status_code, kirim.headers["Location"]) == (302, tugas.get_absolute_url())
    assert "Belum dapat diteruskan" not in client.get(tugas.get_absolute_url()).content.decode()
    terus = client.post(tugas.get_absolute_url(), {"hasil": "lanjut", "aksi": "teruskan"})
    assert terus.status_code == 302


def test_naming_the_superior_is_the_writers_alone(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    draf = janji.until(janji.start(now), 2, now)
    url = reverse("laporan:edit-pihak", args=[draf.pk])
    client.force_login(janji.pemulai)
    assert client.get(url).status_code == 403
    asing = PenugasanFactory.create().pengguna
    client.force_login(asing)
    assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


def test_a_report_has_no_parties(client: Client, now: datetime) -> None:
    kantor = make_kantor(PK, now)
    draf = kantor.start(now)
    client.force_login(kantor.pelaku(aktif(draf)[0]))
    assert client.get(reverse("laporan:edit-pihak", args=[draf.pk])).status_code == 404


def test_a_unit_looks_at_its_own_rows_only(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    draf = janji.until(janji.start(now), 3, now)
    milik, lain = (
        next(t for t in aktif(draf) if t.unit and t.unit.kode == k) for k in ("B1", "B2")
    )
    client.force_login(janji.kantor.pelaku(milik))
    isi = client.get(milik.get_absolute_url()).content.decode()
    assert "Cermati konsep perjanjian kinerja" in isi
    assert janji.indikator.nama in isi
    assert janji.indikator.nama not in client.get(lain.get_absolute_url()).content.decode()
    kirim = {"hasil": "lanjut", "aksi": "teruskan", "catatan": "Pagu berubah."}
    assert client.post(milik.get_absolute_url(), kirim).status_code == 302
    milik.refresh_from_db()
    assert milik.catatan == "Pagu berubah."


def test_the_year_lists_its_agreements_for_every_colleague(
    client: Client,
    janji: KantorJanji,
    now: datetime,
) -> None:
    draf = janji.start(now)
    client.force_login(janji.pemulai)
    isi = client.get(DAFTAR, {"tahun": "2026"}).content.decode()
    assert f'href="{draf.get_absolute_url()}"' in isi
    assert "Mulai Perjanjian Kinerja" in isi
    assert (
        "Belum ada Perjanjian Kinerja 2025"
        in client.get(DAFTAR, {"tahun": "2025"}).content.decode()
    )
    assert client.get(DAFTAR, {"tahun": "999x"}).status_code == 200
    asing = PenugasanFactory.create().pengguna
    client.force_login(asing)
    assert draf.judul not in client.get(DAFTAR, {"tahun": "2026"}).content.decode()
    client.force_login(PenggunaFactory.create())
    assert client.get(DAFTAR).status_code in (302, 403)


def test_an_agreement_signed_on_paper_has_a_page_of_its_own(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    kantor = janji.indikator.sasaran.tujuan.instansi
    jabatan = janji.kantor.versi.langkah.order_by("nomor")[0].pelaksana.get().jabatan_id
    baru = PerjanjianBaru(tahun=2026, pertama_jabatan_id=jabatan)
    pk = open_perjanjian(instansi=kantor, baru=baru, now=now).pk
    pihak = (Pihak("Kepala", "Kepala Dinas"), BUPATI)
    seal_perjanjian(perjanjian_id=pk, isi=build_isi(kantor, 2026), pihak=pihak, pada=now)
    alamat = reverse("laporan:view-perjanjian", args=[pk])
    client.force_login(janji.pemulai)
    assert f'href="{alamat}"' in client.get(DAFTAR, {"tahun": "2026"}).content.decode()
    isi = client.get(alamat).content.decode()
    assert all(kata in isi for kata in (janji.indikator.nama, BUPATI.nama, "di luar aplikasi"))
    unduh = client.get(alamat, {"unduh": "csv"}).content.decode("utf-8-sig")
    assert janji.indikator.nama in unduh
    client.force_login(PenugasanFactory.create().pengguna)
    assert client.get(alamat).status_code == 404


def test_the_page_of_an_agreement_leads_to_its_draft(
    client: Client, janji: KantorJanji, now: datetime
) -> None:
    draf = janji.start(now)
    client.force_login(janji.pemulai)
    isi = client.get(reverse("laporan:view-perjanjian", args=[draf.perjanjian_id])).content.decode()
    assert f'href="{draf.get_absolute_url()}"' in isi
    assert "di luar aplikasi" not in isi


def test_its_page_reads_as_an_agreement(client: Client, janji: KantorJanji, now: datetime) -> None:
    draf = janji.start(now)
    client.force_login(janji.pemulai)
    isi = client.get(draf.get_absolute_url()).content.decode()
    assert janji.indikator.nama in isi
    assert BUPATI.nama in isi
    assert "Belum ada capaian" not in isi


def test_the_buttons_say_what_is_started(client: Client, janji: KantorJanji) -> None:
    client.force_login(janji.pemulai)
    assert "Mulai Perjanjian Kinerja" in client.get("/").content.decode()
    SOP.objects.update(menghasilkan="laporan_kinerja")
    assert "Mulai laporan" in client.get("/").content.decode()


def test_writer_of_a_report_sees_the_agreement_in_its_own_chapter_only(
    client: Client, kantor: Kantor, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    janji: dict[str, object] = {"blok": "perjanjian", "baris": [], "anggaran": [], "beda": None}
    monkeypatch.setattr("laporan.selectors.naskah.list_perjanjian_laporan", lambda _draf: [janji])
    draf = kantor.start(now)
    while (tugas := aktif(draf)[0]).kunjungan.langkah.tindakan != "susun":
        draf = kantor.work_all(draf, now)
    client.force_login(kantor.pelaku(tugas))
    bab = client.get(f"/tugas/{tugas.pk}/").context["bab"]
    assert [s.blok for _b, _petunjuk, semua in bab for s in semua if janji in s.tabel] == [
        "perjanjian"
    ]


def test_who_may_not_begin_one_reads_who_may(client: Client, janji: KantorJanji) -> None:
    kolega = PenugasanFactory(jabatan__instansi=janji.kantor.instansi, jabatan__tingkat="pengelola")
    client.force_login(kolega.pengguna)
    isi = " ".join(client.get(DAFTAR).content.decode().split())
    assert "Dimulai oleh <b>" in isi
    assert f"({janji.pemulai.nama})." in isi
    Penugasan.objects.filter(pengguna=janji.pemulai).delete()
    assert "belum ada pemegangnya" in client.get(DAFTAR).content.decode()


def test_an_office_without_such_an_sop_reads_where_it_comes_from(
    client: Client, kantor: Kantor
) -> None:
    kolega = PenugasanFactory(jabatan__instansi=kantor.instansi)
    client.force_login(kolega.pengguna)
    isi = client.get(DAFTAR).content.decode()
    assert "belum mempunyai SOP yang menghasilkan dokumen ini" in isi
    assert "/sop/" in isi
