"""Pictures from strangers: only pixels get in, nothing large is ever decoded, and what is no picture is said to be none."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from commandscreen.views import photos
from commandscreen.views.decoding import decode
from commandscreen.views.masking import BLOCKS, mosaic
from commandscreen.views.photos import PhotoError, encode, prepare, read_file
from commandscreen.views.pictures import Taken, why_not


def jpeg(size: tuple[int, int] = (640, 480), **more: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", quality=80, **more)  # type: ignore[arg-type]
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG whose header promises any size at all, in a few hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refused(data: bytes) -> str:
    with pytest.raises(PhotoError) as caught:
        prepare(data)
    return caught.value.code


def test_position_camera_and_comment_stay_behind() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker of the camera"
    exif.get_ifd(0x8825)[2] = (41.0, 6.0, 30.0)
    given = jpeg(exif=exif.tobytes(), comment=b"13812345678")
    assert b"Maker" in given
    assert b"13812345678" in given
    kept = prepare(given)
    found = Image.open(io.BytesIO(kept))
    assert not found.getexif()
    assert b"Maker" not in kept
    assert b"13812345678" not in kept
    assert found.format == "JPEG"


def test_it_is_turned_upright_before_its_orientation_is_dropped() -> None:
    picture = Image.new("RGB", (60, 40), "blue")
    picture.paste("red", (0, 0, 30, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif.tobytes(), quality=95)
    kept = Image.open(io.BytesIO(prepare(out.getvalue())))
    assert kept.size == (40, 60)
    red, _, blue = kept.getpixel((20, 5))
    assert red > blue


def test_a_large_one_is_shrunk_and_keeps_its_shape() -> None:
    kept = Image.open(io.BytesIO(prepare(jpeg((4000, 3000)))))
    assert kept.size == (2048, 1536)
    assert Image.open(io.BytesIO(prepare(jpeg((640, 480))))).size == (640, 480)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP"])
def test_other_formats_become_jpeg(kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (50, 40), "green").save(out, kind)
    assert prepare(out.getvalue())[:3] == b"\xff\xd8\xff"


def test_what_shines_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(io.BytesIO(prepare(out.getvalue()))).getpixel((10, 10)) > (240, 240, 240)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 an invoice",
        b"MZ\x90\0 a program",
        b"GIF89a\1\0\1\0\0\0\0;",
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='file:///etc/passwd'/></svg>",
        b"\xff\xd8\xff\xe0 the head of a photo and no more",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
        jpeg()[:300],
    ],
)
@pytest.mark.qt_log_ignore("JPEG", extend=True)  # the decoder says what it thinks of them
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    assert refused(data) == "no-photo"


@pytest.mark.parametrize("size", [(30_000, 30_000), (65_000, 1_000), (8_001, 8_001)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos.QImageReader, "read", lambda *_: pytest.fail("it was decoded"))
    assert refused(png_of(*size)) == "too-many-pixels"


def test_a_file_of_200_megabytes_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.jpg"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(PhotoError) as caught:
        read_file(path)
    assert caught.value.code == "too-big"
    assert refused(b"\xff\xd8\xff" + bytes(photos.BYTES_MAX)) == "too-big"


def test_a_folder_and_a_missing_file_are_unreadable(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.jpg"):
        with pytest.raises(PhotoError) as caught:
            read_file(path)
        assert caught.value.code == "unreadable"


def test_a_pasted_picture_loses_its_texts_and_a_null_one_is_none() -> None:
    image = QImage(300, 200, QImage.Format.Format_ARGB32)
    image.fill(QColor("navy"))
    image.setText("Author", "李四 13812345678")
    assert b"13812345678" not in encode(image)
    with pytest.raises(PhotoError):
        encode(QImage())


def test_every_refusal_has_a_sentence_with_the_file_s_name() -> None:
    codes = ("too-big", "too-many-pixels", "no-photo", "unreadable", "disk")
    said = {why_not(Taken("", QImage(), code, "账单.pdf")) for code in codes}
    assert len(said) == len(codes)
    assert all(text.startswith("账单.pdf：") and not text.endswith("：") for text in said)


def test_a_mosaic_has_blocks_of_one_colour_and_the_same_size() -> None:
    image = decode(jpeg((640, 480)), QSize(640, 480))
    masked = mosaic(image)
    assert masked.size() == image.size()
    colours = {masked.pixel(x, 0) for x in range(masked.width())}
    assert len(colours) <= BLOCKS
    assert len({image.pixel(x, 0) for x in range(image.width())}) > BLOCKS
    assert mosaic(QImage()).isNull()
