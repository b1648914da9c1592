"""Settings of the features, and how a page's own `anp:` front matter changes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, get_args

from mkdocs_anp.core.keys import canonical_items, key_text
from mkdocs_anp.core.problems import Target, excerpt
from mkdocs_anp.core.reading import Reader
from mkdocs_anp.core.suggest import suggestion

SETTINGS_KEY = "anp"
FEATURES = (
    "meta_box",
    "checklist",
    "image_credits",
    "similar_posts",
    "structured_data",
    "review",
    "validation",
    "preview",
)
"""The features a page may name under `anp:`; a page may be ahead of the installed version."""

Position: TypeAlias = Literal["start", "end", "marker", "template"]
ReadingTime: TypeAlias = Literal["given", "auto"]
Figures: TypeAlias = Literal["auto", "off"]
PageList: TypeAlias = Literal["auto", "always", "never"]
Look: TypeAlias = Literal["list", "cards"]

MAX_SIMILAR_POSTS = 50
"""The most posts that a page's section may be told to name."""


@dataclass(frozen=True, slots=True)
class MetaBoxSettings:
    """How the meta box of a page is made.

    Attributes:
        enabled: Whether there is a meta box, and a glance line.
        position: Where the box stands, unless a marker in the Markdown says otherwise.
        title: The heading of the box; "" takes the words of the site's language.
        glance: Whether the glance line stands under the title.
        reading_time: `auto` counts the words where the post gives no reading time.
    """

    enabled: bool = True
    position: Position = "end"
    title: str = ""
    glance: bool = True
    reading_time: ReadingTime = "given"


@dataclass(frozen=True, slots=True)
class ChecklistSettings:
    """How the checklist of a page is made.

    Attributes:
        enabled: Whether there is a checklist.
        position: Where it stands, unless a marker in the Markdown says otherwise.
        title: Its heading; "" takes the words of the site's language.
        task_lists: Whether lists of tasks in the Markdown (`- [ ]`) are checklists, too.
        share: Whether a link with the reader's ticks can be copied.
    """

    enabled: bool = True
    position: Position = "end"
    title: str = ""
    task_lists: bool = False
    share: bool = False


@dataclass(frozen=True, slots=True)
class ImageCreditsSettings:
    """How the images of a page are credited.

    Attributes:
        enabled: Whether images get captions and credits.
        position: Where the page's list stands, unless a marker in the Markdown says otherwise.
        title: The heading of the list; "" takes the words of the site's language.
        figures: `auto` makes a figure of an image that stands alone; `off` makes none.
        page_list: Which credits the page's list has: `auto` those that no figure shows.
    """

    enabled: bool = True
    position: Position = "end"
    title: str = ""
    figures: Figures = "auto"
    page_list: PageList = "auto"


@dataclass(frozen=True, slots=True)
class StructuredDataSettings:
    """What a page tells search engines.

    Attributes:
        enabled: Whether it tells them anything.
    """

    enabled: bool = True


@dataclass(frozen=True, slots=True)
class SimilarPostsSettings:
    """Which similar posts a page names, and how.

    Attributes:
        enabled: Whether the page has a section of similar posts.
        position: Where it stands, unless a marker in the Markdown says otherwise.
        title: Its heading; "" takes the words of the site's language.
        look: A list, or cards side by side.
        limit: How many posts it names at most.
        min_score: What score a post needs to be named.
        newer: Whether posts newer than the page may be named.
        unreviewed: Whether posts that need human review may be named.
        reasons: Whether it says why each post is there.
        appear: Whether other pages may name this page.
        pin: Paths of pages that come first, relative to this page.
        exclude: Paths of pages that this page never names.
    """

    enabled: bool = True
    position: Position = "end"
    title: str = ""
    look: Look = "list"
    limit: int = 5
    min_score: float = 0.0
    newer: bool = True
    unreviewed: bool = True
    reasons: bool = True
    appear: bool = True
    pin: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Placed(Protocol):
    """The settings of a feature that has a place on the page."""

    @property
    def enabled(self) -> bool:
        """Whether the page has it."""

    @property
    def position(self) -> Position:
        """Where it stands, unless a marker in the Markdown says otherwise."""


