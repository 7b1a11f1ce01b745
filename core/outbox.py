"""The outbox: letters are rows with a state; the worker sends them."""

from django.core.mail import send_mail
from django.db import transaction
from django_tasks import task

from core import clock
from core.models import Mail, User


def send(*, to: User | str, subject: str, body: str) -> Mail | None:
    """Put a letter into the outbox, to be sent when the transaction has ended.

    A rehearsal holds it back. Someone without an address gets none: the result is None.
    """
    address = to.email if isinstance(to, User) else to
    if not address:
        return None
    mail = Mail.objects.create(
        to=address,
        recipient=to if isinstance(to, User) else None,
        subject=subject,
        body=body,
        state=Mail.State.HELD if clock.rehearsal_day() else Mail.State.WAITING,
    )
    if mail.state == Mail.State.WAITING:
        transaction.on_commit(lambda: deliver.enqueue(mail.pk))
    return mail


def send_again(*, actor: User, mail: Mail) -> None:
    """Put a failed or held letter back into the queue."""
    from core import audit

    with transaction.atomic():
        mail.state, mail.error = Mail.State.WAITING, ""
        mail.save(update_fields=["state", "error"])
        audit.record(actor, "mail.sent_again", mail)
        transaction.on_commit(lambda: deliver.enqueue(mail.pk))


@task()
def deliver(mail_id: int) -> None:
    """Send one waiting letter and store what became of it. A letter that was sent is not sent twice."""
    mail = Mail.objects.get(pk=mail_id)
    if mail.state != Mail.State.WAITING:
        return
    mail.attempts += 1
    try:
        send_mail(mail.subject, mail.body, None, [mail.to])
    except OSError as error:  # the server refused or is away: the row says so, staff send again
        mail.state, mail.error = Mail.State.FAILED, str(error)
    else:
        mail.state, mail.sent_at = Mail.State.SENT, clock.now()
    mail.save(update_fields=["attempts", "state", "error", "sent_at"])
