"""Which files are let in: what is no .xlsx, has macros or a password, or unpacks to too much is refused."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from documents.workbook.values import MOST_BYTES, MOST_PARTS, MOST_UNPACKED

_OTHER_KINDS = {
    ".xls": "Excel 97-2003 (.xls)",
    ".xlsb": "Excel binary (.xlsb)",
    ".csv": "CSV (.csv)",
    ".ods": "OpenDocument (.ods)",
}
_OLD_OFFICE = bytes.fromhex("D0CF11E0A1B11AE1")


def _save_anew(kind: str) -> str:
    return _(
        "This is a file of the kind %(kind)s. Open it in Excel, choose File › Save As › Excel Workbook (.xlsx), "
        "and send that file."
    ) % {"kind": kind}


def _has_macros() -> str:
    return _(
        "This workbook holds macros. Choose File › Save As › Excel Workbook (.xlsx), which leaves them out, and send "
        "that file."
    )


def why_not_take(content: bytes, name: str) -> str | None:
    """Why a file cannot be taken at all: its kind, its size, a password, macros, too much to unpack."""
    suffix = PurePosixPath(name.lower()).suffix
    if not content:
        return _("This file is empty: choose another.")
    if len(content) > MOST_BYTES:
        return _("This file is larger than %(most)s MB: leave out pictures and sheets that are not needed.") % {
            "most": MOST_BYTES // 1024 // 1024
        }
    if content.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return _(
                "This workbook is locked with a password. Choose File › Info › Protect Workbook › Encrypt with "
                "Password, take the password away, save, and send it again."
            )
        return _save_anew(_OTHER_KINDS[".xls"])
    if suffix in _OTHER_KINDS:
        return _save_anew(_OTHER_KINDS[suffix])
    if suffix in (".xlsm", ".xltm"):
        return _has_macros()
    if suffix != ".xlsx" or not content.startswith(b"PK"):
        return _("This is no Excel workbook. Send a file whose name ends in .xlsx.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _why_not_unpack(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return broken()


def broken() -> str:
    return _("This file is damaged or no Excel workbook. Open it in Excel, save it anew as .xlsx, and send that file.")


def _why_not_unpack(archive: zipfile.ZipFile) -> str | None:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if any(name.endswith("vbaproject.bin") for name in names):
        return _has_macros()
    if "mimetype" in names and "content.xml" in names:
        return _save_anew(_OTHER_KINDS[".ods"])
    if "[content_types].xml" not in names:
        return _("This is no Excel workbook. Send a file whose name ends in .xlsx.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return too_much()
    if any(part.flag_bits & 1 for part in parts):
        return broken()
    return None


def too_much() -> str:
    return _(
        "This workbook unpacks to more than can be read. Copy the rows of the list into a new workbook, and send "
        "that one."
    )
