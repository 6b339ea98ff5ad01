"""The PDF: rendered once per version, whole or not there, and what stands on its pages."""

import io
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import ArsipDokumen, Dokumen, Draf, Efek
from laporan.selectors.cetak import list_tempat_tanda
from laporan.services import dokumen as layanan
from laporan.services.efek import Kerja
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.berkas import read_berkas, sha256_hex
from sakip.common.pdf import PdfGagal
from sakip.common.sekali_tulis import keep_berkas
from tests.laporan.meja_tanda import efek_bekukan as bekukan
from tests.laporan.meja_tanda import holder, kini, run, run_semua, until
from tests.laporan.rute import BIDANG, Baris, Kantor, make_kantor, satu

pytestmark = pytest.mark.django_db


def list_berkas(folder: Path) -> list[str]:
    """Every file under the media folder, by its path there."""
    akar = folder / "berkas"
    return sorted(str(b.relative_to(akar)) for b in akar.rglob("*") if b.is_file())


# --- once, and whole ------------------------------------------------------------------------------


@pytest.mark.usefixtures("ringkas")
def test_freezing_keeps_one_file_a_row_and_a_trail(
    di_meja_kepala: Draf, berkas_sendiri: Path
) -> None:
    run_semua(di_meja_kepala)
    dokumen = Dokumen.objects.get()
    isi = (berkas_sendiri / "berkas" / dokumen.berkas).read_bytes()
    assert list_berkas(berkas_sendiri) == [dokumen.berkas]
    assert (dokumen.sha256, dokumen.ukuran, dokumen.halaman) == (sha256_hex(isi), len(isi), 1)
    assert Jejak.objects.get(aksi="laporan.dokumen.bekukan").data["sha256"] == dokumen.sha256
    di_meja_kepala.refresh_from_db()
    assert find_chain_break(di_meja_kepala) is None


@pytest.mark.usefixtures("ringkas")
def test_frozen_file_has_an_empty_closing_field_where_the_layout_left_room(
    di_meja_kepala: Draf,
) -> None:
    run_semua(di_meja_kepala)
    dokumen = Dokumen.objects.get()
    (tempat,) = list_tempat_tanda(di_meja_kepala)
    with pikepdf.open(io.BytesIO(read_berkas(dokumen.berkas, dokumen.sha256))) as berkas:
        (ruas,) = berkas.Root.AcroForm.Fields
        assert str(ruas.T) == tempat.nama
        assert "/V" not in ruas
        assert str(ruas.Lock.Action) == "/All"
        sudut = [float(n) for n in ruas.Rect]
    assert dokumen.kotak == {tempat.nama: [1, *sudut]}
    assert sudut[2] - sudut[0] > 200


@pytest.mark.usefixtures("ringkas")
def test_same_job_twice_gives_one_file(di_meja_kepala: Draf, berkas_sendiri: Path) -> None:
    efek = bekukan(di_meja_kepala)
    for _kali in range(2):
        run(efek.pk)
    assert len(list_berkas(berkas_sendiri)) == 1
    assert Dokumen.objects.count() == 1


