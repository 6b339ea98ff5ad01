"""Forms of the plan, one per kind of row."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import ModelForm
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kinerja.forms.nilai import make_ruas_target
from kinerja.models import Indikator, Program, Renstra, Sasaran, Tujuan
from kinerja.rules.nomenklatur import KodeTidakTerbaca, parse_kode
from kinerja.rules.periode import TAHUN
from kinerja.rules.target import IsiTarget
from organisasi.models import Instansi, UnitKerja
from sakip.common.pilihan import limit_pilihan
from sakip.common.ruas_angka import AngkaField


class Berkelas:
    """Gives every control the look of the house."""

    fields: dict[str, forms.Field]

    def dress(self) -> None:
        """Add the class of inputs (check boxes have their own), and the limits of years."""
        for nama in self.fields.keys() & {"tahun", "tahun_awal", "tahun_akhir"}:
            batas = [MinValueValidator(TAHUN[0]), MaxValueValidator(TAHUN[-1])]
            self.fields[nama].validators.extend(batas)
        kotak = (forms.CheckboxInput, forms.CheckboxSelectMultiple)
        for ruas in self.fields.values():
            if not isinstance(ruas.widget, kotak):
                ruas.widget.attrs.setdefault("class", "isian")


class RenstraForm(Berkelas, ModelForm[Renstra]):
    """Visi, misi and years."""

    class Meta:
        model = Renstra
        fields = ["tahun_awal", "tahun_akhir", "visi", "misi"]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.instansi = instansi
        self.dress()


class TujuanForm(Berkelas, ModelForm[Tujuan]):
    """A tujuan and the years of its Renstra."""

    class Meta:
        model = Tujuan
        fields = ["kode", "uraian", "tahun_awal", "tahun_akhir"]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.instansi = instansi
        self.dress()


class SasaranForm(Berkelas, ModelForm[Sasaran]):
    """A sasaran under a tujuan of the same office."""

    class Meta:
        model = Sasaran
        fields = ["tujuan", "kode", "uraian", "urutan"]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_pilihan(self, "tujuan", Tujuan.objects.filter(instansi=instansi))
        self.dress()


class ProgramForm(Berkelas, ModelForm[Program]):
    """A program, kegiatan or sub kegiatan."""

    pagu = AngkaField(
        label=_("Pagu"),
        paling_sedikit=Decimal(0),
        required=False,
        help_text=_("Dalam rupiah, menurut DPA. Kosong berarti belum ada, bukan nol."),
    )

    class Meta:
        model = Program
        fields = ["tahun", "kode", "nama", "sasaran", "unit", "pagu"]

    def __init__(self, *args: Any, instansi: Instansi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.instansi = instansi
        limit_pilihan(self, "sasaran", Sasaran.objects.filter(tujuan__instansi=instansi))
        limit_pilihan(self, "unit", UnitKerja.objects.filter(instansi=instansi))
        self.dress()

    def clean_kode(self) -> str:
        """The code in its one form."""
        try:
            return parse_kode(self.cleaned_data["kode"]).teks
        except KodeTidakTerbaca as galat:
            raise forms.ValidationError(str(galat)) from galat


class AngkaForm(forms.Form):
    """Figures side by side, one field for each key."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        ruas: Sequence[tuple[str, str]],
        awal: Mapping[str, Decimal | str],
        indikator: Indikator | None = None,
    ) -> None:
        """indikator: whose values they are, for the kind of field; None for plain figures."""
        super().__init__(data, initial=dict(awal))
        for nama, judul in ruas:
            self.fields[nama] = (
                AngkaField(label=judul, required=False)
                if indikator is None
                else make_ruas_target(indikator, judul, awal.get(nama))
            )

    def list_nilai(self, awalan: str) -> dict[int, Decimal | None]:
        """Figures of the fields named "<awalan>-<number>", by number."""
        return {n: v if isinstance(v, Decimal) else None for n, v in self._list(awalan).items()}

    def list_target(self, awalan: str) -> dict[int, IsiTarget]:
        """Targets of those fields, figures or words, each with the upper end typed beside it."""
        atas = self.list_nilai("atas") if awalan == "tw" else {}
        return {
            n: IsiTarget(uraian=" ".join(v.split()))
            if isinstance(v, str)
            else IsiTarget(v, atas.get(n))
            for n, v in self._list(awalan).items()
        }

    def _list(self, awalan: str) -> dict[int, Any]:
        return {
            int(n.rsplit("-", 1)[1]): v
            for n, v in self.cleaned_data.items()
            if n.startswith(f"{awalan}-")
        }
