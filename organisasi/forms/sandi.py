"""Forms about passwords: forgotten, chosen anew, changed."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisasi.models import Pengguna

if TYPE_CHECKING:
    _SetPasswordForm = SetPasswordForm[Pengguna]
else:
    _SetPasswordForm = SetPasswordForm  # generic to mypy only


class LupaSandiForm(forms.Form):
    """Who forgot the password."""

    siapa = forms.CharField(
        label=_("NIP atau surel"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "class": "isian"}
        ),
    )


class SandiForm(_SetPasswordForm):
    """A password chosen by its owner."""

    # Django's Indonesian says "bidang" for a field, which is a department here.
    error_messages = {"password_mismatch": _("Tidak sama dengan kata sandi baru di atas.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Kata sandi baru")
        self.fields["new_password1"].help_text = _(
            "Paling sedikit 12 huruf atau angka; sebaris kata mudah diingat. "
            "Bukan sandi yang umum atau kata kantor Anda, dan tidak mirip nama atau NIP Anda."
        )
        self.fields["new_password2"].label = _("Ulangi kata sandi baru")
        self.fields["new_password2"].help_text = ""
        for ruas in self.fields.values():
            ruas.widget.attrs["class"] = "isian"


class UbahSandiForm(SandiForm):
    """The same, for who is signed in and knows the one until now."""

    sandi_lama = forms.CharField(
        label=_("Kata sandi sekarang"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("sandi_lama", "new_password1", "new_password2")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self._request = request
        super().__init__(*args, **kwargs)

    def clean_sandi_lama(self) -> str:
        """Asked of the same door as signing in, which counts wrong ones and closes after five."""
        sandi: str = self.cleaned_data["sandi_lama"]
        if authenticate(self._request, username=self.user.nip, password=sandi) is None:
            raise ValidationError(_("Kata sandi sekarang tidak cocok. Periksa kembali."))
        return sandi
