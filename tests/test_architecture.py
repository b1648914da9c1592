"""The rules of the house that a reader of one file cannot see."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment

from mkdocs_anp.core.fields import BUILT_IN, Field
from mkdocs_anp.core.meta_box import GROUPS
from tests.checkout import ROOT

PACKAGE = ROOT / "mkdocs_anp"
OVERRIDES = ROOT / "theme_overrides"
LANGUAGES = OVERRIDES / "partials" / "anp" / "languages"

MODULES = sorted(PACKAGE.rglob("*.py"))
TEMPLATES = sorted(OVERRIDES.rglob("*.html"))

TOP_LEVEL = {
    ".ci",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "docs",
    "mkdocs.yml",
    "mkdocs_anp",
    "pyproject.toml",
    "tests",
    "theme_overrides",
}

# A module imports only what stands lower; modules of one package import each other.
LAYERS = {
    "core": 0,
    "terminal": 0,
    "titles": 1,
    "options": 1,
    "config": 2,
    "similar_posts": 2,
    "similar_posts_section": 3,
    "post_cards": 4,
    "render": 4,
    "theme": 1,
    "generated": 0,
    "nav": 1,
    "page_images": 1,
    "page_parts": 1,
    "preview": 1,
    "synth": 1,
    "sources": 1,
    "validation": 3,
    "credits_page": 2,
    "image_files": 1,
    "image_credits": 3,
    "image_captions": 4,
    "image_check": 4,
    "checklists": 3,
    "pages": 3,
    "project": 4,
    "post_pages": 5,
    "adapter": 6,
    "plugin": 7,
    "commands": 8,
    "cli": 9,
}
FOREIGN_TO_CORE = {"mkdocs", "material", "properdocs", "jinja2", "pymdownx", "markdown"}
MAX_FUNCTION_LINES = 60


def name_of(path: Path) -> str:
    """Return a module's path in the package, for messages and test ids."""
    return path.relative_to(ROOT).as_posix()


all_modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted names of all that a module imports, wherever the import stands."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(dotted: str) -> str:
    """Return the layer of a module of ours: the part after the package."""
    return dotted.split(".")[1]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


# Modules


def test_there_are_modules_and_templates() -> None:
    """A search that finds nothing would make all the rest pass."""
    assert {name_of(path) for path in MODULES} >= {
        "mkdocs_anp/plugin.py",
        "mkdocs_anp/core/post.py",
    }
    assert TEMPLATES


@all_modules
def test_module_is_in_a_layer_and_imports_only_lower_ones(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert all(not name.startswith("mkdocs_anp") for name in imports_of(path))
        return
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    own = parts[0]
    assert own in LAYERS, f"give {name_of(path)} a layer"
    for name in imports_of(path):
        if name.split(".")[0] != "mkdocs_anp" or name == "mkdocs_anp.__version__":
            continue
        other = layer_of(name)
        in_one_package = own == other and (PACKAGE / own).is_dir()
        assert in_one_package or LAYERS[other] < LAYERS[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "core").rglob("*.py")), ids=name_of)
def test_core_knows_no_site_generator_theme_or_template(path: Path) -> None:
    for name in imports_of(path):
        assert name.split(".")[0] not in FOREIGN_TO_CORE
        if name.startswith("mkdocs_anp"):
            assert name.startswith("mkdocs_anp.core.")


@all_modules
def test_no_module_imports_or_uses_private_names_of_others(path: Path) -> None:
    tree = tree_of(path)
    own_classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for name in imports_of(path):
        assert not any(is_private(part) for part in name.split(".")), f"imports {name}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not is_private(node.attr):
            continue
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        assert owner in {"self", "cls", *own_classes}, f"line {node.lineno}: {ast.unparse(node)}"


@all_modules
def test_module_says_what_it_is_for_and_delays_annotations(path: Path) -> None:
    tree = tree_of(path)
    assert ast.get_docstring(tree)
    if len(tree.body) > 1:
        first = tree.body[1]
        assert ast.unparse(first) == "from __future__ import annotations"


@all_modules
def test_no_function_is_long(path: Path) -> None:
    for function in functions_of(path):
        assert function.end_lineno is not None
        lines = function.end_lineno - function.lineno + 1
        assert lines <= MAX_FUNCTION_LINES, f"{function.name} has {lines} lines"


