"""Signing by a service on another machine: its answers, its silences, and what people do then."""

import io
from datetime import datetime

import pikepdf
import pytest
from django.test import Client, TestCase
from django.urls import reverse
from pytest_django import Settings

from laporan.models import Draf, Efek, IdentitasTanda, TandaTangan
from laporan.services import tanda_tangan as layanan
from laporan.services.hasil_tanda import name_bawaan
from laporan.services.identitas_tanda import get_nik, save_nik
from laporan.services.ragu import deny_tanda, recheck_tanda
from organisasi.models import Instansi, Jejak
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.rahasia import Rahasia
from sakip.common.tte import HasilBelumDiketahui, Sebab
from sakip.common.tte_bsre import BsreV1
from tests.laporan.layanan_jauh import Siap, ask, mandat
from tests.laporan.meja_tanda import (
    holder,
    kini,
    minta,
    read,
    run,
    sign_giliran,
    status,
    until_beku,
)
from tests.laporan.rute import Kantor
from tests.layanan_tte import (
    NIK,
    NIK_ASING,
    NIK_KEDALUWARSA,
    NIK_TANPA_SERTIFIKAT,
    Keadaan,
)
from tests.simpanan import path_of
from tests.tte import FRASA

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata, pytest.mark.usefixtures("ringkas")]


def test_document_is_signed_by_the_service(kantor_satu: Kantor, siap: Siap, jauh: Keadaan) -> None:
    draf, dokumen, tugas = siap
    efek = ask(kantor_satu, tugas, jauh, "")
    assert (efek.status, efek.galat) == ("selesai", "")
    tanda = TandaTangan.objects.get()
    assert read(tanda).startswith(read(dokumen))
    assert tanda.is_uji
    assert "CA UJI" in tanda.sertifikat_penerbit
    assert status(tugas) == "selesai"
    draf.refresh_from_db()
    assert find_chain_break(draf) is None


@pytest.mark.parametrize("ulah", ["sibuk", "rusak", "tanpa_tanda"])
def test_refusal_gives_the_turn_back(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, ulah: str
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, ulah)
    assert efek.status == "gagal"
    assert status(siap[2]) == "aktif"
    assert not TandaTangan.objects.exists()
    assert ask(kantor_satu, siap[2], jauh, "").status == "selesai"


@pytest.mark.parametrize(
    ("isian", "kata"),
    [
        ((NIK, "salah"), "Frasa sandi"),
        ((NIK_ASING, FRASA), "belum terdaftar"),
        ((NIK_TANPA_SERTIFIKAT, FRASA), "belum terpasang"),
        ((NIK_KEDALUWARSA, FRASA), "tidak berlaku"),
    ],
    ids=["frasa", "tak-terdaftar", "tanpa-sertifikat", "kedaluwarsa"],
)
def test_signer_whom_the_service_refuses_reads_why_and_keeps_his_turn(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, *, isian: tuple[str, str], kata: str
) -> None:
    nik, frasa = isian
    save_nik(sebagai=mandat(kantor_satu), nik=nik, now=kini())
    efek = minta(kantor_satu, siap[2], frasa=frasa)
    run(efek.pk)
    efek.refresh_from_db()
    assert (efek.status, status(siap[2])) == ("gagal", "aktif")
    assert kata in efek.galat
    assert "belum ditandatangani" in efek.galat
    assert jauh.banyak_tanda == 0


def test_document_for_a_service_has_no_empty_fields_of_ours(
    kantor_satu: Kantor, jauh: Keadaan, now: datetime
) -> None:
    draf, dokumen = until_beku(kantor_satu, 3, now)
    assert b"/AcroForm" not in read(dokumen)
    assert dokumen.kotak
    assert sign_giliran(kantor_satu, draf).status == "selesai"
    with pikepdf.open(io.BytesIO(read(TandaTangan.objects.get()))) as pdf:
        assert [str(r.FT) for r in pdf.Root.AcroForm.Fields if "/V" in r] == ["/Sig"]
        assert len(pdf.Root.AcroForm.Fields) == 1


