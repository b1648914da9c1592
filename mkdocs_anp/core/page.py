"""The reading of pages: from a source text, and what the engine made of it, to a post.

An engine reads each page's front matter in its own way, and other plugins change it before and
after us. So a page is read in two steps: `begin` at once, to save what the engine lost and to
look at what the page itself says; `read` when all others have had their turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from os.path import commonprefix
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_anp.core.blocks import MAX_BLOCK, Block, front_matter_block
from mkdocs_anp.core.fields import NUMBER_TYPES, Field, entry_field
from mkdocs_anp.core.frontmatter import FrontMatter
from mkdocs_anp.core.keys import Path, as_written, canonical_items, canonical_key, key_text
from mkdocs_anp.core.page_keys import KNOWN, Icons, check_page_keys
from mkdocs_anp.core.post import Post, PostRules, read_post
from mkdocs_anp.core.post_files import PostFiles
from mkdocs_anp.core.problems import WHOLE, Problem, Span, excerpt, place_of
from mkdocs_anp.core.quoting import quoted
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.repeated_keys import may_repeat_a_key
from mkdocs_anp.core.settings import SETTINGS_KEY, is_enabled
from mkdocs_anp.core.yaml_text import YamlText

if TYPE_CHECKING:
    from mkdocs_anp.core.recovery import Recovered

_FENCE_NEAR_TOP = re.compile(r"(?:[^\n]*\n){0,5}?(?:---|\+\+\+)")
_COMMENT_AS_VALUE = re.compile(r":[ \t]+#\S")
_OTHER_BASE = re.compile(r":[ \t]+[-+]?(?:0\d|\d+:\d)")
_PINS = ("pin", "exclude")


class _Begun(NamedTuple):
    reader: Reader
    text: YamlText
    repeats_a_key: bool | None
    recovered: Recovered | None
    source: str
    """The text of the file."""


def _no_defaults(source: str) -> Sequence[YamlText]:
    return ()


class PageReader:
    """Reads the pages of one build."""

    def __init__(
        self,
        rules: PostRules,
        *,
        icons: Icons | None = None,
        posts: PostFiles | None = None,
        defaults: Callable[[str], Sequence[YamlText]] = _no_defaults,
        is_checked: bool = True,
    ) -> None:
        """Start a build.

        Args:
            rules: What the site says about its posts.
            icons: The icons of Material; None where the theme is another one.
            posts: The source files of the site; None where nobody knows them.
            defaults: Gives the files with defaults for a page's front matter, the nearest first.
            is_checked: Whether anybody wants to know of keys that stand twice.
        """
        self._is_checked = is_checked
        self._rules = rules
        self._icons = icons
        self._posts = posts
        self._defaults = defaults
        self._begun: dict[str, _Begun] = {}
        self._bodies: dict[str, str] = {}
        self._references: dict[str, str] = {}

    def begin(
        self,
        source: str,
        text: str,
        markdown: str,
        meta: MutableMapping[Any, Any],
        repeats_a_key: bool | None = None,
    ) -> str | None:
        """Begin a page: save its front matter where the engine lost it.

        Args:
            source: Path of the source file, relative to the docs directory.
            text: What stands in the file.
            markdown: What the engine takes for the page's Markdown.
            meta: The front matter as the engine has read it. It gets what was lost, and harmless
                values in place of those with which Material would stop.
            repeats_a_key: Whether a key stands twice in it; None where nobody has looked.

        Returns:
            The Markdown without the front matter, where it was still in it.
        """
        recovered = _recovered(source, text, markdown)
        if recovered:
            own = YamlText(
                lambda: Block(recovered.block, recovered.first_line, recovered.offset), source
            )
            meta.clear()
            meta.update(recovered.meta)
        else:
            own = YamlText(lambda: front_matter_block(text), source)
        defaults = self._defaults(source)
        reader = Reader(source, FrontMatter([own, *defaults]), self._posts)
        if is_too_large(text):
            _report_too_large(source, text, reader)
        if recovered:
            reader.problems += recovered.problems
        elif meta and not text.startswith("---"):
            _report_eaten_text(source, text, meta, reader)
        for key, value in check_page_keys(meta, reader, self._icons).items():
            if value is None:
                del meta[key]
            else:
                meta[key] = value
        # Later is cheaper, when pages are read some at a time; but not once defaults are merged in.
        if defaults and repeats_a_key is None:
            repeats_a_key = may_repeat_a_key(own.text, meta)
        shown = text if recovered else ""
        self._begun[source] = _Begun(reader, own, repeats_a_key, recovered, shown)
        body = recovered.body if recovered else None
        if self._is_checked:
            self._bodies[source] = markdown if body is None else body
        return body

    def read(
        self, source: str, meta: MutableMapping[Any, Any]
    ) -> tuple[Post | None, list[Problem]]:
        """Return the post that a page is, or None if it is none, and what is wrong with it.

        Args:
            source: Path of the source file.
            meta: The front matter, defaults of other plugins merged in.
        """
        markdown = self._bodies.pop(source, "")
        begun = self._begun.pop(source, None)
        reader = begun.reader if begun else Reader(source, FrontMatter([]), self._posts)
        if begun and self._is_checked and _repeats_a_key(begun, meta):
            _report_repeated_keys(begun.text, reader)
        if begun and self._is_checked and _COMMENT_AS_VALUE.search(begun.text.text):
            _report_comments(begun.text, reader)
        if begun and self._is_checked and _OTHER_BASE.search(begun.text.text):
            self._report_numbers(begun.text, reader)
        post = read_post(reader, source, meta, self._rules)
        settings = meta.get(SETTINGS_KEY)
        if isinstance(settings, dict):
            _check_pins(settings, reader)
        if post is not None:
            self._check_reference(post, meta, reader)
            self._check_checklist(post, meta, markdown, reader)
        if settings is not None and not is_enabled("validation", settings):
            return post, []
        if begun and begun.recovered:
            return post, _own_problems(reader.problems, begun.recovered, begun.source)
        return post, reader.problems

    def _report_numbers(self, text: YamlText, reader: Reader) -> None:
        """Report numbers of number fields that are not what they look like."""
        for path, span, written in text.numbers_read_otherwise():
            field = self._declared(path)
            if field is None or field.type not in NUMBER_TYPES:
                continue
            digits = written.lstrip("+-0_") or "0"
            reader.report(
                "wrong-type",
                path,
                f"YAML does not read {written} as it looks: it counts to another base than 10",
                f"write {digits}" if digits.isdecimal() else "write one number, in plain digits",
                found=text.locate(span),
            )

    def _declared(self, path: Path) -> Field | None:
        """Return the declaration of the field at a path of the front matter."""
        field: Field | None = self._rules.top
        keys = [key if type(key) is int else canonical_key(key_text(key)) for key in path]
        if self._rules.meta_key:
            if keys[:1] != [canonical_key(self._rules.meta_key)]:
                return None
            keys = keys[1:]
        for key in keys:
            if field is None:
                return None
            field = field.of if type(key) is int else entry_field(field, str(key))
        return field

    def _check_checklist(
        self, post: Post, meta: MutableMapping[Any, Any], markdown: str, reader: Reader
    ) -> None:
        """Report what is wrong with a post's checklist, unless it is switched off there."""
        value = post.fields.get("checklist")
        if value is None or not self._is_checked or not post.settings.checklist.enabled:
            return
        from mkdocs_anp.core.checklist.checking import check_checklist, is_right
        from mkdocs_anp.core.checklist.section import section_of  # not above: both are of a feature

        wanted = self._rules.section_headings
        is_whole = value is self._field_as_built(meta, ("checklist",))
        if is_whole and is_right(value, markdown, wanted):
            return
        section = section_of(markdown, wanted)
        path = as_written(meta, [self._rules.meta_key, "checklist"])
        check_checklist(value, self._field_as_built(meta, path[-1:]), path, section, reader)

    def _field_as_built(self, meta: MutableMapping[Any, Any], path: Path) -> Any:
        """Return what YAML built of a field; its key is the only one of a path."""
        fields: Any = meta
        if self._rules.meta_key:
            fields = meta.get(as_written(meta, [self._rules.meta_key])[0])
        return fields.get(path[0]) if isinstance(fields, dict) else None

    def _check_reference(self, post: Post, meta: MutableMapping[Any, Any], reader: Reader) -> None:
        """Report a reference that another page has."""
        reference = post.fields.get("reference")
        if not isinstance(reference, str):
            return
        other = self._references.setdefault(reference, post.source)
        if other == post.source:
            return
        path = as_written(meta, [self._rules.meta_key, "reference"])
        if reader.is_own(path):  # defaults give many pages the same
            reader.report(
                "duplicate-reference",
                path,
                f"the reference {excerpt(reference)} is that of {other} already",
                "write another one: a reference names one post of the site",
            )


