"""The options in `mkdocs.yml`.

What only the options of one feature need is imported where they have a value: most sites have
none, or have the feature off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, Config, ValidationError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from pathspec import GitIgnoreSpec

from mkdocs_anp.core.codes import CODES
from mkdocs_anp.core.fields import Field
from mkdocs_anp.core.levels import ALL, Levels, Rule
from mkdocs_anp.core.post import PostRules
from mkdocs_anp.core.problems import Level
from mkdocs_anp.core.settings import (
    RANGES,
    ChecklistSettings,
    Figures,
    ImageCreditsSettings,
    Look,
    MetaBoxSettings,
    PageList,
    Position,
    ReadingTime,
    Settings,
    SimilarPostsSettings,
    StructuredDataSettings,
)
from mkdocs_anp.core.site_fields import FieldError, site_fields
from mkdocs_anp.core.suggest import suggestion

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_anp.core.image_credits.audit import Policy
    from mkdocs_anp.core.image_credits.providers import Provider
    from mkdocs_anp.core.similar_posts.weights import Weights

_Options = TypeVar("_Options", bound=Config)

# Public names of mkdocs.config.base are few; these are the shapes its validate() returns.
_Errors = list[tuple[str, Exception]]
_Warnings = list[tuple[str, str]]


class StrictConfig(Config):
    """Options of which an unknown one is an error: a misspelt option does nothing, silently."""

    def validate(self) -> tuple[_Errors, _Warnings]:
        """Return the errors and warnings of all options."""
        errors, warnings = super().validate()
        options = type(self)
        known = {n for n in dir(options) if isinstance(getattr(options, n), BaseConfigOption)}
        unknown = [name for name in self if name not in known]
        message = f"no such option; known are {', '.join(sorted(known))}"
        errors.extend((name, ValidationError(message)) for name in unknown)
        return errors, [warning for warning in warnings if warning[0] not in unknown]


class Feature(c.SubConfig[_Options]):
    """The options of a feature; true or false instead switch it on or off."""

    def run_validation(self, value: object) -> _Options:
        """Return the options; nothing behind the name of the feature means the defaults."""
        if value is None:
            value = {}
        elif isinstance(value, bool):
            value = {"enabled": value}
        return super().run_validation(value)


class Patterns(c.ListOfItems[str]):
    """Patterns as in `.gitignore`."""

    def run_validation(self, value: object) -> list[str]:
        """Return the patterns, of which each one can be used; none where nothing is written."""
        patterns = super().run_validation([] if value is None else value)
        for pattern in patterns:
            try:
                GitIgnoreSpec.from_lines([pattern])
            except (ValueError, re.error) as error:
                message = f"{pattern!r} is no pattern as in a .gitignore file ({error})"
                raise ValidationError(message) from error
        return patterns


class Labels(c.DictOfItems[str]):
    """Texts by the key of what they label."""

    def run_validation(self, value: object) -> dict[str, str]:
        """Return the labels, none where there is nothing behind the option's name."""
        return super().run_validation({} if value is None else value)


class Fields(c.OptionallyRequired[Field]):
    """The fields that a site adds or changes; what it gives are all fields as one mapping."""

    def __init__(self) -> None:
        """Begin with the built-in fields."""
        super().__init__(default={})

    def run_validation(self, value: object) -> Field:
        """Return the declared fields, the built-in ones among them."""
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: the names of fields to what they are")
        try:
            return site_fields(value)
        except FieldError as error:
            raise ValidationError(str(error)) from error


_HINT_PATHS = "; to limit a rule to paths, write the code first: {level: …, paths: […]}"


class LevelRules(BaseConfigOption[Mapping[str, Sequence[Rule]]]):
    """Levels of kinds of problems, for all files or for some."""

    def __init__(self) -> None:
        """Begin with no rules."""
        super().__init__()
        self.default = {}

    def codes(self) -> Collection[str]:
        """Return the codes that may stand there."""
        return *CODES, ALL

    def run_validation(self, value: object) -> Mapping[str, Sequence[Rule]]:
        """Return the rules by code."""
        if not value:
            return {}
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: codes to levels")
        codes = self.codes()
        for code in value:
            if code not in codes:
                meant = suggestion(str(code), codes)
                hint = f"; write {meant}" if meant else _HINT_PATHS if "/" in str(code) else ""
                raise ValidationError(f"there is no kind of problem {code!r}{hint}")
        return {code: list(self._rules(code, rules)) for code, rules in value.items()}

    def _rules(self, code: str, value: object) -> Iterator[Rule]:
        for rule in value if isinstance(value, list) else [value]:
            if not isinstance(rule, dict):
                yield Rule(_level(rule, code))
                continue
            if not rule.keys() <= {"level", "paths"} or "level" not in rule:
                raise ValidationError(f"{code}: write {{level: …, paths: […]}}")
            paths = rule.get("paths")
            level = _level(rule["level"], code)
            if paths is None:
                yield Rule(level)
            else:
                yield Rule(level, matcher(Patterns(c.Type(str)).run_validation(paths)))


