"""Forms of the accounts, and how every form of the portal is laid out."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from core import accounts
from core.models import User


class SignInForm(AuthenticationForm):
    """User name or e-mail, and password."""

    error_messages = {
        "invalid_login": _("The user name or the password is not right. Check both and try again."),
        "inactive": _("This account is closed. Call the Department."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["username"]
        field.label = _("User name or e-mail")
        field.max_length = field.widget.attrs["maxlength"] = 254  # e-mails are longer than user names

    def clean_username(self) -> str:
        """The user name that an e-mail belongs to, so that both count as one account for the lock-out."""
        typed = accounts.normal_email(self.cleaned_data["username"])
        if "@" in typed:
            return User.objects.filter(email=typed).values_list("username", flat=True).first() or typed
        return typed


class LinkForm(PasswordResetForm):
    """Ask for a one-time link by mail. Whether an account exists is not told."""

    email = forms.EmailField(label=_("E-mail of the account"), max_length=254)

    def save(self, **_kwargs) -> None:
        accounts.ask_for_link(email=self.cleaned_data["email"])


class NewPasswordForm(SetPasswordForm):
    """Choose a password, typed twice."""

    def save(self, commit: bool = True) -> User:
        accounts.set_password(actor=self.user, user=self.user, password=self.cleaned_data["new_password1"])
        return self.user


class ProfileForm(forms.ModelForm):
    """What people may change of their own account."""

    class Meta:
        model = User
        fields = ["full_name", "email", "phone", "no_reminders"]

    def clean_email(self) -> str:
        return accounts.normal_email(self.cleaned_data["email"])
