"""The page of a verifying step: rows of every unit to be found right or in need of work."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from kinerja.forms.kiriman import read_pemeriksaan
from kinerja.rules.pemeriksaan import compose_alasan
from kinerja.selectors import list_pemeriksaan, list_temuan
from kinerja.services.pemeriksaan import Pemeriksa, save_pemeriksaan
from laporan.models import Tugas
from laporan.perms import require_pelaksana
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.views.isian import page_naskah
from laporan.views.temuan import Galat, Temuan
from organisasi.middleware import get_pelaku

# As long as the field that holds it.
MAKS_ALASAN = 5000


def page_verifikasi(request: HttpRequest, tugas: Tugas, galat: Galat) -> dict[str, Any]:
    """Rows of the units, then the text they go into."""
    tanda = read_pemeriksaan(request.POST) if galat else None
    aktor = get_pelaku(request).pengguna
    unit = list_pemeriksaan(_list_id(tugas), aktor_id=aktor.pk, tanda=tanda, galat=galat)
    banyak = {n: sum(getattr(u, n) for u in unit) for n in ("sesuai", "perbaiki", "belum")}
    terpilih = [int(u) for u in request.POST.getlist("unit") if u.isdecimal()]
    isi = {"pemeriksaan": unit, "banyak": banyak, "unit_terpilih": terpilih}
    return page_naskah(request, tugas, galat) | isi


def save_verifikasi(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the verdicts of a posted page, and tell which lack their reason."""
    tanda = read_pemeriksaan(request.POST)
    if not tanda:
        return Temuan()
    pelaku = get_pelaku(request)
    mandat = require_pelaksana(tugas, pelaku.semua, pelaku.utama)
    galat = save_pemeriksaan(
        formulir_ids=_list_id(tugas),
        tanda=tanda,
        pemeriksa=Pemeriksa(pelaku.pengguna, mandat, timezone.now()),
    )
    pesan = dict.fromkeys(kalimat for isi in galat.values() for kalimat in isi.values())
    return Temuan(list(pesan), galat)


def fill_putusan(request: HttpRequest, tugas: Tugas) -> QueryDict:
    """The posted decision; a return without words of its own takes those noted on the rows."""
    data = QueryDict(mutable=True)
    data.update(request.POST)
    if data.get("hasil") == "tidak" and not data.get("catatan", "").strip():
        temuan = list_temuan(read_pemeriksaan(data), _list_id(tugas))
        data["catatan"] = compose_alasan(temuan)[:MAKS_ALASAN]
    return data


def _list_id(tugas: Tugas) -> list[int]:
    return [f.pk for f in list_formulir_draf(tugas.draf, unit_id=tugas.unit_id)]