def is_too_large(text: str) -> bool:
    """Return whether a page's front matter is too long to be parsed once more."""
    return len(text) > MAX_BLOCK and len(front_matter_block(text).text) > MAX_BLOCK


def _report_too_large(source: str, text: str, reader: Reader) -> None:
    message = f"the front matter has more than {MAX_BLOCK:,} characters; it is not checked"
    help_text = "move the bulk of it into a file of its own"
    place = place_of(text, Span(0, 3))
    reader.problems.append(Problem(source, WHOLE, "too-large", message, help_text, place))


def _own_problems(problems: Sequence[Problem], recovered: Recovered, text: str) -> list[Problem]:
    """Return the problems of a page that was mended, without those that the mending made.

    What stands on a line that was changed is known only when its author has mended it.
    """
    told, lines = recovered.problems, text.split("\n")
    places = {problem.place[:2] for problem in told if problem.place}
    others = [
        _in_file(problem, told[0].source, lines)
        for problem in problems
        if problem not in told
        and (problem.place is None or problem.place[:2] not in places)
        and not _is_of_mending(problem, recovered, lines)
    ]
    return [*told, *others]


def _is_of_mending(problem: Problem, recovered: Recovered, lines: Sequence[str]) -> bool:
    """Return whether what is wrong stands behind the first change of its line."""
    place = problem.place
    if place is None or place.line not in recovered.changed or place.line > len(lines):
        return False
    same = commonprefix([lines[place.line - 1], place.text])  # noqa: RUF071 (texts, not paths)
    return place.end - 1 > place.cut + len(same)


