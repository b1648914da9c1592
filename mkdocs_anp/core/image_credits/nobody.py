"""Texts in image files that name nobody.

Cameras and programs write some by themselves, and forms that nobody has filled in leave others.
What could be a person or an agency is a name: "Adobe Stock", "Sony Pictures", "Camera Press".
"""

from __future__ import annotations

import re


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLANK = _set_of("""
    photographer author artist creator credit byline name firstname lastname surname first last full
    your insert enter here the of owner holder user username windows admin administrator guest
    default test unknown none null undefined unspecified unnamed untitled
    copyright c all right reserved notice
    digital camera image photo picture exif jpeg jpg img dsc dscn dcim screenshot picasa
    fotograf photographe fotógrafo autor auteur benutzer utilisateur usuario usuário
    unbekannt unbekannter inconnu desconocido desconhecido
""")
"""Words that name nobody, alone or together: "Photographer's name", "Windows User"."""
_PHRASES = frozenset(
    {
        "na",
        "n a",
        "no name",
        "my name",
        "credit line",
        "microsoft office user",
        "samsung camera pictures",
        "usuario de windows",
        "usuário do windows",
    }
)

_MAKERS = _set_of("""
    canon casio eastman fuji fujifilm kodak konica leica minolta nikon olympus panasonic pentax
    ricoh samsung sony
""")
_DEVICES = _set_of("""
    digital still camera dsc dslr image data
    ag co company computer corp corporation imaging inc ltd optical techwin
    alpha coolpix cyber easyshare eos exilim finepix galaxy ixus kiss lumix mark optio powershot
    rebel shot stylus ii iii iv
""")
"""Words behind that of a maker which make it a camera, or the maker and no more."""

_PROGRAMS = _set_of("""
    acrobat bridge camera elements fireworks illustrator imageready indesign lightroom photoshop
    premiere systems
""")
"""Words behind "Adobe" which make it a program."""
_MADE = frozenset({"created", "edited", "processed"})

_NO_LETTERS = re.compile(r"[\W\d_]+")
_NO_WORD = re.compile(r"[\W_]+")


def names_nobody(text: str) -> bool:
    """Return whether a text is none that somebody has written to be named."""
    text = text.casefold().replace("'", "").replace("’", "")
    words = _NO_LETTERS.sub(" ", text).split()
    if all(word in _BLANK or word.removesuffix("s") in _BLANK for word in words):
        return True
    return " ".join(words) in _PHRASES or _is_program(words) or _is_camera(text)


def _is_program(words: list[str]) -> bool:
    """Return whether words are those of a program: "Adobe Photoshop", "Created with GIMP"."""
    first, second = words[0], words[1] if len(words) > 1 else ""
    if first == "adobe":
        return second in _PROGRAMS
    return first in _MADE and second == "with" and "by" not in words


def _is_camera(text: str) -> bool:
    """Return whether a text is that of a camera: "OLYMPUS DIGITAL CAMERA", "NIKON D90"."""
    words = _NO_WORD.sub(" ", text).split()
    return words[0] in _MAKERS and all(
        word in _MAKERS or word in _DEVICES or any(sign.isdigit() for sign in word)
        for word in words
    )