@pytest.mark.usefixtures("ringkas")
def test_another_job_for_the_same_version_renders_nothing(
    di_meja_kepala: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_semua(di_meja_kepala)
    lama = bekukan(di_meja_kepala)
    monkeypatch.setattr(layanan, "render_pdf", None)
    lagi = Efek.objects.create(
        draf=di_meja_kepala,
        kunjungan=lama.kunjungan,
        jenis="bekukan",
        kunci=f"lagi:{lama.kunci}",
        dibuat_pada=kini(),
    )
    run(lagi.pk)
    assert Efek.objects.get(pk=lagi.pk).status == "selesai"
    assert Dokumen.objects.count() == 1


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize("saat", ["keep_berkas", "sha256_hex", "record_jejak"])
def test_worker_killed_around_the_commit_leaves_nothing_half(
    di_meja_kepala: Draf, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch, saat: str
) -> None:
    def mati(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    efek = bekukan(di_meja_kepala)
    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, saat, mati)
        with pytest.raises(KeyboardInterrupt):
            run(efek.pk)
    assert not Dokumen.objects.exists()
    assert not [b for b in list_berkas(berkas_sendiri) if b.endswith(".part")]
    run(efek.pk)
    dokumen = Dokumen.objects.get()
    assert list_berkas(berkas_sendiri) == [dokumen.berkas]
    assert read_berkas(dokumen.berkas, dokumen.sha256)


@pytest.mark.usefixtures("ringkas")
def test_full_disk_fails_with_a_sentence_and_the_retry_works(
    kantor_satu: Kantor,
    di_meja_kepala: Draf,
    berkas_sendiri: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def penuh(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    efek = bekukan(di_meja_kepala)
    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, "keep_berkas", penuh)
        run(efek.pk)
    gagal = Efek.objects.get(pk=efek.pk)
    assert gagal.status == "gagal"
    assert "penyimpanan" in gagal.galat
    assert not list_berkas(berkas_sendiri)
    client = Client()
    client.force_login(holder(kantor_satu, "kepala"))
    assert client.post(reverse("laporan:retry-efek", args=[efek.pk])).status_code == 302
    run(efek.pk)
    assert Dokumen.objects.count() == 1


def test_document_that_cannot_be_rendered_says_why(
    di_meja_kepala: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gagal(*_args: object, **_kwargs: object) -> None:
        raise PdfGagal("Naskah memuat gambar yang tidak diizinkan.")

    monkeypatch.setattr(layanan, "render_pdf", gagal)
    run_semua(di_meja_kepala)
    assert bekukan(di_meja_kepala).galat == "Naskah memuat gambar yang tidak diizinkan."


@pytest.mark.usefixtures("ringkas")
def test_worker_that_lost_its_lease_does_not_touch_the_file(
    di_meja_kepala: Draf, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    efek, asli = bekukan(di_meja_kepala), Kerja.commit
    sidik: list[str] = []

    def didahului(kerja: Kerja) -> object:
        if not sidik:
            sidik.append("")
            Efek.objects.filter(pk=efek.pk).update(sewa_sampai=kini())
            run(efek.pk)
            sidik[0] = Dokumen.objects.get().sha256
        return asli(kerja)

    monkeypatch.setattr(Kerja, "commit", didahului)
    run(efek.pk)
    dokumen = Dokumen.objects.get()
    assert dokumen.sha256 == sidik[0]
    assert read_berkas(dokumen.berkas, dokumen.sha256)
    assert Efek.objects.get(pk=efek.pk).percobaan == 2


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize("kerusakan", ["hilang", "berubah"])
def test_file_changed_on_the_disk_is_never_served(
    kantor_satu: Kantor, di_meja_kepala: Draf, berkas_sendiri: Path, kerusakan: str
) -> None:
    run_semua(di_meja_kepala)
    berkas = berkas_sendiri / "berkas" / Dokumen.objects.get().berkas
    if kerusakan == "hilang":
        berkas.unlink()
    else:
        berkas.write_bytes(berkas.read_bytes() + b"\n")
    client = Client()
    client.force_login(holder(kantor_satu, "kepala"))
    jawab = client.get(reverse("laporan:download-dokumen", args=[di_meja_kepala.pk]))
    assert jawab.status_code == 400
    assert "tidak sama dengan saat dibekukan" in jawab.content.decode()


# --- archive --------------------------------------------------------------------------------------

TANPA_TANDA: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "akhir", "arsip", satu("perencana"), None),
]


@pytest.fixture
def tanpa_tanda(berkas_sendiri: Path, now: datetime) -> Draf:
    """A finished draft of a route that nobody signs, its archiving promised."""
    assert berkas_sendiri
    kantor = make_kantor(TANPA_TANDA, now)
    return kantor.work_all(until(kantor, 2, now), now)


@pytest.mark.usefixtures("ringkas")
def test_report_that_nobody_signs_is_frozen_and_archived(
    tanpa_tanda: Draf, berkas_sendiri: Path
) -> None:
    run_semua(tanpa_tanda)
    dokumen, arsip = Dokumen.objects.get(), ArsipDokumen.objects.get()
    assert arsip.sha256 == dokumen.sha256
    isi = (berkas_sendiri / "berkas" / arsip.berkas).read_bytes()
    assert sha256_hex(isi) == dokumen.sha256
    assert list_tempat_tanda(tanpa_tanda) == []


@pytest.mark.usefixtures("ringkas")
def test_archive_refuses_a_file_that_changed_on_the_disk(
    tanpa_tanda: Draf, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asli = keep_berkas

    def rusak(nama: str, isi: bytes) -> str:
        berkas = asli(nama, isi)
        (berkas_sendiri / "berkas" / berkas).write_bytes(isi + b"x")
        return berkas

    monkeypatch.setattr(layanan, "keep_berkas", rusak)
    (efek,) = run_semua(tanpa_tanda)
    assert efek.status == "gagal"
    assert "tidak sama dengan saat dibekukan" in efek.galat
    assert not ArsipDokumen.objects.exists()


def test_archiving_before_anything_was_written_says_so(berkas_sendiri: Path, now: datetime) -> None:
    assert berkas_sendiri
    draf = make_kantor(TANPA_TANDA, now).start(now)
    efek = Efek.objects.create(
        draf=draf, kunjungan=draf.kunjungan.get(), jenis="arsip", kunci="arsip:1", dibuat_pada=now
    )
    run(efek.pk)
    assert "belum mempunyai naskah" in Efek.objects.get(pk=efek.pk).galat


# --- places to sign -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pelaksana", "penutup"),
    [
        (satu("kepala"), [True]),
        ([("sekretaris", 1, ()), ("kepala", 2, ())], [False, True]),
        ([("kepala", 2, ()), ("sekretaris", 1, ())], [False, True]),
        (satu("sekretaris", "kepala"), [False, False]),
        ([("kabid", 1, BIDANG)], [False, False, False, False]),
        ([("kabid", 1, BIDANG), ("kepala", 2, ())], [False, False, False, False, True]),
    ],
)
def test_only_a_single_last_signer_closes_the_document(
    now: datetime, pelaksana: list[tuple[str, int, tuple[str, ...]]], penutup: list[bool]
) -> None:
    rute: list[Baris] = [
        (1, "mulai", "susun", satu("perencana"), None),
        (2, "akhir", "tanda_tangan", pelaksana, None),
    ]
    tempat = list_tempat_tanda(make_kantor(rute, now).start(now))
    assert [t.is_penutup for t in tempat] == penutup
    assert len({t.nama for t in tempat}) == len({t.kotak for t in tempat}) == len(penutup)
