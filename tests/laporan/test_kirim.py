"""Delivery: open until somebody noted it, late by the limit of the receiver, proven."""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laporan.models import Draf, Penyampaian, TujuanKirim
from laporan.rules.kirim import end_periode, find_batas
from laporan.selectors.kirim import list_alamat, list_kirim, list_kirim_draf
from laporan.services.draf import cancel_draf
from laporan.services.kirim import IsianKirim, IsianTujuan, record_penyampaian, save_tujuan
from organisasi.models import Jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, satu

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri")]
RUTE: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "akhir", "disposisi", satu("staf"), None),
]
PDF = b"%PDF-1.7\nisi\n"


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose reports go to two receivers, one of them with a limit."""
    kantor = make_kantor(RUTE, now)
    buat = partial(TujuanKirim.objects.create, instansi=kantor.instansi)
    buat(nama="Inspektorat", batas=30, satuan="hari", dasar="Perbup", mulai_tahun=2026)
    buat(nama="Bappeda", urutan=2, mulai_tahun=2026)
    buat(nama="Tahunan saja", jenis="tahunan", urutan=3, mulai_tahun=2026)
    buat(nama="Nanti", urutan=4, mulai_tahun=2027)
    return kantor


def finish(kantor: Kantor, now: datetime, periode_ke: int = 3) -> Draf:
    """A finished report of that quarter."""
    draf = kantor.start(now, periode_ke=periode_ke)
    while draf.is_aktif:
        draf = kantor.work(aktif(draf)[0], now)
    return draf


def isian(now: datetime, **isi: object) -> IsianKirim:
    """A delivery in person."""
    bawaan: dict[str, object] = {
        "disampaikan_pada": now.date(),
        "cara": "antar",
        "penerima": "Ani",
    }
    return IsianKirim(**{**bawaan, **isi})  # type: ignore[arg-type]  # test shorthand


def catat(kantor: Kantor, draf: Draf, now: datetime, **isi: object) -> Penyampaian:
    """Note a delivery to Inspektorat."""
    tujuan = TujuanKirim.objects.get(instansi=kantor.instansi, nama="Inspektorat")
    pegawai = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor.instansi)).pengguna
    return record_penyampaian(
        draf_id=draf.pk, tujuan_id=tujuan.pk, isian=isian(now, **isi), aktor=pegawai, now=now
    )


@pytest.mark.parametrize(
    ("jenis", "ke", "batas", "satuan", "hari"),
    [
        ("tahunan", 0, 2, "bulan", date(2028, 2, 29)),
        ("tahunan", 0, 3, "bulan", date(2028, 3, 31)),
        ("semester", 1, 10, "hari", date(2027, 7, 10)),
        ("triwulan", 3, 1, "bulan", date(2027, 10, 31)),
        ("bulanan", 2, 5, "hari", date(2027, 3, 5)),
        ("bulanan", 12, None, "hari", None),
    ],
    ids=["dua-bulan", "tiga-bulan", "semester", "triwulan", "bulanan", "tanpa"],
)
def test_limits_are_counted_from_the_end_of_the_period(
    jenis: str, ke: int, batas: int | None, satuan: str, hari: date | None
) -> None:
    assert find_batas(end_periode(jenis, ke, 2027), batas, satuan) == hari


def test_a_report_is_owed_to_each_receiver_that_wants_it(kantor: Kantor, now: datetime) -> None:
    jalan = kantor.start(now, periode_ke=2)
    selesai = finish(kantor, now)
    baris = list_kirim(kantor.instansi, date(2026, 10, 31))
    assert [(b.tujuan.nama, b.draf.pk, b.siap) for b in baris] == [
        ("Inspektorat", selesai.pk, True),
        ("Bappeda", selesai.pk, True),
        ("Inspektorat", jalan.pk, False),
        ("Bappeda", jalan.pk, False),
    ]
    inspektorat = baris[0]
    assert inspektorat.batas == date(2026, 10, 30)
    assert inspektorat.is_terlambat
    assert not inspektorat.is_segera
    assert not baris[1].is_terlambat
    dekat = list_kirim_draf(selesai, date(2026, 10, 20))[0]
    assert dekat.is_segera
    assert not list_kirim_draf(selesai, date(2026, 10, 1))[0].is_segera


def test_a_letter_goes_to_receivers_that_take_no_upload(kantor: Kantor, now: datetime) -> None:
    TujuanKirim.objects.create(
        instansi=kantor.instansi,
        nama="e-SAKIP Reviu",
        urutan=5,
        tautan="https://contoh.go.id/",
        mulai_tahun=2026,
    )
    assert list_alamat(kantor.start(now)) == ["Inspektorat", "Bappeda"]


def test_noting_closes_it_and_noting_again_corrects(kantor: Kantor, now: datetime) -> None:
    draf = finish(kantor, now)
    catat(kantor, draf, now)
    catat(kantor, draf, now, penerima="Budi", tautan="https://contoh.go.id/terima")
    assert Penyampaian.objects.get().penerima == "Budi"
    baris = list_kirim(kantor.instansi, now.date())
    assert [b.catatan is None for b in baris] == [False, True][::-1]
    assert Jejak.objects.filter(aksi="laporan.draf.sampaikan").count() == 2
    TujuanKirim.objects.filter(nama="Inspektorat").update(is_aktif=False)
    assert len(list_kirim(kantor.instansi, now.date())) == 2  # what was delivered stays


def test_proof_is_asked_for_and_looked_at(kantor: Kantor, now: datetime) -> None:
    draf = finish(kantor, now)
    with pytest.raises(IsianTidakSah, match="siapa yang menerima"):
        catat(kantor, draf, now, penerima="")
    with pytest.raises(IsianTidakSah, match="https://"):
        catat(kantor, draf, now, tautan="javascript:alert(1)")
    with pytest.raises(IsianTidakSah, match="belum tiba"):
        catat(kantor, draf, now, disampaikan_pada=now.date() + timedelta(days=1))
    with pytest.raises(IsianTidakSah, match="bukan PDF"):
        catat(kantor, draf, now, berkas=SimpleUploadedFile("terima.pdf", b"<script>"))
    assert not Penyampaian.objects.exists()
    kirim = catat(kantor, draf, now, penerima="", berkas=SimpleUploadedFile("terima.pdf", PDF))
    assert default_storage.exists(str(kirim.berkas.name))
    assert (kirim.nama_asli, kirim.ukuran) == ("terima.pdf", len(PDF))


def test_a_refused_proof_leaves_no_file(
    kantor: Kantor, now: datetime, berkas_sendiri: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draf = finish(kantor, now)

    def gagal(*_args: object, **_kwargs: object) -> None:
        raise OSError("disk penuh")

    monkeypatch.setattr(Penyampaian, "save", gagal)
    with pytest.raises(OSError, match="penuh"):
        catat(kantor, draf, now, berkas=SimpleUploadedFile("terima.pdf", PDF))
    assert not [b for b in (berkas_sendiri / "berkas").rglob("*.pdf") if "penyampaian" in str(b)]


def test_only_the_office_notes_and_only_what_is_ready(kantor: Kantor, now: datetime) -> None:
    jalan = kantor.start(now)
    with pytest.raises(TransisiDitolak, match="ditandatangani atau selesai"):
        catat(kantor, jalan, now)
    oleh = jalan.dibuat_oleh
    assert (
        list_kirim_draf(
            cancel_draf(draf_id=jalan.pk, aktor=oleh, alasan="Batal", now=now), now.date()
        )
        == []
    )
    draf = finish(kantor, now, 2)
    tujuan = TujuanKirim.objects.get(nama="Inspektorat")
    with pytest.raises(AksesDitolak):
        record_penyampaian(
            draf_id=draf.pk,
            tujuan_id=tujuan.pk,
            isian=isian(now),
            aktor=PenugasanFactory().pengguna,
            now=now,
        )


def test_pages_show_note_and_hand_out_the_proof(client: Client) -> None:
    kini = timezone.now()
    kantor = make_kantor(RUTE, kini)
    TujuanKirim.objects.create(
        instansi=kantor.instansi, nama="Inspektorat", mulai_tahun=2026, tautan="https://x.go.id"
    )
    draf = finish(kantor, kini)
    orang = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor.instansi)).pengguna
    client.force_login(orang)
    daftar = reverse("laporan:list-kirim")
    assert "Belum disampaikan" in client.get(daftar).content.decode()
    alamat = reverse("laporan:record-kirim", args=[draf.pk, TujuanKirim.objects.get().pk])
    assert "Buka aplikasi tujuan" in client.get(alamat).content.decode()
    hari = timezone.localdate().isoformat()
    data = {"disampaikan_pada": hari, "cara": "unggah", "keterangan": "Nomor tiket 5"}
    tolak = client.post(alamat, data)
    assert tolak.status_code == 422
    assert "Nomor tiket 5" in tolak.content.decode()
    berkas = SimpleUploadedFile("terima.pdf", PDF)
    assert client.post(alamat, {**data, "berkas": berkas}).status_code == 302
    isi = client.get(daftar).content.decode()
    assert "Sudah disampaikan" in isi
    assert "Bukti sekarang: terima.pdf" in client.get(alamat).content.decode()
    bukti = reverse("laporan:download-bukti-kirim", args=[Penyampaian.objects.get().pk])
    assert client.get(bukti).getvalue() == PDF
    assert (
        "Penyampaian"
        in client.get(reverse("laporan:view-riwayat", args=[draf.pk])).content.decode()
    )
    csv = client.get(daftar, {"unduh": "csv"}).content.decode("utf-8-sig")
    assert "Diunggah ke aplikasi tujuan" in csv
    default_storage.delete(str(Penyampaian.objects.get().berkas.name))
    assert client.get(bukti).status_code == 404
    assert client.get(reverse("laporan:record-kirim", args=[draf.pk, 0])).status_code == 404
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(bukti).status_code == 404
    assert client.get(alamat).status_code == 404


def test_receivers_are_data_of_the_office(client: Client, now: datetime) -> None:
    kantor = make_kantor(RUTE, now)
    admin = PenugasanFactory(
        jabatan=JabatanFactory(instansi=kantor.instansi, tingkat="pengelola")
    ).pengguna
    client.force_login(admin)
    baru, daftar = reverse("laporan:create-tujuan"), reverse("laporan:manage-tujuan")
    assert "Belum ada tujuan" in client.get(daftar).content.decode()
    data = {"nama": "Bappeda", "jenis": "", "mulai_tahun": "2026", "satuan": "bulan", "urutan": "1"}
    assert client.post(baru, {**data, "batas": "2", "is_aktif": "on"}).status_code == 302
    assert "Paling lambat 2 bulan" in client.get(daftar).content.decode()
    assert client.post(baru, data).status_code == 422
    ubah = reverse("laporan:edit-tujuan", args=[TujuanKirim.objects.get().pk])
    assert client.post(ubah, data).status_code == 302
    assert not TujuanKirim.objects.get().is_aktif
    staf = PenugasanFactory(jabatan=JabatanFactory(instansi=kantor.instansi)).pengguna
    with pytest.raises(AksesDitolak):
        save_tujuan(
            instansi_id=kantor.instansi.pk, isian=IsianTujuan("X", 2026), aktor=staf, now=now
        )
    client.force_login(staf)
    assert client.get(daftar).status_code == 403


def test_the_list_costs_a_fixed_number_of_queries(
    kantor: Kantor, now: datetime, django_assert_num_queries: object
) -> None:
    for ke in (1, 2, 3):
        finish(kantor, now, ke)
    with django_assert_num_queries(3):  # type: ignore[operator]  # a fixture of pytest-django
        assert len(list_kirim(kantor.instansi, now.date())) == 6
