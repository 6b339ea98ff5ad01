"""Template tags of the user interface: icons, state tags, figures and dates in Indonesian.

Loaded as a builtin, so pages need no {% load %}. Moments read from the database are UTC and shown
in the active time zone; a moment that carries another zone is shown as it stands.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sakip.common import angka as bilangan
from sakip.common import waktu
from sakip.common.isian import Isian
from sakip.common.nip import group_nip
from sakip.common.waktu import Keadaan, Tempo

register = template.Library()

# Pages with a part of the menu of their own; every other page belongs to the part of its app.
_BAGIAN: Mapping[str, frozenset[str]] = {
    "meja": frozenset(
        {
            "laporan:meja-kerja",
            "laporan:list-riwayat-kerja",
            "laporan:work-tugas",
            "laporan:sign-tugas",
        }
    ),
    "kalender": frozenset(
        {
            "organisasi:view-kalender",
            "organisasi:create-libur",
            "organisasi:edit-libur",
            "organisasi:import-libur",
            "organisasi:work-on-libur",
            "organisasi:create-jam",
            "organisasi:edit-jam",
            "laporan:recompute-tenggat",
        }
    ),
    "arsip": frozenset(
        {
            "organisasi:manage-register",
            "organisasi:create-register",
            "organisasi:edit-register",
            "organisasi:view-register",
            "organisasi:cancel-nomor",
            "laporan:show-lke",
            "laporan:search-arsip",
            "laporan:manage-kelas",
            "laporan:create-kelas",
            "laporan:edit-kelas",
            "laporan:list-kirim",
            "laporan:record-kirim",
            "laporan:manage-tujuan",
            "laporan:create-tujuan",
            "laporan:edit-tujuan",
        }
    ),
    "pantau": frozenset({"laporan:pantau-sop", "laporan:assess-sop"}),
    "akun": frozenset(
        {
            "laporan:list-pemberitahuan",
            "laporan:manage-pengingat",
            "organisasi:edit-profil",
            "organisasi:change-sandi",
        }
    ),
    "organisasi": frozenset(
        {"laporan:hand-over", "laporan:list-berita-acara", "laporan:view-berita-acara"}
    ),
    "rekap": frozenset(
        {
            "kinerja:view-rekap",
            "kinerja:view-indikator",
            "kinerja:view-daerah",
            "kinerja:edit-pembanding",
        }
    ),
    "pohon": frozenset(
        {
            "kinerja:view-pohon",
            "kinerja:view-bagan",
            "kinerja:add-simpul",
            "kinerja:edit-simpul",
            "kinerja:edit-target",
            "kinerja:edit-anggaran",
            "kinerja:edit-pengaturan",
            "kinerja:view-kamus",
            "kinerja:impor-rencana",
            "kinerja:view-impor",
            "kinerja:list-aksi",
            "kinerja:add-aksi",
            "kinerja:edit-aksi",
        }
    ),
}
_HITUNG = '<span class="{}">{}<span class="hanya-baca"> menunggu</span></span>'
_IKON_TEMPO: Mapping[str, str] = {
    Keadaan.LEWAT: "clock-alert",
    Keadaan.BERES: "circle-check",
    Keadaan.HENTI: "pause",
    Keadaan.TANPA: "circle-dashed",
}
_NAMA_IKON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WARNA = frozenset({"", "nila", "daun", "kunyit", "bata", "kawi"})
# Fields that steer a form; nobody typed them, so nobody needs to read or copy them.
_MESIN = re.compile(
    r"hasil|aksi|bagian|naskah_urut|next|tugas|versi(-\d+)?|salinan-.+_FORMS|penanda|pejabat|hadir|unit"
)
# Fields whose name alone would not say what was typed.
_KATA_RUAS = {
    "isi": "isi bab",
    "lain": "peserta lain",
    "tambahan": "hadir di luar undangan",
    "sebab": "sebab pengembalian",
    "baku": "kalimat SOP",
}


def _folder_ikon() -> Path:
    """The one vendored version of Lucide."""
    (folder,) = Path(settings.STATICFILES_DIRS[0], "vendor").glob("lucide-*")
    return folder


def _isi_ikon(nama: str) -> str:
    """Shapes of an icon, without the svg element around them."""
    berkas = _folder_ikon() / f"{nama}.svg"
    if not _NAMA_IKON.fullmatch(nama) or not berkas.is_file():
        raise template.TemplateSyntaxError(
            f"Ikon {nama!r} belum ada di static/vendor; tambahkan pada package.json."
        )
    teks = berkas.read_text(encoding="utf-8")
    dalam = teks[teks.index(">", teks.index("<svg")) + 1 : teks.rindex("</svg>")]
    return " ".join(dalam.split())


@register.simple_tag
@cache
def ikon(nama: str, kelas: str = "") -> SafeString:
    """The Lucide icon `nama`, inlined. It is decoration: words must stand beside it.

    Raises:
        TemplateSyntaxError: the icon is not among the vendored ones.
    """
    return format_html(
        '<svg class="ikon{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        'aria-hidden="true">{}</svg>',
        f" {kelas}" if kelas else "",
        mark_safe(_isi_ikon(nama)),  # noqa: S308 - a file of the repository, checksummed
    )


@register.simple_tag
def tanda(teks: str, warna: str = "", nama_ikon: str = "") -> SafeString:
    """A state as a tag: word, colour and icon. warna: nila, daun, kunyit, bata, kawi or empty."""
    if warna not in _WARNA:
        raise template.TemplateSyntaxError(f"Warna {warna!r} tidak dikenal.")
    kelas = f"tanda tanda--{warna}" if warna else "tanda"
    return format_html(
        '<span class="{}">{}{}</span>', kelas, ikon(nama_ikon) if nama_ikon else "", teks
    )


@register.simple_tag
def bilah(persen: int) -> SafeString:
    """A bar of 0 to 100 as SVG, so that it needs no style attribute."""
    return format_html(
        '<svg class="bilah" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="dasar" width="100" height="6" rx="1.2" />'
        '<rect class="isi" width="{}" height="6" rx="1.2" /></svg>',
        persen,
    )


@register.simple_tag
def tempo(waktu: Tempo) -> SafeString:
    """A clock with its bar."""
    return format_html(
        '<div class="tempo tempo--{}"><strong>{}{}</strong>{}<span>{}</span>{}</div>',
        waktu.keadaan,
        ikon(_IKON_TEMPO.get(waktu.keadaan, "clock")),
        waktu.kata,
        "" if waktu.keadaan == Keadaan.TANPA else bilah(waktu.persen),
        waktu.waktu_baku,
        format_html("<span>{}</span>", waktu.batas) if waktu.batas else "",
    )


@register.simple_tag(takes_context=True)
def tautan_menu(  # noqa: PLR0913 - what a link of the menu consists of
    context: RequestContext,
    url: str,
    nama: str,
    nama_ikon: str,
    bagian: str,
    *,
    hitung: int = 0,
    kelas_hitung: str = "hitung",
) -> SafeString:
    """One link of the menu. bagian: its part; hitung: waiting work. Nothing without `url`."""
    if not url:
        return SafeString("")
    kini = SafeString("")
    if context.get("aktif") == bagian:
        sama = context["request"].path == url
        kini = SafeString(' aria-current="page"' if sama else ' aria-current="true"')
    return format_html(
        '<a href="{}"{}>{}{}{}</a>',
        url,
        kini,
        ikon(nama_ikon),
        nama,
        format_html(_HITUNG, kelas_hitung, hitung) if hitung else "",
    )


@register.simple_tag(takes_context=True)
def bagian_aktif(context: RequestContext) -> str:
    """Part of the menu that the page belongs to: "meja", an app's name, or empty."""
    cocok = getattr(context.get("request"), "resolver_match", None)
    if cocok is None:
        return ""
    milik = (
        bagian for bagian, nama in _BAGIAN.items() if f"{cocok.app_name}:{cocok.url_name}" in nama
    )
    return next(milik, str(cocok.app_name))