class ImageRules(LevelRules):
    """Levels of what is told about images."""

    def codes(self) -> Collection[str]:
        """Return the codes that may stand there."""
        from mkdocs_anp.core.image_credits.audit import RULES

        return RULES


def matcher(patterns: list[str]) -> Callable[[str], bool]:
    """Return what tells whether a path matches patterns as in `.gitignore`."""
    return GitIgnoreSpec.from_lines(patterns).match_file


def _level(value: object, code: str) -> Level:
    """Return a level; YAML takes `off` for false."""
    level = "off" if value is False else value
    if level not in get_args(Level):
        raise ValidationError(f"{code}: {value!r} is not one of {', '.join(get_args(Level))}")
    return cast("Level", level)


class LevelOption(c.OptionallyRequired[Level]):
    """A level of problems; None where it is not given and has no default."""

    def run_validation(self, value: object) -> Level:
        """Return the level."""
        return _level(value, "the level")


class ValidationOptions(StrictConfig):
    """What is done about problems of front matter."""

    enabled = c.Type(bool, default=True)
    """Whether problems are told at all."""

    level = LevelOption(default="warn")
    """How much a problem matters of which `rules` say nothing: off, info, warn or error."""

    unknown_fields = c.Optional(LevelOption())
    """How much an unknown field matters; short for a rule of `unknown-field`."""

    rules = LevelRules()
    """Levels by code, for all files or for those that match patterns."""

    baseline = c.Optional(c.Type(str))
    """A file with problems that are known, from `mkdocs-anp check --write-baseline`."""

    def levels(self, rules_of_features: Mapping[str, Sequence[Rule]] | None = None) -> Levels:
        """Return the levels of the site; rules that stand here win over those of features."""
        if not self.enabled:
            return Levels("off")
        rules = {**(rules_of_features or {}), **self.rules}
        if self.unknown_fields is not None and "unknown-field" not in rules:
            rules["unknown-field"] = [Rule(self.unknown_fields)]
        return Levels(self.level, rules)


class CreditFormatOption(c.OptionallyRequired[str]):
    """A format of captions with credits; empty for the words of the site's language."""

    def run_validation(self, value: object) -> str:
        """Return the format."""
        if value == "":
            return ""
        from mkdocs_anp.core.image_credits.credit import CAPTION, SOURCE, CreditFormat, FormatError

        if not isinstance(value, str):
            raise ValidationError(f"write a text such as '{CAPTION}. image source: {SOURCE}'")
        try:
            CreditFormat.parse(value)
        except FormatError as error:
            raise ValidationError(str(error)) from error
        return value


class PagePath(c.OptionallyRequired[str]):
    """The source path of a page; None for none."""

    def run_validation(self, value: object) -> str:
        """Return the path, relative to the docs directory, with `/`."""
        path = PurePosixPath(value.replace("\\", "/")) if isinstance(value, str) else None
        if path is None or path.suffix != ".md" or path.is_absolute() or ".." in path.parts:
            raise ValidationError(
                f"{value!r} is no path of a Markdown file in the docs directory, such as credits.md"
            )
        return path.as_posix()


_PROVIDER_KEYS = frozenset({"hosts", "key", "hotlink"})


