"""The package: what is in it, and that it works where only it is installed."""

from __future__ import annotations

import re
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import mkdocs_anp
from mkdocs_anp.plugin import AnpPlugin
from mkdocs_anp.theme import THEME
from tests.checkout import ROOT, check_run, copy_checkout

POST = """\
---
post_meta:
  topic: packed
  revision: {version: 1.10}
---
# A post

Text.
"""
BOX = '[data-anp="meta_box"]'


def files_below(*folders: str) -> set[str]:
    """Return the paths of the checkout's files in these folders."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in ROOT.joinpath(folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the sdist of the checkout, and the wheel built from that sdist."""
    work = tmp_path_factory.mktemp("dist")
    source = copy_checkout(work / "source")
    # What the templates are shipped for: icons that a site can name.
    icon = source / "theme_overrides" / ".icons" / "anp" / "probe.svg"
    icon.parent.mkdir(parents=True, exist_ok=True)
    icon.write_text("<svg/>", encoding="utf-8")
    check_run(sys.executable, "-m", "build", "--outdir", work / "out", source, cwd=work)
    [sdist] = (work / "out").glob("*.tar.gz")
    [wheel] = (work / "out").glob("*.whl")
    return sdist, wheel


@pytest.mark.slow
def test_wheel_holds_code_templates_and_assets_and_nothing_else(dist: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(dist[1]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}

    code = files_below("mkdocs_anp")
    templates = {f"mkdocs_anp/{path}" for path in files_below("theme_overrides")}
    assert names == code | templates | {"mkdocs_anp/theme_overrides/.icons/anp/probe.svg"}
    assert {
        "mkdocs_anp/py.typed",
        "mkdocs_anp/core/__init__.py",
        "mkdocs_anp/theme_overrides/mkdocs_theme.yml",
        "mkdocs_anp/theme_overrides/assets/anp/anp.css",
        "mkdocs_anp/theme_overrides/assets/anp/anp.js",
        "mkdocs_anp/theme_overrides/partials/anp/meta_box.html",
        "mkdocs_anp/theme_overrides/partials/anp/languages/ar.html",
    } <= names
    assert not [name for name in names if "/theme_overrides/" in name and name.endswith(".py")]


@pytest.mark.slow
def test_wheel_states_its_name_version_and_entry_points(dist: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(dist[1]) as wheel:
        [info] = {name.split("/")[0] for name in wheel.namelist() if ".dist-info/" in name}
        metadata = wheel.read(f"{info}/METADATA").decode()
        points = wheel.read(f"{info}/entry_points.txt").decode()
        assert f"{info}/licenses/LICENSE" in wheel.namelist()

    assert f"\nName: mkdocs-anp\nVersion: {mkdocs_anp.__version__}\n" in metadata
    assert "\nRequires-Python: >=3.10\n" in metadata
    assert re.search(r"^Requires-Dist: mkdocs<2,>=1\.6$", metadata, re.MULTILINE)
    assert "anp = mkdocs_anp.plugin:AnpPlugin" in points
    assert "anp = mkdocs_anp.theme:THEME" in points
    assert "mkdocs-anp = mkdocs_anp.cli:main" in points


@pytest.mark.slow
def test_sdist_holds_all_that_the_tests_need(dist: tuple[Path, Path]) -> None:
    with tarfile.open(dist[0]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert names >= files_below("mkdocs_anp", "theme_overrides")
    assert names >= {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "mkdocs.yml"}
    assert "tests/conftest.py" in names
    assert "docs/index.md" in names


def test_entry_points_lead_to_the_plugin_and_the_theme() -> None:
    [plugin] = entry_points(group="mkdocs.plugins", name="anp")
    [theme] = entry_points(group="mkdocs.themes", name="anp")

    assert plugin.load() is AnpPlugin
    assert theme.load() is THEME
    folder = Path(theme.load().__file__).parent
    assert folder.joinpath("mkdocs_theme.yml").is_file()
    assert folder.joinpath("assets", "anp", "anp.css").is_file()


def test_installed_version_is_the_packages_own() -> None:
    assert version("mkdocs-anp") == mkdocs_anp.__version__


def new_environment(directory: Path) -> Path:
    """Make an empty virtual environment and return the folder of its commands."""
    venv.create(directory, with_pip=True)
    return directory / ("Scripts" if sys.platform == "win32" else "bin")


def check_installed(commands: Path, work: Path) -> None:
    """Check the commands, and a site in each theme, of an environment."""
    shown = check_run(commands / "mkdocs-anp", "--version", cwd=work)
    assert shown.split()[-1] == mkdocs_anp.__version__
    assert "Usage: mkdocs-anp" in check_run(commands / "mkdocs-anp", "--help", cwd=work)
    for theme, search in (("material", "search"), ("anp", "material/search")):
        site = build(commands, work / theme, theme, search)
        page = BeautifulSoup(site.joinpath("index.html").read_text("utf-8"), "html.parser")
        [field] = page.select(f'{BOX} [data-anp-field="revision.version"]')
        assert field.get_text(strip=True) == "1.10"
        [link] = page.select('link[href*="assets/anp/anp.css"]')
        assert site.joinpath(str(link["href"])).is_file()
        assert page.select('[data-md-component="search"]'), theme
        assert [*site.rglob("*.py"), *site.rglob("mkdocs_theme.yml")] == []


def build(commands: Path, project: Path, theme: str, search: str) -> Path:
    """Build a strict site of one post and return its folder."""
    project.joinpath("docs").mkdir(parents=True, exist_ok=True)
    project.joinpath("docs", "index.md").write_text(POST, encoding="utf-8")
    project.joinpath("mkdocs.yml").write_text(
        f"site_name: Packed\ntheme: {{name: {theme}, font: false}}\nplugins: [{search}, anp]\n",
        encoding="utf-8",
    )
    check_run(commands / "mkdocs", "build", "--strict", cwd=project)
    return project / "site"


@pytest.mark.slow
def test_installed_wheel_works(dist: tuple[Path, Path], tmp_path: Path) -> None:
    commands = new_environment(tmp_path / "venv")
    check_run(commands / "pip", "install", "-q", dist[1], cwd=tmp_path)

    check_installed(commands, tmp_path)
    where = check_run(
        commands / "python", "-c", "import mkdocs_anp; print(mkdocs_anp.__file__)", cwd=tmp_path
    )
    assert "site-packages" in where


@pytest.mark.slow
def test_editable_install_works_and_shows_edits_of_templates(tmp_path: Path) -> None:
    source = copy_checkout(tmp_path / "source")
    commands = new_environment(tmp_path / "venv")
    check_run(commands / "pip", "install", "-q", "-e", source, cwd=tmp_path)

    check_installed(commands, tmp_path)
    partial = source / "theme_overrides" / "partials" / "anp" / "meta_box.html"
    partial.write_text(
        partial.read_text(encoding="utf-8") + '<p data-anp="meta_box_edit"></p>', encoding="utf-8"
    )
    site = build(commands, tmp_path / "edited", "material", "search")
    assert 'data-anp="meta_box_edit"' in site.joinpath("index.html").read_text(encoding="utf-8")
