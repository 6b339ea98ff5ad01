"""Forms of the SOP editor. They keep what was typed; only what no table can hold is refused."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from organisasi.models import Jabatan
from sop.models import sebutan
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.istilah import EFEK_TAMBAHAN, Hasil
from sop.rules.sunting import IsianLangkah

SELESAI = "selesai"
_BANYAK_GILIRAN = 4
_SISA_KATA = 60


class BarisField(forms.CharField):
    """A list, one item per line."""

    def __init__(self, **kwargs: Any) -> None:
        baris = kwargs.pop("baris", 3)
        kwargs.setdefault("widget", forms.Textarea(attrs={"class": "isian", "rows": baris}))
        super().__init__(required=False, strip=False, **kwargs)

    def prepare_value(self, value: object) -> object:
        """Items as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: str | None) -> tuple[str, ...]:
        """Lines that hold something."""
        return tuple(b.strip() for b in (value or "").splitlines() if b.strip())


def _teks(label: Any, *, maks: int | None = None, baris: int = 0, **lain: Any) -> forms.CharField:  # noqa: ANN401 - a lazy text
    kelas: dict[str, Any] = {"class": "isian"}
    widget = forms.Textarea({**kelas, "rows": baris}) if baris else forms.TextInput(kelas)
    lain.setdefault("required", False)
    return forms.CharField(label=label, max_length=maks, widget=widget, **lain)


def _pilih(label: Any, pilihan: Iterable[Any] = (), **lain: Any) -> forms.ChoiceField:  # noqa: ANN401 - a lazy text
    lain.setdefault("required", False)
    widget = forms.Select(attrs={"class": "isian"})
    return forms.ChoiceField(label=label, choices=list(pilihan), widget=widget, **lain)


def _cawang(label: Any, pilihan: Iterable[Any], **lain: Any) -> forms.MultipleChoiceField:  # noqa: ANN401 - a lazy text
    return forms.MultipleChoiceField(
        label=label,
        choices=list(pilihan),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **lain,
    )


class LangkahForm(forms.Form):
    """One step of the route `graf`."""

    kegiatan = _teks(
        _("Kegiatan"),
        baris=3,
        required=True,
        error_messages={"required": _("Isi uraian kegiatan seperti pada SOP.")},
    )
    simbol = _pilih(_("Simbol"), sebutan.SIMBOL, required=True)
    tindakan = _pilih(_("Kerja di layar"), required=True)
    waktu_teks = _teks(
        _("Waktu"), maks=60, help_text=_("Seperti tertulis: 30 menit, 4 jam, 1 jam/bidang.")
    )
    lanjut = _pilih(_("Lanjut ke langkah"))
    ya = _pilih(_("Jika Ya, ke langkah"))
    tidak = _pilih(_("Jika Tidak, kembali ke"))
    kelengkapan = BarisField(label=_("Kelengkapan"), help_text=_("Satu butir per baris."))
    output = _teks(_("Output"), baris=3)
    keterangan = _teks(_("Keterangan"), baris=2)
    periode = _pilih(_("Hanya untuk laporan"), [("", _("Semua periode")), *sebutan.PERIODE])
    kelengkapan_ulang = BarisField(
        label=_("Kelengkapan saat perbaikan"),
        baris=2,
        help_text=_("Wajib dilampirkan mulai putaran kedua, misalnya RTL."),
    )
    efek = _cawang(
        _("Setelah selesai, juga"), [p for p in sebutan.TINDAKAN if p[0] in EFEK_TAMBAHAN]
    )
    beda_orang = _cawang(
        _("Harus orang lain daripada langkah"),
        [],
        help_text=_("Siapa yang mengerjakan langkah itu tidak boleh mengerjakan langkah ini."),
    )
    versi = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, graf: Graf, langkah: SimpulLangkah | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tindakan"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (kode, f"{nama}: {sebutan.ARTI_TINDAKAN[kode]}") for kode, nama in sebutan.TINDAKAN
        ]
        for hasil in Hasil:
            self.fields[hasil.value].choices = _list_tujuan(graf, langkah, hasil.value)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["beda_orang"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(s.id), name_langkah(s))
            for s in graf.langkah
            if langkah is None or s.nomor < langkah.nomor
        ]

    def read_isian(self, pelaksana: tuple[SimpulPelaksana, ...]) -> IsianLangkah:
        """What was typed, fit for the services. Only after `is_valid`."""
        data = self.cleaned_data
        return IsianLangkah(
            pelaksana=pelaksana,
            jalur=_read_jalur(data),
            kelengkapan=data["kelengkapan"],
            kelengkapan_ulang=data["kelengkapan_ulang"],
            efek=tuple(data["efek"]),
            beda_orang=tuple(int(i) for i in data["beda_orang"]),
            **{nama: data[nama].replace("\r\n", "\n") for nama in _POLOS},
        )


_POLOS = ("kegiatan", "simbol", "tindakan", "waktu_teks", "output", "keterangan", "periode")


