"""A picture becomes a portrait: cut where the frame lies, upright, in plain colours, without a word of the camera's."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageFile

from delegates import portrait
from delegates.portrait import Crop, Unfit
from tests.delegates.factories import a_picture

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def made(content: bytes, crop: Crop | None = None) -> Image.Image:
    return Image.open(BytesIO(portrait.cut(BytesIO(content), crop or Crop())))


def colour(image: Image.Image, across: float, down: float = 0.5) -> str:
    """What colour a place has, roughly."""
    found = image.getpixel((int(image.width * across), int(image.height * down)))
    known = {"red": RED, "blue": BLUE, "white": WHITE}
    return min(known, key=lambda name: sum((a - b) ** 2 for a, b in zip(found, known[name], strict=True)))


def why_unfit(content: bytes) -> str:
    with pytest.raises(Unfit) as unfit:
        portrait.look(BytesIO(content))
    return unfit.value.reason


# ---- The frame ----


@pytest.mark.parametrize(
    ("size", "crop", "box"),
    [
        ((900, 1200), Crop(), (0, 0, 900, 1200)),
        ((900, 2200), Crop(), (0, 400, 900, 1600)),  # a little above the middle
        ((2000, 1200), Crop(), (550, 0, 1450, 1200)),
        ((2000, 1200), Crop(0, 0, 50), (0, 0, 450, 600)),
        ((2000, 1200), Crop(100, 100, 50), (1550, 600, 2000, 1200)),
    ],
)
def test_where_the_frame_lies(size, crop, box):
    assert portrait.box(*size, crop) == pytest.approx(box)


@pytest.mark.parametrize("across", [0, 33.5, 100])
@pytest.mark.parametrize("size", [40, 77.7, 100])
def test_the_frame_never_leaves_the_picture(across, size):
    left, top, right, bottom = portrait.box(1501, 997, Crop(across, across, size))
    assert 0 <= left < right <= 1501
    assert 0 <= top < bottom <= 997
    assert (right - left) / (bottom - top) == pytest.approx(3 / 4)


@pytest.mark.parametrize(("across", "seen"), [(0, "red"), (100, "blue")])
def test_what_lies_in_the_frame_is_kept(across, seen):
    cut = made(a_picture(2000, 1000), Crop(across, 50, 100))
    assert cut.size == (portrait.WIDTH, portrait.HEIGHT)
    assert {colour(cut, place) for place in (0.1, 0.5, 0.9)} == {seen}


def test_a_frame_with_too_few_pixels_is_made_larger():
    assert portrait.look(BytesIO(a_picture(900, 1200))).least == 34
    assert made(a_picture(900, 1200), Crop(0, 0, 1)).size == (portrait.WIDTH, portrait.HEIGHT)


# ---- What is left of the file ----


def test_nothing_that_a_camera_wrote_comes_along():
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh kín"
    exif.get_ifd(0x8825)[1] = "N"  # the place
    content = a_picture(exif=exif, comment=b"secret comment", dpi=(72, 72))
    assert b"secret comment" in content
    assert Image.open(BytesIO(content)).getexif()
    for kept in (portrait.cut(BytesIO(content), Crop()), portrait.look(BytesIO(content)).copy):
        image = Image.open(BytesIO(kept))
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"secret comment" not in kept


@pytest.mark.parametrize(
    ("held", "first"),
    [(1, "red"), (2, "blue"), (3, "blue"), (4, "red"), (5, "top"), (6, "top"), (7, "low"), (8, "low")],
)
def test_a_picture_is_turned_as_the_camera_was_held(held, first):
    exif = Image.Exif()
    exif[portrait.ORIENTATION] = held
    content = a_picture(1200, 1200, exif=exif)
    cut, looked_at = made(content), Image.open(BytesIO(portrait.look(BytesIO(content)).copy))
    for image in (cut, looked_at):
        if held < 5:
            assert colour(image, 0.1) == first
        else:
            assert colour(image, 0.5, 0.1) == ("red" if first == "top" else "blue")


def test_a_turned_picture_has_the_size_that_is_looked_at():
    exif = Image.Exif()
    exif[portrait.ORIENTATION] = 6
    found = portrait.look(BytesIO(a_picture(1600, 1200, exif=exif)))
    assert (found.width, found.height) == (1200, 1600)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("CMYK", "L")),
        *(("PNG", mode) for mode in ("RGBA", "P", "1", "LA", "I;16")),
    ],
)
def test_every_kind_of_colours_becomes_plain(kind, mode):
    content = a_picture(kind=kind, mode="L") if mode == "I;16" else a_picture(kind=kind, mode=mode)
    if mode == "I;16":
        out = BytesIO()
        Image.new("I;16", (900, 1200), 65535).save(out, "PNG")
        content = out.getvalue()
    cut = made(content)
    assert (cut.mode, cut.format, cut.size) == ("RGB", "JPEG", (portrait.WIDTH, portrait.HEIGHT))
    if mode in ("CMYK", "RGBA", "P"):
        assert (colour(cut, 0.1), colour(cut, 0.9)) == ("red", "blue")
    if mode == "I;16":
        assert colour(cut, 0.5) == "white"


def test_what_shows_through_is_white():
    out = BytesIO()
    Image.new("RGBA", (900, 1200), (0, 0, 255, 0)).save(out, "PNG")
    assert colour(made(out.getvalue()), 0.5) == "white"


@pytest.mark.parametrize("profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), b"no profile"])
def test_a_profile_of_colours_is_read_and_left_behind(profile):
    cut = made(a_picture(icc_profile=profile))
    assert "icc_profile" not in cut.info
    assert colour(cut, 0.1) == "red"


# ---- What is no portrait ----


def test_too_small_says_how_many_pixels_are_needed():
    said = why_unfit(a_picture(299, 900))
    assert "299 × 900" in said
    assert "300 × 400" in said


@pytest.mark.parametrize("side", [6400, 20_000])
def test_a_picture_that_unpacks_to_too_much_is_refused_unread(side):
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert str(portrait.MOST_MILLIONS) in why_unfit(out.getvalue())


def test_what_moves_is_no_portrait():
    out = BytesIO()
    frames = [Image.new("RGB", (900, 1200), name) for name in ("red", "blue")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert why_unfit(out.getvalue()) != why_unfit(b"")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 no more",
        a_picture()[:2000],
        a_picture(kind="PNG")[:-400],
        a_picture(kind="GIF", mode="P"),
        a_picture(kind="TIFF"),
    ],
)
def test_what_cannot_be_read_is_said(content, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it for the whole portal
    assert "JPEG" in why_unfit(content)
    with pytest.raises(Unfit):
        portrait.cut(BytesIO(content), Crop())


def test_a_picture_of_a_phone_with_a_second_one_inside_is_taken():
    out = BytesIO()
    first = Image.new("RGB", (900, 1200), "red")
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (100, 100))])
    assert colour(made(out.getvalue()), 0.5) == "red"
