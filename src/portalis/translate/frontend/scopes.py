"""Resolves names: which variable each name node is, who captures what.

Three walks over each module: declare functions, classes and the names that every
scope binds; resolve each use by Python's rules (comprehension, function,
enclosing functions but not classes, module, builtins); then close over free
variables, since nested functions become plain Rust functions that take what they
capture as parameters (lambda lifting, Johnsson 1985).
"""

from __future__ import annotations

import ast
import builtins
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from portalis.core import trees
from portalis.translate.frontend import closing, kept_generators, unreached
from portalis.translate.frontend.binders import (
    Comprehension,
    FunctionDef,
    bindings,
    has_walrus,
    own,
    targets,
)
from portalis.translate.frontend.constants import is_literal, mark_constants
from portalis.translate.frontend.program import (
    EXCEPTION_ATTRIBUTES,
    EXCEPTIONS,
    Attribute,
    Class,
    Function,
    Module,
    Param,
    Program,
    Variable,
)
from portalis.translate.frontend.webs import Webs

_BUILTINS = frozenset(dir(builtins))
_LOOPS: tuple[type[ast.AST], ...] = (ast.For, ast.While, ast.AsyncFor, *Comprehension.__args__)


_OUTER: dict[type[ast.AST], str] = {ast.Global: "global", ast.Nonlocal: "nonlocal"}


@dataclass(eq=False, slots=True)
class _Scope:
    function: Function
    parent: _Scope | None
    names: dict[str, Variable] = field(default_factory=dict)
    cls: Class | None = None
    # A comprehension shares its function's frame.
    inline: bool = False


