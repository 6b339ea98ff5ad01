"""Forms of the second factor and of giving the password again."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KodeForm(forms.Form):
    """A code of the app or a recovery code."""

    kode = forms.CharField(
        label=_("Kode"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "isian",
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )


class KodePasangForm(KodeForm):
    """The first code of an app, which shows that it has the key."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kode"].label = _("Kode 6 angka dari aplikasi")


class UlangForm(forms.Form):
    """The password of who is signed in."""

    sandi = forms.CharField(
        label=_("Kata sandi akun"),
        strip=False,
        widget=forms.PasswordInput(
            attrs={"class": "isian", "autocomplete": "current-password", "autofocus": True}
        ),
    )
