"""What image files say of themselves. The files are made here, as cameras and programs do it."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mkdocs_anp.core.image_credits.embedded import NOTHING, Embedded, read_embedded
from mkdocs_anp.core.image_credits.entries import ImageSource

_SIZE = (30, 20)
_DATASETS = {"author": 80, "credit": 110, "copyright": 116}
_ORIENTATION, _ARTIST, _COPYRIGHT, _DESCRIPTION = 0x0112, 0x013B, 0x8298, 0x010E


def iptc_block(**texts: str | bytes | list[str]) -> bytes:
    """Return a segment APP13 with these properties; a list is a property that is repeated."""
    data = b""
    for name, value in texts.items():
        for text in value if isinstance(value, list) else [value]:
            raw = text.encode() if isinstance(text, str) else text
            data += struct.pack(">BBBH", 0x1C, 2, _DATASETS[name], len(raw)) + raw
    resource = b"8BIM" + struct.pack(">HH", 0x0404, 0) + struct.pack(">I", len(data)) + data
    body = b"Photoshop 3.0\0" + resource + b"\0" * (len(data) % 2)
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


def with_iptc(path: Path, **texts: str | bytes | list[str]) -> Path:
    Image.new("RGB", _SIZE).save(path, "JPEG")
    data = path.read_bytes()
    path.write_bytes(data[:2] + iptc_block(**texts) + data[2:])
    return path


def xmp_packet(*creator: str, credit: str = "", rights: str = "", statement: str = "") -> bytes:
    names = "".join(f"<rdf:li>{name}</rdf:li>" for name in creator)
    creators = f"<dc:creator><rdf:Seq>{names}</rdf:Seq></dc:creator>"
    owner = (
        f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>'
    )
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 photoshop:Credit="{credit}" xmpRights:WebStatement="{statement}">
{creators if creator else ""}{owner if rights else ""}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def with_exif(path: Path, **tags: Any) -> Path:
    exif = Image.Exif()
    for number, value in tags.items():
        exif[int(number[1:])] = value
    Image.new("RGB", _SIZE).save(path, exif=exif)
    return path


def exif_of(artist: str = "", copyright_: str = "", turned: int = 0) -> dict[str, Any]:
    tags = {f"t{_ARTIST}": artist, f"t{_COPYRIGHT}": copyright_, f"t{_ORIENTATION}": turned}
    return {name: value for name, value in tags.items() if value}


def test_iptc(tmp_path: Path) -> None:
    path = with_iptc(
        tmp_path / "a.jpg", author="Jane Doé", credit="Agency", copyright="© 2019 Agency"
    )
    assert read_embedded(path) == Embedded(
        ImageSource(-1, source="Agency", author="Jane Doé"), *_SIZE
    )


@pytest.mark.parametrize(
    ("texts", "source", "author"),
    [
        ({"author": "Jane"}, "Jane", "Jane"),
        (
            {"copyright": "Copyright (c) 2015-2017 by Jane Doe. All rights reserved."},
            "Jane Doe",
            "",
        ),
        ({"copyright": "(C) Jane"}, "Jane", ""),
        (
            {"author": "Darix / CC BY NC SA 3.0"},
            "Darix / CC BY NC SA 3.0",
            "Darix / CC BY NC SA 3.0",
        ),
        ({"credit": b"Ren\xe9"}, "René", ""),  # Latin-1, as older programs write
        ({"author": "A\0\x01B\n C"}, "A \ufffdB C", "A \ufffdB C"),
        ({"author": "<script>alert(1)</script>"}, *["<script>alert(1)</script>"] * 2),
    ],
)
def test_a_name_is_a_credit(
    tmp_path: Path, texts: dict[str, str | bytes], source: str, author: str
) -> None:
    found = read_embedded(with_iptc(tmp_path / "a.jpg", **texts)).source
    assert found == ImageSource(-1, source=source, author=author)


NAMES = (
    # Beside names of cameras, and of who makes them
    "Sonya Canon",
    "Canon Smith",
    "Sony Pictures",
    "Samsung Newsroom",
    "Nikon Small World",
    "Olympus BioScapes 2012",
    # Beside programs
    "Adobe Stock",
    "Adobe Firefly",
    "Adobe Stock / Jane Doe",
    "Created with Blender by Jane Doe",
    # Beside forms that nobody has filled in
    "Photographer: Jane Doe",
    "Unknown Pleasures Ltd",
    "Christopher Guest",
    "The Image Works",
    "Image Source",
    "Camera Press",
    "First Light",
    "Windows on Earth",
    "My Do",
    "3sat",
    "Jane Doé",
    "山田太郎",
)


@pytest.mark.parametrize("text", NAMES)
def test_a_name_with_words_of_cameras_and_forms_is_a_credit(tmp_path: Path, text: str) -> None:
    expected = ImageSource(-1, source=text, author=text)
    assert read_embedded(with_iptc(tmp_path / "a.jpg", author=text)).source == expected
    if text.isascii():  # as all of Exif has to be
        exif = with_exif(tmp_path / "b.png", **exif_of(text))
        assert read_embedded(exif).source == expected


BOILERPLATE = (
    "OLYMPUS DIGITAL CAMERA",
    "SONY DSC",
    "Processed with VSCO with c1 preset",
    "Created with GIMP",
    "",
    "   ",
    "12345",
    "---",
    "unknown",
    "Copyright 2017. All rights reserved.",
    "© 2017",
    "All rights reserved",
    "Copyright",
    "Picasa",
    "Default",
    "KODAK Digital Still Camera",
    "SAMSUNG CAMERA PICTURES",
    "KONICA MINOLTA DIGITAL CAMERA",
    "CASIO COMPUTER CO.,LTD.",
    "NIKON CORPORATION",
    "NIKON D90",
    "Canon EOS 5D Mark II",
    "Canon",
    "Adobe Photoshop CS6 (Windows)",
    "Adobe Photoshop Lightroom Classic 9.2",
    "Exif_JPEG_PICTURE",
    "DSC_0001.JPG",
    "Photographer",
    "photographer name",
    "Photographer's Name",
    "Photographer’s name here",
    "unknown photographer",
    "Your Name",
    "[Your Name Here]",
    "<your name>",
    "Windows User",
    "Windows-Benutzer",
    "Microsoft Office User",
    "Author",
    "Artist",
    "author_name",
    "user1",
    "N/A",
    "Copyright Holder",
    "© 2017 Photographer",
)


@pytest.mark.parametrize("text", BOILERPLATE)
def test_what_cameras_write_is_no_credit(tmp_path: Path, text: str) -> None:
    path = with_iptc(tmp_path / "a.jpg", author=text, credit=text, copyright=text)
    assert read_embedded(path) == Embedded(None, *_SIZE)
    if text.isascii() or "©" in text:
        exif = with_exif(tmp_path / "b.jpg", **exif_of(text, text))
        assert read_embedded(exif) == Embedded(None, *_SIZE)


# Of several, all are named


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Jane", "Joe"], "Jane, Joe"),
        (["Jane", "Joe", "Jim"], "Jane, Joe, Jim"),
        (["Jane", "Jane"], "Jane"),
        (["Photographer", "Jane", ""], "Jane"),
        (["A" * 90, "B" * 90, "C" * 90], f"{'A' * 90}, {'B' * 90},…"),
    ],
)
def test_all_who_made_it_are_named(tmp_path: Path, names: list[str], expected: str) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", _SIZE).save(path, xmp=xmp_packet(*names))
    assert read_embedded(path).source == ImageSource(-1, source=expected, author=expected)
    iptc = with_iptc(tmp_path / "b.jpg", author=names)
    assert read_embedded(iptc).source == ImageSource(-1, source=expected, author=expected)


def test_of_several_placeholders_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", _SIZE).save(path, xmp=xmp_packet("Author", "Your Name"))
    assert read_embedded(path).source is None


def test_of_other_properties_the_first_value_counts(tmp_path: Path) -> None:
    path = with_iptc(tmp_path / "a.jpg", author=["Jane", "Joe"], credit=["Agency", "Other"])
    assert read_embedded(path).source == ImageSource(-1, source="Agency", author="Jane, Joe")


def test_rights_in_several_languages_are_told_in_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    rights = 'Jane</rdf:li><rdf:li xml:lang="de">Johanna'
    Image.new("RGB", _SIZE).save(path, xmp=xmp_packet(rights=rights))
    assert read_embedded(path).source == ImageSource(-1, source="Jane")


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_xmp(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    packet = xmp_packet(
        "Jane", credit="Agency", rights="© Agency", statement="https://a.example/rights"
    )
    image = Image.new("RGB", _SIZE)
    if suffix == "png":
        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", packet.decode())
        image.save(path, pnginfo=info)
    else:
        image.save(path, xmp=packet)
    expected = ImageSource(-1, source="Agency", author="Jane", license="https://a.example/rights")
    assert read_embedded(path) == Embedded(expected, *_SIZE)
    assert read_embedded(path, is_credited=True) == Embedded(None, *_SIZE)


def test_xmp_of_rights_alone_and_a_statement_that_is_no_address(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    packet = xmp_packet(rights="© 2020 Jane", statement="javascript:alert(1)")
    Image.new("RGB", _SIZE).save(path, xmp=packet)
    assert read_embedded(path).source == ImageSource(-1, source="Jane")


@pytest.mark.parametrize(
    "packet",
    [
        b"<not xml",
        b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><a>&c;</a>',
        b"<a>" * 3000 + b"</a>" * 3000,
    ],
)
def test_broken_xmp_leaves_the_rest(tmp_path: Path, packet: bytes) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[_ARTIST] = "Jane"
    Image.new("RGB", _SIZE).save(path, xmp=packet, exif=exif)
    assert read_embedded(path) == Embedded(ImageSource(-1, source="Jane", author="Jane"), *_SIZE)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_exif(tmp_path: Path, suffix: str) -> None:
    path = with_exif(tmp_path / f"a.{suffix}", **exif_of("Jane", "Copyright Jane & Co"))
    assert read_embedded(path).source == ImageSource(-1, source="Jane & Co", author="Jane")


def test_a_description_is_no_credit(tmp_path: Path) -> None:
    path = with_exif(tmp_path / "a.jpg", **{f"t{_DESCRIPTION}": "A view of the lake"})
    assert read_embedded(path) == Embedded(None, *_SIZE)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_an_image_that_lies_on_its_side_is_measured_as_it_is_shown(
    tmp_path: Path, suffix: str, turned: int
) -> None:
    path = with_exif(tmp_path / f"a.{suffix}", **exif_of(turned=turned))
    assert read_embedded(path)[1:] == (_SIZE if turned < 5 else _SIZE[::-1])


def test_a_long_text_takes_no_time(tmp_path: Path) -> None:
    dots = "." * 1_000_000
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp_packet("1" * 1_000_000, rights=dots).decode())
    path = tmp_path / "a.png"
    Image.new("RGB", _SIZE).save(path, pnginfo=info)
    start = time.perf_counter()
    assert read_embedded(path) == Embedded(None, *_SIZE)
    assert time.perf_counter() - start < 1


# Files that are not what they seem


def test_a_truncated_file_has_at_most_a_size(tmp_path: Path) -> None:
    whole = with_iptc(tmp_path / "a.jpg", author="Jane").read_bytes()
    for length in range(0, len(whole), 7):
        cut = tmp_path / f"{length}.jpg"
        cut.write_bytes(whole[:length])
        source, *size = read_embedded(cut)
        assert source is None or source.author == "Jane"
        assert tuple(size) in ((0, 0), _SIZE)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.avif", "a.tiff", "a.bmp"])
@pytest.mark.parametrize("data", [b"", b"a text", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_a_file_of_something_else(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert read_embedded(path) == NOTHING


def test_what_is_no_file_of_pixels(tmp_path: Path) -> None:
    drawing = tmp_path / "a.svg"
    drawing.write_text("<svg/>", encoding="utf-8")
    folder = tmp_path / "b.png"
    folder.mkdir()
    for path in (drawing, folder, tmp_path / "none.jpg"):
        assert read_embedded(path) == NOTHING


def png(path: Path, width: int, height: int, rows: int) -> Path:
    """Write a PNG whose head promises a size, with so many black rows behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (rows * (3 * width + 1)), 9)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
    return path


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(60_000, 60_000, (0, 0)), (9_000, 9_000, (9_000, 9_000)), (12_000, 12_000, (12_000, 12_000))],
)
def test_no_pixel_is_decoded(
    tmp_path: Path, width: int, height: int, expected: tuple[int, int]
) -> None:
    path = png(tmp_path / "a.png", width, height, rows=10)
    tracemalloc.start()
    found = read_embedded(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == Embedded(None, *expected)
    assert most < 3_000_000


def test_no_pixel_of_a_large_png_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[object] = []
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: decoded.append(self))
    path = png(tmp_path / "a.png", 5_000, 5_000, rows=5_000)
    assert read_embedded(path)[1:] == (5_000, 5_000)
    assert decoded == []
