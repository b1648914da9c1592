"""Where the templates and assets are, and how they get behind the user's own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.plugins import get_plugin_logger

from mkdocs_anp.core.page_keys import Icons

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = get_plugin_logger(__name__)

_PACKAGE = Path(__file__).resolve().parent
# In a wheel the templates lie inside the package, in a checkout beside it.
THEME_DIR = next(
    directory
    for directory in (_PACKAGE / "theme_overrides", _PACKAGE.parent / "theme_overrides")
    if (directory / "mkdocs_theme.yml").is_file()
)

_ASSETS = "assets/anp/anp."
STYLESHEET = f"{_ASSETS}css"
SCRIPT = f"{_ASSETS}js"

THEME = SimpleNamespace(__file__=str(THEME_DIR / "mkdocs_theme.yml"))
"""The entry point of the theme `anp`. MkDocs asks a theme only for its `__file__`; an object
instead of a package keeps Python out of the theme's folder."""


def install(config: MkDocsConfig) -> None:
    """Make our templates and assets part of the site, whatever its theme.

    They come behind the user's `custom_dir`, so that a file of the same name there wins,
    and before the theme, which has no file of these names. The stylesheet comes before the
    user's own. Safe to call again: `mkdocs serve` and translation plugins do.
    """
    directory = str(THEME_DIR)
    if directory not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, directory)
    # By the start of the name: plugins that minify rename assets, then build again.
    if not any(path.startswith(_ASSETS) for path in config.extra_css):
        config.extra_css.insert(0, STYLESHEET)
    if not any(str(path).startswith(_ASSETS) for path in config.extra_javascript):
        script = ExtraScriptValue(SCRIPT)
        script.defer = True
        config.extra_javascript.append(script)


def warn_of_wrong_plugins(config: MkDocsConfig) -> None:
    """Warn of plugins that MkDocs took for Material's but are not.

    MkDocs looks for the plugin `search` as `<theme name>/search` first. With a theme that
    extends Material under another name it finds its own `search`, and Material's search
    box disappears without a word (mkdocs/mkdocs#3766).
    """
    if config.theme.name == "material" or not extends_material(config):
        return
    installed = {entry_point.name for entry_point in entry_points(group="mkdocs.plugins")}
    for name in config.plugins:
        if f"material/{name}" in installed:
            log.warning(
                "the theme %r extends Material, but the plugin %r is not Material's: MkDocs finds "
                "that one by its short name only when the theme is called 'material'. "
                "Write 'material/%s' in the plugins of mkdocs.yml.",
                config.theme.name,
                name,
                name,
            )


def extends_material(config: MkDocsConfig) -> bool:
    """Return whether the theme is, or is built on, Material for MkDocs."""
    return any(
        Path(directory, "partials", "palette.html").is_file() for directory in config.theme.dirs
    )


def icons(config: MkDocsConfig) -> Icons | None:
    """Return the icons that Material finds on this site; None with another theme."""
    if not extends_material(config):
        return None
    folders = [Path(directory, ".icons") for directory in config.theme.dirs]
    known: dict[str, bool] = {}

    def has(name: str) -> bool:
        if name not in known:
            is_path = bool(name) and "\0" not in name and ".." not in Path(name).parts
            known[name] = is_path and any((f / f"{name}.svg").is_file() for f in folders)
        return known[name]

    def names() -> Iterable[str]:
        for folder in folders:
            for path in folder.rglob("*.svg"):
                yield path.relative_to(folder).as_posix().removesuffix(".svg")

    return Icons(has, names)


def language(config: MkDocsConfig) -> str:
    """Return the language code of the site: Material's `language`, else MkDocs' `locale`."""
    theme = config.theme
    return str(theme.get("language", theme.locale))