def _in_file(problem: Problem, source: str, lines: Sequence[str]) -> Problem:
    """Return a problem with its place in the file, where it was found in a mended copy."""
    place = problem.place
    if place is None or problem.source != source:
        return problem
    if place.line > len(lines):
        return problem.at(None)
    line = lines[place.line - 1]
    if line.startswith(place.text, place.cut):
        return problem
    marked = place.text[place.column - place.cut - 1 : place.end - place.cut - 1]
    start = line.find(marked) if line.count(marked) == 1 else -1
    if start < 0:  # it does not stand in the file as it is marked: mark the line
        start, marked = len(line) - len(line.lstrip()), line.strip()
    first = len("\n".join([*lines[: place.line - 1], ""]))
    span = Span(first + start, first + start + len(marked))
    return problem.at(place_of("\n".join(lines), span))


def _repeats_a_key(begun: _Begun, meta: MutableMapping[Any, Any]) -> bool:
    if begun.repeats_a_key is not None:
        return begun.repeats_a_key
    return bool(meta) and may_repeat_a_key(begun.text.text, meta)


def _is_lost(text: str, markdown: str) -> bool:
    """Return whether a page may have front matter that the engine has not taken away."""
    if text.startswith("---"):
        return len(markdown) >= len(text.rstrip("\n"))
    return _FENCE_NEAR_TOP.match(text) is not None


def _recovered(source: str, text: str, markdown: str) -> Recovered | None:
    """Return what was saved of a page's front matter; None where nothing was lost."""
    if not _is_lost(text, markdown):
        return None
    # Only now: most sites need none of it, and its many expressions take 30 ms to compile.
    from mkdocs_anp.core.recovery import recover

    return recover(source, _lost(text, markdown))


def _lost(text: str, markdown: str) -> str:
    """Return the text that holds what the engine has lost.

    It is that of the file, unless another plugin gave the page another source: the engine takes
    away lines at the start and nothing else.
    """
    return text if text.endswith(markdown) else markdown


def _report_eaten_text(
    source: str, text: str, meta: MutableMapping[Any, Any], reader: Reader
) -> None:
    """Report first lines that MkDocs takes for meta data of the MultiMarkdown kind."""
    if any(canonical_key(key_text(key)) in KNOWN for key in meta):
        return  # sites that use it write at least one of these
    end = text.find("\n")
    line = text if end < 0 else text[:end]
    message = (
        f"MkDocs takes this line for meta data ({excerpt(next(iter(meta)))}) and leaves it out"
    )
    help_text = "put an empty line above it, so that it stands on the page"
    place = place_of(text, Span(0, len(line)))
    reader.problems.append(Problem(source, WHOLE, "eaten-text", message, help_text, place))


def _report_repeated_keys(text: YamlText, reader: Reader) -> None:
    for path, span, first in text.repeated_keys():
        if reader.is_full:  # to find each place takes as long as the text is
            reader.report("duplicate-key", path, "")
            return
        found = text.locate(span)
        is_here = found.place is not None and found.place.line == first
        other = "the one before it" if is_here else f"that of line {first}"
        reader.report(
            "duplicate-key",
            path,
            f"{excerpt(path[-1])} stands here a second time; only the last one counts",
            f"remove this one, or {other}",
            found=found,
        )


def _report_comments(text: YamlText, reader: Reader) -> None:
    for path, span, comment in text.comments_as_values():
        reader.report(
            "unquoted-text",
            path,
            "a # behind a space begins a comment, so this field has no value",
            f"if it belongs to the text, put it in quotes: {quoted(comment)}",
            found=text.locate(span),
        )


def _check_pins(settings: MutableMapping[Any, Any], reader: Reader) -> None:
    """Report pins of similar posts that lead to no file."""
    for feature, raw, value in canonical_items(settings):
        if feature != "similar_posts" or not isinstance(value, dict):
            continue
        for name, inner, links in canonical_items(value):
            if name in _PINS:
                path = (SETTINGS_KEY, raw, inner)
                for place, link in _texts(links, path):
                    reader.check_link(link, place)


def _texts(value: Any, path: Path) -> Iterable[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        yield from (((*path, i), item) for i, item in enumerate(value) if isinstance(item, str))