class ProviderOptions(BaseConfigOption["Sequence[Provider]"]):
    """Providers of images that the site adds to the known ones, or changes."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.default = ()

    def run_validation(self, value: object) -> Sequence[Provider]:
        """Return the providers."""
        if value is None or value == () or value == {}:
            return ()
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: the names of providers to what they are")
        return [_provider(str(name), rule) for name, rule in value.items()]


def _provider(name: str, rule: object) -> Provider:
    from mkdocs_anp.core.image_credits.providers import HotlinkPolicy, Provider

    if not isinstance(rule, dict) or not rule.keys() <= _PROVIDER_KEYS:
        raise ValidationError(f"{name}: write {{hosts: […], key: …, hotlink: …}}")
    hosts, key, hotlink = rule.get("hosts"), rule.get("key", ""), rule.get("hotlink", "allowed")
    if isinstance(hosts, str):
        hosts = [hosts]
    if not isinstance(hosts, list) or not all(isinstance(h, str) and h for h in hosts) or not hosts:
        raise ValidationError(f"{name}: hosts has to be a list of hosts, such as [example.org]")
    if hotlink not in get_args(HotlinkPolicy):
        raise ValidationError(f"{name}: hotlink has to be allowed or forbidden, not {hotlink!r}")
    try:
        pattern = re.compile(str(key))
    except re.error as error:
        raise ValidationError(f"{name}: the key {key!r} is no pattern ({error})") from error
    if key and not pattern.groups:
        raise ValidationError(f"{name}: the key needs a group () around the name of the image")
    return Provider(name, tuple(h.lower().removeprefix("www.") for h in hosts), str(key), hotlink)


class ImageCreditsOptions(StrictConfig):
    """Captions and credits of images."""

    enabled = c.Type(bool, default=True)
    """Whether images of posts get captions and credits."""

    format = CreditFormatOption(default="")
    """Caption and credit; empty for "{caption}. image source: {source}" in the site's language."""

    figures = c.Choice(get_args(Figures), default="auto")
    """Whether an image that stands alone becomes a figure."""

    page_list = c.Choice(get_args(PageList), default="auto")
    """Which credits the page's list has; `auto`: those that no figure shows."""

    position = c.Choice(get_args(Position), default="end")
    """Where the list stands: under the title, at the end, at a marker, or in your template."""

    title = c.Type(str, default="")
    """The heading of the list; empty for "Image credits" in the site's language."""

    site_page = c.Optional(PagePath())
    """The source path of a page that lists all images of the site; it need not exist."""

    sources = ProviderOptions()
    """Providers of images that the site adds to the known ones, or changes."""

    own_hosts = c.ListOfItems(c.Type(str), default=[])
    """Hosts of your own, whose images need no credit."""

    local = c.Choice(("own", "require"), default="own")
    """Whether images of the site itself need a credit, too."""

    embedded_metadata = c.Type(bool, default=True)
    """Whether an image without an entry is credited by what its file says of itself."""

    lazy = c.Type(bool, default=True)
    """Whether all images but a page's first are loaded when the reader comes near."""

    rules = ImageRules()
    """Levels of what is told about images."""

    def settings(self) -> ImageCreditsSettings:
        """Return the options as the core's settings."""
        return ImageCreditsSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            figures=cast("Figures", self.figures),
            page_list=cast("PageList", self.page_list),
        )

    def policy(self, config: MkDocsConfig) -> Policy:
        """Return what the site demands of its images."""
        from mkdocs_anp.core.image_credits.addresses import parse_address
        from mkdocs_anp.core.image_credits.audit import Policy
        from mkdocs_anp.core.image_credits.providers import Providers

        own = {parse_address(f"//{host}").host for host in self.own_hosts}
        if config.site_url:
            own.add(parse_address(config.site_url).host)
        privacy = config.plugins.get("material/privacy")
        return Policy(
            Providers(self.sources),
            own_hosts=frozenset(own - {""}),
            requires_local=self.local == "require",
            stores_copies=bool(privacy and privacy.config.enabled and privacy.config.assets),
        )


