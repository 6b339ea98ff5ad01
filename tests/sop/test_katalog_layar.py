"""Catalogue, identity page, columns, publishing, history and comparison, by persona."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisasi.models import Instansi, Pengguna
from sop.models import VersiSOP
from sop.rules.sunting import compute_sidik_identitas
from sop.selectors import read_identitas, read_sidik
from sop.services.versi import withdraw_versi
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.factories.sop import create_konsep, create_terbit, hire_all, muat
from tests.sop.test_penyusun_layar import (
    Jawaban,
    admin,
    alamat,
    instansi,
    isi,
    klien,
    pk_langkah,
    simpan,
)

__all__ = ["admin", "instansi", "klien"]
pytestmark = pytest.mark.django_db
SUNTING = ("edit-rute", "edit-langkah", "edit-identitas", "publish-versi", "withdraw-versi")


def _masuk(pengguna: Pengguna) -> Client:
    klien = Client()
    klien.force_login(pengguna)
    return klien


def _url(nama: str, versi: VersiSOP) -> str:
    lain = [pk_langkah(versi, 1)] if nama == "edit-langkah" else []
    return alamat(nama, versi, *lain)


@pytest.mark.parametrize("nama", SUNTING)
def test_only_who_may_write_reaches_the_editor(nama: str, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    staf = PenugasanFactory.create(jabatan__instansi=instansi).pengguna
    luar = PenugasanFactory.create(jabatan__tingkat="kepala").pengguna
    assert _masuk(staf).get(_url(nama, versi)).status_code == 403
    assert _masuk(luar).get(_url(nama, versi)).status_code == 404
    assert Client().get(_url(nama, versi)).status_code == 302


def test_who_drafts_may_not_publish(instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    hire_all(instansi)
    jabatan = JabatanFactory.create(instansi=instansi, tingkat="perencana")
    klien = _masuk(PenugasanFactory.create(jabatan=jabatan).pengguna)
    halaman = isi(klien.get(alamat("edit-rute", versi)))
    assert "yang menerbitkan konsep ini" in halaman
    assert alamat("publish-versi", versi) not in halaman
    assert klien.get(alamat("publish-versi", versi)).status_code == 403


def test_colleagues_read_actors_history_and_comparison(instansi: Instansi) -> None:
    versi = create_terbit(instansi=instansi)
    klien = _masuk(PenugasanFactory.create(jabatan__instansi=instansi).pengguna)
    for nama in ("edit-peran", "list-versi"):
        assert klien.get(alamat(nama, versi)).status_code == 200
    assert klien.post(alamat("edit-peran", versi), {}).status_code == 403
    assert klien.get(alamat("compare-versi", versi)).status_code == 404
    assert "SOP baru" not in isi(klien.get(reverse("sop:list-sop")))


@pytest.mark.parametrize("nama", ["edit-rute", "edit-langkah", "edit-identitas", "publish-versi"])
def test_what_is_published_is_shown_not_edited(
    nama: str, klien: Client, instansi: Instansi
) -> None:
    versi = create_terbit(instansi=instansi)
    assert klien.get(_url(nama, versi))["Location"] == alamat("view-versi", versi)


def test_the_catalogue_says_what_runs_and_offers_the_next_step(
    klien: Client, instansi: Instansi
) -> None:
    muat(instansi=instansi)
    katalog = isi(klien.get(reverse("sop:list-sop")))
    for teks in ("Berlaku", "0 laporan berjalan", "Buat versi baru"):
        assert teks in katalog
    versi = VersiSOP.objects.get()
    klien.post(alamat("copy-versi", versi))
    assert klien.post(alamat("copy-versi", versi)).status_code == 409
    assert "Lanjutkan konsep versi 2" in isi(klien.get(reverse("sop:list-sop")))


def test_an_example_is_taken_over_and_unknown_posts_are_asked(
    klien: Client, instansi: Instansi
) -> None:
    data: dict[str, Any] = {"nama": "SOP Baru", "sumber": "contoh-kota-blitar"}
    jawab = klien.post(reverse("sop:create-sop"), data)
    assert jawab.status_code == 422
    assert "Kepala Bidang" in isi(jawab)
    assert "jabatan-kepala_dinas" not in isi(jawab)
    assert not VersiSOP.objects.exists()
    data |= {"jabatan-sekretaris": "sekretaris_dinas", "jabatan-kepala_bidang": "staf"}
    jawab = klien.post(reverse("sop:create-sop"), data | {"jabatan-staf_umum": ""})
    versi = VersiSOP.objects.get()
    assert jawab["Location"] == alamat("edit-rute", versi)
    assert versi.langkah.count() == 14


def test_an_sop_begins_from_one_of_the_office_and_needs_a_name(
    klien: Client, instansi: Instansi
) -> None:
    asal = create_terbit(instansi=instansi)
    url = reverse("sop:create-sop")
    assert "SOP Uji, versi 1" in isi(klien.get(url))
    assert klien.post(url, {"sumber": f"versi-{asal.pk}"}).status_code == 422
    assert "sudah ada. Buat versi barunya" in isi(klien.post(url, {"nama": "sop uji"}))
    klien.post(url, {"nama": "Salinan", "sumber": f"versi-{asal.pk}"})
    baru = VersiSOP.objects.get(sop__nama="Salinan")
    assert (baru.status, baru.langkah.count()) == ("konsep", 4)


# --- identity and columns ---------------------------------------------------------------------


def _identitas(versi: VersiSOP, **lain: str) -> dict[str, str]:
    sidik = compute_sidik_identitas(read_identitas(VersiSOP.objects.get(pk=versi.pk)))
    return {"nama": "SOP Uji", "versi": sidik, "tanggal_revisi_teks": "18 Agustus 2023"} | lain


def test_the_identity_page_is_saved_and_read(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    url = alamat("edit-identitas", versi)
    data = _identitas(
        versi, dasar_hukum="UU 25/2004\r\n\r\n PP 8/2006 ", judul_kolom_waktu="(menit)"
    )
    assert klien.post(url, data)["Location"] == url
    baru = read_identitas(VersiSOP.objects.get(pk=versi.pk))
    assert baru.dasar_hukum == ("UU 25/2004", "PP 8/2006")
    assert baru.judul_kolom == {"waktu": "(menit)"}
    assert "Dibaca Jumat, 18 Agustus 2023" in isi(klien.get(url))
    lanjut = klien.post(url, _identitas(versi, lalu="langkah", tanggal_revisi_teks="2023"))
    assert lanjut["Location"] == alamat("edit-rute", versi)
    assert "Belum terbaca sebagai tanggal" in isi(klien.get(url))
    assert "Tanggal “2023” tidak dapat dibaca" in isi(klien.get(alamat("edit-rute", versi)))


def test_a_stale_identity_page_shows_both_texts(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    url = alamat("edit-identitas", versi)
    basi = _identitas(versi, peringatan="Milik saya")
    klien.post(url, _identitas(versi, peringatan="Milik rekan"))
    jawab = klien.post(url, basi)
    assert jawab.status_code == 409
    for teks in ("sudah diubah", "Milik rekan", "Milik saya</textarea>"):
        assert teks in isi(jawab)
    jawab = klien.post(url, _identitas(versi, nomor_sop="9" * 121))
    assert jawab.status_code == 422
    assert klien.post(url, _identitas(versi, kop="x" * 9, nama="")).status_code == 422


def test_columns_are_ordered_named_and_removed(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    url = alamat("edit-peran", versi)
    dasar = {"kolom-TOTAL_FORMS": 3, "kolom-INITIAL_FORMS": 0, "versi": _identitas(versi)["versi"]}
    data = dasar | {
        "kolom-0-urut": 2,
        "kolom-0-judul": "Staf",
        "kolom-0-jabatan": ["staf"],
        "kolom-1-urut": 1,
        "kolom-1-judul": "Pimpinan",
        "kolom-1-jabatan": ["kepala_dinas", "sekretaris_dinas"],
        "kolom-1-tercetak": "on",
    }
    assert klien.post(url, data).status_code == 302
    kolom = read_identitas(VersiSOP.objects.get(pk=versi.pk)).judul_pelaksana
    assert [(k.judul, k.jabatan, k.tercetak) for k in kolom] == [
        ("Pimpinan", ("kepala_dinas", "sekretaris_dinas"), True),
        ("Staf", ("staf",), False),
    ]
    assert klien.post(url, data).status_code == 409
    assert klien.post(url, dasar | {"kolom-0-judul": "Tanpa jabatan"}).status_code == 422


# --- publishing and after ---------------------------------------------------------------------


def _sahkan(klien: Client, versi: VersiSOP, **lain: str) -> Jawaban:
    hari = timezone.localdate().isoformat()
    data = {"nomor_sop": "1", "tanggal": hari, "mulai": hari, "jabatan": "Camat", "nama": "Ratna"}
    sidik = read_sidik(VersiSOP.objects.get(pk=versi.pk))
    return klien.post(alamat("publish-versi", versi), data | {"versi": sidik} | lain)


def test_the_publishing_page_names_the_official_of_that_day(
    klien: Client, instansi: Instansi
) -> None:
    versi = create_konsep(instansi=instansi)
    url = alamat("publish-versi", versi)
    assert 'name="jabatan" value="Kepala Dinas"' in isi(klien.get(url))
    lampau = isi(klien.get(url, {"tanggal": "2020-01-02", "nomor_sop": "77"}))
    assert 'value="Kepala Dinas"' not in lampau
    assert 'value="77"' in lampau
    assert _sahkan(klien, versi, nama="").status_code == 422
    assert _sahkan(klien, versi, mulai="kapan").status_code == 422


def test_a_version_of_a_later_day_is_shown_as_waiting(klien: Client, instansi: Instansi) -> None:
    create_terbit(instansi=instansi)
    versi = create_konsep(instansi=instansi)
    esok = (timezone.localdate() + timedelta(days=3)).isoformat()
    halaman = isi(klien.get(alamat("publish-versi", versi), {"mulai": esok}))
    assert "sampai saat itu versi yang berlaku sekarang tetap dipakai" in halaman
    assert "Versi 1 dicabut" in isi(klien.get(alamat("publish-versi", versi)))
    assert _sahkan(klien, versi, mulai=esok).status_code == 302
    katalog = isi(klien.get(reverse("sop:list-sop")))
    assert "Terbit, belum berlaku" in katalog
    assert "Sampai saat itu laporan baru memakai versi 1" in katalog
    assert "terbit, belum berlaku" in isi(klien.get(alamat("view-versi", versi)))


def test_a_version_is_withdrawn_with_its_reason(klien: Client, instansi: Instansi) -> None:
    versi = create_terbit(instansi=instansi)
    url = alamat("withdraw-versi", versi)
    assert "Cabut versi 1" in isi(klien.get(url))
    assert klien.post(url, {"alasan": " "}).status_code == 422
    halaman = isi(klien.post(url, {"alasan": "Pedoman berganti"}, follow=True))
    assert "Pedoman berganti" in halaman
    assert "Dicabut" in halaman
    assert klien.post(url, {"alasan": "Lagi"}).status_code == 409
    assert "Dicabut: Pedoman berganti" in isi(klien.get(alamat("list-versi", versi)))


def test_history_and_comparison_tell_what_changed(
    klien: Client, instansi: Instansi, admin: Pengguna
) -> None:
    lama = create_terbit(instansi=instansi)
    klien.post(alamat("copy-versi", lama))
    versi = VersiSOP.objects.get(status="konsep")
    assert "Isinya sama" in isi(klien.get(alamat("compare-versi", versi)))
    simpan(klien, versi, 2, waktu_teks="3 jam", lalu="bawah")
    klien.post(alamat("edit-identitas", versi), _identitas(versi, nomor_sop="800/2"))
    halaman = isi(klien.get(alamat("compare-versi", versi)))
    for teks in ("1 baru", "</span>1</del>", "</span>3</ins>", "800/2", "Berubah"):
        assert teks in halaman
    balik = isi(klien.get(alamat("compare-versi", lama), {"dengan": versi.pk}))
    assert "1 dihapus" in balik
    riwayat = isi(klien.get(alamat("list-versi", versi)))
    for teks in ("Langkah 2 disunting: waktu", "Langkah 3 ditambahkan", "Identitas disunting"):
        assert teks in riwayat
    assert admin.nama in riwayat


def test_a_replaced_version_says_so(klien: Client, instansi: Instansi, admin: Pengguna) -> None:
    lama = create_terbit(instansi=instansi)
    _sahkan(klien, create_konsep(instansi=instansi))
    assert "Digantikan versi 2" in isi(klien.get(alamat("view-versi", lama)))
    baru = VersiSOP.objects.get(status="terbit")
    withdraw_versi(versi_id=baru.pk, aktor=None, now=timezone.now())
    assert "2 versi terdahulu" in isi(klien.get(reverse("sop:list-sop")))
