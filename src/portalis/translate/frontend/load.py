"""SourceTree → Program: parse every module, resolve imports among them, then names."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field, replace

from portalis.core import graphs, syntax, trees
from portalis.core.diagnostics import Diagnostic, Severity, Span
from portalis.translate.artifacts import SourceFile, SourceTree
from portalis.translate.frontend import (
    bare_instances,
    closing,
    expand,
    fast_locals,
    held_methods,
    late,
    late_attributes,
    library,
    needed,
    not_implemented,
    shelf,
    walked,
)
from portalis.translate.frontend.binders import bound_names
from portalis.translate.frontend.program import Class, Function, Imported, Module, Program, Variable
from portalis.translate.frontend.scopes import Scopes
from portalis.translate.ir.names import KEYWORDS


@dataclass(slots=True)
class Loaded:
    program: Program
    # Modules in an order in which imported ones come first where possible.
    order: list[Module]
    # Modules of ours that an import statement runs.
    imports: dict[ast.stmt, list[Module]]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    # `from m import x` that CPython cannot do: `m` is being imported and has no `x` yet.
    cyclic: dict[ast.stmt, str] = field(default_factory=dict)
    # The library's modules as they were parsed: no expansion has changed them.
    whole: dict[str, shelf.Kept] = field(default_factory=dict)

    def release(self) -> None:
        """Nobody uses it from now on, nor its syntax trees."""
        shelf.bring_back(self.whole)
        self.whole = {}
        self.program.take_apart()
        self.order.clear()


@dataclass(slots=True)
class Parsed:
    """A program's files and those of the library that they import, directly or through
    others, with the syntax tree of each that has one, and its nodes."""

    tree: SourceTree
    modules: dict[str, ast.Module]
    nodes: dict[str, trees.Index]
    diagnostics: list[Diagnostic]
    # Those of the library, as they were parsed.
    whole: dict[str, shelf.Kept] = field(default_factory=dict)


def read(tree: SourceTree) -> Parsed:
    """Never raises for bad source: what cannot be parsed becomes a diagnostic. A module of
    the program hides the library's of the same name. Of Python's own modules only what the
    others name is kept."""
    out = Parsed(tree, {}, {}, [])
    files = {file.module: file for file in tree.files}
    whole: dict[str, ast.Module] = {}
    asked: dict[str, set[str]] = {}
    # What was looked through for imports: a module may be cut further after that.
    searched: dict[str, ast.Module] = {}
    waiting = list(tree.files)
    while waiting:
        for file in waiting:
            kept = shelf.take(file.module) if file.is_library else None
            parsed = kept[0] if kept is not None else parse(file, out.diagnostics)
            if parsed is None:
                continue
            nodes = kept[1] if kept is not None else trees.Index(parsed)
            out.modules[file.module] = parsed
            out.nodes[file.module] = nodes
            if file.is_library:
                out.whole[file.module] = parsed, nodes
            if library.is_pythons(file):
                whole[file.module] = parsed
        _trim(out, whole, asked)
        waiting = []
        for module, parsed in out.modules.items():
            if searched.get(module) is parsed:
                continue
            searched[module] = parsed
            added = library.wanted(files[module], out.nodes[module], set(files))
            waiting += [library.source(m) for m in added]
            files.update((file.module, file) for file in waiting)
    out.tree = replace(tree, files=tuple(files.values()))
    return out


def _trim(out: Parsed, whole: dict[str, ast.Module], asked: dict[str, set[str]]) -> None:
    """Cuts the modules of `whole` to what the others name; `asked` is what they named."""
    modules = out.modules
    changed = True
    while changed:
        changed = False
        for name, tree in whole.items():
            for other in modules:
                if other not in asked:
                    asked[other] = needed.asked(out.nodes[other])
            wanted = set().union(*(asked[m] for m in modules if m != name))
            made = needed.part(tree, wanted)
            if len(made.body) != len(modules[name].body):
                modules[name] = made
                out.nodes[name] = trees.Index(made)
                asked.pop(name, None)
                changed = True


def load(tree: SourceTree) -> Loaded:
    """Never raises for bad source: what cannot be parsed becomes a diagnostic."""
    program = Program()
    parsed = read(tree)
    diagnostics = parsed.diagnostics
    tree = parsed.tree
    taken: set[str] = set()
    brought = frozenset(file.module for file in tree.files if file.is_library)
    packages = {f.module for f in tree.files if f.is_package}
    nodes = expand.program(parsed.modules, brought, frozenset(packages), parsed.nodes)
    whole = {name: kept for name, kept in parsed.whole.items() if nodes[name] is parsed.nodes[name]}
    for file in tree.files:
        name = file.module
        made = parsed.modules.get(name)
        if made is None:
            continue
        module = Module(name, file.path, file.text, made, nodes[name], _rust_name(name, taken))
        module.is_main = tree.entry == name
        module.is_library = file.is_library
        program.modules[name] = module
    order = _order(program, packages)
    scopes = Scopes(program)
    imports: dict[ast.stmt, list[Module]] = {}
    program.rebound = _rebound(program)
    program.loads = _loads(program, packages)
    program.not_implemented = not_implemented.givers(program)
    for module in order:
        scopes.declare(module)
    for module in order:
        _link(program, module, packages, imports)
    for module in order:
        scopes.resolve(module)
    for module in order:
        # Imports inside functions have their variables only now.
        _link(program, module, packages, imports)
    late_attributes.declare(program)
    program.made_bare = bare_instances.roots(program)
    program.closes = closing.in_program(program)
    mentioned: late.Mentioned = {}
    for module in order:
        scopes.finish(module)
        mentioned[module] = {}
        late.mark(program, module, mentioned)
        walked.mark(program, module)
        held_methods.mark(program, module)
    fast_locals.fold(program)
    cyclic = cycles(program, packages)
    return Loaded(program, order, imports, diagnostics, cyclic, whole)


def parse(file: SourceFile, diagnostics: list[Diagnostic]) -> ast.Module | None:
    try:
        return syntax.parse(file.text, file.path)
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        message = error.msg or "invalid syntax"
        source = (error.text or file.line(line)).rstrip("\n")[:500]
        code = "PT801" if "nested" in message or "too many" in message else "PT001"
        diagnostics.append(
            Diagnostic(code, Span(file.path, line, column), message, Severity.ERROR, source)
        )
    except (RecursionError, MemoryError):
        diagnostics.append(
            Diagnostic(
                "PT801", Span(file.path), "the source is nested too deeply to parse", Severity.ERROR
            )
        )
    except ValueError as error:
        diagnostics.append(Diagnostic("PT001", Span(file.path), str(error), Severity.ERROR))
    return None


# Names of crates and roots, beside Rust's keywords.
# What an imported name always stands for.
Meaning = Function | Class | Module | Imported
_CRATES = frozenset(("main", "std", "core", "lib", "portalis_runtime"))


def _rust_name(name: str, taken: set[str]) -> str:
    base = name.replace(".", "_").replace("-", "_")
    base = base.strip("_") if base.strip("_") else "main"
    if base in KEYWORDS or base in _CRATES:
        base = f"{base}_module"
    if not base.isidentifier():
        base = "module_" + "".join(c if c.isalnum() or c == "_" else "_" for c in base)
    out = base
    count = 2
    while out in taken:
        out = f"{base}_{count}"
        count += 1
    taken.add(out)
    return out


def _imported_modules(
    program: Program, module: Module, path: str, packages: set[str]
) -> list[Module]:
    """Modules of ours that importing `path` runs, outermost first."""
    full = trees.absolute(module.name, module.name in packages, path)
    out: list[Module] = []
    parts = full.split(".")
    for end in range(1, len(parts) + 1):
        found = program.modules.get(".".join(parts[:end]))
        if found is not None:
            out.append(found)
    return out


def _run_by(
    program: Program, module: Module, statement: ast.Import | ast.ImportFrom, packages: set[str]
) -> list[Module]:
    """Modules of ours that an import statement runs, in CPython's order, each once."""
    found: dict[Module, None] = {}
    for alias, path in trees.imports_of(statement):
        whole = alias.name if isinstance(statement, ast.Import) else path
        found.update(dict.fromkeys(_imported_modules(program, module, whole, packages)))
    return list(found)


