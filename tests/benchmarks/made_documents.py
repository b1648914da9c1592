"""Documents for the benchmarks of similar posts: from the content synthesizer, or resampled."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs_anp.core.similar_posts.document import Document
from mkdocs_anp.synth import heading_of, post_text

_FIELD = re.compile(r"^( *)([a-z_]+): (.*)$", re.MULTILINE)
_ENTITY = re.compile(r"\{name: (.+?), type:")
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^##+ (.*)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)#\s]+\.md)\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")


def made_document(site: int, index: int) -> Document:
    """Return a post of the synthesizer as a document."""
    path = heading_of(site, index).path
    _, front, body = post_text(site, index).split("---\n", 2)
    found = {key: value.strip().strip('"') for _, key, value in _FIELD.findall(front)}
    links = tuple(_target(path, address) for _, address in _LINK.findall(body))
    code = "\n".join(match[0] for match in _CODE.finditer(body))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", _CODE.sub("", body)))
    return Document(
        id=path,
        date=date.fromisoformat(found["date"]),
        title=found["title"],
        summary=found.get("summary", ""),
        headings=tuple(_HEADING.findall(text)),
        body=text,
        code=code,
        topic=(found["topic"],),
        stack=_list(found.get("stack", "")),
        tools=_list(found.get("tools", "")),
        entities=tuple(name.strip('"') for name in _ENTITY.findall(front)),
        tags=_list(found.get("tags", "")),
        links=links,
    )


def meta_only(document: Document, body: str) -> Document:
    """Return the document with nothing but its meta to tell what it is about."""
    return Document(
        id=document.id,
        date=document.date,
        title="Note",
        body=body,
        topic=document.topic,
        stack=document.stack,
        tools=document.tools,
        entities=document.entities,
    )


def resampled(pages: Sequence[dict[str, Any]], count: int, seed: int) -> Iterator[Document]:
    """Yield documents of 300 to 600 words that are cut from real pages, three pieces each."""
    draws = random.Random(seed)
    words = [str(page["body"]).split() for page in pages]
    words = [some for some in words if len(some) >= 100]
    for index in range(count):
        pieces: list[str] = []
        for _ in range(3):
            source = draws.choice(words)
            start = draws.randrange(max(1, len(source) - 100))
            pieces += source[start : start + draws.randint(100, 200)]
        title = " ".join(pieces[: draws.randint(3, 8)])
        yield Document(id=f"{index:06}.md", title=title, body=" ".join(pieces))


def pages_of(path: Path) -> list[dict[str, Any]]:
    """Return the pages of a corpus: one JSON object a line, packed with gzip or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _target(path: str, address: str) -> str:
    folder = path.rpartition("/")[0]
    return address[3:] if address.startswith("../") else f"{folder}/{address}"


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip().strip('"') for item in text.strip("[]").split(",") if item.strip())
