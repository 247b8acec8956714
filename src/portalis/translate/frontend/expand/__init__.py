"""Sugar: constructs that mean the same as simpler Python, rewritten on the AST.

One file a construct; `program` applies them in the order of `EXPANSIONS`, each
to every module before the next; each says whether it may have changed its module.
An expansion that meets a form it does not know leaves it as it is, for the
elaborator to refuse. New nodes carry the positions of what they replace, and
functions and classes that the source does not have are marked `synthetic`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import MappingProxyType

from portalis.core.trees import Index
from portalis.translate.frontend.expand import (
    abstract_bases,
    abstract_checks,
    builtin_bases,
    builtin_defaults,
    builtin_names,
    caching,
    caught,
    class_calls,
    dataclass,
    decorate,
    deletion,
    descriptors,
    dispatching,
    doctests,
    dunder_arity,
    enums,
    environment,
    function_attributes,
    generated,
    import_fallback,
    init_subclass,
    known_tests,
    local_classes,
    managed,
    managed_functions,
    mangle,
    matching,
    name_probes,
    named_tuple,
    new_method,
    new_types,
    opening,
    operator_module,
    ordering,
    overloads,
    python_library,
    registered,
    sentinels,
    standard_streams,
    star_imports,
    supplements,
    typed_dict,
    unittests,
)
from portalis.translate.frontend.expand.unit import Unit


def program(
    trees: dict[str, ast.Module],
    library: frozenset[str] = frozenset(),
    packages: frozenset[str] = frozenset(),
    nodes: Mapping[str, Index] = MappingProxyType({}),
) -> dict[str, Index]:
    """Rewrites the modules of a program, by name, in place; the nodes of each when that is
    done. `library`: those of them that the compiler brings; `packages`: those that are folders;
    `nodes`: those of the modules as they are given, where they are known."""
    units: dict[str, Unit] = {}
    for name, tree in trees.items():
        units[name] = Unit(name, tree, units, name in library, name in packages)
    for unit in units.values():
        unit.scan(nodes.get(unit.name))
    for expansion in EXPANSIONS:
        for unit in [unit for unit in units.values() if expansion(unit)]:
            unit.scan()
    found = {name: unit.nodes for name, unit in units.items()}
    # Units know each other by it: a circle.
    units.clear()
    return found


def module(tree: ast.Module) -> None:
    """Rewrites a program of one module in place."""
    program({"__main__": tree})


EXPANSIONS: tuple[Callable[[Unit], bool], ...] = (
    known_tests.expand,
    python_library.expand,
    import_fallback.expand,
    star_imports.expand,
    unittests.expand,
    doctests.expand,
    name_probes.expand,
    overloads.expand,
    dispatching.expand,
    registered.expand,
    builtin_bases.expand,
    builtin_defaults.expand,
    abstract_checks.expand,
    abstract_bases.expand,
    deletion.expand,
    descriptors.expand,
    builtin_names.expand,
    init_subclass.expand,
    class_calls.expand,
    dunder_arity.expand,
    mangle.expand,
    typed_dict.expand,
    dataclass.expand,
    enums.expand,
    new_types.expand,
    named_tuple.expand,
    new_method.expand,
    local_classes.expand,
    ordering.expand,
    caching.expand,
    operator_module.expand,
    supplements.expand,
    sentinels.expand,
    environment.expand,
    opening.expand,
    standard_streams.expand,
    managed_functions.expand,
    decorate.expand,
    function_attributes.expand,
    generated.expand,
    caught.expand,
    managed.expand,
    matching.expand,
)
