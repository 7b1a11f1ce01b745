"""The audit trail: append-only, in registered verbs, each entry chained to the one before it.

An entry's digest is SHA-256 over its own words and the digest of its predecessor, so a row that is changed,
deleted or swapped breaks the chain where it happened; `manage.py verify_audit` names it. The head row holds the
last number and digest: whoever keeps a printed digest can also see that the end was not cut off.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core import clock
from core.models import AuditEntry, AuditHead, User
from core.vietnamese import fold

QUIET = timedelta(minutes=30)
request_id: ContextVar[str] = ContextVar("request_id", default="")


_remarks: list[Callable[[User, models.Model], str]] = []


def remark_on_actors(remark: Callable[[User, models.Model], str]) -> None:
    """Let a room above say something beside the name of who acts on a thing: in whose place, for example."""
    _remarks.append(remark)


def _label(actor: User | None, obj: models.Model) -> str:
    """The name of who acts, as it is copied into the trail."""
    if actor is None:
        return _("The portal")
    said = ", ".join(filter(None, (remark(actor, obj) for remark in _remarks)))
    return (f"{actor} ({said})" if said else str(actor))[:200]


@dataclass(frozen=True)
class Verb:
    """A word that the trail may use: its name for machines and its sentence for people."""

    name: str
    sentence: str | Promise
    internal: bool = False  # seen by the Department alone


_verbs: dict[str, Verb] = {}


def register(name: str, sentence: str | Promise, *, internal: bool = False) -> None:
    """Teach the trail a verb. Registering another sentence under a known name raises ValueError."""
    if name in _verbs:
        raise ValueError(f"The verb {name} is registered already.")
    _verbs[name] = Verb(name, sentence, internal)


def verb(name: str) -> Verb:
    """The registered verb. Raises LookupError for a word that the trail does not know."""
    try:
        return _verbs[name]
    except KeyError:
        raise LookupError(f"The audit trail does not know the verb {name!r}: register it.") from None


def in_words(name: str) -> str:
    """What a verb says to people; a word that is registered no more stands for itself."""
    known = _verbs.get(name)
    return str(known.sentence) if known else name


def verbs_saying(text: str) -> list[str]:
    """The names of the verbs whose sentences hold all these words, marks and case apart."""
    asked = fold(text).split()
    return [name for name in _verbs if asked and all(word in fold(in_words(name)) for word in asked)]


def record(
    actor: User | None,
    verb_name: str,
    obj: models.Model,
    *,
    reason: str = "",
    changes: dict[str, list[str]] | None = None,
    **details,
) -> AuditEntry:
    """Add one entry, in the transaction of the act itself. Call it last: it locks the end of the chain.

    `changes` maps a field's label to [before, after]; leave out the values of sensitive fields.
    `actor` None is the portal itself. Raises LookupError for an unregistered verb.
    """
    entry = _entry(actor, verb_name, obj, reason=reason, changes=changes, **details)
    with transaction.atomic(savepoint=False):  # an act whose entry fails is undone as a whole
        return _append([entry])[0]


def record_each(
    actor: User | None, verb_name: str, told: Iterable[tuple[models.Model, dict[str, Any]]]
) -> list[AuditEntry]:
    """Add an entry for each of many things that one act did: `told` has each with what `record` is told of it.

    One look at the end of the chain for all of them, and one insertion.
    """
    entries = [_entry(actor, verb_name, obj, **words) for obj, words in told]
    with transaction.atomic(savepoint=False):
        return _append(entries) if entries else []


def _entry(
    actor: User | None,
    verb_name: str,
    obj: models.Model,
    *,
    reason: str = "",
    changes: dict[str, list[str]] | None = None,
    **details,
) -> AuditEntry:
    verb(verb_name)
    if changes:
        details["changes"] = {str(label): [str(text) for text in texts] for label, texts in changes.items()}
    return AuditEntry(
        actor=actor,
        actor_label=_label(actor, obj),
        verb=verb_name,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:300],
        reason=reason,
        details=_plain(details),
        request_id=request_id.get(),
    )


def just_told(actor: User | None, verb_name: str, obj: models.Model, within: timedelta = QUIET) -> bool:
    """Whether the last thing told of this object is that the same person did the same, a short while ago.

    Drafts save themselves: the trail tells of one sitting at the desk, not of each save.
    """
    last = AuditEntry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).first()
    same = last is not None and last.verb == verb_name and last.actor_id == (actor.pk if actor else None)
    return bool(same and last and clock.now() - last.at < within)


def _append(entries: list[AuditEntry]) -> list[AuditEntry]:
    """Make entries the last links of the chain, in their order."""
    head = _locked_head()
    for entry in entries:
        entry.number, entry.previous, entry.at = head.number + 1, head.digest, clock.now()
        entry.digest = digest(entry)
        head.number, head.digest = entry.number, entry.digest
    AuditEntry.objects.bulk_create(entries)
    head.save(update_fields=["number", "digest"])
    return entries


def _plain(details: dict) -> dict:
    """The details as the database will give them back: the digest is of these."""
    return json.loads(json.dumps(details, cls=DjangoJSONEncoder))


def _locked_head() -> AuditHead:
    """The end of the chain, held until the transaction ends, so that two writers cannot fork it."""
    locked = AuditHead.objects.select_for_update()
    return locked.filter(pk=1).first() or locked.get(pk=AuditHead.objects.get_or_create(pk=1)[0].pk)


def digest(entry: AuditEntry) -> str:
    """The hex SHA-256 of an entry's words and of its predecessor's digest."""
    words = [
        entry.number,
        entry.at.timestamp(),
        entry.actor_id,
        entry.actor_label,
        entry.verb,
        entry.object_type,
        entry.object_id,
        entry.object_label,
        entry.reason,
        entry.details,
        entry.request_id,
        entry.previous,
    ]
    text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults() -> Iterator[str]:
    """Every break of the chain in words, in order; nothing when it is whole."""
    number, previous = 0, "0" * 64
    for entry in AuditEntry.objects.order_by("number").iterator():
        if entry.number != number + 1:
            yield _("Entries %(first)s to %(last)s are missing.") % {
                "first": number + 1,
                "last": entry.number - 1,
            }
        elif entry.previous != previous:
            yield _("Entry %(number)s does not follow the one before it.") % {"number": entry.number}
        if digest(entry) != entry.digest:
            yield _("Entry %(number)s was changed.") % {"number": entry.number}
        number, previous = entry.number, entry.digest
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if (head.number, head.digest) != (number, previous):
        yield _("The trail ends at entry %(number)s, but entry %(head)s was written.") % {
            "number": number,
            "head": head.number,
        }


LONG_RUN = 3  # entries from which on they are told as one line


def in_runs(entries: Sequence[AuditEntry]) -> list[list[AuditEntry]]:
    """Entries as their history tells them: mostly one by one, but saves of one subject by one person on one day
    that follow each other as one run, in the same order."""
    runs: list[list[AuditEntry]] = []
    for _key, found in groupby(entries, _run_of):
        run = list(found)
        runs += [run] if len(run) >= LONG_RUN else [[entry] for entry in run]
    return runs


def _run_of(entry: AuditEntry) -> tuple:
    subject = entry.details.get("subject")
    if not subject or entry.reason:
        return (entry.pk,)
    return (entry.verb, entry.actor_id, subject, localtime(entry.at).date())


def history(*objects: models.Model, internal: bool, about: str = "", limit: int = 50) -> list[AuditEntry]:
    """What was done to a thing, or to several that belong together, newest first, with each `sentence`; one query.

    `internal` also shows what only the Department may read; `about` keeps to verbs that begin with this word.
    """
    pairs = (models.Q(object_type=one._meta.label_lower, object_id=str(one.pk)) for one in objects)
    entries = AuditEntry.objects.filter(reduce(or_, pairs))
    hidden = [] if internal else [verb.name for verb in _verbs.values() if verb.internal]
    found = list(entries.filter(verb__startswith=about).exclude(verb__in=hidden)[:limit])
    for entry in found:
        entry.sentence = in_words(entry.verb)  # type: ignore[attr-defined]
    return found
