"""Pictures (照片与扫描图): decoded completely, turned upright, freed of EXIF (place, time and owner of the phone).

Every picture is written anew, so whatever hung behind or beside it is gone as well.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import pairwise

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from yimen.foundations.documents.choices import FileKind
from yimen.foundations.documents.engine.faults import BadContent

# What Pillow raises on damaged files, besides its own classes.
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    OverflowError,
)
_LONGEST_SIDE = 1600
_STRAIGHT_ENOUGH = 0.3  # degrees


def cleaned(data: bytes, *, kind: FileKind, most_pixels: int) -> bytes:
    """The same picture in the same type, upright and without EXIF, XMP and comments."""
    with _opened(data, most_pixels=most_pixels) as picture:
        out = BytesIO()
        if kind is FileKind.PNG:
            upright(picture).save(out, "PNG", optimize=False)
            return out.getvalue()
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) != 1
        if turned or picture.format != "JPEG":
            _flat(upright(picture)).save(out, "JPEG", quality=90)
        else:
            # "keep" writes the same coefficients tables: no visible loss for a scan that needs no turning.
            picture.save(out, "JPEG", quality="keep", exif=b"", xmp=b"", comment=b"", icc_profile=b"")
        return out.getvalue()


def shrunk(data: bytes, *, most_bytes: int, most_pixels: int) -> bytes:
    """The picture as a JPG of at most `most_bytes`: first smaller, then coarser, then smaller again."""
    with _opened(data, most_pixels=most_pixels) as picture:
        image = _flat(upright(picture))
        image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
        while True:
            for quality in (85, 75, 65, 55):
                out = BytesIO()
                image.save(out, "JPEG", quality=quality, optimize=True)
                if out.tell() <= most_bytes:
                    return out.getvalue()
            image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


def as_jpg(picture: Image.Image) -> bytes:
    """An opened picture as a JPG in colour, on white where it was transparent."""
    out = BytesIO()
    _flat(picture).save(out, "JPEG", quality=85)
    return out.getvalue()


def straightened(data: bytes, *, most_pixels: int) -> bytes | None:
    """The photographed sheet with its lines level (拉正), or None when it lies straight already.

    Lines of writing lie level when the darkness of neighbouring rows differs most; tried on a small copy.
    """
    with _opened(data, most_pixels=most_pixels) as picture:
        image = _flat(upright(picture))
    ink = ImageOps.invert(ImageOps.autocontrast(ImageOps.contain(image.convert("L"), (600, 600))))
    angle = max(range(-8, 9), key=lambda whole: _levelness(ink, whole))
    angle = max((angle + tenth / 5 for tenth in range(-4, 5)), key=lambda fine: _levelness(ink, fine))
    if abs(angle) < _STRAIGHT_ENOUGH:
        return None
    level = image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    out = BytesIO()
    level.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _levelness(ink: Image.Image, angle: float) -> int:
    turned = ink.rotate(angle, Image.Resampling.BILINEAR, fillcolor=0)
    # The rim is left out: there the turning itself cuts hard edges.
    middle = turned.crop((ink.width // 8, ink.height // 8, ink.width * 7 // 8, ink.height * 7 // 8))
    rows = middle.resize((1, middle.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in pairwise(rows))


def upright(picture: Image.Image) -> Image.Image:
    """As the camera meant it: turned by its EXIF, and with nothing but the pixels."""
    turned = ImageOps.exif_transpose(picture)
    bare = turned.copy()
    bare.info = {key: value for key, value in turned.info.items() if key == "transparency"}
    return bare


@contextmanager
def _opened(data: bytes, *, most_pixels: int) -> Iterator[Image.Image]:
    """The picture, decoded. Its size is judged from the head, before a pixel is unpacked."""
    try:
        # A name ending that lies must not choose the decoder, so only these three are tried.
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "MPO")) as picture:
            width, height = picture.size
            if width * height > most_pixels:
                raise BadContent(
                    "too_many_pixels",
                    f"图片有 {width}×{height} 像素，超出上限，请在手机或电脑上缩小后再上传。",
                )
            picture.load()
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadContent("too_many_pixels", "图片的像素过多，请在手机或电脑上缩小后再上传。") from None
    except UnidentifiedImageError:
        raise BadContent("damaged", "图片打不开，文件可能已损坏，请重新拍照或导出。") from None
    except _DAMAGE:
        raise BadContent("damaged", "图片不完整或已损坏，请重新拍照或导出。") from None


def _flat(image: Image.Image) -> Image.Image:
    """RGB on white paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image if image.mode == "RGB" else image.convert("RGB")
