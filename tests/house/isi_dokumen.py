"""What stands behind the addresses of documents: PDFs, letters, archive, deliveries, notices."""

from collections.abc import Iterator
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from laporan.models import (
    ArsipDokumen,
    Dokumen,
    Draf,
    Efek,
    KelasArsip,
    PaketLKE,
    Pemberitahuan,
    Pengiriman,
    Penyampaian,
    ReviuAPIP,
    SuratPengantar,
    TujuanKirim,
    Undangan,
)
from laporan.rules.rentang import read_rentang
from laporan.selectors.serah_terima import AKSI
from laporan.services.izin import IsianIzin, give_izin
from laporan.services.penilaian import create_penilaian
from organisasi.models import Pengguna
from organisasi.services.jejak import record_jejak
from sakip.common.berkas import sha256_hex
from tests.house.negeri import ISI, SAAT, Negeri, Nilai, pk
from tests.simpanan import path_of

_TANGGAL = date(2026, 10, 12)


def fill_dokumen(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """PDFs, effects, letters, archive, deliveries."""
    tanda, selesai = n.draf["tanda"], n.draf["selesai"]
    _tanda, arsip_dokumen = (
        Dokumen.objects.create(
            draf=d,
            versi_naskah=d.versi_naskah.get(),
            berkas=_store(f"{d.pk}.pdf"),
            sha256=sha256_hex(ISI),
            ukuran=len(ISI),
            halaman=1,
            kotak={},
            dibekukan_pada=SAAT,
        )
        for d in (tanda, selesai)
    )
    arsip = ArsipDokumen.objects.create(
        dokumen=arsip_dokumen,
        berkas=arsip_dokumen.berkas,
        sha256=sha256_hex(ISI),
        diarsipkan_pada=SAAT,
    )
    kunjungan = n.tugas("tanda").kunjungan
    catatan = {"draf": tanda, "kunjungan": kunjungan, "dibuat_oleh": n.orang["kepala"]}
    surat = SuratPengantar.objects.create(
        penanda_nama="K",
        penanda_jabatan="Kepala",
        instansi=n.instansi,
        nomor="1",
        sifat="biasa",
        tanggal=_TANGGAL,
        tahun=2026,
        perihal="Uji",
        isi="Uji",
        dibuat_pada=SAAT,
        **catatan,
    )
    dokumen_surat = Dokumen.objects.create(
        draf=tanda,
        jenis="surat",
        surat=surat,
        token=f"{n.instansi.pk:020}",
        berkas=_store(f"{n.instansi.pk}-surat.pdf"),
        sha256=sha256_hex(ISI),
        ukuran=1,
        halaman=1,
        kotak={},
        dibekukan_pada=SAAT,
    )
    undangan = Undangan.objects.create(
        penanda_nama="K",
        penanda_jabatan="Kepala",
        acara="R",
        mulai=SAAT,
        tempat="Aula",
        dibuat_pada=SAAT,
        **catatan,
    )
    ReviuAPIP.objects.create(
        pereviu="Inspektorat",
        tanggal=_TANGGAL,
        nama="I",
        jabatan="Auditor",
        simpulan="tanpa",
        ditutup_pada=SAAT,
        dibuat_pada=SAAT,
        **catatan,
    )
    efek = Efek.objects.filter(draf=tanda)[0]
    yield "draf_tanda", {"tanda": tanda.pk}
    yield "dokumen_id", pk(dokumen_surat)
    yield "arsip_id", pk(arsip)
    yield "efek_id", pk(efek)
    yield "cetak_jenis", {"": "undangan"}
    yield "cetak_pk", pk(undangan)
    yield "laporan:token", {"": tanda.token}


def fill_tata_usaha(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """Deliveries, packages, notices, handovers, assessments."""
    selesai, kepala = n.draf["selesai"], n.orang["kepala"]
    kelas = KelasArsip.objects.create(
        instansi=n.instansi,
        kode="000.8",
        nama="Laporan",
        aktif_tahun=1,
        inaktif_tahun=1,
        nasib="musnah",
    )
    paket = PaketLKE.objects.create(
        instansi=n.instansi,
        tahun=2026,
        status="selesai",
        berkas=_store(f"{n.instansi.pk}.zip"),
        dibuat_oleh=kepala,
        dibuat_pada=SAAT,
    )
    tujuan = TujuanKirim.objects.create(instansi=n.instansi, nama="Bupati", mulai_tahun=2020)
    kirim = Penyampaian.objects.create(
        draf=selesai,
        tujuan=tujuan,
        disampaikan_pada=_TANGGAL,
        cara="surel",
        berkas=ContentFile(ISI, "t.pdf"),
        nama_asli="t.pdf",
        jenis="application/pdf",
        dicatat_oleh=kepala,
        dicatat_nama="K",
        dicatat_pada=SAAT,
    )
    kabar = Pemberitahuan.objects.create(
        pengguna=kepala,
        draf=selesai,
        jenis="giliran",
        teks="Uji",
        kunci=f"uji-{n.instansi.pk}",
        dibuat_pada=SAAT,
    )
    pengiriman = Pengiriman.objects.create(
        pemberitahuan=kabar, saluran="surel", status="gagal", jadwal=SAAT
    )
    penilaian = create_penilaian(
        versi=n.sop["tuntas"],
        jenis="monitoring",
        rentang=read_rentang("2026-s2"),
        aktor=kepala,
        now=SAAT,
    )
    yield "kelas_id", pk(kelas)
    yield "paket_id", pk(paket)
    yield "tujuan_id", pk(tujuan)
    yield "kirim_id", pk(kirim)
    yield "kabar_id", pk(kabar)
    yield "pengiriman_id", pk(pengiriman)
    yield "penilaian_id", pk(penilaian)
    yield "jejak_id", {"": _hand_over(n, n.orang["staf"], kepala)}


def fill_izin(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """Every draft of the office given to the named reader, by the clock of the database."""
    kini = timezone.now()
    hari = kini.astimezone(n.instansi.zona_waktu).date()
    isian = IsianIzin(n.orang["baca"].pk, hari, hari, "Uji")
    izin = [
        give_izin(draf_id=d.pk, isian=isian, aktor=n.orang["kepala"], now=kini)
        for d in Draf.objects.filter(instansi=n.instansi)
    ]
    yield "laporan:izin_id", {"": next(i.pk for i in izin if i.draf_id == n.draf["susun"].pk)}


def _hand_over(n: Negeri, dari: Pengguna, aktor: Pengguna) -> int:
    """The record of a handover between two people of the office."""
    n.instansi.refresh_from_db()
    jejak = record_jejak(
        n.instansi,
        aksi=AKSI,
        aktor=aktor,
        now=SAAT,
        pada=SAAT.isoformat(),
        dari={"nip": dari.nip, "nama": dari.nama},
        kepada={"nip": aktor.nip, "nama": aktor.nama},
    )
    n.instansi.save()
    return jejak.pk


def _store(nama: str) -> str:
    """A file as the application stores it; its name."""
    berkas = path_of(nama)
    berkas.parent.mkdir(parents=True, exist_ok=True)
    berkas.write_bytes(ISI)
    return nama