def test_plugin_holds_only_events() -> None:
    tree = tree_of(PACKAGE / "plugin.py")
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert [node.name for node in classes] == ["AnpPlugin"]
    members = [node for node in classes[0].body if not isinstance(node, ast.Expr)]
    # Two handlers of one event, run at different times, are its parts.
    events = [node for node in members if not isinstance(node, ast.Assign)]
    for event in events:
        assert isinstance(event, ast.FunctionDef), ast.unparse(event)
        assert event.name.lstrip("_").startswith("on_"), event.name
    for combined in [node for node in members if isinstance(node, ast.Assign)]:
        assert ast.unparse(combined.targets[0]).startswith("on_")
        assert ast.unparse(combined.value).startswith("CombinedEvent(")
    assert len(list(functions_of(PACKAGE / "plugin.py"))) == len(events)  # none elsewhere


# The checkout


def test_top_level_has_only_the_agreed_entries() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("no git checkout")
    assert {path.split("/")[0] for path in listed.stdout.splitlines()} <= TOP_LEVEL


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    folders = {path.parent for path in ROOT.glob("tests/**/test_*.py")}
    names = {part for folder in folders for part in folder.relative_to(ROOT).parts}
    patterns = pytestconfig.getini("norecursedirs")
    assert "build" in names
    assert [name for name in names if any(fnmatch(name, pattern) for pattern in patterns)] == []


def test_no_python_among_templates_and_assets() -> None:
    assert [path for path in OVERRIDES.rglob("*") if path.suffix in {".py", ".pyc"}] == []


def test_templates_and_assets_stand_under_our_own_name() -> None:
    """A file of ours must never take the place of one of a theme's."""
    for path in OVERRIDES.rglob("*"):
        relative = path.relative_to(OVERRIDES)
        if path.is_file() and str(relative) != "mkdocs_theme.yml":
            assert relative.parent.parts[1:2] == ("anp",), relative


# Templates


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_says_what_it_gets_and_keeps_a_strict_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#-"), "begins with a comment that lists its variables"
    assert not re.search(r"<[^>]*\s(on[a-z]+|style)\s*=", text, re.IGNORECASE)
    assert not re.search(r"<(script|style)\b(?![^>]*application/ld\+json)", text, re.IGNORECASE)


@cache
def labels_of(path: Path) -> dict[str, str]:
    """Return the labels that a language file sets."""
    template = Environment().from_string(path.read_text(encoding="utf-8"))
    labels = vars(template.module)["labels"]
    assert isinstance(labels, dict)
    return labels


language_files = pytest.mark.parametrize("path", sorted(LANGUAGES.glob("*.html")), ids=name_of)


@language_files
def test_language_has_all_labels_in_the_order_of_english(path: Path) -> None:
    labels = labels_of(path)
    assert list(labels) == list(labels_of(LANGUAGES / "en.html"))
    assert all(label.strip() == label != "" for label in labels.values())
    assert not any("<" in label or "&" in label for label in labels.values())  # text, not HTML


@language_files
def test_language_sets_no_label_twice(path: Path) -> None:
    keys = re.findall(r'^\s*"([^"]+)":', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(labels_of(path))


def test_the_agreed_languages_are_there() -> None:
    codes = {path.stem for path in LANGUAGES.glob("*.html")}
    assert codes >= {"en", "de", "fr", "es", "pt", "ja", "zh", "ar"}


def test_english_names_every_group_field_and_choice() -> None:
    labels = labels_of(LANGUAGES / "en.html")
    wanted = {"meta_box.title", "glance.title", "yes", "no", "group.other"}
    wanted |= {f"group.{name}" for name in GROUPS}
    for key, field in BUILT_IN.items():
        wanted |= set(_labels_for(key, field))
    assert wanted - labels.keys() == set()


def _labels_for(path: str, field: Field) -> Iterator[str]:
    yield path
    yield from (f"{path}.{choice}" for choice in field.choices)
    for key, inner in field.fields.items():
        yield from _labels_for(f"{path}.{key}", inner)
    if field.of is not None:
        for key, inner in field.of.fields.items():
            yield from _labels_for(f"{path}.{key}", inner)
