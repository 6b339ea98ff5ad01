"""The acts on one version as sentences, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisasi.models import Jejak
from organisasi.selectors import list_jejak
from sop.models import VersiSOP
from sop.models.sebutan import name_kolom

_TAMPIL = 100
_KATALOG = {
    "nama": gettext_lazy("nama SOP"),
    "unit_pemilik": gettext_lazy("unit pemilik"),
    "menghasilkan": gettext_lazy("dokumen yang dihasilkan"),
}


@dataclass(frozen=True)
class Peristiwa:
    """One act: what, by whom, when."""

    kata: str
    oleh: str
    pada: datetime


def list_riwayat(versi: VersiSOP) -> list[Peristiwa]:
    """At most a hundred of the latest acts. One query."""
    daftar = list_jejak(versi).order_by("-urut")[:_TAMPIL]
    return [Peristiwa(_kata(j), j.aktor_nama, j.waktu) for j in daftar]


def _kata(jejak: Jejak) -> str:
    data: dict[str, Any] = jejak.data
    sel = [name_kolom(k) for k in data.get("sel", [])]
    sel += [str(_KATALOG[k]) for k in data.get("katalog", {})]
    isi = {
        "n": data.get("langkah", ""),
        "sel": ", ".join(sel) or _("tanpa perubahan"),
        "kolom": name_kolom(data.get("kolom", "")),
        "dari": data.get("dari", ""),
        "alasan": data.get("alasan")
        or _("digantikan versi %(n)s") % {"n": data.get("diganti", "?")},
        "mulai": data.get("berlaku_mulai", ""),
        "berkas": data.get("berkas", ""),
        "kertas": str(data.get("kertas", "")).upper(),
    }
    pola = {
        "sop.versi.create": _("Konsep dibuat"),
        "sop.versi.import": _("Diisi dari berkas %(berkas)s"),
        "sop.versi.publish": _("Diterbitkan"),
        "sop.versi.withdraw": _("Dicabut: %(alasan)s"),
        "sop.versi.discard": _("Konsep dibuang"),
        "sop.langkah.add": _("Langkah %(n)s ditambahkan"),
        "sop.langkah.save": _("Langkah %(n)s disunting: %(sel)s"),
        "sop.langkah.move": _("Langkah %(dari)s dipindahkan menjadi langkah %(n)s"),
        "sop.langkah.remove": _("Langkah %(n)s dihapus"),
        "sop.langkah.confirm": _("Langkah %(n)s, %(kolom)s: sesuai naskah"),
        "sop.identitas.save": _("Identitas disunting: %(sel)s"),
        "sop.dokumen.bekukan": _("PDF %(kertas)s dibekukan"),
        "sop.identitas.confirm": _("Identitas, %(kolom)s: sesuai naskah"),
    }
    return pola.get(jejak.aksi, jejak.aksi) % isi
