"""What a decision about collected figures does to their forms: verified, sent back, opened anew.

The rows carry the verdicts (kinerja); which units a return is for follows from them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.pemeriksaan import Tanda
from kinerja.selectors.pemeriksaan import list_sendiri, list_tanpa_putusan
from kinerja.services.formulir import BelumLengkap
from kinerja.services.kunci import list_menunggu
from kinerja.services.pemeriksaan import (
    Pengembalian,
    ratify_banyak,
    reopen_formulir,
    return_formulir,
    verify_banyak,
)
from kinerja.services.tanda import Pemeriksa
from laporan.models import Draf, Tugas
from laporan.rules.tindakan import TINDAKAN, Halaman
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.mesin import Gerak
from laporan.services.putusan import Putusan
from organisasi.models import Penugasan
from sop.rules.graf import SimpulLangkah


def settle_pemeriksaan(
    gerak: Gerak, semua: Sequence[Tugas], tugas: Tugas, putusan: Putusan, sebagai: Penugasan
) -> tuple[int, ...]:
    """Judge the forms where this turn decides about them; the units that a return is for.

    Ya verifies every form that waits, once the last of several deciders has said so. Tidak sends
    back the units named and those with a row in need of work; of the others, a form whose rows
    were all found right is verified. Runs before the visit closes: a new round begins after it.

    A step that verifies without deciding passes on verdicts, one for every row.

    Raises:
        BelumLengkap: Ya, while a row is marked as in need of work, has no verdict, or lies with
            its unit; or going on from a step without decision, while a row has no verdict (422).
    """
    langkah = gerak.graf.menurut_id[tugas.kunjungan.langkah_id]
    if TINDAKAN[langkah.tindakan].halaman != Halaman.VERIFIKASI:
        return putusan.unit
    formulir = list_formulir_draf(gerak.draf, unit_id=tugas.unit_id)
    menunggu = list_menunggu([f.pk for f in formulir])
    pemeriksa = Pemeriksa(gerak.aktor, sebagai, gerak.now)
    if not langkah.is_keputusan:
        _require_diputuskan(gerak.draf, _list_orang_lain(menunggu, pemeriksa))
        return putusan.unit
    perbaiki = _list_unit(menunggu, Tanda.PERBAIKI)
    if putusan.hasil == "ya":
        _require_terkirim(formulir)
        _require_tanpa_temuan(menunggu, perbaiki)
        if tugas.unit_id is not None or _is_terakhir(tugas, semua):
            orang_lain = _list_orang_lain(menunggu, pemeriksa)
            _require_diputuskan(gerak.draf, orang_lain)
            _verify(orang_lain, pemeriksa)
        return putusan.unit
    if not _collects(gerak, langkah):
        return putusan.unit
    unit = {tugas.unit_id} if tugas.unit_id is not None else perbaiki | set(putusan.unit)
    diminta = [f for f in formulir if not unit or f.unit_id in unit]
    send_back_formulir(diminta, putusan.catatan, pemeriksa)
    sisa = [f for f in menunggu if unit and f.unit_id not in unit]
    belum = _list_unit(sisa, Tanda.BELUM)
    lengkap = [f for f in sisa if f.unit_id not in belum]
    _verify(_list_orang_lain(lengkap, pemeriksa), pemeriksa)
    return () if tugas.unit_id is not None else tuple(sorted(u for u in unit if u is not None))


def ratify_formulir(gerak: Gerak, sebagai: Penugasan) -> None:
    """At the end of a report whose SOP verifies nowhere: its figures were approved with it.

    Where such a step exists, what it left unverified stays so; and so does a form with a row that
    somebody marked as in need of work.
    """
    memeriksa = any(
        s.is_keputusan and TINDAKAN[s.tindakan].halaman == Halaman.VERIFIKASI
        for s in gerak.graf.langkah
    )
    if gerak.draf.status != Draf.Status.SELESAI or memeriksa:
        return
    menunggu = list_menunggu([f.pk for f in list_formulir_draf(gerak.draf)])
    perbaiki = _list_unit(menunggu, Tanda.PERBAIKI)
    tanpa_temuan = [f for f in menunggu if f.unit_id not in perbaiki]
    pemeriksa = Pemeriksa(gerak.aktor, sebagai, gerak.now)
    if sah := _list_orang_lain(tanpa_temuan, pemeriksa):
        ratify_banyak(formulir_ids=sah, pemeriksa=pemeriksa)


def _verify(formulir_ids: Sequence[int], pemeriksa: Pemeriksa) -> None:
    if formulir_ids:
        verify_banyak(formulir_ids=formulir_ids, pemeriksa=pemeriksa)


def _list_orang_lain(formulir: Sequence[FormulirCapaian], pemeriksa: Pemeriksa) -> list[int]:
    """Without figures of the decider's own: they stay unverified, whatever his SOP lets him say."""
    milik = list_sendiri([f.pk for f in formulir], pemeriksa.aktor.pk)
    return [f.pk for f in formulir if f.pk not in milik]