class Scopes:
    """Builds a `Program`'s functions, classes, variables and name table."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.names = program.names
        # Functions whose bodies are still to be resolved, with the nodes of their own.
        self.pending: deque[tuple[Function, _Scope, list[ast.AST]]] = deque()
        self.scopes: dict[Module, _Scope] = {}
        self.loops: set[int] = set()

    def declare(self, module: Module) -> None:
        """The module's own names, so that others can import them."""
        body = Function("<module>", module.name, module, module.tree, kind="module")
        module.body = body
        scope = _Scope(body, None)
        self.scopes[module] = scope
        self._loop_nodes(module)
        self._bind(scope, own(module.tree.body, whole=has_walrus(module.nodes)))
        self._declared_global(scope, module)
        for variable in scope.names.values():
            variable.is_global = True
            variable.module = module
        module.variables = scope.names
        for statement in module.tree.body:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                scope.names[statement.name].entity = self._function(statement, scope, None)
            elif isinstance(statement, ast.ClassDef):
                scope.names[statement.name].entity = self._declare_class(statement, scope)

    def resolve(self, module: Module) -> None:
        scope = self.scopes[module]
        self._resolve_body(scope, module.tree.body)
        self._drain()

    def _loop_nodes(self, module: Module) -> None:
        """Nodes that may run more than once per entry of their function."""
        for kind in _LOOPS:
            for node in module.nodes.every(kind):
                if id(node) not in self.loops:
                    self.loops.update(map(id, trees.walk(node)))

    # -- declare
    def _bind(self, scope: _Scope, nodes: list[ast.AST]) -> None:
        """`nodes`: those of the scope."""
        function = scope.function
        bound = bindings(nodes)
        outer: dict[str, str] = {}
        for node in nodes:
            how = _OUTER.get(node.__class__)
            if how is not None:
                assert isinstance(node, (ast.Global, ast.Nonlocal))
                outer.update(dict.fromkeys(node.names, how))
        for name, binders in bound.items():
            if name in outer:
                continue
            variable = scope.names.get(name)
            if variable is None:
                variable = Variable(name, function)
                scope.names[name] = variable
                function.variables[name] = variable
                function.all_variables.append(variable)
            for node in binders:
                self._store(variable, node)
        for name, how in outer.items():
            variable = self._outer_variable(scope, name, how)
            if variable is not None:
                scope.names[name] = variable
                for node in bound.get(name, []):
                    self._store(variable, node)
                    variable.stores += 1

    @staticmethod
    def _declared_global(scope: _Scope, module: Module) -> None:
        """Variables of the module that only its functions bind."""
        for node in module.nodes.every(ast.Global):
            for name in node.names:
                if name not in _BUILTINS and name not in scope.names:
                    scope.names[name] = Variable(name, scope.function, captured=True)

    def _store(self, variable: Variable, node: ast.AST) -> None:
        self.names[node] = variable
        variable.stores += 1
        variable.in_loop |= id(node) in self.loops
        line = getattr(node, "lineno", 0)
        if variable.first_store_line == 0:
            variable.first_store_line = line

    def _outer_variable(self, scope: _Scope, name: str, how: str) -> Variable | None:
        if how == "global":
            module = scope.function.module
            top = scope
            while top.parent is not None:
                top = top.parent
            if name in top.names:
                top.names[name].captured = True
            else:
                variable = Variable(name, top.function, is_global=True, module=module)
                variable.captured = True
                top.names[name] = variable
                module.variables[name] = variable
            scope.function.globals_declared.add(name)
            return top.names[name]
        return self._lookup(scope.parent, name)

    def _lookup(self, scope: _Scope | None, name: str) -> Variable | None:
        start = scope
        while scope is not None:
            if (scope.cls is None or scope is start) and name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return None

    # -- functions
    def _function(
        self, node: FunctionDef | ast.Lambda, scope: _Scope, cls: Class | None
    ) -> Function:
        owner = scope.function
        module = owner.module
        lambda_ = isinstance(node, ast.Lambda)
        name = "<lambda>" if isinstance(node, ast.Lambda) else written_name(node)
        if cls is not None:
            qualname = f"{cls.qualname}.{getattr(node, 'shown_name', name)}"
        elif owner.kind == "module":
            qualname = name
        else:
            qualname = f"{owner.qualname}.<locals>.{name}"
        parent = None if owner.kind == "module" else owner
        kind = "lambda" if lambda_ else ("method" if cls is not None else "function")
        name = getattr(node, "python_name", name)
        function = Function(name, qualname, module, node, parent, cls, kind)
        whole = has_walrus(module.nodes) or _yields(module)
        nodes = own(_code(node), whole=whole)
        function.decorators = list(getattr(node, "decorator_list", ()))
        function.is_coroutine = isinstance(node, ast.AsyncFunctionDef)
        function.is_generator = function.is_coroutine or (
            _yields(module) and any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in nodes)
        )
        self.program.functions[node] = function
        module.functions.append(function)
        if parent is not None:
            parent.nested.append(function)
        inner = _Scope(function, scope)
        self._params(function, inner, node.args)
        for param in function.params:
            if param.default is not None and not is_literal(param.default):
                self._default_variable(function, param, owner, node)
        self.pending.append((function, inner, nodes))
        return function

    def _params(self, function: Function, scope: _Scope, args: ast.arguments) -> None:
        positional = [*args.posonlyargs, *args.args]
        missing = len(positional) - len(args.defaults)
        defaults: list[ast.expr | None] = [None] * missing + list(args.defaults)
        rows: list[tuple[ast.arg, str, ast.expr | None]] = [
            (a, "positional", d) for a, d in zip(positional, defaults, strict=True)
        ]
        if args.vararg:
            rows.append((args.vararg, "star", None))
        rows += [(a, "keyword", d) for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
        if args.kwarg:
            rows.append((args.kwarg, "double_star", None))
        for arg, kind, default in rows:
            variable = Variable(arg.arg, function, is_param=True, stores=1)
            variable.first_store_line = arg.lineno
            scope.names[arg.arg] = variable
            function.variables[arg.arg] = variable
            function.all_variables.append(variable)
            only = arg in args.posonlyargs
            function.params.append(
                Param(arg.arg, variable, kind, default, arg.annotation, by_position_only=only)
            )

    def _default_variable(
        self, function: Function, param: Param, owner: Function, node: ast.AST
    ) -> None:
        """A default is evaluated once, at `def`, and lives with the function."""
        stem = "lambda" if isinstance(node, ast.Lambda) else function.name
        variable = Variable(f"{stem}_{param.name}_default", owner, stores=1, is_default=True)
        variable.index = sum(1 for v in owner.all_variables if v.name == variable.name)
        once = not isinstance(node, ast.Lambda) and id(node) not in self.loops
        if owner.kind == "module" and once:
            variable.is_global = True
            variable.module = owner.module
            variable.index = len(owner.module.functions)
        else:
            variable.captured = True
            function.free[variable] = None
        owner.all_variables.append(variable)
        param.default_variable = variable

    def _drain(self) -> None:
        while self.pending:
            function, scope, nodes = self.pending.popleft()
            node = function.node
            assert isinstance(node, (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef))
            self._bind(scope, nodes)
            self._resolve_body(scope, _code(node))

    # -- resolve
    def _resolve_body(self, scope: _Scope, body: Sequence[ast.AST]) -> None:
        stack = [*body[::-1]]
        while stack:
            node = stack.pop()
            method = _RESOLVERS.get(node.__class__)
            if method is not None:
                method(self, node, scope)
            else:
                stack += trees.children(node)[::-1]

    def _resolve(self, node: ast.AST, scope: _Scope) -> None:
        self._resolve_body(scope, (node,))

    def _definition(self, node: FunctionDef, scope: _Scope) -> None:
        for part in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
            if part is not None:
                self._resolve(part, scope)
        function = self.program.functions.get(node) or self._function(node, scope, scope.cls)
        variable = scope.names.get(node.name)
        if scope.cls is None and variable is not None:
            variable.entity = function

    def _lambda(self, node: ast.Lambda, scope: _Scope) -> None:
        for part in (*node.args.defaults, *node.args.kw_defaults):
            if part is not None:
                self._resolve(part, scope)
        self._function(node, scope, None)

    def _walrus(self, node: ast.NamedExpr, scope: _Scope) -> None:
        self._resolve(node.value, scope)
        home = scope
        while home.inline and home.parent is not None:
            home = home.parent
        self.names[node.target] = home.names[node.target.id]

    def _annotated(self, node: ast.AnnAssign, scope: _Scope) -> None:
        self._resolve(node.target, scope)
        if node.value is not None:
            self._resolve(node.value, scope)

    def _nothing(self, node: ast.AST, scope: _Scope) -> None:
        """No name stands in it that would have to be looked up."""

    def _name(self, node: ast.Name, scope: _Scope) -> None:
        variable = self._lookup(scope, node.id)
        if variable is not None and variable.is_global:
            variable = self.program.aliases.get(variable, variable)
        if variable is None or hasattr(node, "is_builtin"):
            self.names[node] = node.id
            return
        self.names[node] = variable
        user = scope.function
        if variable.is_global and node.id in _BUILTINS and self._may_precede(node, variable):
            if user.kind == "module" and id(node) not in self.loops:
                self.names[node] = node.id
                return
            self.program.uncertain.add(node)
        if variable.owner is not user:
            variable.captured = True
            if variable.owner is not None and not variable.is_global:
                user.free.setdefault(variable)

    @staticmethod
    def _may_precede(node: ast.Name, variable: Variable) -> bool:
        """The use stands before the module makes the builtin's name its own."""
        line = getattr(node, "lineno", 0)
        return isinstance(node.ctx, ast.Load) and line < variable.first_store_line

    def _comprehension(self, node: Comprehension, scope: _Scope) -> None:
        inner = _Scope(scope.function, scope, inline=True)
        for generator in node.generators:
            for name_node in trees.walk(generator.target):
                if isinstance(name_node, ast.Name):
                    variable = inner.names.get(name_node.id)
                    if variable is None:
                        variable = Variable(name_node.id, scope.function)
                        variable.index = self._fresh_index(scope.function, name_node.id)
                        inner.names[name_node.id] = variable
                        scope.function.all_variables.append(variable)
                    self._store(variable, name_node)
        for position, generator in enumerate(node.generators):
            self._resolve(generator.iter, inner if position else scope)
            self._resolve(generator.target, inner)
            for test in generator.ifs:
                self._resolve(test, inner)
        for part in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self._resolve(part, inner)

    @staticmethod
    def _fresh_index(function: Function, name: str) -> int:
        # Leaves room below for the webs of a plain local of the same name.
        same = sum(1 for v in function.all_variables if v.name == name and v.index >= 100)
        return 100 + same

    # -- classes
    def _declare_class(self, node: ast.ClassDef, scope: _Scope) -> Class:
        owner = scope.function
        qualname = name = written_name(node)
        if scope.cls is not None:
            qualname = f"{scope.cls.qualname}.{name}"
        elif owner.kind != "module":
            qualname = f"{owner.qualname}.<locals>.{name}"
        cls = Class(name, owner.module, node, qualname)
        cls.group = [cls]
        self.program.classes[node] = cls
        owner.module.classes.append(cls)
        return cls

    def _class(self, node: ast.ClassDef, scope: _Scope) -> None:
        for part in (*node.decorator_list, *node.bases, *[k.value for k in node.keywords]):
            self._resolve(part, scope)
        owner = scope.function
        cls = self.program.classes.get(node) or self._declare_class(node, scope)
        variable = scope.names.get(node.name)
        if variable is not None:
            variable.entity = cls
        for base in node.bases:
            self._base(cls, base)
        body = Function(node.name, cls.qualname, owner.module, node, None, cls, "module")  # type: ignore[arg-type]
        cls.body = body
        inner = _Scope(body, scope, cls=cls)
        self._bind(inner, own(node.body, whole=has_walrus(owner.module.nodes)))
        for name, class_variable in inner.names.items():
            class_variable.is_global = True
            class_variable.module = owner.module
            cls.class_attributes[name] = class_variable
        # Methods are called by their class, not through a variable.
        for statement in node.body:
            self._resolve(statement, inner)
        for statement in node.body:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self._method(cls, self.program.functions[statement])
            elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
                _rename(cls, statement.value.id, statement.targets)

    def _base(self, cls: Class, base: ast.expr) -> None:
        found = self.program.class_named(base)
        target = self.names.get(base) if isinstance(base, ast.Name) else None
        if found is not None:
            cls.inherit(found, base)
        elif isinstance(target, str) and target in EXCEPTIONS:
            cls.builtin_base = target

    def _method(self, cls: Class, function: Function) -> None:
        assert isinstance(function.node, (ast.FunctionDef, ast.AsyncFunctionDef))
        # Not `function.name`: a decorated function shows another one.
        name = function.node.name
        kind = "method"
        for decorator in function.decorators:
            text = ast.unparse(decorator)
            if text == "staticmethod":
                kind = "static"
            elif text == "classmethod":
                kind = "class"
            elif text == "property":
                cls.properties.setdefault(name, {})["get"] = function
                kind = "property"
            elif text.endswith((".setter", ".deleter", ".getter")):
                which = {"setter": "set", "deleter": "del", "getter": "get"}[
                    text.rpartition(".")[2]
                ]
                cls.properties.setdefault(name, {})[which] = function
                kind = "property"
        if name in ("__new__", "__init_subclass__", "__class_getitem__"):
            kind = "class"
        function.kind = kind
        if kind != "property":
            cls.methods[name] = function
        _hide(cls, name, function)

    # -- finish
    def finish(self, module: Module) -> None:
        """Captures, slots and webs; every name and import is resolved by now."""
        mark_constants(self.program, module)
        kept_generators.mark(module, self.names, self.loops)
        others = (m for m in self.program.modules.values() if m is not module)
        # A library module knows nothing of the program.
        if not module.is_library and all(m.is_library for m in others):
            self._localise(module)
        self._close_over(module)
        for function in module.functions:
            for variable in [v for v in function.free if v.known_entity is not None]:
                del function.free[variable]
        self._decide_slots(module)
        everyone = [*module.functions]
        for function in everyone:
            self._split(function)
        if module.body is not None:
            self._split(module.body)
        for cls in module.classes:
            self._fields(cls)

    @staticmethod
    def _localise(module: Module) -> None:
        """Module variables that only the module's body uses are its locals."""
        for variable in module.variables.values():
            if not variable.captured:
                variable.is_global = False

    def _split(self, function: Function) -> None:
        split = {
            v
            for v in function.all_variables
            if not v.captured and not v.is_global and not v.known_entity
        }
        # A parameter that nothing binds anew is one web, wherever something gets to.
        plain = {v for v in split if v.is_param and v.stores == 1}
        if plain and not unreached.may_have(_code(function.node)):
            split -= plain
        if split:
            held = closing.holders(self.program, function) if self.program.closes else set()
            Webs(self.program, function, split, held).run()

    @staticmethod
    def _close_over(module: Module) -> None:
        """A function needs what the nested functions that it mentions need."""
        changed = True
        while changed:
            changed = False
            for function in module.functions:
                for inner in function.nested:
                    for variable in inner.free:
                        if variable.owner is not function and variable not in function.free:
                            function.free[variable] = None
                            changed = True
                for variable in list(function.free):
                    entity = variable.known_entity
                    if isinstance(entity, Function) and entity is not function:
                        for other in entity.free:
                            if other.owner is not function and other not in function.free:
                                function.free[other] = None
                                changed = True

    @staticmethod
    def _decide_slots(module: Module) -> None:
        """A captured variable that changes, or is not there yet, needs a shared slot."""
        for function in module.functions:
            for variable in function.free:
                if variable.is_default or variable.known_entity is not None:
                    continue
                assert variable.owner is not None
                stored = variable.first_store_line
                # A lambda may stand in the statement that assigns the variable first.
                before = (
                    function.line <= stored
                    if function.kind == "lambda"
                    else (function.line < stored)
                )
                late = before or not trees.is_after(variable.owner.node, stored, function.line)
                variable.slotted |= variable.stores > 1 or variable.in_loop or late

    @staticmethod
    def _fields(cls: Class) -> None:
        """`self.x = …` in methods declares a field."""
        fields = cls.root.fields
        for statement in cls.node.body:
            if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if not statement.args.args:
                continue
            me = statement.args.args[0].arg
            for node in targets(statement):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.ctx, ast.Store)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == me
                    and not (cls.is_exception and node.attr in EXCEPTION_ATTRIBUTES)
                ):
                    fields.setdefault(node.attr, Attribute(node.attr))


