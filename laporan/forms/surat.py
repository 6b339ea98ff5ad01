"""Forms of the steps after the signature: letter, copies, archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from laporan.models import KelasArsip, SuratPengantar
from laporan.rules.retensi import kata_retensi
from laporan.services.surat import IsianArsip, IsianPenggandaan, IsianSalinan, IsianSurat
from organisasi.models import Penugasan

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _isian(**tambahan: str) -> dict[str, str]:
    return {"class": "isian", **tambahan}


def _tanggal(label: str | _StrPromise, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs=_isian(type="date"), format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _baris(
    label: str | _StrPromise, maks: int, *, required: bool = True, bantu: str | _StrPromise = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=maks,
        required=required,
        help_text=bantu,
        widget=forms.TextInput(attrs=_isian()),
    )


class SuratForm(forms.Form):
    """A covering letter. The number may wait; the step cannot be finished without it.

    Where the office numbers letters in a register, the number is taken there and not typed.
    """

    nomor = _baris(
        _("Nomor surat"), 100, required=False, bantu=_("Menurut buku agenda surat keluar.")
    )
    tanggal = _tanggal(_("Tanggal surat"))
    sifat = forms.ChoiceField(
        label=_("Sifat"),
        choices=SuratPengantar.Sifat.choices,
        required=False,
        widget=forms.Select(attrs=_isian()),
    )
    alasan_sisipan = _baris(
        _("Alasan nomor sisipan"),
        300,
        required=False,
        bantu=_("Isi hanya bila tanggal surat sudah lewat, sehingga nomornya disisipkan."),
    )
    tujuan = forms.CharField(
        label=_("Tujuan"),
        max_length=5000,
        help_text=_("Nama pejabat atau kantor, satu per baris."),
        widget=forms.Textarea(attrs=_isian(rows="3")),
    )
    perihal = _baris(_("Perihal"), 250)
    lampiran = _baris(_("Lampiran"), 100, required=False)
    isi = forms.CharField(
        label=_("Isi surat"), max_length=20_000, widget=forms.Textarea(attrs=_isian(rows="8"))
    )
    penanda = forms.TypedChoiceField(
        label=_("Ditandatangani oleh"), coerce=int, widget=forms.Select(attrs=_isian())
    )

    def __init__(
        self, *args: Any, pejabat: Sequence[Penugasan], beregister: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["nomor" if beregister else "alasan_sisipan"]
        self.fields["penanda"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            (p.pk, f"{p.pengguna.nama}, {p.sebutan}") for p in pejabat
        ]

    def clean_tujuan(self) -> list[str]:
        """One receiver a line; a web site takes no letter."""
        tujuan = (" ".join(t.split()) for t in self.cleaned_data["tujuan"].splitlines())
        daftar = [t for t in tujuan if t]
        situs = [t for t in daftar if t.casefold().startswith(("http:", "https:", "www."))]
        if situs:
            kata = _("Tulis nama pejabat atau kantor, bukan alamat situs: %(situs)s.")
            raise forms.ValidationError(kata % {"situs": ", ".join(situs)}, code="situs")
        return daftar

    def to_isian(self) -> IsianSurat:
        """What the service takes."""
        data = self.cleaned_data
        return IsianSurat(
            nomor=" ".join(data.get("nomor", "").split()),
            tanggal=data["tanggal"],
            tujuan=data["tujuan"],
            perihal=data["perihal"],
            lampiran=data["lampiran"],
            isi=data["isi"],
            penanda=data["penanda"],
            sifat=data["sifat"] or SuratPengantar.Sifat.BIASA,
            alasan_sisipan=data.get("alasan_sisipan", ""),
        )


class PenggandaanForm(forms.Form):
    """Who copied, and when."""

    oleh = _baris(_("Digandakan oleh"), 150)
    tanggal = _tanggal(_("Tanggal penggandaan"))


class SalinanForm(forms.Form):
    """Copies for one receiver; an empty row counts for nothing."""

    untuk = _baris(_("Untuk"), 200)
    jumlah = forms.IntegerField(
        label=_("Jumlah"),
        min_value=1,
        max_value=9999,
        widget=forms.NumberInput(attrs=_isian(inputmode="numeric")),
    )
    cara = _baris(_("Cara penyampaian (kurir, pos, surel)"), 100, required=False)
    penerima = _baris(_("Diterima oleh"), 150, required=False)
    diterima_pada = _tanggal(_("Tanggal diterima"), required=False)

    def to_isian(self) -> IsianSalinan:
        """What the service takes."""
        return IsianSalinan(**{k: v for k, v in self.cleaned_data.items() if k != "DELETE"})


SalinanFormSet = forms.formset_factory(
    SalinanForm, extra=2, can_delete=True, can_delete_extra=False, max_num=200
)


def read_penggandaan(
    form: PenggandaanForm, salinan: forms.BaseFormSet[SalinanForm]
) -> IsianPenggandaan:
    """What the service takes, of two valid forms."""
    isi = [
        f for f in salinan.forms if f.cleaned_data.get("untuk") and not f.cleaned_data.get("DELETE")
    ]
    return IsianPenggandaan(
        oleh=form.cleaned_data["oleh"],
        tanggal=form.cleaned_data["tanggal"],
        salinan=[f.to_isian() for f in isi],
    )


class ArsipForm(forms.Form):
    """Where the document is kept. Where the office has retention classes, one is chosen."""

    kelas = forms.TypedChoiceField(
        label=_("Kelas arsip"),
        coerce=int,
        help_text=_("Retensinya mengikuti jadwal retensi arsip kantor Anda."),
        widget=forms.Select(attrs=_isian()),
    )
    klasifikasi = _baris(_("Kode klasifikasi"), 60)
    uraian = _baris(_("Uraian berkas"), 250)
    lokasi = _baris(_("Tempat simpan"), 200, bantu=_("Misalnya lemari, rak, boks, atau folder."))
    retensi = _baris(_("Retensi"), 200, bantu=_("Menurut jadwal retensi arsip daerah Anda."))

    def __init__(self, *args: Any, kelas: Sequence[KelasArsip], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kelas:
            del self.fields["kelas"]
            return
        del self.fields["klasifikasi"], self.fields["retensi"]
        self.fields["kelas"].choices = [  # type: ignore[attr-defined]  # ChoiceField
            (k.pk, f"{k} ({_kata_retensi(k)})") for k in kelas
        ]

    def to_isian(self) -> IsianArsip:
        """What the service takes."""
        return IsianArsip(**{"klasifikasi": "", "retensi": "", **self.cleaned_data})


def _kata_retensi(kelas: KelasArsip) -> str:
    return kata_retensi(kelas.aktif_tahun, kelas.inaktif_tahun, str(kelas.get_nasib_display()))
