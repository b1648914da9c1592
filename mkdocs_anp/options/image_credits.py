"""The options of image credits."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, cast, get_args

from mkdocs.config import config_options as c
from mkdocs.config.base import BaseConfigOption, ValidationError

from mkdocs_anp.core.settings import Figures, ImageCreditsSettings, PageList, Position
from mkdocs_anp.options.kinds import Choice, PagePath, StrictConfig
from mkdocs_anp.options.validation import LevelRules

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from mkdocs_anp.core.image_credits.audit import Policy
    from mkdocs_anp.core.image_credits.providers import Provider


class ImageRules(LevelRules):
    """Levels of what is told about images."""

    def codes(self) -> Collection[str]:
        """Return the codes that may stand there."""
        from mkdocs_anp.core.image_credits.audit import RULES

        return RULES


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


_WITH_ATTRIBUTES = frozenset({"attr_list", "extra"})
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

    figures = Choice(get_args(Figures), default="auto")
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
            has_attributes=_has_attributes(config.markdown_extensions),
        )


def _has_attributes(extensions: Iterable[object]) -> bool:
    """Return whether one of Markdown's extensions lets authors give images attributes."""
    # By name, or by an object of the class that a plugin has put there.
    names = [e if isinstance(e, str) else type(e).__module__ for e in extensions]
    return any(name.partition(":")[0].rpartition(".")[2] in _WITH_ATTRIBUTES for name in names)