def _loads(program: Program, packages: set[str]) -> dict[Module, frozenset[Module]]:
    """What the import statements of each module's own top level bring, directly and further."""
    direct: dict[Module, set[Module]] = {}
    for name, module in program.modules.items():
        parts = name.split(".")
        above = (program.modules.get(".".join(parts[:end])) for end in range(1, len(parts)))
        direct[module] = {m for m in above if m is not None}
        for statement in module.tree.body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                direct[module].update(_run_by(program, module, statement, packages))
    return {module: graphs.reachable(module, direct.__getitem__) for module in direct}


def _order(program: Program, packages: set[str]) -> list[Module]:
    seen: set[str] = set()
    out: list[Module] = []

    def visit(module: Module) -> None:
        if module.name in seen:
            return
        seen.add(module.name)
        for statement in module.imports():
            for other in _run_by(program, module, statement, packages):
                visit(other)
        out.append(module)

    for name in sorted(program.modules):
        visit(program.modules[name])
    return out


def cycles(program: Program, packages: set[str]) -> dict[ast.stmt, str]:
    """Runs the imports in CPython's order, from each module that can be the first."""
    found: dict[ast.stmt, str] = {}
    # The statements of each module that have run so far.
    begun: dict[Module, list[ast.stmt]] = {}
    done: set[Module] = set()

    def run(module: Module) -> None:
        begun[module] = []
        for statement in module.tree.body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                for other in _run_by(program, module, statement, packages):
                    if other not in begun:
                        run(other)
                if isinstance(statement, ast.ImportFrom):
                    lacking(module, statement)
            begun[module].append(statement)
        done.add(module)

    def lacking(module: Module, statement: ast.ImportFrom) -> None:
        for alias, path in trees.imports_of(statement):
            home, _, name = trees.absolute(module.name, module.name in packages, path).rpartition(
                "."
            )
            source = program.modules.get(home)
            if source is None or source in done or f"{home}.{name}" in program.modules:
                continue
            if name not in bound_names(begun[source]):
                found[statement] = (
                    f"{alias.name} is imported from {home} while {home} is being imported "
                    "and has not defined it yet"
                )

    mains = [m for m in program.modules.values() if m.is_main]
    for module in [*mains, *program.modules.values()]:
        if module not in begun:
            run(module)
    return found


