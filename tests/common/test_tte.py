"""Signing: only appending, clear refusals, and judges that notice every change."""

import io
import logging
import re
import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from sakip.common import tte
from sakip.common.pdf import BahanPdf, repack
from sakip.common.rahasia import Rahasia
from sakip.common.ruas import Ruas
from sakip.common.tte import HasilPeriksa, Keadaan, Sebab, StatusTanda, TandaGagal
from sakip.common.tte_lokal import LokalPkcs12
from sakip.common.tte_periksa import validate_pdf
from tests.tte import (
    FRASA,
    NIP,
    NIP_KEDALUWARSA,
    akar_pem,
    dokumen_beruas,
    dokumen_kosong,
    folder_ca,
    make_tsa,
    permintaan,
)

KINI = datetime.now(UTC)


def sign(isi: bytes, ruas: str = "TTE_2", **lain: str) -> bytes:
    """`isi` signed by the test signer."""
    minta = permintaan(ruas, nip=lain.get("nip", NIP))
    return LokalPkcs12(folder_ca()).sign(isi, minta, Rahasia(lain.get("frasa", FRASA)), KINI).isi


@cache
def bertanda() -> bytes:
    """One document, signed by its closing signer."""
    return sign(dokumen_beruas())


@cache
def bertanda_dua() -> bytes:
    """The same, signed by both."""
    return sign(sign(dokumen_beruas(), "TTE_1"))


def periksa(isi: bytes) -> list[HasilPeriksa]:
    """Judgement by pyHanko with the test authority as root."""
    return validate_pdf(isi, [akar_pem()])


def is_diterima(isi: bytes) -> bool:
    """Whether every signature of a readable document holds and the last covers all of it."""
    try:
        hasil = periksa(isi)
    except TandaGagal:
        return False
    return bool(hasil) and all(h.sah for h in hasil) and hasil[-1].seluruhnya


def run_pdfsig(isi: bytes, tmp_path: Path) -> str:
    """What poppler says."""
    berkas = tmp_path / "berkas.pdf"
    berkas.write_bytes(isi)
    hasil = subprocess.run(
        ["pdfsig", "-nocert", str(berkas)], capture_output=True, text=True, check=False
    )
    return hasil.stdout


def test_fields_are_added_the_same_way_each_time() -> None:
    hasil = dokumen_kosong()
    bahan = BahanPdf(ruas=lambda k: [Ruas("TTE_1", k["sig-1"], "Kepala", is_penutup=True)])
    satu, dua = (repack(hasil.isi, bahan, hasil.kotak) for _kali in range(2))
    assert satu != hasil.isi
    assert satu == dua


def test_signing_only_appends() -> None:
    assert bertanda().startswith(dokumen_beruas())
    assert bertanda_dua().startswith(sign_pertama())


@cache
def sign_pertama() -> bytes:
    """The bytes between the two signatures of `bertanda_dua`."""
    ujung = [m.end() for m in re.finditer(rb"%%EOF\n?", bertanda_dua())]
    return bertanda_dua()[: ujung[1]]


def test_signature_is_valid_and_covers_the_whole_document() -> None:
    (hasil,) = periksa(bertanda())
    assert hasil.sah
    assert hasil.utuh
    assert hasil.dipercaya
    assert hasil.seluruhnya
    assert (hasil.ruas, hasil.nama, hasil.perubahan) == ("TTE_2", "dr. Ratna Uji", "NONE")
    assert hasil.waktu
    assert abs(hasil.waktu - datetime.now(tz=UTC)) < timedelta(minutes=5)


def test_second_signature_leaves_the_first_valid() -> None:
    pertama, kedua = periksa(bertanda_dua())
    assert pertama.sah
    assert not pertama.seluruhnya
    assert kedua.sah
    assert kedua.seluruhnya


def test_an_independent_tool_accepts_both(tmp_path: Path) -> None:
    keluaran = run_pdfsig(bertanda_dua(), tmp_path)
    assert keluaran.count("Signature is Valid") == 2
    assert "Total document signed" in keluaran
    assert keluaran.count("ETSI.CAdES.detached") == 2


def test_signed_file_is_sound_pdf(tmp_path: Path) -> None:
    berkas = tmp_path / "berkas.pdf"
    berkas.write_bytes(bertanda_dua())
    subprocess.run(["qpdf", "--check", str(berkas)], check=True, capture_output=True)