def test_service_that_breaks_may_have_signed(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    assert ask(kantor_satu, siap[2], jauh, "galat_500").status == "ragu"
    assert status(siap[2]) == "diproses"


@pytest.mark.parametrize(
    ("ulah", "sekali"),
    [("putus_sebelum", 0), ("putus_sesudah", 1), ("html_200", 0)],
    ids=["sebelum", "sesudah", "jawaban-rusak"],
)
def test_silence_is_a_state_of_its_own_and_nothing_signs_again(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, *, ulah: str, sekali: int
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, ulah)
    assert efek.status == "ragu"
    assert status(siap[2]) == "diproses"
    assert jauh.banyak_tanda == sekali
    run(efek.pk)
    with pytest.raises(TransisiDitolak):
        minta(kantor_satu, siap[2])
    assert jauh.banyak_tanda == sekali
    assert Jejak.objects.filter(aksi="laporan.efek.ragu").count() == 1


def test_worker_killed_after_sending_leaves_the_outcome_unknown(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mati(*_args: object) -> None:
        raise KeyboardInterrupt

    efek = minta(kantor_satu, siap[2])
    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, "store_berkas", mati)
        with pytest.raises(KeyboardInterrupt):
            run(efek.pk)
    run(efek.pk)
    efek.refresh_from_db()
    assert efek.status == "ragu"
    assert jauh.banyak_tanda == 1


def test_full_disk_after_the_answer_is_no_refusal(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def penuh(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as tambalan:
        tambalan.setattr(layanan, "store_berkas", penuh)
        assert ask(kantor_satu, siap[2], jauh, "").status == "ragu"


def test_job_taken_over_before_sending_sends_nothing(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lama(*_args: object, **_lain: object) -> Rahasia:
        Efek.objects.update(token="lain")
        return Rahasia(FRASA)

    monkeypatch.setattr(layanan, "_take_rahasia", lama)
    efek = ask(kantor_satu, siap[2], jauh, "")
    assert (efek.status, efek.terkirim_pada) == ("jalan", None)
    assert jauh.banyak_tanda == 0


def test_job_taken_over_while_waiting_is_not_judged_by_the_first_worker(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hilang(*_args: object) -> None:
        Efek.objects.update(token="lain")
        raise HasilBelumDiketahui

    monkeypatch.setattr(BsreV1, "sign", hilang)
    assert ask(kantor_satu, siap[2], jauh, "").status == "jalan"
    assert not Jejak.objects.filter(aksi="laporan.efek.ragu").exists()


def test_cut_answer_is_fetched_by_its_number(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "terpotong")
    assert efek.status == "ragu"
    assert efek.rujukan in jauh.simpanan
    recheck_tanda(efek_id=efek.pk, aktor=holder(kantor_satu, "kepala"), now=kini())
    run(efek.pk)
    efek.refresh_from_db()
    assert efek.status == "selesai"
    assert jauh.banyak_tanda == 1
    assert TandaTangan.objects.count() == 1


def test_looking_up_in_vain_stays_unknown(kantor_satu: Kantor, siap: Siap, jauh: Keadaan) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "putus_sesudah")
    for _kali in range(4):
        recheck_tanda(efek_id=efek.pk, aktor=holder(kantor_satu, "kepala"), now=kini())
        run(efek.pk)
        efek.refresh_from_db()
        assert efek.status == "ragu"
    assert jauh.banyak_tanda == 1


def test_file_from_the_service_is_taken_when_it_is_the_right_one(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "putus_sesudah")
    (berkas,) = jauh.simpanan.values()
    kepala = holder(kantor_satu, "kepala")
    with pytest.raises(IsianTidakSah):
        recheck_tanda(efek_id=efek.pk, aktor=kepala, now=kini(), berkas=b"bukan pdf")
    recheck_tanda(efek_id=efek.pk, aktor=kepala, now=kini(), berkas=berkas)
    run(efek.pk)
    efek.refresh_from_db()
    assert efek.status == "selesai"
    assert read(TandaTangan.objects.get()) == berkas


def test_another_file_is_refused_and_the_outcome_stays_unknown(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    efek, kepala = ask(kantor_satu, siap[2], jauh, "putus_sesudah"), holder(kantor_satu, "kepala")
    recheck_tanda(efek_id=efek.pk, aktor=kepala, now=kini(), berkas=read(siap[1]))
    with TestCase.captureOnCommitCallbacks(execute=True):
        run(efek.pk)
    efek.refresh_from_db()
    assert (efek.status, status(siap[2])) == ("ragu", "diproses")
    assert "bukan dokumen ini" in efek.galat
    assert not TandaTangan.objects.exists()
    (berkas,) = jauh.simpanan.values()
    recheck_tanda(efek_id=efek.pk, aktor=kepala, now=kini(), berkas=berkas)
    with TestCase.captureOnCommitCallbacks(execute=True):
        run(efek.pk)
    assert (read(TandaTangan.objects.get()), jauh.banyak_tanda) == (berkas, 1)
    assert not list(path_of(name_bawaan(efek)).parent.glob(".*"))


def test_statement_that_nothing_was_signed_needs_a_word_and_gives_the_turn_back(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "putus_sebelum")
    kepala = holder(kantor_satu, "kepala")
    with pytest.raises(IsianTidakSah):
        deny_tanda(efek_id=efek.pk, aktor=kepala, alasan=" ", now=kini())
    deny_tanda(efek_id=efek.pk, aktor=kepala, alasan="Tidak tercatat di layanan.", now=kini())
    assert status(siap[2]) == "aktif"
    with pytest.raises(TransisiDitolak):
        deny_tanda(efek_id=efek.pk, aktor=kepala, alasan="lagi", now=kini())
    assert sign_giliran(kantor_satu, siap[0]).status == "selesai"
    assert find_chain_break(Draf.objects.get()) is None


def test_only_the_signer_or_the_manager_settles_it(
    kantor_satu: Kantor, siap: Siap, jauh: Keadaan
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "putus_sebelum")
    with pytest.raises(AksesDitolak):
        recheck_tanda(efek_id=efek.pk, aktor=holder(kantor_satu, "perencana"), now=kini())
    recheck_tanda(efek_id=efek.pk, aktor=holder(kantor_satu, "sekretaris"), now=kini())


def test_other_jobs_have_no_outcome_to_settle(
    kantor_satu: Kantor, client: Client, siap: Siap
) -> None:
    beku = Efek.objects.get(jenis=Efek.Jenis.BEKUKAN)
    alamat = reverse("laporan:settle-efek", args=[beku.pk])
    for jabatan in ("perencana", "kepala"):
        client.force_login(holder(kantor_satu, jabatan))
        assert client.post(alamat, {"aksi": "nyatakan", "alasan": "apa saja"}).status_code == 409


def test_page_says_what_is_known_and_lets_the_signer_settle_it(
    kantor_satu: Kantor, client: Client, siap: Siap, jauh: Keadaan
) -> None:
    efek = ask(kantor_satu, siap[2], jauh, "putus_sesudah")
    client.force_login(holder(kantor_satu, "kepala"))
    teks = client.get(reverse("laporan:sign-tugas", args=[siap[2].pk])).content.decode()
    assert "Hasil belum diketahui" in teks
    assert "tidak mengulanginya sendiri" in teks
    alamat = reverse("laporan:settle-efek", args=[efek.pk])
    assert client.post(alamat, {"aksi": "nyatakan", "alasan": ""}).status_code == 422
    assert (
        client.post(alamat, {"aksi": "nyatakan", "alasan": "Sudah ditanyakan"}).status_code == 302
    )
    assert status(siap[2]) == "aktif"
    assert client.post(alamat, {"aksi": "periksa"}).status_code == 409


def test_signer_without_nik_is_asked_for_it_once(
    kantor_satu: Kantor, client: Client, siap: Siap, jauh: Keadaan
) -> None:
    kepala = holder(kantor_satu, "kepala")
    IdentitasTanda.objects.all().delete()
    client.force_login(kepala)
    kepala.set_password("sandi-akun-kepala")
    kepala.save()
    client.force_login(kepala)
    client.get(reverse("laporan:read-dokumen", args=[siap[0].pk]))
    alamat = reverse("laporan:sign-tugas", args=[siap[2].pk])
    isi = {"setuju": "on", "frasa_sandi": FRASA, "sidik": siap[1].sha256}
    assert 'name="nik"' in client.get(alamat + "?tahap=pastikan").content.decode()
    sandi = {"sandi": "sandi-akun-kepala"}
    assert client.post(alamat, {**isi, **sandi, "nik": "123"}).status_code == 422
    assert client.post(alamat, {**isi, **sandi, "nik": NIK}).status_code == 302
    nik = get_nik(kepala)
    assert nik
    assert nik.reveal() == NIK
    assert NIK.encode() not in bytes(IdentitasTanda.objects.get().nik)
    jejak = Jejak.objects.filter(aksi="laporan.identitas.nik").latest("pk")
    assert (jejak.aktor, jejak.data) == (kepala, {"baru": True})
    assert find_chain_break(Instansi.objects.get()) is None


def test_nik_that_the_service_does_not_know_can_be_mended(
    kantor_satu: Kantor, client: Client, siap: Siap, jauh: Keadaan
) -> None:
    kepala = holder(kantor_satu, "kepala")
    save_nik(sebagai=mandat(kantor_satu), nik=NIK_ASING, now=kini())
    assert ask(kantor_satu, siap[2], jauh, "").sebab == Sebab.TIDAK_TERDAFTAR
    kepala.set_password("sandi-akun-kepala")
    kepala.save()
    client.force_login(kepala)
    client.get(reverse("laporan:read-dokumen", args=[siap[0].pk]))
    alamat = reverse("laporan:sign-tugas", args=[siap[2].pk])
    teks = client.get(alamat + "?tahap=pastikan").content.decode()
    assert 'name="nik"' in teks
    assert NIK_ASING not in teks
    isi = {"setuju": "on", "frasa_sandi": FRASA, "sidik": siap[1].sha256}
    assert client.post(alamat, {**isi, "sandi": "sandi-akun-kepala", "nik": NIK}).status_code == 302
    run(Efek.objects.latest("pk").pk)
    assert status(siap[2]) == "selesai"


def test_nik_of_another_key_counts_as_none(
    kantor_satu: Kantor, jauh: Keadaan, settings: Settings
) -> None:
    kepala = holder(kantor_satu, "kepala")
    settings.SECRET_KEY = "another-key-after-a-move-of-the-machine"
    assert get_nik(kepala) is None
    with pytest.raises(IsianTidakSah):
        save_nik(sebagai=mandat(kantor_satu), nik="3516", now=kini())