class Ignored(BaseConfigOption[Sequence[tuple[str, str]]]):
    """What similar posts do not look at: names of signals, or single values of some of them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.default = ()

    def run_validation(self, value: object) -> Sequence[tuple[str, str]]:
        """Return pairs of a signal and a value, "" for all of its values."""
        items = [] if value is None else value if isinstance(value, (list, tuple)) else [value]
        return [pair for item in items for pair in self._pairs(item)]

    def _pairs(self, item: object) -> Iterator[tuple[str, str]]:
        from mkdocs_anp.core.similar_posts.document import SETS, folded_value
        from mkdocs_anp.core.similar_posts.from_post import SIGNALS, parts_of_topic

        if isinstance(item, str):
            yield _known(item, SIGNALS, "signal"), ""
        elif isinstance(item, dict):
            for name, values in item.items():
                _known(name, SETS, "set of values")
                for text in values if isinstance(values, list) and values else [values]:
                    if not isinstance(text, str) or not text.strip():
                        raise ValidationError(f"{name}: write texts, such as {{{name}: [news]}}")
                    parts = parts_of_topic(text) if name == "topic" else [text]
                    for part in parts:
                        yield name, folded_value(part)
        else:
            raise ValidationError(f"{item!r}: write a name such as tags, or {{tags: [news]}}")


def _known(name: object, names: Collection[str], kind: str) -> str:
    """Return a name, if it is one of these."""
    if name in names:
        return str(name)
    meant = suggestion(str(name), names)
    hint = f"write {meant}" if meant else f"there are {', '.join(names)}"
    raise ValidationError(f"there is no {kind} {name!r}; {hint}")


class WeightsOption(BaseConfigOption["Weights | None"]):
    """Factors for what the signals of similar posts count; None where they stay as they are."""

    def run_validation(self, value: object) -> Weights | None:
        """Return the weights."""
        if value is None:
            return None
        from mkdocs_anp.core.similar_posts.weights import WeightError, Weights

        if isinstance(value, Weights):
            return value
        if not isinstance(value, dict):
            raise ValidationError("write a mapping: names of signals to numbers, such as {tags: 2}")
        names = [channel.name for channel in fields(Weights)]
        for name in value:
            _known(name, names, "weight")
        try:
            return Weights().scaled(value)
        except WeightError as error:
            raise ValidationError(str(error)) from error


class InRange(BaseConfigOption[float]):
    """A number between two bounds."""

    def __init__(self, name: str, default: float) -> None:
        """Take the name of the page's setting, whose range it is, and the default."""
        super().__init__()
        self._least, self._most = RANGES[name]
        self.default = default

    def run_validation(self, value: object) -> float:
        """Return the number; nothing behind the option's name means the default."""
        if value is None:
            value = self.default
        kind = type(self.default)
        if type(value) in (int, float) and self._least <= cast("float", value) <= self._most:
            number: float = kind(cast("float", value))
            if number == value:
                return number
        name = "whole number" if kind is int else "number"
        raise ValidationError(f"{value!r} is not a {name} from {self._least} to {self._most}")


class SimilarPostsOptions(StrictConfig):
    """The section of similar posts."""

    enabled = c.Type(bool, default=True)
    """Whether posts end with a section of similar posts."""

    position = c.Choice(get_args(Position), default="end")
    """Where the section stands: under the title, at the end, at a marker, or in your template."""

    title = c.Type(str, default="")
    """The heading of the section; empty for "Similar posts" in the site's language."""

    look = c.Choice(get_args(Look), default="list")
    """A list, or cards side by side."""

    limit = InRange("limit", 5)
    """How many posts a section names at most."""

    min_score = InRange("min_score", 0.0)
    """What score a post needs to be named, from 0 to 1."""

    newer = c.Type(bool, default=True)
    """Whether posts newer than the page may be named."""

    unreviewed = c.Type(bool, default=True)
    """Whether posts that need human review may be named."""

    reasons = c.Type(bool, default=True)
    """Whether the section says why each post is there."""

    weights = WeightsOption()
    """Factors for what each signal counts: 2 doubles it, 0 switches it off."""

    ignore = Ignored()
    """Signals, or single values of them, that make no posts similar."""

    exclude = Patterns(c.Type(str), default=[])
    """Patterns, as in `.gitignore`, of source paths that no section names."""

    json = c.Type(bool, default=False)
    """Whether all sections are written into one file of the site, `similar_posts.json`."""

    cache_dir = c.Type(str, default=".cache/plugin/anp")
    """Where the words of all posts are kept for the next build; empty for nowhere."""

    def settings(self) -> SimilarPostsSettings:
        """Return the options as the core's settings."""
        return SimilarPostsSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            look=cast("Look", self.look),
            limit=int(self.limit),
            min_score=self.min_score,
            newer=self.newer,
            unreviewed=self.unreviewed,
            reasons=self.reasons,
        )

    @property
    def ignored_signals(self) -> frozenset[str]:
        """The signals that count nothing."""
        return frozenset(name for name, value in self.ignore if not value)

    @property
    def ignored_values(self) -> frozenset[tuple[str, str]]:
        """The single values that count nothing, each with its signal."""
        return frozenset((name, value) for name, value in self.ignore if value)

    def scaled_weights(self) -> Weights:
        """Return what each signal counts."""
        from mkdocs_anp.core.similar_posts.weights import Weights

        off = {name: 0.0 for name in ("date", "path") if name in self.ignored_signals}
        return replace(self.weights or Weights(), **off)

    def excludes(self) -> Callable[[str], bool]:
        """Return what tells of a source path whether no section names it."""
        return matcher(self.exclude) if self.exclude else lambda path: False


class StructuredDataOptions(StrictConfig):
    """What pages tell search engines."""

    enabled = c.Type(bool, default=True)
    """Whether pages have data for search engines."""

    def settings(self) -> StructuredDataSettings:
        """Return the options as the core's settings."""
        return StructuredDataSettings(enabled=self.enabled)


