"""What a step must have on record before it can be finished, and sealing it when the visit ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kinerja.models import Bukti
from kinerja.services.formulir import BelumLengkap
from laporan.models import (
    CatatanArsip,
    CatatanLangkah,
    Draf,
    Kunjungan,
    Lampiran,
    Penggandaan,
    Rapat,
    ReviuAPIP,
    SuratPengantar,
    Tugas,
    Undangan,
)
from laporan.rules.kelengkapan import is_penulis_terakhir, memeriksa_sebelum
from laporan.rules.rapat import is_berlangsung, is_undangan_saja
from laporan.rules.reviu import list_kurang
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.catatan_terbuka import count_terbuka
from laporan.selectors.himpun import list_kiriman
from laporan.selectors.kelengkapan import check_naskah
from laporan.selectors.naskah import build_tabel, list_bab
from laporan.selectors.perjanjian import build_perjanjian, list_kurang_tabel
from laporan.selectors.reviu import list_jawaban
from laporan.services.dibaca import has_dibaca
from laporan.services.nomor import use_nomor_surat
from laporan.services.putusan import Putusan
from organisasi.models import Pengguna
from sakip.common.teks_kaya import teks_polos
from sop.rules.graf import Graf, SimpulLangkah


@dataclass(frozen=True)
class Periksa:
    """One turn about to be finished: where, how, by whom, when."""

    draf: Draf
    graf: Graf
    langkah: SimpulLangkah
    tugas: Tugas
    putusan: Putusan
    aktor: Pengguna
    now: datetime

    @property
    def catatan(self) -> str:
        """The words it is finished with."""
        return self.putusan.catatan

    @property
    def kunjungan(self) -> Kunjungan:
        """The visit it belongs to."""
        return self.tugas.kunjungan


def require_catatan(periksa: Periksa) -> None:
    """Refuse to finish a step whose record is missing.

    Raises:
        BelumLengkap: an IsianTidakSah that says what is missing (422).
    """
    syarat = _SYARAT.get(periksa.langkah.tindakan)
    masalah = [
        *_lack_perbaikan(periksa),
        *_lack_perjanjian(periksa),
        *_lack_naskah(periksa),
        *_lack_koreksi(periksa),
        *(syarat(periksa) if syarat else []),
    ]
    if masalah:
        raise BelumLengkap({}, masalah)


def seal_catatan(kunjungan: Kunjungan, langkah: SimpulLangkah, now: datetime) -> None:
    """Close what was recorded at a visit that has ended; from here on it never changes."""
    for model in _CATATAN_MENURUT.get(langkah.tindakan, ()):
        model._default_manager.filter(kunjungan=kunjungan, ditutup_pada=None).update(
            ditutup_pada=now
        )
    if langkah.tindakan == "surat":
        use_nomor_surat(kunjungan.pk, now=now)


def _lack_perbaikan(periksa: Periksa) -> list[str]:
    """What the SOP demands of rework comes with this turn, as a file or as new evidence."""
    diminta, tugas = periksa.langkah.kelengkapan_ulang, periksa.tugas
    if not diminta or tugas.kunjungan.iterasi == 1:
        return []
    ada = Lampiran.objects.filter(tugas=tugas, untuk=Lampiran.Untuk.PERBAIKAN)
    baru = Bukti.objects.filter(
        capaian__formulir=tugas.formulir_id, diunggah_pada__gte=tugas.kunjungan.masuk
    )
    if ada.exists() or (tugas.formulir_id is not None and baru.exists()):
        return []
    pesan = _("Perbaikan wajib disertai %(apa)s. Unggah di halaman ini, lalu kirim kembali.")
    return [pesan % {"apa": ", ".join(diminta)}]


def _lack_perjanjian(periksa: Periksa) -> list[str]:
    """An agreement leaves its writers, and goes to be signed, with nothing open."""
    perjanjian, langkah = periksa.draf.perjanjian, periksa.langkah
    lanjut = [periksa.graf.menurut_id[s] for h, s in langkah.ke.items() if s and h != "tidak"]
    menentukan = TINDAKAN[langkah.tindakan].sunting or any(
        TINDAKAN[s.tindakan].bekukan for s in lanjut
    )
    if perjanjian is None or not menentukan:
        return []
    return list_kurang_tabel(build_perjanjian(perjanjian, pada=periksa.now))


def _lack_naskah(periksa: Periksa) -> list[str]:
    """A report leaves its last writer with everything its template asks for."""
    draf = periksa.draf
    if not draf.is_laporan or not is_penulis_terakhir(periksa.graf, periksa.langkah, draf.jenis):
        return []
    bab = list_bab(draf)
    if not any(b.is_wajib for b in bab):
        return []
    tabel = build_tabel(draf, bab, pada=periksa.now)
    diperiksa = memeriksa_sebelum(periksa.graf, periksa.langkah)
    return check_naskah(draf, bab, tabel, diperiksa=diperiksa).penghalang


def _lack_koreksi(periksa: Periksa) -> list[str]:
    """A text is approved by who has read it, and goes on with no note open that nobody weighed."""
    if TINDAKAN[periksa.langkah.tindakan].halaman != Halaman.NASKAH:
        return []
    masalah = []
    if periksa.langkah.is_keputusan and not has_dibaca(periksa.draf, periksa.aktor):
        masalah.append(_("Baca versi terbaru sampai akhir, lalu nyatakan sudah dibaca."))
    banyak = 0 if periksa.putusan.tetap else count_terbuka(periksa.draf)
    if banyak:
        pesan = _(
            "Masih ada %(banyak)s catatan terbuka. Jawab lebih dahulu, atau centang bahwa naskah "
            "diteruskan dengan catatan terbuka."
        )
        masalah.append(pesan % {"banyak": banyak})
    return masalah


def _lack_disposisi(periksa: Periksa) -> list[str]:
    if periksa.catatan.strip():
        return []
    return [_("Tuliskan isi disposisi, atau pilih salah satu kalimat dari SOP.")]


def _lack_rapat(periksa: Periksa) -> list[str]:
    if is_undangan_saja(periksa.graf, periksa.langkah):
        ada = Undangan.objects.filter(kunjungan=periksa.kunjungan).exists()
        return [] if ada else [_("Lengkapi dan simpan undangan rapat lebih dahulu.")]
    rapat = (
        Rapat.objects.select_related("undangan")
        .annotate(hadir=Count("kehadiran", filter=Q(kehadiran__is_hadir=True)))
        .filter(kunjungan=periksa.kunjungan)
        .first()
    )
    if rapat is None:
        return [_("Simpan undangan, lalu catat notulen dan daftar hadir sesudah rapat.")]
    masalah = []
    if not is_berlangsung(rapat.undangan.mulai, now=periksa.now):
        masalah.append(_("Rapat ini belum berlangsung. Selesaikan langkah sesudah rapat."))
    if not teks_polos(rapat.notulen):
        masalah.append(_("Notulen: tuliskan pokok hasil rapat."))
    if not rapat.hadir:
        masalah.append(_("Daftar hadir: tandai paling sedikit satu orang yang hadir."))
    return masalah


def _lack_surat(periksa: Periksa) -> list[str]:
    surat = SuratPengantar.objects.filter(kunjungan=periksa.kunjungan).first()
    if surat is None:
        return [_("Lengkapi dan simpan surat pengantar lebih dahulu.")]
    return [] if surat.nomor else [_("Nomor surat: isi dengan nomor dari buku agenda.")]


def _lack_penggandaan(periksa: Periksa) -> list[str]:
    ada = Penggandaan.objects.filter(kunjungan=periksa.kunjungan).exists()
    return [] if ada else [_("Catat untuk siapa dokumen digandakan dan berapa lembarnya.")]


def _lack_himpun(periksa: Periksa) -> list[str]:
    """Gathering goes on without a unit only with a word about it."""
    sendiri = periksa.tugas.formulir_id is not None or bool(periksa.langkah.per_unit)
    if sendiri or not periksa.draf.is_laporan:
        return []
    belum = [k.unit.nama for k in list_kiriman(periksa.draf) if not k.is_terkirim]
    if not belum or periksa.catatan.strip():
        return []
    pesan = _("Belum mengirim: %(unit)s. Tuliskan pada catatan mengapa diteruskan tanpa mereka.")
    return [pesan % {"unit": ", ".join(belum)}]


def _lack_reviu(periksa: Periksa) -> list[str]:
    reviu = ReviuAPIP.objects.filter(kunjungan=periksa.kunjungan).first()
    if reviu is None:
        return [_("Isi dan simpan hasil reviu lebih dahulu.")]
    berkas = Lampiran.objects.filter(tugas__kunjungan=periksa.kunjungan, untuk=Lampiran.Untuk.REVIU)
    return list_kurang(list_jawaban(reviu), berkas=berkas.exists())


def _lack_arsip(periksa: Periksa) -> list[str]:
    ada = CatatanArsip.objects.filter(kunjungan=periksa.kunjungan).exists()
    return [] if ada else [_("Catat klasifikasi, tempat simpan, dan retensi arsipnya.")]


_SYARAT: Mapping[str, Callable[[Periksa], list[str]]] = {
    "disposisi": _lack_disposisi,
    "kumpul": _lack_himpun,
    "rapat": _lack_rapat,
    "sosialisasi": _lack_rapat,
    "surat": _lack_surat,
    "penggandaan": _lack_penggandaan,
    "arsip": _lack_arsip,
    "reviu": _lack_reviu,
}
_CATATAN_MENURUT: Mapping[str, tuple[type[CatatanLangkah], ...]] = {
    "rapat": (Undangan, Rapat),
    "sosialisasi": (Undangan, Rapat),
    "surat": (SuratPengantar,),
    "penggandaan": (Penggandaan,),
    "arsip": (CatatanArsip,),
    "reviu": (ReviuAPIP,),
}
