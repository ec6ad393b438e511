"""The house rules as tests: floors, rooms, budgets, and who may write a state (house.md)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    {"sheets"},
    {"accounts"},
    {"uploads"},
    {"notifications"},
    {"studios"},
    {"representatives"},
    {"appointments"},
    {"suggestions"},
    {"assessments"},
    {"portal", "reports"},
    {"demo"},
    {"config"},
]
FLOOR_OF = {app: floor for floor, apps in enumerate(FLOORS) for app in apps}
APPS = [app for app in sorted(FLOOR_OF) if (ROOT / app).is_dir()]
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ATTICS = {"utils.py", "helpers.py", "misc.py", "common.py", "signals.py"}
STATE_WRITERS = {"suggestions/services/steps.py"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf8"))


def _imports(node: ast.AST) -> Iterator[str]:
    """Our own apps that `node` imports."""
    for item in ast.walk(node):
        modules = []
        if isinstance(item, ast.ImportFrom) and item.module:
            modules = [item.module]
        elif isinstance(item, ast.Import):
            modules = [alias.name for alias in item.names]
        yield from (module.split(".")[0] for module in modules if module.split(".")[0] in FLOOR_OF)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_imports_go_downwards_only(path: Path) -> None:
    here = path.relative_to(ROOT).parts[0]
    upwards = {
        other
        for other in _imports(_tree(path))
        if other != here and FLOOR_OF[other] >= FLOOR_OF[here] and not (here == "demo" and other == "config")
    }
    assert not upwards


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_import_of_ours_inside_a_function(path: Path) -> None:
    assert not [function.name for function in _functions(_tree(path)) if set(_imports(function))]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf8").splitlines()) <= 300
    views = "views" in path.relative_to(ROOT).parts or path.name == "views.py"
    limit = 30 if views else 40
    assert not {function.name: _length(function) for function in _functions(_tree(path)) if _length(function) > limit}


def test_the_median_function_is_short() -> None:
    lengths = [_length(function) for path in SOURCES for function in _functions(_tree(path))]
    assert median(lengths) <= 8


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_templates_stay_small_and_free_of_inline_code(path: Path) -> None:
    text = path.read_text(encoding="utf8")
    assert len(text.splitlines()) <= 80
    for forbidden in (" style=", " onclick=", " onchange=", " onsubmit=", "<style", "|safe"):
        assert forbidden not in text.replace("field.help_text|safe", "")


def test_no_attics() -> None:
    assert not [_name(path) for path in SOURCES if path.name in ATTICS]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_signals_no_wildcards_no_rules_in_save(path: Path) -> None:
    tree = _tree(path)
    starred = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
    assert not starred or _name(path) == "config/settings/__init__.py"
    assert "@receiver" not in path.read_text(encoding="utf8")
    if "models" in path.stem or "models" in path.parts:
        assert "save" not in {function.name for function in _functions(tree)}


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_services_write(path: Path) -> None:
    """Views, forms, tasks and querysets never call a writing method of the ORM."""
    rooms = {*path.relative_to(ROOT).parts, path.stem}
    if not rooms & {"views", "forms", "tasks", "querysets", "permissions", "workflow", "deadlines", "measures"}:
        return
    writers = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}
    calls = (n for n in ast.walk(_tree(path)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute))
    assert not [call.func.attr for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in writers]


def test_a_case_changes_its_state_in_one_place() -> None:
    """`finish` alone writes the state of a case that exists; the demonstration writes whole new rows."""
    found = {
        _name(path)
        for path in SOURCES
        if path.parts[-2] != "demo" and "SuggestionTransition.objects.create" in path.read_text(encoding="utf8")
    }
    assert found == STATE_WRITERS


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_public_names_say_what_they_do(path: Path) -> None:
    tree = _tree(path)
    assert not tree.body or ast.get_docstring(tree) or path.name in {"__init__.py", "apps.py"}
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and path.name != "admin.py"
    ]
    assert not [node.name for node in public if not ast.get_docstring(node)]
