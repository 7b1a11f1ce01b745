"""The guide: a section for every place of the portal."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEPARTMENT, HEAD, CLERK, BLOCK, COUNCIL, CHAIR, SECRETARY, DESK = (
    "department", "head", "clerk", "block", "council", "chair", "secretary", "desk",
)  # fmt: skip
WHO = {
    DEPARTMENT: _("The Department"),
    HEAD: _("Head of unit"),
    CLERK: _("Unit clerk"),
    BLOCK: _("Head of a block"),
    COUNCIL: _("Member of the Council"),
    CHAIR: _("Chair of the Council"),
    SECRETARY: _("Secretary of the Council"),
    DESK: _("Check-in desk"),
}
Text = str | Promise


@dataclass(frozen=True)
class Section:
    """A section of the guide: what everybody is told, and what is told to those alone whom it concerns."""

    key: str
    title: Text
    texts: tuple[Text, ...]
    for_roles: tuple[tuple[str, Text], ...] = ()


GUIDE = (
    Section(
        "work",
        _("My work"),
        (
            _(
                "The first page says what is late, what waits for you, and until when. "
                "Everything on it is a link to the place where it is done."
            ),
        ),
        (
            (
                DEPARTMENT,
                _("What is late stands first; seats, conferences and dossiers are counted below."),
            ),
            (HEAD, _("“Who has the next step” tells where each dossier of the unit lies, and since when.")),
            (BLOCK, _("The block's units stand below your own, each with what it has sent and registered.")),
            (DESK, _("Type a name, with or without marks, to find a delegate.")),
        ),
    ),
    Section(
        "search",
        _("Search"),
        (
            _(
                "The search finds units, delegates, dossiers and tasks, as far as you may see them. "
                "Marks may be left out: “nguyen dung” finds Nguyễn Dũng. The key “/” leads to the search field."
            ),
        ),
    ),
    Section(
        "account",
        _("My account"),
        (
            _(
                "Name, e-mail, phone and password are kept on your own page. "
                "A new password ends your sessions on all other devices."
            ),
            _("A device that was lost is shut out with “Sign out everywhere”."),
        ),
    ),
    Section(
        "congress",
        _("The congress"),
        (_("The page of the congress holds its days, its venue, its legal bases and who is to be called."),),
        (
            (
                DEPARTMENT,
                _("Last days for dossiers and for delegates are set here; what is changed stands in the history."),
            ),
        ),
    ),
    Section(
        "plan",
        _("Plan"),
        (
            _(
                "The plan holds the tasks of the letter with their lead units and dates. "
                "A lead unit reports progress on its task's page."
            ),
            _(
                "Besides the list there are a chart, in which the thin bar beneath each task is the approved plan, "
                "and a calendar. Filters come along from one to the other."
            ),
        ),
        (
            *(
                (
                    role,
                    _("You see what the head of the Department has published: say there that your unit received it."),
                )
                for role in (HEAD, CLERK)
            ),
            (
                DEPARTMENT,
                _("A task whose last day has passed is late until its lead unit reports that it is finished."),
            ),
            (
                DEPARTMENT,
                _(
                    "Lay the plan before the head of the Department, who approves and publishes it. From then on dates "
                    "are moved with a reason and a document, and you see first what moves along."
                ),
            ),
        ),
    ),
    Section(
        "conferences",
        _("Conferences"),
        (
            _(
                "Each conference takes half a day. Its host sets the day; a day outside the plan's window is accepted "
                "and marked. The report is due some days after."
            ),
            _(
                "The report is written subject by subject and saves itself. The head sends it with the signed sheet. "
                "When it is accepted, whom it proposes has a draft nomination and whom it elects is a delegate."
            ),
        ),
        (
            (DEPARTMENT, _("A day that was set is approved on the conference's page.")),
            (DEPARTMENT, _("A report is accepted, or returned with a reason and a day; the roll-up counts by itself.")),
            (BLOCK, _("The conference of the block is set and reported by the unit that leads the block.")),
        ),
    ),
    Section(
        "deadlines",
        _("Deadlines, reminders, calendar"),
        (
            _(
                "The last day counts to its end, Hà Nội time; what counts is when the portal received it. An extension "
                "holds for one unit, by a paper."
            ),
            _(
                "Reminders come by letter before a day and after it; they are switched off in your account. Your "
                "calendar program can subscribe to your days: the address is yours alone and can be renewed."
            ),
        ),
        (
            (DEPARTMENT, _("The reminders' page shows who would get which letter today, and sends them.")),
            (DEPARTMENT, _("An extension that was not used yet can be taken back.")),
        ),
    ),
    Section(
        "programme",
        _("Programme"),
        (_("The programme can be read without signing in once the Department has published it."),),
        (
            (
                DEPARTMENT,
                _("The showcase reports are written into the programme by the Council's conclusion, not by hand."),
            ),
        ),
    ),
    Section(
        "seats",
        _("Seats"),
        (_("The table says how many delegates each unit sends in each category."),),
        (
            (
                DEPARTMENT,
                _("Only the cells that you touch are set. A number below what is registered already is refused."),
            ),
            (HEAD, _("If the unit needs another seat, ask the Department for it: it sees at once what is free.")),
        ),
    ),
    Section(
        "allocation",
        _("Allocation of seats"),
        (
            _(
                "A version is drafted, approved by the head of the Department and issued; issuing it sets the seats of "
                "every unit, and each gets a letter. Versions that were issued stay, each with its annex."
            ),
        ),
        (
            (
                DEPARTMENT,
                _(
                    "Trying out writes nothing: change a method, a weight, a least or a most and read who gains, who "
                    "loses and why; the page's address can be sent to somebody else."
                ),
            ),
            (
                DEPARTMENT,
                _("Unused seats are transferred to another unit with a reason; seats with people on them stay."),
            ),
        ),
    ),
    Section(
        "reserves",
        _("Order of priority and reserve list"),
        (
            _(
                "The unit puts its people in order with the buttons. When it has fewer seats, the last wait on the "
                "reserve list and nobody is deleted; when a seat is free, the first on it is called in one click."
            ),
        ),
    ),
    Section(
        "delegates",
        _("Delegates"),
        (
            _(
                "A unit registers its delegates within its seats; the Department confirms them. When the last seat is "
                "taken, free one by withdrawing somebody, or ask the Department for another."
            ),
            _(
                "Ethnic group, religion, party membership and political theory are seen by the Department and the "
                "delegate's own unit alone."
            ),
        ),
        (
            (DEPARTMENT, _("Many delegates are confirmed at once: narrow the list first, then see who would be.")),
            (DESK, _("You see name, unit, category and seat of each delegate, and nothing else.")),
        ),
    ),
    Section(
        "registration",
        _("Registering a delegate"),
        (
            _("The date of birth may be a year alone. What is not marked as optional has to be given."),
            _(
                "A draft is saved by itself while you type. It stands on the unit's page until it is registered or "
                "discarded; your colleagues can go on with it. It takes no seat."
            ),
            _("Whoever is withdrawn frees the seat; to bring them back, register them anew."),
        ),
        (
            (HEAD, _("A delegate who is confirmed already is changed by the Department: call it.")),
            (CLERK, _("A delegate who is confirmed already is changed by the Department: call it.")),
        ),
    ),
    Section(
        "replacement",
        _("Somebody else instead"),
        (
            _(
                "Whoever cannot come is replaced, by somebody new or from the reserve list: the other takes the seat "
                "and waits for the Department to confirm the entry. Both pages show who came instead of whom, when and "
                "why."
            ),
            _(
                "An award is personal. When a seat for those honoured goes to somebody without an award, it goes along "
                "into another category; the total stays, and the honour stays with whoever was replaced."
            ),
        ),
        (
            (HEAD, _("Until its last day you replace also who is confirmed, by a paper of your unit.")),
            (CLERK, _("Until its last day you replace also who is confirmed, by a paper of your unit.")),
            (DEPARTMENT, _("You replace after the last day too; the list of replacements can be taken out.")),
        ),
    ),
    Section(
        "waiting",
        _("One more seat"),
        (
            _(
                "When all seats of a category are taken, the unit can ask for one more for the first on its reserve "
                "list. The Department sees who asked first and how each unit stands, and gives the seat out of those "
                "kept back: the person is then called to it. Else it says why not, and the person stays on the list."
            ),
            _("Who gets a seat by another way, or leaves the reserve list, needs no answer any more."),
        ),
        (
            (HEAD, _("You ask on your unit's page, with a reason, and can take the request back.")),
            (CLERK, _("You ask on your unit's page, with a reason, and can take the request back.")),
            (DEPARTMENT, _("You give the seat with one click on the waiting list, or decline with a reason.")),
        ),
    ),
    Section(
        "photo",
        _("Photo of a delegate"),
        (
            _(
                "A picture as JPEG or PNG, of which you say what lies in the frame: with the mouse, a finger, the keys "
                "or the three sliders. Only what lies in the frame is kept; the picture and what the camera wrote into "
                "it are not."
            ),
            _("The photo is for the badge and the desk. It is in no public paper and goes after the congress."),
        ),
    ),
    Section(
        "settling",
        _("A unit's seats and its list"),
        (
            _("The unit's page shows its seats category by category: who sits there, what is missing, what is free."),
            _(
                "The head of the unit settles the list when it is in order. After that the unit completes what is "
                "missing and changes contact; whoever cannot come is replaced. Seats that come afterwards let it add "
                "people on them, and the head settles the list anew."
            ),
        ),
        (
            (HEAD, _("You read the whole list, tick that you have read it, and settle it; the letter is on the page.")),
            (CLERK, _("The head of the unit settles the list. If it has to change after that, ask the Department.")),
            (DEPARTMENT, _("You see which units have settled their lists, and open one again with a reason.")),
        ),
    ),
    Section(
        "personal",
        _("Personal data"),
        (
            _(
                "Date of birth, contact, ethnic group, religion, party membership and political theory are closed "
                "until somebody who may see them opens them. The history keeps who did, once a day."
            ),
            _("It is taken away some months after the congress; names, awards and figures stay."),
        ),
    ),
    Section(
        "makeup",
        _("Make-up of the delegates"),
        (
            _(
                "In every table the classes and the unknown add up to all official delegates, and the percentages to "
                "100. Guests and those who are not counted stand apart."
            ),
        ),
        (
            (
                DEPARTMENT,
                _(
                    "Set targets, keep a copy at the opening, and take the credential check out as Word or Excel. A "
                    "number leads to the names behind it."
                ),
            ),
            (BLOCK, _("Of your block you read the figures, without the sensitive ones.")),
        ),
    ),
    Section(
        "twins",
        _("Registered twice"),
        (
            _(
                "Two entries are likely one person's when they share name and year of birth, phone, e-mail or identity "
                "number, within a unit or across units. A phone number that more than four people share is an "
                "office's and does not count."
            ),
            _("Nothing is ever merged by itself, and a merger is not taken back by a button."),
        ),
        (
            (
                DEPARTMENT,
                _(
                    "“Perhaps registered twice” shows them side by side. Show the personal data of both, then say that "
                    "they are two people, or which seat is kept and, field by field, whose word counts. Read the "
                    "preview before you merge."
                ),
            ),
            (HEAD, _("If your entry was merged, you get a letter: the seat that is free again is yours to fill.")),
            (CLERK, _("If your entry was merged, you get a letter: the seat that is free again is yours to fill.")),
        ),
    ),
    Section(
        "missing",
        _("What is missing"),
        (_("The meter counts what each category has to know. Everything else may stay empty."),),
        (
            (
                DEPARTMENT,
                _(
                    "Say what has to be entered, and remind units that lack something: they alone are written to. "
                    "Identity numbers are asked for only where you tick them."
                ),
            ),
            (HEAD, _("The list names who lacks what; “Fill in” leads to the form.")),
            (CLERK, _("The list names who lacks what; “Fill in” leads to the form.")),
        ),
    ),
    Section(
        "lists",
        _("Import from Excel"),
        (
            _(
                "Send the unit's list as an .xlsx file, or fill in the empty list with drop-downs. Where the table "
                "begins and what its columns hold is guessed; say so where the guess is wrong, it is kept for your "
                "next list."
            ),
            _(
                "The preview tells who would be added, changed or left, and every fault with its cell. Mend the faults "
                "in the file and send it again. A list is applied as a whole or not at all; a blank cell takes nothing "
                "away, and who stands in no row stays as they are."
            ),
        ),
    ),
    Section(
        "nominations",
        _("Nominations"),
        (
            _("The list says of each dossier where it stands and who has the next step."),
            _(
                "The clerk drafts a dossier, the head of unit submits it, the Department accepts it or returns it with "
                "a reason. A submitted dossier cannot be changed."
            ),
        ),
        (
            (BLOCK, _("You see the dossiers of the block's units from their submission on.")),
            (COUNCIL, _("You see the dossiers that are on the short list.")),
        ),
    ),
    Section(
        "dossier",
        _("Writing a dossier"),
        (
            _(
                "A dossier is written subject by subject and saves itself a few seconds after the last key. "
                "It can be left and gone on with at any time, on any computer."
            ),
            _("“Check the dossier” lists what is missing before it is sent."),
        ),
        (
            (CLERK, _("When it is complete, send it to the head of unit, who submits it.")),
            (HEAD, _("Read it, then submit it, or give it back to the clerk with a word what to mend.")),
        ),
    ),
    Section(
        "vetting",
        _("Vetting dossiers"),
        (
            _(
                "The Department accepts a dossier, returns it with a reason and a last day, or finds that the nominee "
                "does not meet the conditions. The unit is told by letter."
            ),
        ),
        ((DEPARTMENT, _("An accepted dossier is put on the short list, which is what the Council reads.")),),
    ),
    Section(
        "council",
        _("Council"),
        (_("The page of the Council shows its members, its sittings, and whether a quorum is in reach."),),
        (
            (DEPARTMENT, _("Somebody who leaves the Council keeps a last day: what was voted before stays valid.")),
            (SECRETARY, _("Prepare a sitting here, then call the Council together from the sitting's page.")),
        ),
    ),
    Section(
        "reading",
        _("Reading dossiers"),
        (
            _(
                "Each dossier gets points and a remark from each member; they help to prepare the vote and do not "
                "decide it."
            ),
            _("Declare a conflict of interest before the sitting: you then do not vote on that whole list."),
        ),
    ),
    Section(
        "sittings",
        _("Sittings"),
        (
            _("The page of a sitting shows its way step by step, and whose each step is."),
            _("A sitting opens with a quorum of persons. Whoever is absent is noted with the reason."),
        ),
        (
            (SECRETARY, _("Two may take the attendance at once: only the lines that you touch are set.")),
            (CHAIR, _("Open the sitting, appoint the counting team, open and close each ballot, then conclude.")),
            (COUNCIL, _("A teller takes an opening code on this page. It is shown once: write it down.")),
        ),
    ),
    Section(
        "ballots",
        _("Secret ballot"),
        (
            _(
                "The Council chooses by secret ballot. A paper is sealed as it is cast; nobody can read it before two "
                "tellers open the box together, and then nobody can tell whose it was."
            ),
        ),
        (
            (COUNCIL, _("Pick no more than the places on the ballot, check, then cast. A vote cannot be changed.")),
            (CHAIR, _("After the count: call a second round where places stay open, or decide a tie.")),
        ),
    ),
    Section(
        "documents",
        _("Documents"),
        (
            _(
                "Every list can be taken as Excel, Word or PDF in the official format, as it is filtered and ordered "
                "on the page. Number and day stay blank for the records office."
            ),
        ),
    ),
    Section(
        "jobs",
        _("Long work"),
        (
            _(
                "Long work runs on without you: the page may be closed and opened again. "
                "It ends with the file, or with the reason why there is none."
            ),
        ),
    ),
    Section(
        "units",
        _("Units and blocks"),
        (_("The list of units shows each with its block, and who leads the block this year."),),
        (
            (DEPARTMENT, _("What is uncertain of a unit is marked so, until you confirm it on the unit's page.")),
            (HEAD, _("You appoint the unit's clerk on the unit's page.")),
        ),
    ),
    Section(
        "people",
        _("People and offices"),
        (
            _(
                "The Department makes accounts and appoints to offices; a head of unit appoints the unit's clerk. "
                "A new account gets a link that sets the password once."
            ),
        ),
        (
            (DEPARTMENT, _("An office ends with a last day; what was done in it stays in the history.")),
            (HEAD, _("When the clerk changes, end the office of the one and make the account of the other.")),
        ),
    ),
    Section(
        "letters",
        _("Outbox"),
        (_("Every letter of the portal stands here with its state. One that failed can be sent again."),),
        ((DEPARTMENT, _("While a rehearsal is on, letters are held back and nobody gets them.")),),
    ),
    Section(
        "catalogues",
        _("Catalogues"),
        (_("Catalogues, the audit trail, letters and jobs can be read here. What is changed goes into the history."),),
    ),
)