@register.filter
def nip(teks: object) -> str:
    """A NIP in groups, 8-6-1-3; what is no NIP as it stands."""
    return group_nip(str(teks))


@register.filter
def angka(nilai: Decimal | int | None, desimal: int | None = None) -> str:
    """ "1.234,5"; a dash for None. `{{ nilai|angka:2 }}` fixes the digits after the comma."""
    return "–" if nilai is None else bilangan.format_angka(Decimal(nilai), desimal)


@register.filter
def persen(nilai: Decimal | int | None) -> str:
    """ "98,24%"; a dash for None, because a missing percentage is not zero."""
    return "–" if nilai is None else bilangan.format_persen(Decimal(nilai))


def _setempat(nilai: datetime) -> datetime:
    return timezone.localtime(nilai) if nilai.tzinfo is UTC else nilai


def _hari(nilai: date | datetime) -> date:
    return _setempat(nilai).date() if isinstance(nilai, datetime) else nilai


@register.filter
def tanggal(nilai: date | datetime | None) -> str:
    """ "Rabu 7 Okt"; empty for None."""
    return waktu.tanggal_pendek(_hari(nilai)) if nilai else ""


@register.filter
def tanggal_panjang(nilai: date | datetime | None) -> str:
    """ "Rabu, 7 Oktober 2026"; empty for None."""
    return waktu.tanggal_panjang(_hari(nilai)) if nilai else ""


@register.filter
def tanggal_singkat(nilai: date | datetime | None) -> str:
    """ "7 Okt 2026", where the year matters and the weekday does not; empty for None."""
    return waktu.tanggal_singkat(_hari(nilai)) if nilai else ""


@register.filter
def tanggal_surat(nilai: date | datetime | None) -> str:
    """ "7 Oktober 2026", as a letter writes it; empty for None."""
    return waktu.tanggal_angka(_hari(nilai)) if nilai else ""


@register.filter
def pukul(nilai: datetime | None) -> str:
    """ "14.10", the clock on the wall of the instansi; empty for None."""
    return waktu.jam_menit(_setempat(nilai)) if nilai else ""


@register.filter
def kata_ruas(nama: str) -> str:
    """Name of a form field as people read it: "isi-12" is "Isi", "frasa_lain" is "Frasa lain"."""
    kata = re.sub(r"[-_\d]+", " ", nama).strip() or nama
    return _KATA_RUAS.get(kata, kata).capitalize()


@register.filter
def is_mesin(isian: Isian) -> bool:
    """Whether a kept field only steers its form, so that it is restored but not shown."""
    return _MESIN.fullmatch(isian["nama"]) is not None
