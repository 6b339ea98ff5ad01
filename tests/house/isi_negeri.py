"""What stands behind the addresses of the matrix: one object of the own office for every id."""

import uuid
from collections.abc import Iterator
from datetime import date

from django.core.files.base import ContentFile

from kinerja.models import (
    AngkaPembanding,
    Bukti,
    Capaian,
    FormulirCapaian,
    Indikator,
    Program,
    RencanaAksi,
    Renstra,
    UnggahanCapaian,
    UnggahanRencana,
)
from laporan.models import (
    BabNaskah,
    CatatanKoreksi,
    GambarNaskah,
    Lampiran,
)
from laporan.services.perjanjian import IsianPerjanjian, start_perjanjian
from organisasi.models import (
    HariLibur,
    JamKerja,
    KunciApi,
    KunciSandi,
    NomorRegister,
    Penugasan,
    Register,
)
from sakip.common.berkas import sha256_hex
from sop.models import UnggahanSOP, VersiSOP
from sop.rules.identitas import Identitas
from sop.selectors import get_graf
from sop.services.versi import create_versi
from tests.house.isi_dokumen import fill_dokumen, fill_izin, fill_tata_usaha
from tests.house.negeri import ISI, SAAT, Negeri, Nilai, pk
from tests.laporan.janji import BUPATI

_TANGGAL, _AKHIR = date(2026, 10, 12), date(2099, 12, 31)


