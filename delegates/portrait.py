"""The portrait of a delegate (Ảnh): read, cut to 3 × 4 and written anew. Works on files alone, without a database.

What is kept is painted afresh: nothing that a camera has written into its file, such as the place, comes along.
"""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile

WIDTH, HEIGHT = 600, 800  # pixels of a kept photo: 5 × 6.8 cm at 300 dots an inch, more than any badge prints
LEAST_WIDTH, LEAST_HEIGHT = WIDTH // 2, HEIGHT // 2  # of what lies in the frame: with less a face is a blur
MOST_MILLIONS = 40  # of pixels: what unpacks to more is refused unread
SHOWN = 1000  # the longer side of the picture while it is cut
QUALITY = 88
ORIENTATION = 0x0112  # where EXIF says how the camera was held
_TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, struct.error)


class Unfit(Exception):
    """A picture that cannot become a portrait; `reason` says why and what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Crop:
    """Where the frame lies, in per cent: of the room to its left and above it, and of the largest frame that fits.

    Every value from 0 to 100 is possible with every other. Unsaid: the largest frame, a little above the middle.
    """

    across: float = 50
    down: float = 40
    size: float = 100


@dataclass(frozen=True)
class Picture:
    """A picture that somebody has chosen: its size as it is looked at, and a small copy as a JPEG."""

    width: int
    height: int
    copy: bytes

    @property
    def least(self) -> int:
        """The smallest frame, in per cent of the largest, that still holds enough pixels."""
        return ceil(LEAST_WIDTH * 100 / largest(self.width, self.height))


def largest(width: float, height: float) -> float:
    """The width of the largest frame in a picture."""
    return min(width, height * WIDTH / HEIGHT)


def box(width: float, height: float, crop: Crop) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a frame in a picture of this size."""
    wide = largest(width, height) * crop.size / 100
    high = wide * HEIGHT / WIDTH
    left, top = (width - wide) * crop.across / 100, (height - high) * crop.down / 100
    return left, top, min(left + wide, width), min(top + high, height)


def look(file: IO[bytes]) -> Picture:
    """A picture, read to its end. Raises Unfit."""
    with _opened(file) as image:
        width, height = _size(image)
        if largest(width, height) < LEAST_WIDTH:
            raise Unfit(
                _(
                    "This picture is %(width)s × %(height)s pixels, which is too small: a portrait needs at least "
                    "%(least_width)s × %(least_height)s."
                )
                % {"width": width, "height": height, "least_width": LEAST_WIDTH, "least_height": LEAST_HEIGHT}
            )
        image.draft(None, (SHOWN, SHOWN))  # type: ignore[arg-type] # a JPEG is then read at a fraction of its size
        seen = _turned(image)
        seen.thumbnail((SHOWN, SHOWN))
        return Picture(width, height, _jpeg(_flat(seen), 80))


def cut(file: IO[bytes], crop: Crop) -> bytes:
    """What lies in the frame as a JPEG of WIDTH × HEIGHT, without anything else that stood in the file. Raises Unfit.

    A frame with too few pixels is taken as large as it has to be.
    """
    with _opened(file) as image:
        width, height = _size(image)
        whole = largest(width, height)
        crop = Crop(crop.across, crop.down, min(100, max(crop.size, LEAST_WIDTH * 100 / whole)))
        less = WIDTH / (whole * crop.size / 100)
        if less < 1:
            image.draft(None, (int(image.width * less), int(image.height * less)))  # type: ignore[arg-type]
        seen = _turned(image)
        frame = box(seen.width, seen.height, crop)
        return _jpeg(_flat(seen.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=frame)), QUALITY)


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Image.Image]:
    """A picture that may be read: still, and no bomb. Raises Unfit, also for what breaks later."""
    try:
        with warnings.catch_warnings(), _whole_files():
            warnings.simplefilter("ignore")  # of sizes that are asked for below, and of odd marks of cameras
            file.seek(0)
            with Image.open(file, formats=("JPEG", "PNG")) as image:
                if image.width * image.height > MOST_MILLIONS * 1_000_000:
                    raise Image.DecompressionBombError
                if image.format == "PNG" and getattr(image, "is_animated", False):
                    raise Unfit(_("This picture moves: choose a still one."))
                yield image
    except Image.DecompressionBombError:
        words = _("This picture has more than %(most)s million pixels: save it smaller and choose it again.")
        raise Unfit(words % {"most": MOST_MILLIONS}) from None
    except _BROKEN:
        words = _("This picture cannot be read: open it, save it anew as JPEG or PNG, and choose it again.")
        raise Unfit(words) from None


@contextmanager
def _whole_files() -> Iterator[None]:
    """Half a picture is none, though WeasyPrint, once it is at work, lets Pillow fill the rest with grey."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _held(image: Image.Image) -> int:
    """How the camera was held; upright where it does not say so."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except _BROKEN:
        return 1


def _size(image: Image.Image) -> tuple[int, int]:
    """Width and height as the picture is looked at."""
    return (image.height, image.width) if _held(image) in (5, 6, 7, 8) else (image.width, image.height)


def _turned(image: Image.Image) -> Image.Image:
    """The picture upright, in a mode that can be made smaller."""
    held = _held(image)
    image.load()
    if image.mode.startswith("I"):  # grey in sixteen bits
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    return image.transpose(_TURNED[held]) if held in _TURNED else image


def _flat(image: Image.Image) -> Image.Image:
    """On white, in the colours of a screen."""
    profile = image.info.get("icc_profile")
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper.convert("RGB")
    if profile:
        try:
            known, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, known, screen, outputMode="RGB") or image
        except (ImageCms.PyCMSError, *_BROKEN):  # a profile of another kind of picture: its colours as they stand
            pass
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """The colours alone, on a new sheet: what else a file tells stays behind."""
    sheet, out = Image.new("RGB", image.size), BytesIO()
    sheet.paste(image)
    sheet.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
