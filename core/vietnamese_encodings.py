"""Vietnamese text in the encodings from before Unicode: TCVN3 (fonts .VnTime) and VNI (fonts VNI-Times). Pure.

Such text shows as "NguyÔn V¨n Hïng" or "Nguyeãn Vaên Huøng" once its font is gone. It is recognised by score: the
encoding in which more of its words are Vietnamese syllables than as it stands. Nothing is converted unasked.
Text has to come as it stands in the file: a letter of TCVN3 (ư) is the soft hyphen, which cleaning takes away.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class Encoding(StrEnum):
    """An encoding from before Unicode, by the name that people know it by."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


# TCVN 5712:1993, third table, its codes read as Latin-1. Capitals with a tone have none: capital fonts show them.
_TCVN3 = str.maketrans(
    "\xb5\xb6\xb7\xb8\xb9"
    "\xa8\xbb\xbc\xbd\xbe\xc6"
    "\xa9\xc7\xc8\xc9\xca\xcb"
    "\xae"
    "\xcc\xce\xcf\xd0\xd1"
    "\xaa\xd2\xd3\xd4\xd5\xd6"
    "\xd7\xd8\xdc\xdd\xde"
    "\xdf\xe1\xe2\xe3\xe4"
    "\xab\xe5\xe6\xe7\xe8\xe9"
    "\xac\xea\xeb\xec\xed\xee"
    "\xef\xf1\xf2\xf3\xf4"
    "\xad\xf5\xf6\xf7\xf8\xf9"
    "\xfa\xfb\xfc\xfd\xfe"
    "\xa1\xa2\xa3\xa4\xa5\xa6\xa7",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
)

# VNI: the vowel, then a letter of Latin-1 that stands for its marks; a few vowels and đ have codes of their own.
_PLAIN_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_HAT_TONES = dict(zip("âáàåãä", ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"], strict=True))
_BREVE_TONES = dict(zip("êéèúüë", ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"], strict=True))
_HORNED = {"ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    table = dict(zip("íìæóòîñ", "íìỉĩịỵđ", strict=True)) | _HORNED
    for vowel in "aeouy":
        table |= {vowel + mark: vowel + tone for mark, tone in _PLAIN_TONES.items()}
    for written, vowel in _HORNED.items():
        table |= {written + mark: vowel + tone for mark, tone in _PLAIN_TONES.items()}
    for vowel, hatted in zip("aeo", "âêô", strict=True):
        table |= {vowel + mark: hatted + tone for mark, tone in _HAT_TONES.items()}
    table |= {"a" + mark: "ă" + tone for mark, tone in _BREVE_TONES.items()}
    lower = {codes: unicodedata.normalize("NFC", letter) for codes, letter in table.items()}
    upper = {codes.upper(): letter.upper() for codes, letter in lower.items()}
    mixed = {codes[0].upper() + codes[1]: letter.upper() for codes, letter in lower.items() if len(codes) == 2}
    return mixed | upper | lower


_VNI = _vni()
_VNI_CODES = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def decode(text: str, encoding: Encoding) -> str:
    """The text in Unicode, were it written in this encoding."""
    if encoding == Encoding.TCVN3:
        return text.translate(_TCVN3)
    return _VNI_CODES.sub(lambda codes: _VNI[codes[0]], text)


# ---- Which of them? ----

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_NUCLEI = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iêu iu oa oă oai oao oay oe oeo oi oo ôi ơi ua uâ uây uê "
    "ui uô uôi uơ uy uya uyê uyu ưa ưi ươ ươi ươu ưu yê yêu"
)
_NUCLEUS = "|".join(sorted(_NUCLEI.split(), key=len, reverse=True))
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch|nh|ng|[cmnpt])?")
_TONES = set("\u0300\u0309\u0303\u0301\u0323")
_BETWEEN = re.compile(r"[\s,.;:()/\-'\"!?&0-9]+")


def is_syllable(word: str) -> bool:
    """Whether a word is built as Vietnamese syllables are, with one tone at most."""
    parts = unicodedata.normalize("NFD", word.lower())
    if sum(part in _TONES for part in parts) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return bool(_SYLLABLE.fullmatch(plain))


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def _is_unicode(text: str) -> bool:
    """Whether it holds letters that no text from before Unicode shows as."""
    return any(letter.isalpha() and ord(letter) > 0xFF for letter in unicodedata.normalize("NFC", text))


def recognise(text: str) -> Encoding | None:
    """The old encoding that a text is surely written in; None for Unicode and where it cannot be told."""
    if text.isascii() or _is_unicode(text):
        return None
    marked = [word for word in _words(text) if not word.isascii()]
    best, found = sum(map(is_syllable, marked)), None
    for encoding in Encoding:
        good = sum(is_syllable(decode(word, encoding)) for word in marked)
        if good > best and good * 4 >= len(marked) * 3:
            best, found = good, encoding
    return found


def _may_be(text: str, encoding: Encoding) -> bool:
    """Whether it reads as Vietnamese in this encoding too, though it may be Unicode as it stands ("Tó" for Tú)."""
    decoded = decode(text, encoding)
    return decoded != text and not _is_unicode(text) and all(map(is_syllable, _words(decoded)))


def recognise_all(texts: Iterable[str]) -> dict[str, Encoding]:
    """The texts of one column that are in an old encoding, each with it.

    Where a column holds no Unicode, what may be in the encoding of its other texts is taken to be in it as well.
    """
    texts = {text for text in texts if not text.isascii()}
    found = {text: encoding for text in texts if (encoding := recognise(text))}
    if len(set(found.values())) == 1 and not any(map(_is_unicode, texts)):
        (encoding,) = set(found.values())
        found |= {text: encoding for text in texts - set(found) if _may_be(text, encoding)}
    return found