def _link(
    program: Program, module: Module, packages: set[str], imports: dict[ast.stmt, list[Module]]
) -> None:
    """Gives each imported name what it stands for."""
    given: dict[Variable, list[Meaning]] = {}
    for statement in module.imports():
        run = [m for m in _run_by(program, module, statement, packages) if m is not module]
        for alias, path in trees.imports_of(statement):
            variable = program.names.get(alias)
            if not isinstance(variable, Variable):
                continue
            full = trees.absolute(module.name, module.name in packages, path)
            meaning = _meaning(program, module, full)
            if isinstance(meaning, Variable) and _changes(program, module, variable, meaning):
                program.meanings[alias] = meaning
            elif isinstance(meaning, Variable):
                program.aliases[variable] = meaning
                variable.entity = meaning.entity
            else:
                variable.entity = meaning
                program.meanings[alias] = meaning
                given.setdefault(variable, []).append(meaning)
        if run:
            imports[statement] = run
    for variable, meanings in given.items():
        # The same import again changes nothing.
        if variable.stores == len(meanings) and all(_same(m, meanings[0]) for m in meanings):
            variable.stores = 1


def _same(one: Meaning, other: Meaning) -> bool:
    if isinstance(one, Imported) and isinstance(other, Imported):
        return one.path == other.path
    return one is other


def _changes(program: Program, module: Module, name: Variable, source: Variable) -> bool:
    """Whether a name that was imported may be bound anew, or what it was imported from: then
    it holds what was there at the import."""
    if source.name in program.rebound or name.name in program.rebound:
        return True
    binders = module.bound().get(name.name, ())
    return any(not isinstance(binder, ast.alias) for binder in binders)


def _rebound(program: Program) -> set[str]:
    """Names of modules' variables that functions assign, or other modules by attribute."""
    found: set[str] = set()
    for module in program.modules.values():
        every = module.nodes.every
        aliases = [a for node in every(ast.Import) for a in node.names]
        aliases += [a for node in every(ast.ImportFrom) for a in node.names]
        imported = {alias.asname or alias.name.partition(".")[0] for alias in aliases}
        found.update(name for node in every(ast.Global) for name in node.names)
        for node in every(ast.Attribute):
            if isinstance(node.value, ast.Name) and node.value.id in imported:
                if not isinstance(node.ctx, ast.Load):
                    found.add(node.attr)
    return found


def _origin(program: Program, variable: Variable) -> Variable:
    """The variable that an imported name stands for, through every module that passes it on."""
    seen = {variable}
    while (further := program.aliases.get(variable)) is not None and further not in seen:
        variable = further
        seen.add(variable)
    return variable


def _meaning(program: Program, module: Module, full: str) -> Meaning | Variable:
    """What a path stands for. What a package binds itself hides its module of that name, but
    not from the package's own modules: those may ask before it is bound."""
    home, _, name = full.rpartition(".")
    is_within = f"{module.name}.".startswith(f"{home}.")
    if full in program.modules and (is_within or not _hides(program, home, name)):
        return program.modules[full]
    if home in program.modules:
        found = program.modules[home].variables.get(name)
        if found is not None:
            return _origin(program, found)
    return Imported(full)


def _hides(program: Program, package: str, name: str) -> bool:
    """Whether `package` takes `name` from its module of that name, or from one below that."""
    home = program.modules.get(package)
    if home is None or name not in home.variables:
        return False
    binders = home.bound().get(name, ())
    return any(isinstance(binder, ast.alias) for binder in binders)
