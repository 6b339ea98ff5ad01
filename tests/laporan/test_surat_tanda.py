"""A covering letter as a document of its own: frozen, signed by who it names, found by its QR."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import Dokumen, Draf, Efek, SuratPengantar, TandaTangan, Tugas
from laporan.selectors.dokumen import find_terdaftar, get_dokumen_terakhir
from laporan.services.dokumen_surat import promise_surat
from laporan.services.minta_tanda import request_tanda_tangan
from laporan.services.surat import save_surat
from organisasi.models import Penugasan
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import Rahasia
from sakip.common.tte_periksa import validate_pdf
from tests.laporan.isi_langkah import isian_surat
from tests.laporan.meja_tanda import kini, read, read_versi, run, run_semua
from tests.laporan.rute import Baris, Kantor, aktif, satu
from tests.tte import FRASA, akar_pem

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]

RUTE: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "proses", "tanda_tangan", satu("kepala"), None),
    (3, "proses", "surat", satu("sekretaris"), None),
    (4, "akhir", "arsip", satu("perencana"), None),
]


@pytest.fixture
def kantor(bangun: Callable[[list[Baris]], Kantor], ringkas: None) -> Kantor:
    """An office whose secretary signs the covering letter."""
    return bangun(RUTE)


@pytest.fixture
def tugas(kantor: Kantor, now: datetime) -> Tugas:
    """The turn of the letter; the report is signed."""
    draf = kantor.start(now)
    draf = kantor.work_all(draf, now)
    run_semua(draf)
    (giliran,) = aktif(draf)
    read_versi(kantor, giliran)
    sign(kantor, giliran, Dokumen.objects.get(draf=draf).sha256)
    return aktif(draf)[0]


def sign(kantor: Kantor, tugas: Tugas, sidik: str) -> Efek:
    """The holder of the turn signs what has that fingerprint."""
    efek = request_tanda_tangan(
        tugas_id=tugas.pk,
        sidik=sidik,
        frasa=Rahasia(FRASA),
        aktor=kantor.pelaku(tugas),
        now=kini(),
    )
    run(efek.pk)
    efek.refresh_from_db()
    return efek


def tulis(kantor: Kantor, tugas: Tugas, now: datetime, **isi: object) -> SuratPengantar:
    """The letter, to be signed electronically by the holder of the turn."""
    penanda = Penugasan.objects.get(pengguna=kantor.pelaku(tugas)).pk
    isian = isian_surat(tugas, now, **{"penanda": penanda, "nomor": "000/9/2026", **isi})
    surat = save_surat(tugas_id=tugas.pk, isian=isian, aktor=kantor.pelaku(tugas), now=now)
    promise_surat(surat, now=now)
    run_semua(surat.draf)
    return surat


def test_letter_is_frozen_signed_and_closes_the_turn(
    kantor: Kantor, tugas: Tugas, now: datetime
) -> None:
    surat = tulis(kantor, tugas, now)
    dokumen = Dokumen.objects.get(surat=surat)
    efek = sign(kantor, tugas, dokumen.sha256)
    assert (efek.status, efek.galat) == ("selesai", "")
    tanda = TandaTangan.objects.get(dokumen=dokumen)
    assert read(tanda).startswith(read(dokumen))
    (hasil,) = validate_pdf(read(tanda), [akar_pem()])
    assert (hasil.sah, hasil.ruas, hasil.seluruhnya) == (True, "TTE_surat", True)
    tugas.refresh_from_db()
    surat.refresh_from_db()
    assert (tugas.status, surat.ditutup_pada is not None) == ("selesai", True)
    assert find_chain_break(Draf.objects.get()) is None
    # The report stays the report.
    assert get_dokumen_terakhir(tugas.draf) == Dokumen.objects.get(jenis="laporan")


def test_letter_has_a_verification_page_of_its_own(
    kantor: Kantor, tugas: Tugas, now: datetime, client: Client
) -> None:
    surat = tulis(kantor, tugas, now)
    dokumen = Dokumen.objects.get(surat=surat)
    assert find_terdaftar(dokumen.kode) is None
    sign(kantor, tugas, dokumen.sha256)
    laporan = find_terdaftar(tugas.draf.token)
    assert laporan
    assert laporan.dokumen.jenis == "laporan"
    teks = client.get(reverse("laporan:verify", args=[dokumen.kode])).content.decode()
    assert "Surat pengantar 000/9/2026" in teks
    assert surat.perihal in teks
    assert "Riwayat pengesahan" not in teks
    assert "sudah diganti" not in teks
    SuratPengantar.objects.update(is_berlaku=False)
    teks = client.get(reverse("laporan:verify", args=[dokumen.kode])).content.decode()
    assert "sudah diganti" in teks
    assert client.get(reverse("laporan:verify", args=["  "])).status_code == 404


def test_only_whom_the_letter_names_signs_it(kantor: Kantor, tugas: Tugas, now: datetime) -> None:
    kepala = Penugasan.objects.get(jabatan__kode="kepala").pk
    surat = tulis(kantor, tugas, now, penanda=kepala)
    with pytest.raises(AksesDitolak, match=surat.penanda_nama):
        sign(kantor, tugas, Dokumen.objects.get(surat=surat).sha256)


def test_letter_kept_anew_is_frozen_anew_and_the_old_one_cannot_be_signed(
    kantor: Kantor, tugas: Tugas, now: datetime
) -> None:
    surat = tulis(kantor, tugas, now)
    lama = Dokumen.objects.get(surat=surat)
    isian = isian_surat(tugas, now, nomor="000/9/2026", perihal="Lain", penanda=0)
    save_surat(tugas_id=tugas.pk, isian=isian, aktor=kantor.pelaku(tugas), now=now)
    with pytest.raises(TransisiDitolak, match="belum selesai dibuat"):
        sign(kantor, tugas, lama.sha256)
    run_semua(surat.draf)
    baru = Dokumen.objects.filter(surat=surat).latest("pk")
    assert baru.kode != lama.kode
    with pytest.raises(TransisiDitolak, match="berubah"):
        sign(kantor, tugas, lama.sha256)
    assert sign(kantor, tugas, baru.sha256).status == "selesai"


def test_letter_being_signed_is_not_changed(kantor: Kantor, tugas: Tugas, now: datetime) -> None:
    surat = tulis(kantor, tugas, now)
    dokumen = Dokumen.objects.get(surat=surat)
    request_tanda_tangan(
        tugas_id=tugas.pk,
        sidik=dokumen.sha256,
        frasa=Rahasia(FRASA),
        aktor=kantor.pelaku(tugas),
        now=kini(),
    )
    with pytest.raises(TransisiDitolak, match="sedang ditandatangani"):
        promise_surat(surat, now=now)


def test_letter_on_paper_has_no_ceremony(
    kantor: Kantor, tugas: Tugas, now: datetime, client: Client
) -> None:
    with pytest.raises(IsianTidakSah, match="tidak diselesaikan dengan tanda tangan"):
        sign(kantor, tugas, "0")
    client.force_login(kantor.pelaku(tugas))
    alamat = reverse("laporan:sign-tugas", args=[tugas.pk])
    assert client.get(alamat)["Location"] == tugas.get_absolute_url()


def test_page_of_the_letter_leads_to_its_ceremony(
    kantor: Kantor, tugas: Tugas, now: datetime, client: Client
) -> None:
    client.force_login(kantor.pelaku(tugas))
    isi = {
        "aksi": "tandatangani",
        "hasil": "lanjut",
        "nomor": "000/9/2026",
        "tanggal": now.date().isoformat(),
        "sifat": "biasa",
        "perihal": "Penyampaian",
        "lampiran": "1 berkas",
        "isi": "Bersama ini kami sampaikan.",
        "tujuan": "Bupati",
        "penanda": str(Penugasan.objects.get(jabatan__kode="kepala").pk),
    }
    alamat = reverse("laporan:work-tugas", args=[tugas.pk])
    jawab = client.post(alamat, isi)
    assert jawab.status_code == 422
    assert "harus pemegang giliran ini" in jawab.content.decode()
    assert not SuratPengantar.objects.exists()
    milik = str(Penugasan.objects.get(pengguna=kantor.pelaku(tugas)).pk)
    jawab = client.post(alamat, {**isi, "penanda": milik, "nomor": ""})
    assert "Isi nomor surat" in jawab.content.decode()
    jawab = client.post(alamat, {**isi, "tujuan": "Bupati\nhttps://contoh.go.id/"})
    assert jawab.status_code == 422
    assert "bukan alamat situs: https://contoh.go.id/." in jawab.content.decode()
    jawab = client.post(alamat, {**isi, "penanda": milik})
    assert jawab["Location"] == reverse("laporan:sign-tugas", args=[tugas.pk])
    assert Efek.objects.get(jenis="bekukan_surat").status == "antre"


def test_ceremony_of_a_letter(kantor: Kantor, tugas: Tugas, now: datetime, client: Client) -> None:
    surat = tulis(kantor, tugas, now)
    dokumen, orang = Dokumen.objects.get(surat=surat), kantor.pelaku(tugas)
    orang.set_password("sandi-akun-sekretaris")
    orang.save()
    client.force_login(orang)
    alamat = reverse("laporan:sign-tugas", args=[tugas.pk])
    teks = client.get(alamat).content.decode()
    assert "Tandatangani surat pengantar" in teks
    assert "Ubah surat" in teks
    baca = reverse("laporan:read-surat", args=[tugas.draf_id, dokumen.pk])
    assert baca in teks
    assert client.get(baca).content == read(dokumen)
    assert surat.perihal in client.get(alamat + "?tahap=pastikan").content.decode()
    isi = {"setuju": "on", "frasa_sandi": FRASA, "sidik": dokumen.sha256}
    isi["sandi"] = "sandi-akun-sekretaris"
    assert client.post(alamat, isi).status_code == 302
    run(Efek.objects.latest("pk").pk)
    terima = client.get(reverse("laporan:view-tanda-terima", args=[tugas.pk])).content.decode()
    assert "Surat telah ditandatangani" in terima
    assert dokumen.kode in terima
    unduh = reverse("laporan:download-surat", args=[tugas.draf_id, dokumen.pk])
    assert client.get(unduh).content == read(TandaTangan.objects.get(dokumen=dokumen))
    lain = reverse("laporan:read-surat", args=[tugas.draf_id, Dokumen.objects.earliest("pk").pk])
    assert client.get(lain).status_code == 404
