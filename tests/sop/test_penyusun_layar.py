"""The editor through HTTP alone: a whole SOP entered, mended, published and started."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf
from laporan.services.draf import LaporanBaru, start_draf
from organisasi.models import Instansi, Jabatan, Pengguna
from sop.models import Langkah, VersiSOP
from sop.rules.graf import Graf
from sop.rules.sunting import compute_sidik_langkah
from sop.selectors import read_graf, read_sidik
from sop.services.sunting import Penyunting, remove_langkah
from sop.services.versi import publish_versi
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.factories.sop import create_instansi, create_konsep, hire_all, muat

pytestmark = pytest.mark.django_db
Jawaban = Any  # what the test client returns has no public name


@pytest.fixture
def instansi() -> Instansi:
    return create_instansi()


@pytest.fixture
def admin(instansi: Instansi) -> Pengguna:
    jabatan = JabatanFactory.create(
        instansi=instansi, kode="pengelola", nama="Admin SAKIP", tingkat="pengelola"
    )
    orang = PenugasanFactory.create(jabatan=jabatan).pengguna
    hire_all(instansi)
    return orang


@pytest.fixture
def klien(admin: Pengguna) -> Client:
    klien = Client()
    klien.force_login(admin)
    return klien


def isi(jawab: Jawaban) -> str:
    """Text of an answer."""
    return " ".join(jawab.content.decode().split())


def borang(versi: VersiSOP, nomor: int, **lain: Any) -> dict[str, Any]:
    """What the form of that step would send, with changes."""
    graf = read_graf(versi.pk)
    s = graf.menurut_nomor[nomor]
    data: dict[str, Any] = {
        "versi": compute_sidik_langkah(graf, s.id),
        "kegiatan": s.kegiatan,
        "simbol": s.simbol,
        "tindakan": s.tindakan,
        "waktu_teks": s.waktu_teks,
        "kelengkapan": "\r\n".join(s.kelengkapan),
        "output": s.output,
        **{h: "selesai" if t is None else t for h, t in s.ke.items()},
        "pelaksana-INITIAL_FORMS": 0,
    }
    pelaksana = lain.pop("pelaksana", [(p.jabatan_kode, p.urutan, p.per_unit) for p in s.pelaksana])
    for n, (kode, urutan, unit) in enumerate(pelaksana):
        pk = Jabatan.objects.get(instansi=versi.sop.instansi, kode=kode).pk
        data |= {f"pelaksana-{n}-jabatan": pk, f"pelaksana-{n}-urutan": urutan}
        data[f"pelaksana-{n}-unit"] = list(unit)
    data["pelaksana-TOTAL_FORMS"] = len(pelaksana)
    return data | lain


def alamat(nama: str, versi: VersiSOP, *lain: int) -> str:
    """Address of a page of that version."""
    return reverse(f"sop:{nama}", args=[versi.pk, *lain])


def pk_langkah(versi: VersiSOP, nomor: int) -> int:
    """Id of a step."""
    return Langkah.objects.get(versi=versi, nomor=nomor).pk


def simpan(klien: Client, versi: VersiSOP, nomor: int, **lain: Any) -> Jawaban:
    """Send the form of a step."""
    url = alamat("edit-langkah", versi, pk_langkah(versi, nomor))
    return klien.post(url, borang(versi, nomor, **lain))


# --- a whole SOP ------------------------------------------------------------------------------

KEPALA, SEK, REN, STAF = "kepala_dinas", "sekretaris_dinas", "perencana", "staf"
NASKAH: list[dict[str, Any]] = [
    {"simbol": "mulai", "tindakan": "disposisi", "pelaksana": [(KEPALA, 1, ())]},
    {"tindakan": "rapat", "pelaksana": [(SEK, 1, ()), (REN, 1, ())]},
    {"tindakan": "disposisi", "pelaksana": [(SEK, 1, ())]},
    {
        "tindakan": "kumpul",
        "waktu_teks": "1 jam/bidang",
        "pelaksana": [(STAF, 1, ("bidang", "sekretariat"))],
    },
    {"simbol": "keputusan", "tindakan": "verifikasi", "pelaksana": [(REN, 1, ())], "tidak": 4},
    {"tindakan": "susun", "pelaksana": [(REN, 1, ())]},
    {"tindakan": "ketik", "pelaksana": [(STAF, 1, ()), (REN, 2, ())]},
    {"simbol": "keputusan", "tindakan": "koreksi", "pelaksana": [(SEK, 1, ())], "tidak": 6},
    {"tindakan": "tanda_tangan", "pelaksana": [(KEPALA, 1, ())]},
    {"simbol": "akhir", "tindakan": "arsip", "pelaksana": [(STAF, 1, ())]},
]


def ketik_naskah(klien: Client, versi: VersiSOP) -> None:
    """Type the ten steps one after the other, each saved with "tambah di bawah"."""
    klien.post(alamat("add-langkah", versi), {"setelah": ""})
    for nomor, baris in enumerate(NASKAH, start=1):
        isian = {
            "kegiatan": f"Kegiatan ke-{nomor}",
            "simbol": "proses",
            "waktu_teks": "2 jam",
            "output": "Dokumen",
        } | baris
        if "tidak" in baris:
            isian |= {"tidak": pk_langkah(versi, baris["tidak"])}
        if nomor < len(NASKAH):
            isian["lalu"] = "bawah"
        assert simpan(klien, versi, nomor, **isian).status_code == 302


def sahkan(klien: Client, versi: VersiSOP, *, dilihat: str = "") -> Jawaban:
    """Publish as the page would."""
    hari = timezone.localdate().isoformat()
    data = {
        "nomor_sop": "800/10/2026",
        "tanggal": hari,
        "mulai": hari,
        "jabatan": "Kepala Dinas",
        "nama": "dr. Ratna Wulandari, M.Kes.",
        "versi": dilihat or read_sidik(VersiSOP.objects.get(pk=versi.pk)),
    }
    return klien.post(alamat("publish-versi", versi), data)


def test_an_sop_of_ten_steps_is_entered_published_and_started(
    klien: Client, instansi: Instansi
) -> None:
    jawab = klien.post(reverse("sop:create-sop"), {"nama": "SOP Laporan Bulanan", "sumber": ""})
    versi = VersiSOP.objects.get()
    assert jawab["Location"] == alamat("edit-identitas", versi)
    ketik_naskah(klien, versi)
    halaman = isi(klien.get(alamat("edit-rute", versi)))
    assert "Tanpa galat" in halaman
    assert "Ya → 6" in halaman
    assert "Tidak → 4" in halaman
    assert "dibaca 2 jam: 1 jam per unit, 2 unit" in halaman
    jawab = sahkan(klien, versi)
    assert jawab["Location"] == alamat("view-versi", versi)
    kepala = Pengguna.objects.get(penugasan__jabatan__kode=KEPALA)
    draf = start_draf(
        versi=VersiSOP.objects.get(pk=versi.pk),
        laporan=LaporanBaru("triwulan", 2026, 3),
        aktor=kepala,
        now=timezone.now(),
    )
    assert draf.status == Draf.Status.BERJALAN
    assert "1 laporan berjalan" in isi(klien.get(reverse("sop:list-sop")))


@pytest.mark.parametrize("nama", ["edit-rute", "edit-identitas", "edit-peran", "publish-versi"])
def test_an_empty_sop_says_how_to_begin(nama: str, klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(Graf(()), instansi=instansi)
    halaman = isi(klien.get(alamat(nama, versi)))
    if nama == "edit-rute":
        assert "Tambah langkah pertama" in halaman
        assert "SOP belum punya langkah" in halaman
    assert klien.get(alamat("view-versi", versi)).status_code == 200


# --- faults -----------------------------------------------------------------------------------


def test_each_fault_is_named_with_the_way_to_its_cell(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    simpan(klien, versi, 2, waktu_teks="3 - 5 hari", simbol="mulai")
    simpan(klien, versi, 3, tidak="")
    halaman = klien.get(alamat("edit-rute", versi))
    for teks in (
        "3 galat",
        "Waktu “3 - 5 hari” tidak dapat dibaca.",
        "Simbol mulai sudah dipakai langkah 1.",
        "Keputusan wajib punya Ya dan Tidak.",
        f'href="{alamat("edit-langkah", versi, pk_langkah(versi, 2))}#id_waktu_teks"',
        "dapat diterbitkan setelah 3 galat diperbaiki",
    ):
        assert teks in isi(halaman)
    assert 'value="3 - 5 hari"' in isi(
        klien.get(alamat("edit-langkah", versi, pk_langkah(versi, 2)))
    )
    jawab = sahkan(klien, versi)
    assert jawab.status_code == 422
    assert "belum dapat diterbitkan" in isi(jawab).lower()
    assert VersiSOP.objects.get(pk=versi.pk).is_konsep


def test_a_post_that_nobody_holds_is_named(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    JabatanFactory.create(instansi=instansi, kode="arsiparis", nama="Arsiparis")
    simpan(klien, versi, 2, pelaksana=[("arsiparis", 1, ())])
    assert "Arsiparis belum punya pemegang" in isi(klien.get(alamat("edit-rute", versi)))
    assert "Belum ada pemegang" in isi(klien.get(alamat("edit-peran", versi)))


def test_a_refused_form_keeps_every_word(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    jawab = simpan(klien, versi, 2, kegiatan="", output="Jangan hilang", waktu_teks="9" * 70)
    assert jawab.status_code == 422
    assert "Jangan hilang" in isi(jawab)
    assert "Isi uraian kegiatan" in isi(jawab)
    jawab = simpan(klien, versi, 2, pelaksana=[("staf", 1, ()), ("staf", 1, ())], output="Tetap")
    assert jawab.status_code == 422
    assert "dua kali pada giliran yang sama" in isi(jawab)


# --- somebody was first -----------------------------------------------------------------------


def test_a_step_changed_meanwhile_shows_both_texts(
    klien: Client, admin: Pengguna, instansi: Instansi
) -> None:
    versi = create_konsep(instansi=instansi)
    basi = borang(versi, 2, kegiatan="Kegiatan menurut saya")
    simpan(klien, versi, 2, kegiatan="Kegiatan menurut rekan")
    url = alamat("edit-langkah", versi, pk_langkah(versi, 2))
    jawab = klien.post(url, basi)
    assert jawab.status_code == 409
    for teks in ("sudah diubah", admin.nama, "menurut rekan", "Kegiatan menurut saya</textarea>"):
        assert teks in isi(jawab)
    segar = re.search(r'name="versi" value="(\w+)"', jawab.content.decode())
    assert segar
    assert klien.post(url, basi | {"versi": segar[1]}).status_code == 302
    assert Langkah.objects.get(versi=versi, nomor=2).kegiatan == "Kegiatan menurut saya"


def test_a_step_deleted_meanwhile_keeps_the_typed_words_and_can_be_put_back(
    klien: Client, admin: Pengguna, instansi: Instansi, now: datetime
) -> None:
    versi = create_konsep(instansi=instansi)
    pk = pk_langkah(versi, 2)
    basi = borang(versi, 2, kegiatan="Ketikan panjang saya")
    remove_langkah(
        penyunting=Penyunting(versi.pk, admin, now),
        langkah_id=pk,
        sidik=compute_sidik_langkah(read_graf(versi.pk), pk),
    )
    jawab = klien.post(alamat("edit-langkah", versi, pk), basi)
    assert jawab.status_code == 409
    assert "sudah dihapus" in isi(jawab)
    assert "Ketikan panjang saya</textarea>" in isi(jawab)
    jawab = klien.post(alamat("add-langkah", versi), basi | {"setelah": pk_langkah(versi, 1)})
    assert jawab.status_code == 302
    assert Langkah.objects.get(versi=versi, nomor=2).kegiatan == "Ketikan panjang saya"
    assert klien.get(alamat("edit-langkah", versi, pk)).status_code == 302


def test_deleting_names_the_routes_and_refuses_what_changed(
    klien: Client, instansi: Instansi
) -> None:
    versi = create_konsep(instansi=instansi)
    pk = pk_langkah(versi, 2)
    url = alamat("remove-langkah", versi, pk)
    sidik = compute_sidik_langkah(read_graf(versi.pk), pk)
    simpan(klien, versi, 2, output="Baru")
    jawab = klien.post(url, {"versi": sidik})
    assert jawab.status_code == 409
    assert "Isi terakhirnya ada di bawah" in isi(jawab)
    sidik = compute_sidik_langkah(read_graf(versi.pk), pk)
    halaman = isi(klien.post(url, {"versi": sidik}, follow=True))
    assert "jalur lanjut dari langkah 1, jalur Tidak dari langkah 2" in halaman
    assert klien.post(url, {"versi": sidik}).status_code == 409


def test_two_publications_have_one_winner(klien: Client, instansi: Instansi, now: datetime) -> None:
    versi = create_konsep(instansi=instansi)
    assert sahkan(klien, versi).status_code == 302
    jawab = sahkan(klien, versi)
    assert jawab.status_code == 409
    assert "sudah pernah terbit" in isi(jawab)
    lain = create_konsep(instansi=instansi)
    assert sahkan(klien, lain, dilihat="lama").status_code == 409
    publish_versi(versi_id=lain.pk, aktor=None, now=now)
    assert simpan(klien, lain, 2).status_code == 409


# --- order, preview, doubts -------------------------------------------------------------------


def test_steps_move_by_button_and_by_drag(klien: Client, instansi: Instansi) -> None:
    versi = create_konsep(instansi=instansi)
    dua, tiga = pk_langkah(versi, 2), pk_langkah(versi, 3)
    simpan(klien, versi, 2, lalu="pindah-3", output="Tersimpan dahulu")
    assert (pk_langkah(versi, 3), Langkah.objects.get(pk=dua).output) == (dua, "Tersimpan dahulu")
    klien.post(alamat("move-langkah", versi), {"langkah": tiga, "ke": 4})
    assert pk_langkah(versi, 4) == tiga
    klien.post(alamat("move-langkah", versi), {"langkah": tiga, "ke": 4})
    assert klien.post(alamat("move-langkah", versi), {"langkah": "x"}).status_code == 404
    jawab = simpan(klien, versi, 1, lalu=f"buka-{dua}")
    assert jawab["Location"].startswith(alamat("edit-langkah", versi, dua))


def test_the_preview_draws_and_checks_what_is_typed_and_saves_nothing(
    klien: Client, instansi: Instansi
) -> None:
    versi = create_konsep(instansi=instansi)
    url = alamat("preview-langkah", versi, pk_langkah(versi, 2))
    teks = isi(klien.post(url, borang(versi, 2, waktu_teks="segera", kegiatan="")))
    assert "Waktu “segera” tidak dapat dibaca" in teks
    assert "<svg" in teks
    assert 'hx-swap-oob="true"' in teks
    assert Langkah.objects.get(versi=versi, nomor=2).waktu_teks == "1 jam"
    assert klien.post(url, borang(versi, 2, simbol="segitiga")).status_code == 204
    assert klien.post(alamat("preview-langkah", versi, 0), borang(versi, 2)).status_code == 404
    for waktu, baca in (("", "tanpa batas waktu"), ("2 hari", "dibaca 2 hari kerja")):
        assert baca in isi(klien.post(url, borang(versi, 2, waktu_teks=waktu)))


def test_doubts_are_confirmed_or_mended_and_their_notes_stay(
    klien: Client, admin: Pengguna, instansi: Instansi
) -> None:
    terbit = muat(instansi=instansi)
    assert "Konfirmasi dicatat pada versi baru" in isi(klien.get(alamat("view-versi", terbit)))
    assert klien.post(alamat("copy-versi", terbit)).status_code == 302
    versi = VersiSOP.objects.get(status="konsep")
    url = alamat("confirm-langkah", versi, pk_langkah(versi, 7))
    assert "dikonfirmasi sesuai naskah" in isi(klien.post(url, {"kolom": "output"}, follow=True))
    assert klien.post(url, {"kolom": "output"}).status_code == 409
    simpan(klien, versi, 7, kelengkapan="Draft laporan kinerja")
    teks = isi(klien.get(alamat("edit-langkah", versi, pk_langkah(versi, 7))))
    assert teks.count(f"Dicocokkan oleh {admin.nama}") == 2
    assert "“laporan kerja” barangkali seharusnya" in teks
    klien.post(alamat("confirm-identitas", versi), {"kolom": "nomor_sop"})
    assert f"Dicocokkan oleh {admin.nama}" in isi(klien.get(alamat("edit-identitas", versi)))


@pytest.mark.parametrize("nama_url", ["edit-rute", "edit-langkah", "edit-identitas", "edit-peran"])
def test_a_page_of_the_editor_costs_the_same_for_short_and_long_routes(
    nama_url: str,
    klien: Client,
    instansi: Instansi,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for versi in (create_konsep(instansi=instansi), _salinan(klien, instansi)):
        lain = [pk_langkah(versi, 1)] if nama_url == "edit-langkah" else []
        url = alamat(nama_url, versi, *lain)
        klien.get(url)
        with django_assert_max_num_queries(18):
            assert klien.get(url).status_code == 200


def _salinan(klien: Client, instansi: Instansi) -> VersiSOP:
    klien.post(alamat("copy-versi", muat(instansi=instansi)))
    return VersiSOP.objects.get(status="konsep", sop__kode="pengumpulan-data-kinerja")
