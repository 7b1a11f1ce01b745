"""Nominations, the Council, its sittings and secret ballots."""

from awards.models.ballots import Ballot, Candidate, KeyShare, RollEntry, SealedPaper
from awards.models.council import Assessment, Attendance, CouncilSeat, Recusal, Sitting, Teller
from awards.models.nominations import Kind, Nomination, NomineeAward

__all__ = [
    "Assessment",
    "Attendance",
    "Ballot",
    "Candidate",
    "CouncilSeat",
    "KeyShare",
    "Kind",
    "Nomination",
    "NomineeAward",
    "Recusal",
    "RollEntry",
    "SealedPaper",
    "Sitting",
    "Teller",
]