FeatureSettings = TypeVar(
    "FeatureSettings",
    MetaBoxSettings,
    ChecklistSettings,
    ImageCreditsSettings,
    StructuredDataSettings,
    SimilarPostsSettings,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of all features, of a site or of a page."""

    meta_box: MetaBoxSettings = MetaBoxSettings()
    checklist: ChecklistSettings = ChecklistSettings()
    image_credits: ImageCreditsSettings = ImageCreditsSettings()
    structured_data: StructuredDataSettings = StructuredDataSettings()
    similar_posts: SimilarPostsSettings = SimilarPostsSettings()


_CHOICES = {
    "position": get_args(Position),
    "reading_time": get_args(ReadingTime),
    "figures": get_args(Figures),
    "page_list": get_args(PageList),
    "look": get_args(Look),
}
MAX_TEXT = 200
"""How many characters a setting that is a text, such as a title, has at most."""
RANGES: Mapping[str, tuple[float, float]] = {"limit": (1, MAX_SIMILAR_POSTS), "min_score": (0, 1)}
"""The least and the greatest value of settings that are numbers."""
_IMPLEMENTED = tuple(field.name for field in fields(Settings))


def is_enabled(feature: str, value: Any) -> bool:
    """Return whether a page whose front matter says `anp: value` leaves a feature on."""
    if not isinstance(value, dict):
        return value is not False
    return all(name != feature or item is not False for name, _, item in canonical_items(value))


def read_settings(defaults: Settings, value: Any, reader: Reader) -> Settings:
    """Return the settings of a page whose front matter says `anp: value`.

    Args:
        defaults: The site's settings.
        value: A mapping of features, or false to switch all of them off.
        reader: Takes the problems; a setting that is wrong keeps the site's value.
    """
    if value is None or value is True:
        return defaults
    if value is False:
        off = {name: replace(getattr(defaults, name), enabled=False) for name in _IMPLEMENTED}
        return replace(defaults, **off)
    if not isinstance(value, dict):
        message = f"{excerpt(value)} is no mapping of features"
        reader.report("wrong-setting", (SETTINGS_KEY,), message, "write false, or a mapping")
        return defaults
    changes: dict[str, Any] = {}
    for feature, raw, setting in canonical_items(value):
        if feature in _IMPLEMENTED:
            path = (SETTINGS_KEY, raw)
            changes[feature] = _feature_settings(getattr(defaults, feature), setting, reader, path)
        elif feature not in FEATURES:
            reader.report(
                "wrong-setting",
                (SETTINGS_KEY, raw),
                f"there is no feature {excerpt(raw)}",
                _one_of(feature, FEATURES),
                target="key",
            )
    return replace(defaults, **changes) if changes else defaults


def _feature_settings(
    defaults: FeatureSettings, value: Any, reader: Reader, path: tuple[Any, ...]
) -> FeatureSettings:
    if value is None:
        return defaults
    if isinstance(value, bool):
        return replace(defaults, enabled=value)
    if not isinstance(value, dict):
        message = f"{excerpt(value)} is no mapping of settings"
        reader.report("wrong-setting", path, message, "write true, false, or a mapping")
        return defaults
    names = [field.name for field in fields(defaults)]
    changes: dict[str, Any] = {}
    for name, raw, setting in canonical_items(value):
        setting = as_choice(setting, _CHOICES.get(name, ()))
        if name not in names:
            message, cure = f"there is no setting {excerpt(raw)}", _one_of(name, names)
        elif name in _CHOICES and setting not in _CHOICES[name]:
            message = f"{excerpt(setting)} is not one of: {', '.join(_CHOICES[name])}"
            cure = _one_of(key_text(setting), _CHOICES[name])
        else:
            read, wanted = _read_setting(name, setting, getattr(defaults, name))
            if not wanted:
                changes[name] = read
                continue
            message, cure = f"{excerpt(setting)} is not {wanted}", f"write {wanted}"
        target: Target = "value" if name in names else "key"
        reader.report("wrong-setting", (*path, raw), message, cure, target=target)
    return replace(defaults, **changes)


def as_choice(value: Any, choices: Collection[str]) -> Any:
    """Return the value of a setting that is one of some words: YAML reads `off` as false."""
    return "off" if value is False and "off" in choices else value


def _read_setting(name: str, value: Any, default: Any) -> tuple[Any, str]:
    """Return the value of a setting, and what is wanted instead where it is of no use."""
    if isinstance(default, tuple):
        texts = [value] if isinstance(value, str) else value
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            return tuple(texts), ""
        return default, "a list of paths"
    if name in RANGES:
        least, most = RANGES[name]
        is_number = type(value) in (int, float) and least <= value <= most
        if is_number and type(default)(value) == value:
            return type(default)(value), ""
        kind = "whole number" if isinstance(default, int) else "number"
        return default, f"a {kind} from {least} to {most}"
    if isinstance(value, str) and len(value) > MAX_TEXT:
        return default, f"a text of at most {MAX_TEXT} characters"
    if type(value) is type(default):
        return value, ""
    return default, "true or false" if isinstance(default, bool) else "a text"


def _one_of(word: str, known: Sequence[str]) -> str:
    """Return what to write instead of an unknown word."""
    meant = suggestion(word, known)
    return f"write {meant}" if meant else f"write one of: {', '.join(known)}"