@pytest.mark.parametrize("bagian", range(12))
def test_one_changed_byte_is_noticed(bagian: int, tmp_path: Path) -> None:
    # Everywhere but in the signature's own container, whose padding nothing covers.
    isi = bytearray(bertanda())
    awal, panjang, lanjut, sisa = (int(n) for n in _find_byterange(bertanda()))
    tempat = awal + panjang * bagian // 10 if bagian < 10 else lanjut + sisa * (bagian - 10) // 2
    isi[tempat] ^= 0x01
    assert not is_diterima(bytes(isi))
    assert "Signature is Valid" not in run_pdfsig(bytes(isi), tmp_path)


def _find_byterange(isi: bytes) -> tuple[bytes, ...]:
    cocok = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)", isi)
    assert cocok
    return cocok.groups()


def test_an_appended_page_note_is_noticed() -> None:
    # poppler still says "valid" here, which is why pyHanko's comparison of revisions decides.
    penulis = IncrementalPdfFileWriter(io.BytesIO(bertanda()))
    catatan = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Square"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 90, 90)]),
        }
    )
    halaman, _induk = penulis.find_page_for_modification(0)
    penulis.register_annotation(halaman, penulis.add_object(catatan))
    keluaran = io.BytesIO()
    penulis.write(keluaran)
    (hasil,) = periksa(keluaran.getvalue())
    assert hasil.utuh
    assert not hasil.sah
    assert not hasil.seluruhnya


def test_a_document_saved_anew_is_refused() -> None:
    keluaran = io.BytesIO()
    with pikepdf.open(io.BytesIO(bertanda())) as berkas:
        berkas.save(keluaran)
    assert not is_diterima(keluaran.getvalue())


def test_signer_of_an_unknown_authority_is_not_trusted() -> None:
    (hasil,) = validate_pdf(bertanda(), [])
    assert hasil.utuh
    assert not hasil.dipercaya
    assert not hasil.sah


def test_file_without_signatures_has_none_to_check() -> None:
    assert periksa(dokumen_beruas()) == []


@pytest.mark.parametrize("isi", [b"", b"bukan pdf", b"%PDF-1.7\nrusak"])
def test_unreadable_file_is_named_so(isi: bytes) -> None:
    with pytest.raises(TandaGagal) as galat:
        periksa(isi)
    assert galat.value.sebab == Sebab.BERKAS_RUSAK


@pytest.mark.parametrize(
    ("nip", "frasa", "sebab", "kata"),
    [
        (NIP, "salah", Sebab.FRASA_SALAH, "Frasa sandi"),
        (NIP, "", Sebab.FRASA_SALAH, "Frasa sandi"),
        (NIP_KEDALUWARSA, FRASA, Sebab.KEDALUWARSA, "tidak berlaku"),
        ("199001012020011001", FRASA, Sebab.TIDAK_ADA, "belum terpasang"),
        ("../../etc/passwd", FRASA, Sebab.TIDAK_ADA, "belum terpasang"),
    ],
)
def test_each_refusal_has_its_cause_and_sentence(
    nip: str, frasa: str, sebab: Sebab, kata: str
) -> None:
    with pytest.raises(TandaGagal, match=kata) as galat:
        sign(dokumen_beruas(), nip=nip, frasa=frasa)
    assert galat.value.sebab == sebab
    assert "belum ditandatangani" in galat.value.pesan


@pytest.mark.parametrize(
    ("isi", "ruas"),
    [(b"bukan pdf", "TTE_2"), (b"", "TTE_2"), (None, "TTE_9")],
)
def test_document_that_cannot_be_signed_is_refused(isi: bytes | None, ruas: str) -> None:
    with pytest.raises(TandaGagal) as galat:
        sign(dokumen_beruas() if isi is None else isi, ruas)
    assert galat.value.sebab == Sebab.BERKAS_RUSAK


def test_a_field_is_signed_once() -> None:
    with pytest.raises(TandaGagal) as galat:
        sign(bertanda())
    assert galat.value.sebab == Sebab.BERKAS_RUSAK


def test_broken_certificate_file_is_not_blamed_on_the_passphrase(tmp_path: Path) -> None:
    (tmp_path / f"{NIP}.p12").write_bytes(b"bukan pkcs12")
    with pytest.raises(TandaGagal) as galat:
        LokalPkcs12(tmp_path).sign(dokumen_beruas(), permintaan(), Rahasia(FRASA), KINI)
    assert galat.value.sebab == Sebab.BERKAS_RUSAK


def test_backend_that_changes_the_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LokalPkcs12, "_append", lambda *_a: b"%PDF-1.7 berkas lain")
    with pytest.raises(TandaGagal) as galat:
        sign(dokumen_beruas())
    assert galat.value.sebab == Sebab.BERKAS_RUSAK