def fill_organisasi(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """Calendar, posts, keys, numbers."""
    kepala = n.orang["kepala"]
    libur = HariLibur.objects.create(
        instansi=n.instansi, tanggal=_TANGGAL, nama="HUT", jenis="instansi"
    )
    nasional, _baru = HariLibur.objects.get_or_create(
        instansi=None, tanggal=_AKHIR, nama="Tahun baru"
    )
    jam = JamKerja.objects.create(instansi=n.instansi, nama="Ramadan", mulai=_AKHIR)
    kunci = KunciApi.objects.create(
        instansi=n.instansi,
        nama="LPPD",
        awalan=f"{n.instansi.pk:08}",
        sidik="0" * 64,
        dibuat_oleh=kepala,
        dibuat_pada=SAAT,
        berlaku_sampai=_AKHIR,
    )
    passkey = KunciSandi.objects.create(
        pengguna=kepala,
        nama="Uji",
        pengenal=f"{n.instansi.pk:08}",
        data=b"",
        hitungan=0,
        dibuat_pada=SAAT,
    )
    register = Register.objects.create(
        instansi=n.instansi, nama="Surat", untuk="surat", pola="{nomor}", reset="tahun"
    )
    nomor = NomorRegister.objects.create(
        register=register,
        urut=1,
        nomor="1",
        tanggal=_TANGGAL,
        perihal="Uji",
        status="dipesan",
        diambil_pada=SAAT,
        diubah_pada=SAAT,
    )
    yield "libur_id", pk(libur)
    yield "organisasi:work-on-libur:libur_id", pk(nasional)
    yield "jam_id", pk(jam)
    yield "unit_id", pk(n.unit)
    yield "organisasi:change-unit:aksi", {"": "tutup"}
    yield "jabatan_id", pk(n.jabatan["staf"])
    yield "penugasan_id", pk(Penugasan.objects.get(pengguna=n.orang["staf"]))
    yield "kunci_id", pk(kunci)
    yield "kunci_sandi_id", pk(passkey)
    yield "register_id", pk(register)
    yield "nomor_id", pk(nomor)
    yield "uidb64", {"": "MQ"}
    yield "organisasi:token", {"": "tidak-berlaku"}


def fill_sop(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """A version in force, a konsep and an upload."""
    terbit = n.sop["tulis"]
    konsep = create_versi(
        sop=terbit.sop,
        identitas=Identitas(),
        graf=get_graf(terbit.pk, terbit.sidik),
        aktor=None,
        now=SAAT,
    )
    unggahan = UnggahanSOP.objects.create(
        instansi=n.instansi,
        pengunggah=n.orang["perenc"],
        nama_berkas="sop.yaml",
        isi=b"kode: x\n",
        diunggah_pada=SAAT,
    )
    yield "sop:versi_id", {"terbit": terbit.pk, "konsep": konsep.pk}
    langkah = VersiSOP.objects.get(pk=konsep.pk).langkah.order_by("nomor")[1]
    yield "sop:konsep", {"konsep": konsep.pk}
    yield "sop:langkah_id", pk(langkah)
    yield "sop:unggahan_id", pk(unggahan)


def fill_kinerja(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """Plan, figures and evidence of the first bidang."""
    indikator = Indikator.objects.get(unit=n.unit)
    program = Program.objects.filter(instansi=n.instansi, jenis="program").get()
    formulir = FormulirCapaian.objects.get(unit=n.unit, triwulan=3)
    dikirim = FormulirCapaian.objects.get(unit=n.unit, triwulan=2)
    capaian = Capaian.objects.get(formulir=formulir)
    staf = n.orang["staf"]
    bukti = Bukti.objects.create(
        capaian=capaian,
        berkas=ContentFile(ISI, "bukti.pdf"),
        nama_asli="bukti.pdf",
        ukuran=len(ISI),
        sha256=sha256_hex(ISI),
        jenis="application/pdf",
        diunggah_oleh=staf,
        diunggah_pada=SAAT,
    )
    aksi = RencanaAksi.objects.create(
        indikator=indikator, tahun=2026, uraian="Uji", satuan="kali", unit=n.unit
    )
    banding = AngkaPembanding.objects.create(
        indikator=indikator, tahun=2026, tingkat="nasional", nilai=90, sumber="Profil"
    )
    renstra = Renstra.objects.create(instansi=n.instansi, tahun_awal=2025, tahun_akhir=2029)
    titip = {"berkas": ContentFile(ISI, "x.xlsx"), "nama_asli": "x.xlsx", "pada": SAAT}
    isian = UnggahanCapaian.objects.create(formulir=formulir, oleh=staf, status="siap", **titip)
    rencana = UnggahanRencana.objects.create(
        instansi=n.instansi,
        oleh=n.orang["perenc"],
        status="siap",
        jenis="rencana",
        tahun=2026,
        **titip,
    )
    yield "pembanding_id", pk(banding)
    yield "aksi_id", pk(aksi)
    yield "indikator_id", pk(indikator)
    yield "program_id", pk(program)
    yield "formulir_id", {"draf": formulir.pk, "dikirim": dikirim.pk}
    yield "capaian_id", pk(capaian)
    yield "bukti_id", pk(bukti)
    yield "kinerja:unggahan_id", pk(isian)
    yield "kinerja:rencana_unggahan", pk(rencana)
    yield "tahun", {"": 2026}
    yield "kinerja:add-simpul:jenis", {"": "indikator"}
    yield (
        "kinerja:simpul",
        {
            "renstra": renstra.pk,
            "tujuan": indikator.sasaran.tujuan_id,
            "sasaran": indikator.sasaran_id,
            "indikator": indikator.pk,
            "program": program.pk,
        },
    )


def fill_draf(n: Negeri) -> Iterator[tuple[str, Nilai]]:
    """Drafts in the states that matter, their turns, text and notes."""
    janji = start_perjanjian(
        versi=n.sop["janji"],
        isian=IsianPerjanjian(tahun=2026, kedua=BUPATI),
        aktor=n.orang["perenc"],
        now=SAAT,
    )
    n.draf["janji"] = janji
    susun, koreksi, selesai = n.draf["susun"], n.draf["koreksi"], n.draf["selesai"]
    bab = BabNaskah.objects.filter(draf=susun).order_by("urutan")[0]
    versi = koreksi.versi_naskah.get()
    catatan = CatatanKoreksi.objects.create(
        draf=susun,
        versi=versi,
        bab=bab.kode,
        bab_judul=bab.judul,
        isi="Perbaiki.",
        oleh=n.orang["sekret"],
        sebagai=Penugasan.objects.get(pengguna=n.orang["sekret"]),
        oleh_nama="S",
        oleh_sebutan="Sekretaris",
        dibuat_pada=SAAT,
    )
    gambar = GambarNaskah.objects.create(
        uuid=uuid.UUID(int=n.instansi.pk),
        draf=susun,
        berkas=ContentFile(ISI, "g.png"),
        sidik="0" * 64,
        ukuran=1,
        jenis="image/png",
        lebar=1,
        tinggi=1,
        oleh=n.orang["perenc"],
        pada=SAAT,
    )
    lampiran = Lampiran.objects.create(
        tugas=n.tugas("kumpul"),
        untuk="data",
        berkas=ContentFile(ISI, "l.pdf"),
        nama_asli="l.pdf",
        ukuran=len(ISI),
        sha256="1" * 64,
        jenis="application/pdf",
        diunggah_oleh=n.orang["staf"],
        diunggah_pada=SAAT,
    )
    yield "draf_id", {"susun": susun.pk, "selesai": selesai.pk}
    yield "draf_kumpul", {"verifikasi": n.draf["verifikasi"].pk}
    yield "draf_koreksi", {"koreksi": koreksi.pk}
    yield "draf_selesai", {"selesai": selesai.pk}
    yield "draf_susun", {"susun": susun.pk}
    yield "draf_janji", {"janji": janji.pk}
    yield "tugas_id", {k: n.tugas(k).pk for k in ("kumpul", "verifikasi", "susun", "koreksi")}
    yield "tugas_tanda", {"tanda": n.tugas("tanda").pk}
    yield "tugas_verifikasi", {"verifikasi": n.tugas("verifikasi").pk}
    yield "laporan:tulis", {"": n.sop["tulis"].pk}
    yield "periksa_capaian", pk(Capaian.objects.get(formulir__unit=n.unit, formulir__triwulan=2))
    yield "bab_id", pk(bab)
    yield "catatan_id", pk(catatan)
    yield "uuid", {"": gambar.uuid}
    yield "lampiran_id", pk(lampiran)
    yield "perjanjian_id", {"": janji.perjanjian_id}
    yield "tab", {"": "diteruskan"}
    yield "sisa", {"": "entah"}
    yield "laporan:aksi", {"": "tangguhkan"}
    yield "dokumen", {"": "laporan_kinerja"}
    yield "kode", {"": bab.kode}


def fill_negeri(n: Negeri) -> dict[str, Nilai]:
    """Everything, by name of the parameter."""
    sumber = (
        fill_organisasi,
        fill_sop,
        fill_kinerja,
        fill_draf,
        fill_dokumen,
        fill_tata_usaha,
        fill_izin,
    )
    return {nama: nilai for isi in sumber for nama, nilai in isi(n)}