def name_langkah(s: SimpulLangkah) -> str:
    """A step in a list of choices: number, deed, actors."""
    kata = s.kegiatan.replace("\n", " ")
    kata = kata if len(kata) <= _SISA_KATA else f"{kata[:_SISA_KATA].rstrip()}…"
    orang = ", ".join(dict.fromkeys(p.jabatan_nama for p in s.pelaksana))
    return f"{s.nomor}. {kata or _t('(belum diisi)')}{f' ({orang})' if orang else ''}"


def _list_tujuan(graf: Graf, langkah: SimpulLangkah | None, hasil: str) -> list[tuple[str, str]]:
    """Steps an arrow may lead to: onward, for Tidak back; and the one it leads to now."""
    pilihan = [("", _t("(belum dipilih)"))]
    nomor = langkah.nomor if langkah else len(graf.langkah) + 1
    kini = langkah.ke.get(hasil) if langkah else None
    for s in graf.langkah:
        maju = s.nomor < nomor if hasil == Hasil.TIDAK else s.nomor > nomor
        if maju or s.id == kini or (langkah is None and s.nomor != nomor):
            pilihan.append((str(s.id), name_langkah(s)))
    if hasil != Hasil.TIDAK:
        pilihan.append((SELESAI, _t("Selesai")))
    return pilihan


def _read_jalur(data: Mapping[str, Any]) -> dict[str, int | None]:
    return {
        h.value: None if data[h.value] == SELESAI else int(data[h.value])
        for h in Hasil
        if data[h.value]
    }


def awal_langkah(s: SimpulLangkah, graf: Graf, sidik: str) -> dict[str, Any]:
    """Initial values of the form of a step."""
    nomor = graf.menurut_nomor
    return {
        **{nama: getattr(s, nama) for nama in (*_POLOS, "kelengkapan", "kelengkapan_ulang")},
        **{h: SELESAI if tujuan is None else str(tujuan) for h, tujuan in s.ke.items()},
        "efek": list(s.efek),
        "beda_orang": [str(nomor[n].id) for n in s.beda_orang_dari if n in nomor],
        "versi": sidik,
    }


class PelaksanaForm(forms.Form):
    """One actor line."""

    jabatan = _pilih(_("Jabatan"))
    urutan = forms.TypedChoiceField(
        label=_("Giliran"),
        coerce=int,
        initial=1,
        choices=[(n, str(n)) for n in range(1, _BANYAK_GILIRAN + 1)],
        widget=forms.Select(attrs={"class": "isian"}),
    )
    unit = _cawang(_("Disebar ke tiap"), sebutan.JENIS_UNIT)

    def __init__(self, *args: Any, jabatan: Sequence[Jabatan] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.milik = {str(j.pk): j for j in jabatan}
        self.fields["jabatan"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _t("(pilih jabatan)")),
            *[(pk, j.nama) for pk, j in self.milik.items()],
        ]

    def read_pelaksana(self) -> SimpulPelaksana | None:
        """The line, None for one left empty."""
        data = self.cleaned_data
        jabatan = self.milik.get(data.get("jabatan", ""))
        if jabatan is None:
            return None
        per_unit = tuple(sorted(data["unit"]))
        return SimpulPelaksana(
            0,
            jabatan.pk,
            jabatan.kode,
            jabatan.nama,
            jabatan.tingkat,
            data["urutan"],
            per_unit,
        )


class BasePelaksanaFormSet(BaseFormSet[PelaksanaForm]):
    """Actor lines of one step."""

    def clean(self) -> None:
        """A post stands once in a turn."""
        baris = [(p.jabatan_id, p.urutan) for p in self.list_pelaksana()]
        if len(set(baris)) < len(baris):
            raise forms.ValidationError(
                _("Jabatan yang sama tertulis dua kali pada giliran yang sama. Hapus salah satu.")
            )

    def list_pelaksana(self) -> tuple[SimpulPelaksana, ...]:
        """Lines that name a post."""
        isi = [f.read_pelaksana() for f in self.forms if hasattr(f, "cleaned_data")]
        return tuple(p for p in isi if p is not None)


def make_pelaksana(
    jabatan: Sequence[Jabatan],
    awal: Sequence[SimpulPelaksana],
    data: Any = None,  # noqa: ANN401 - a QueryDict
) -> BasePelaksanaFormSet:
    """The lines there are, and an empty one."""
    kelas = forms.formset_factory(
        PelaksanaForm, formset=BasePelaksanaFormSet, extra=1 if awal else 2, max_num=12
    )
    isi = [
        {"jabatan": str(p.jabatan_id), "urutan": p.urutan, "unit": list(p.per_unit)} for p in awal
    ]
    return kelas(  # type: ignore[return-value]  # formset_factory forgets its base
        data,
        initial=isi if data is None else None,
        prefix="pelaksana",
        form_kwargs={"jabatan": jabatan},
    )