def _rename(cls: Class, name: str, targets: list[ast.expr]) -> None:
    """`__rmul__ = __mul__` in a class body: one method or property by more names."""
    for target in targets:
        if not isinstance(target, ast.Name):
            continue
        if name in cls.methods:
            cls.methods[target.id] = cls.methods[name]
            _hide(cls, target.id, cls.methods[name])
        elif name in cls.properties:
            cls.properties[target.id] = cls.properties[name]
            _hide(cls, target.id, next(iter(cls.properties[name].values())))


def _hide(cls: Class, name: str, function: Function) -> None:
    """The name is no class attribute: in the class's body it stands for the function."""
    hidden = cls.class_attributes.pop(name, None)
    if hidden is not None:
        hidden.entity = function


def _code(node: FunctionDef | ast.Lambda | ast.Module) -> Sequence[ast.AST]:
    """What runs when the function is called."""
    return [node.body] if isinstance(node, ast.Lambda) else node.body


def _yields(module: Module) -> bool:
    return bool(module.nodes.every(ast.Yield)) or bool(module.nodes.every(ast.YieldFrom))


def written_name(node: FunctionDef | ast.ClassDef) -> str:
    """The name in the source, where a class that the node stands in mangled it."""
    name: str = getattr(node, "written_name", node.name)
    return name


# `Any`: each method takes the kind of node that is its key.
_RESOLVERS: dict[type[ast.AST], Callable[[Scopes, Any, _Scope], None]] = {
    ast.Name: Scopes._name,
    ast.Constant: Scopes._nothing,
    ast.FunctionDef: Scopes._definition,
    ast.AsyncFunctionDef: Scopes._definition,
    ast.Lambda: Scopes._lambda,
    ast.ClassDef: Scopes._class,
    **dict.fromkeys(Comprehension.__args__, Scopes._comprehension),
    ast.NamedExpr: Scopes._walrus,
    ast.Import: Scopes._nothing,
    ast.ImportFrom: Scopes._nothing,
    ast.AnnAssign: Scopes._annotated,
}
