"""Text from before Unicode: both tables letter by letter, and what is recognised as what."""

import unicodedata

import pytest

from core.vietnamese_encodings import Encoding, decode, is_syllable, recognise, recognise_all

TCVN3, VNI = Encoding.TCVN3, Encoding.VNI
LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
TCVN3_CODES = (
    "B5 B6 B7 B8 B9 A8 BB BC BD BE C6 A9 C7 C8 C9 CA CB AE CC CE CF D0 D1 AA D2 D3 D4 D5 D6 D7 D8 DC DD DE "
    "DF E1 E2 E3 E4 AB E5 E6 E7 E8 E9 AC EA EB EC ED EE EF F1 F2 F3 F4 AD F5 F6 F7 F8 F9 FA FB FC FD FE"
)
VNI_CODES = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä ì æ ó í ò "
    "oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î"
)


@pytest.mark.parametrize(("code", "letter"), list(zip(TCVN3_CODES.split(), LETTERS, strict=True)))
def test_each_letter_of_tcvn3(code, letter):
    assert decode(bytes.fromhex(code).decode("latin-1"), TCVN3) == letter


@pytest.mark.parametrize(("code", "letter"), list(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True)))
def test_capitals_of_tcvn3(code, letter):
    assert decode(code, TCVN3) == letter


@pytest.mark.parametrize(("codes", "letter"), list(zip(VNI_CODES.split(), LETTERS, strict=True)))
def test_each_letter_of_vni_small_and_capital(codes, letter):
    assert decode(codes, VNI) == letter
    assert decode(codes.upper(), VNI) == letter.upper()
    assert unicodedata.is_normalized("NFC", decode(codes, VNI))


@pytest.mark.parametrize(
    ("text", "encoding", "meant"),
    [
        ("NguyÔn V¨n Hïng", TCVN3, "Nguyễn Văn Hùng"),
        ("TrÇn ThÞ H\xad¬ng", TCVN3, "Trần Thị Hương"),
        ("ViÖn tr\xadëng, ViÖn Nghiªn cøu", TCVN3, "Viện trưởng, Viện Nghiên cứu"),
        (" §¹i häc", TCVN3, " Đại học"),
        ("Nguyeãn Vaên Huøng", VNI, "Nguyễn Văn Hùng"),
        ("Traàn Thò Höông", VNI, "Trần Thị Hương"),
        ("NGUYEÃN VAÊN AÙNH", VNI, "NGUYỄN VĂN ÁNH"),
        ("Ñaïi hoïc", VNI, "Đại học"),
    ],
)
def test_old_text_is_recognised_and_read(text, encoding, meant):
    assert recognise(text) == encoding
    assert decode(text, encoding) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("Nguyễn Văn Hùng", unicodedata.normalize("NFD", "Nguyễn Văn Hùng"), "Lê Tú", "Hà Lê", "Bùi Thanh", "Ngô Hoè"),
        *(
            "Müller",
            "São Paulo",
            "Café Crème",
            "H'Hen Niê",
            "K'Brêu",
            "Ê-đê",
            "Giàng A Páo",
            "Rơ Châm H'Yéo",
            "Ðỗ Hùng",
        ),
        *("", "1980", "0912 345 678", "Nguyen Van Hung", "naïve", "« Bằng khen »", "30 °C"),
    ],
)
def test_unicode_and_foreign_names_are_left_alone(text):
    assert recognise(text) is None


def test_what_may_be_either_goes_with_its_column():
    old = ["NguyÔn V¨n Hïng", "Lª Tó", "Tó", "Tr\xad¬ng An"]
    assert recognise("Tó") is None
    assert recognise_all(old) == dict.fromkeys(old, TCVN3)


def test_a_column_with_unicode_in_it_gives_only_what_is_sure():
    assert recognise_all(["NguyÔn V¨n Hïng", "Đỗ Thị Hương", "Tó", "Lê"]) == {"NguyÔn V¨n Hïng": TCVN3}


@pytest.mark.parametrize("word", "Nguyễn quyên giữa gì Khuỷu Thuý hoà huơ khoèo ngoao Oanh yêu Ươm Đặng ỷ".split())
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "Nguyôn Hïng V¨n Krêu Müller strà nguyeãn hóà".split())
def test_no_syllables(word):
    assert not is_syllable(word)