class MetaBoxOptions(StrictConfig):
    """The meta box and the glance line."""

    enabled = c.Type(bool, default=True)
    """Whether posts get a meta box."""

    position = c.Choice(("start", "end", "marker", "template"), default="end")
    """Where the box stands: under the title, at the end, at a marker, or in your template."""

    title = c.Type(str, default="")
    """The heading of the box; empty for "Post meta" in the site's language."""

    glance = c.Type(bool, default=True)
    """Whether the glance line stands under the title."""

    reading_time = c.Choice(("given", "auto"), default="given")
    """Whether a missing reading time is computed from the words."""

    def settings(self) -> MetaBoxSettings:
        """Return the options as the core's settings."""
        return MetaBoxSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            glance=self.glance,
            reading_time=cast("ReadingTime", self.reading_time),
        )


class ChecklistOptions(StrictConfig):
    """Checklists."""

    enabled = c.Type(bool, default=True)
    """Whether posts get a checklist that readers can tick."""

    position = c.Choice(("start", "end", "marker", "template"), default="end")
    """Where the list stands that the page does not have itself."""

    title = c.Type(str, default="")
    """The heading of the list; empty for "Checklist" in the site's language."""

    section_headings = c.ListOfItems(c.Type(str), default=["implementation checklist", "checklist"])
    """The headings below which a page may have the list itself."""

    task_lists = c.Type(bool, default=False)
    """Whether lists of tasks in the Markdown of posts can be ticked, too."""

    share = c.Type(bool, default=False)
    """Whether readers can copy a link with their ticks."""

    def settings(self) -> ChecklistSettings:
        """Return the options as the core's settings."""
        return ChecklistSettings(
            enabled=self.enabled,
            position=cast("Position", self.position),
            title=self.title,
            task_lists=self.task_lists,
            share=self.share,
        )

    def headings(self) -> tuple[str, ...]:
        """Return the headings as they are compared."""
        return tuple(
            " ".join(text.lower().split()) for text in self.section_headings if text.strip()
        )


class AnpConfig(StrictConfig):
    """All options of the plugin."""

    enabled = c.Type(bool, default=True)
    """Whether the plugin does anything."""

    posts = c.Optional(Patterns(c.Type(str)))
    """Patterns, as in `.gitignore`, of the source paths that are posts."""

    meta_key = c.Type(str, default="post_meta")
    """The key of the front matter that holds the fields; empty for its top level."""

    fields = Fields()
    """Fields that the site adds to the built-in ones, or changes."""

    labels = Labels(c.Type(str), default={})
    """Texts of your own for any label of ours."""

    nav = c.Choice(("keep", "hide", "auto"), default="auto")
    """Whether posts stand in the navigation; `auto` hides more than 500 from an automatic one."""

    meta_box = Feature[MetaBoxOptions]()
    """The meta box and the glance line."""

    image_credits = Feature[ImageCreditsOptions]()
    """Captions and credits of images."""

    similar_posts = Feature[SimilarPostsOptions]()
    """The section of similar posts."""

    structured_data = Feature[StructuredDataOptions]()
    """What pages tell search engines."""

    checklist = Feature[ChecklistOptions]()
    """Checklists that readers can tick."""

    validation = Feature[ValidationOptions]()
    """What is done about problems of front matter."""

    def levels(self) -> Levels:
        """Return the levels of all kinds of problems."""
        return self.validation.levels(self.image_credits.rules)

    def rules(self) -> PostRules:
        """Return what the site says about its posts."""
        return PostRules(
            meta_key=self.meta_key,
            is_post=None if self.posts is None else matcher(self.posts),
            settings=Settings(
                meta_box=self.meta_box.settings(),
                image_credits=self.image_credits.settings(),
                structured_data=self.structured_data.settings(),
                checklist=self.checklist.settings(),
                similar_posts=self.similar_posts.settings(),
            ),
            top=self.fields,
            section_headings=self.checklist.headings(),
        )


def refuse_second(plugin: BasePlugin[AnpConfig], config: MkDocsConfig) -> None:
    """Stop the build where the plugin is listed twice: all its parts would stand twice.

    The events of one plugin come again and again (`mkdocs serve`, translation plugins), so
    what counts is the list of plugins, not how often the events came.
    """
    listed = [name for name, other in config.plugins.items() if type(other) is type(plugin)]
    enabled = [name for name in listed if config.plugins[name].config.enabled]
    if len(enabled) > 1:
        raise PluginError(
            f"the plugin {enabled[0]!r} is listed twice in the plugins of mkdocs.yml; "
            "merge the options of both into one"
        )
