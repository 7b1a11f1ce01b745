"""What a form carries of its draft, and a form filled from one."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.forms import BaseFormSet
from django.forms.utils import ErrorDict
from django.http import QueryDict

from core import versions
from delegates.models import RegistrationDraft
from delegates.models.drafts import MANAGED, typed


@dataclass(frozen=True)
class Place:
    """Which draft a form is saved as: its key, made with the form, and the version that was read; 0: not saved yet."""

    key: uuid.UUID
    version: int = 0

    @classmethod
    def new(cls) -> "Place":
        return cls(uuid.uuid4())

    @classmethod
    def of(cls, draft: RegistrationDraft) -> "Place":
        return cls(draft.pk, draft.version)

    @classmethod
    def sent(cls, post: QueryDict) -> "Place | None":
        """What a sent form carries; nothing where it carries no key."""
        try:
            return cls(uuid.UUID(post.get("draft", "")), versions.sent(post))
        except ValueError:
            return None


def says_something(form: Any, post: QueryDict) -> bool:
    """Whether anything was typed: in a field of the form, or in a line of one of its tables."""
    if form.has_changed():
        return True
    others = {name: values for name, values in typed(post).items() if name not in form.fields}
    return any(any(values) for name, values in others.items() if not name.endswith(MANAGED))


def unjudged(form: Any) -> Any:
    """A form filled with what was typed so far, whose faults nobody is told yet: its own and those of its tables."""
    parts = [form]
    for part in vars(form).values():
        if isinstance(part, BaseFormSet):
            part._errors, part._non_form_errors = [], part.error_class()  # type: ignore[attr-defined]
            parts += part.forms
    for part in parts:
        part._errors, part.cleaned_data = ErrorDict(), {}
    return form