def test_passphrase_appears_in_no_log_and_no_exception(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sign(dokumen_beruas())
        with pytest.raises(TandaGagal) as galat:
            sign(dokumen_beruas(), frasa="salah-sekali-77")
    assert FRASA not in caplog.text
    assert "salah-sekali-77" not in caplog.text + repr(galat.value) + repr(galat.value.__cause__)


def test_certificate_is_readable_without_the_passphrase() -> None:
    status = LokalPkcs12(folder_ca()).status(permintaan().penanda, KINI)
    sertifikat = status.sertifikat
    assert status.keadaan == Keadaan.SIAP
    assert sertifikat
    assert sertifikat.nama == "dr. Ratna Uji"
    assert sertifikat.is_uji
    assert sertifikat.is_berlaku(KINI)
    assert not sertifikat.is_berlaku(KINI + timedelta(days=800))


def test_person_without_certificate_has_no_status() -> None:
    siapa = permintaan(nip="199001012020011001").penanda
    assert LokalPkcs12(folder_ca()).status(siapa, KINI) == StatusTanda(Keadaan.TIDAK_ADA)


def test_certificate_that_has_run_out_is_known_before_signing() -> None:
    siapa = permintaan(nip=NIP_KEDALUWARSA).penanda
    assert LokalPkcs12(folder_ca()).status(siapa, KINI).keadaan == Keadaan.KEDALUWARSA


def test_certificate_serves_until_its_last_second_and_not_one_more() -> None:
    penanda = LokalPkcs12(folder_ca())
    sertifikat = penanda.status(permintaan().penanda, KINI).sertifikat
    assert sertifikat
    habis = sertifikat.sampai
    assert penanda.status(permintaan().penanda, habis).keadaan == Keadaan.SIAP
    lewat = habis + timedelta(seconds=1)
    assert penanda.status(permintaan().penanda, lewat).keadaan == Keadaan.KEDALUWARSA
    with pytest.raises(TandaGagal) as galat:
        penanda.sign(dokumen_beruas(), permintaan(), Rahasia(FRASA), lewat)
    assert galat.value.sebab == Sebab.KEDALUWARSA


def test_first_signature_stays_whole_when_its_certificate_has_run_out() -> None:
    penanda, dahulu = LokalPkcs12(folder_ca()), KINI - timedelta(days=900)
    awal = permintaan("TTE_1", NIP_KEDALUWARSA)
    satu = penanda.sign(dokumen_beruas(), awal, Rahasia(FRASA), dahulu).isi
    dua = penanda.sign(satu, permintaan(), Rahasia(FRASA), KINI).isi
    pertama, kedua = penanda.verify(dua)
    assert (pertama.utuh, pertama.wajar, pertama.dipercaya) == (True, True, False)
    assert kedua.sah


def test_certificate_of_another_authority_is_no_test(tmp_path: Path) -> None:
    (tmp_path / f"{NIP}.pem").write_bytes((folder_ca() / f"{NIP}.pem").read_bytes())
    sertifikat = LokalPkcs12(tmp_path).status(permintaan().penanda, KINI).sertifikat
    assert sertifikat
    assert not sertifikat.is_uji


def test_without_a_known_root_nothing_is_trusted(tmp_path: Path) -> None:
    (hasil,) = LokalPkcs12(tmp_path).verify(bertanda())
    assert not hasil.dipercaya


def test_backend_checks_with_its_own_root() -> None:
    (hasil,) = LokalPkcs12(folder_ca()).verify(bertanda())
    assert hasil.sah


def test_every_cause_has_a_sentence() -> None:
    assert set(Sebab) == set(tte._KALIMAT)


def test_time_stamp_service_lifts_the_signature_to_long_term() -> None:
    penanda = LokalPkcs12(folder_ca(), tsa=make_tsa())
    isi = penanda.sign(dokumen_beruas(), permintaan(), Rahasia(FRASA), KINI).isi
    assert isi.startswith(dokumen_beruas())
    (hasil,) = penanda.verify(isi)
    assert hasil.sah
    assert hasil.perubahan == "LTA_UPDATES"
    pembaca = PdfFileReader(io.BytesIO(isi))
    assert len(pembaca.embedded_timestamp_signatures) == 1
    assert "/DSS" in pembaca.root


@settings(max_examples=150, deadline=None, derandomize=True)
@given(letak=st.integers(0, 10**9), ganti=st.integers(1, 255))
def test_changes_anywhere_are_never_accepted_and_never_crash(letak: int, ganti: int) -> None:
    isi = bytearray(bertanda())
    _awal, panjang, lanjut, sisa = (int(n) for n in _find_byterange(bertanda()))
    tempat = letak % (panjang + sisa)
    isi[tempat if tempat < panjang else tempat - panjang + lanjut] ^= ganti
    assert not is_diterima(bytes(isi))