def send_back_formulir(
    formulir: Sequence[FormulirCapaian], alasan: str, pemeriksa: Pemeriksa
) -> None:
    """Forms that wait are sent back, verified ones opened anew; both then get a new round."""
    menunggu = list_menunggu([f.pk for f in formulir])
    for f in menunggu:
        return_formulir(
            formulir_id=f.pk,
            pengembalian=Pengembalian(alasan),
            aktor=pemeriksa.aktor,
            sebagai=pemeriksa.sebagai,
            now=pemeriksa.now,
        )
    for f in (f for f in formulir if f.status == FormulirCapaian.Status.DIVERIFIKASI):
        reopen_formulir(formulir_id=f.pk, alasan=alasan, pemeriksa=pemeriksa)


def _list_unit(formulir: Iterable[FormulirCapaian], tanda: Tanda) -> set[int]:
    """Units among them with at least one row of that verdict."""
    baris = Capaian.objects.filter(formulir__in=[f.pk for f in formulir], periksa=tanda)
    return set(baris.values_list("formulir__unit", flat=True))


def _require_tanpa_temuan(menunggu: Sequence[FormulirCapaian], perbaiki: set[int]) -> None:
    nama = [f.unit.nama for f in menunggu if f.unit_id in perbaiki]
    if nama:
        pesan = _("Masih ada baris bertanda perlu perbaikan: %(unit)s. Kembalikan, atau ubah.")
        raise BelumLengkap({}, [pesan % {"unit": ", ".join(nama)}])


def _require_terkirim(formulir: Sequence[FormulirCapaian]) -> None:
    """No form of the report lies with its unit again, as when another report sent it back."""
    nama = [f.unit.nama for f in formulir if f.is_draf]
    if nama:
        pesan = _("Capaian ini sedang diperbaiki unitnya: %(unit)s. Tunggu sampai dikirim lagi.")
        raise BelumLengkap({}, [pesan % {"unit": ", ".join(nama)}])


def _require_diputuskan(draf: Draf, formulir_ids: Sequence[int]) -> None:
    """Every row has a verdict, and one that asks for work says which."""
    belum = list_tanpa_putusan(formulir_ids, draf.instansi_id)
    kata = _("Putuskan sendiri. %(alasan)s")
    galat = {t.pk: {"catatan": kata % {"alasan": t.sendiri}} for t in belum if t.sendiri}
    galat |= {t.pk: {"catatan": t.kurang} for t in belum if t.kurang}
    masalah = [f"{t.unit}, {t.indikator}: {galat[t.pk]['catatan']}" for t in belum if t.pk in galat]
    biasa = Counter(t.unit for t in belum if t.pk not in galat)
    sisa = _("%(unit)s: %(n)d baris belum diberi tanda. Tandai, atau tekan Sisanya sesuai.")
    masalah += [sisa % {"unit": unit, "n": n} for unit, n in biasa.items()]
    if masalah:
        raise BelumLengkap(galat, masalah)


def _is_terakhir(tugas: Tugas, semua: Sequence[Tugas]) -> bool:
    """Whether nobody else of the row has still to decide."""
    return not any(t.pk != tugas.pk and t.status in Tugas.TERBUKA for t in semua)


def _collects(gerak: Gerak, langkah: SimpulLangkah) -> bool:
    """Whether Tidak leads to a step that collects figures from units again."""
    tujuan = langkah.ke.get("tidak")
    balik = gerak.graf.menurut_id[tujuan] if tujuan is not None else None
    return (
        balik is not None
        and bool(balik.per_unit)
        and TINDAKAN[balik.tindakan].halaman == Halaman.FORMULIR
    )
