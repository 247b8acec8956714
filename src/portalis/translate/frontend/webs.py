"""Splits a local variable into its webs: definitions that reach a common use.

    n = input()          n      one web, a str
    n = int(n)           n_1    another, an int

Reaching definitions on the structured AST, one pass: a loop's head also sees
every definition of its body, a handler every definition of its `try`. A use that
no definition may have reached marks its variable `maybe_unbound`, which is
Python's UnboundLocalError. (Muchnick, "Advanced Compiler Design", 16.3.3: webs.)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from portalis.core import trees
from portalis.translate.frontend.program import Class, Function, Imported, Module, Program, Variable

# Reaching definitions of each variable; the variable itself stands for "none yet".
State = dict[Variable, frozenset[object]]


class Webs:
    def __init__(
        self, program: Program, function: Function, split: set[Variable], whole: set[Variable]
    ) -> None:
        """whole: variables of which each stays one web."""
        self.whole = whole
        self.names = program.names
        self.program = program
        self.split = split
        self.parent: dict[object, object] = {}
        self.uses: list[tuple[ast.AST, Variable]] = []
        self.definitions: list[tuple[object, Variable]] = []
        self.unbound: set[object] = set()
        self.breaks: list[list[State]] = []
        # The web of a use, by one of its definitions.
        self.use_root: dict[object, object] = {}
        self.function = function

    # -- union-find over definitions
    def find(self, d: object) -> object:
        while self.parent.get(d, d) is not d:
            d = self.parent[d]
        return d

    def union(self, ds: Iterable[object]) -> None:
        first: object | None = None
        for d in ds:
            root = self.find(d)
            if first is None:
                first = root
            elif root is not first:
                self.parent[root] = first

    def run(self) -> None:
        state: State = {}
        for variable in self.split:
            start = ("param", variable) if variable.is_param else variable
            state[variable] = frozenset((start,))
            if variable.is_param:
                self.definitions.append((start, variable))
        node = self.function.node
        if isinstance(node, ast.Lambda):
            self.expr(node.body, state)
        else:
            self.block(node.body, state)
        for variable in self.whole:
            self.union(d for d, v in self.definitions if v is variable)
        self.assign_webs()

    def assign_webs(self) -> None:
        webs: dict[object, Variable] = {}
        count: dict[Variable, int] = {}
        unbound = {self.find(u) for u in self.unbound}
        order = [(d, v, None) for d, v in self.definitions] + [(u, v, u) for u, v in self.uses]
        for key, variable, use in order:
            root = self.find(self.use_root[use] if use is not None else key)
            web = webs.get(root)
            if web is None:
                index = count.get(variable, 0)
                count[variable] = index + 1
                web = variable if index == 0 else self.fresh(variable, index)
                webs[root] = web
            if root in unbound:
                web.maybe_unbound = True
            node = use if use is not None else key
            if isinstance(node, ast.AST):
                self.names[node] = web
        self.name_entities(webs)

    def name_entities(self, webs: dict[object, Variable]) -> None:
        """A web of one `def`, `class` or `import` stands for what that defines."""
        defined: dict[Variable, list[object]] = {}
        for definition, _ in self.definitions:
            defined.setdefault(webs[self.find(definition)], []).append(definition)
        for web, nodes in defined.items():
            only = nodes[0] if len(nodes) == 1 else None
            entity = self.defined_by(only) if isinstance(only, ast.AST) else None
            if entity is not None and not web.maybe_unbound:
                web.entity, web.stores = entity, 1

    def defined_by(self, node: ast.AST) -> Function | Class | Module | Imported | None:
        meaning = self.program.meanings.get(node)
        if meaning is None or isinstance(meaning, Variable):
            return self.program.classes.get(node) or self.program.functions.get(node)
        return meaning

    def fresh(self, variable: Variable, index: int) -> Variable:
        web = Variable(variable.name, variable.owner, index=index, in_loop=variable.in_loop)
        web.stores = 2
        self.function.all_variables.append(web)
        return web

    # -- states
    def use(self, node: ast.AST, state: State) -> None:
        variable = self.names.get(node)
        if not isinstance(variable, Variable) or variable not in self.split:
            return
        reaching = state.get(variable, frozenset((variable,)))
        real = [d for d in reaching if d is not variable]
        if not real:
            real = [variable]
        self.union(real)
        if variable in reaching:
            self.unbound.add(real[0])
        self.use_root[node] = real[0]
        self.uses.append((node, variable))

    def define(self, node: ast.AST, state: State) -> None:
        variable = self.names.get(node)
        if isinstance(variable, Variable) and variable in self.split:
            state[variable] = frozenset((node,))
            self.definitions.append((node, variable))

    @staticmethod
    def join(states: Sequence[State | None]) -> State | None:
        live = [s for s in states if s is not None]
        if not live:
            return None
        first = live[0]
        if len(live) == 1:
            return first
        out = dict(first)
        for other in live[1:]:
            for variable, ds in other.items():
                mine = out.get(variable)
                out[variable] = ds if mine is None else (mine | ds if mine is not ds else mine)
        return out

    def definitions_in(self, nodes: Iterable[ast.AST]) -> State:
        """Every definition inside `nodes`, whatever the order."""
        found: dict[Variable, set[object]] = {}
        for top in nodes:
            for node in trees.walk(top):
                variable = self.names.get(node)
                if (
                    isinstance(variable, Variable)
                    and variable in self.split
                    and not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
                ):
                    found.setdefault(variable, set()).add(node)
        return {v: frozenset(ds) for v, ds in found.items()}

    # -- statements
    def block(self, body: Sequence[ast.stmt], state: State | None) -> State | None:
        for statement in body:
            if state is None:
                # Unreachable: give its names some web all the same.
                state = {v: frozenset((v,)) for v in self.split}
                self.statement(statement, state)
                state = None
                continue
            state = self.statement(statement, state)
        return state

    def statement(self, s: ast.stmt, state: State) -> State | None:
        method = _STATEMENTS.get(type(s))
        if method is not None:
            return method(self, s, state)
        self.expr(s, state)
        return state

    def s_Assign(self, s: ast.Assign, state: State) -> State:
        self.expr(s.value, state)
        for target in s.targets:
            self.target(target, state)
        return state

    def s_AnnAssign(self, s: ast.AnnAssign, state: State) -> State:
        if s.value is not None:
            self.expr(s.value, state)
            self.target(s.target, state)
        return state

    def s_AugAssign(self, s: ast.AugAssign, state: State) -> State:
        if isinstance(s.target, ast.Name):
            # Read and write are one node: both belong to one web.
            variable = self.names.get(s.target)
            if isinstance(variable, Variable) and variable in self.split:
                reaching = [d for d in state[variable] if d is not variable]
                if variable in state[variable]:
                    self.unbound.add(s.target)
                self.expr(s.value, state)
                self.define(s.target, state)
                self.union([s.target, *reaching])
                return state
        else:
            self.expr(s.target, state)
        self.expr(s.value, state)
        return state

    def s_Delete(self, s: ast.Delete, state: State) -> State:
        for target in s.targets:
            if isinstance(target, ast.Name):
                variable = self.names.get(target)
                if isinstance(variable, Variable) and variable in self.split:
                    self.use(target, state)
                    self.unbound.add(self.use_root[target])
                    state[variable] = frozenset((variable, self.use_root[target]))
            else:
                self.expr(target, state)
        return state

    def s_Return(self, s: ast.Return, state: State) -> None:
        if s.value is not None:
            self.expr(s.value, state)

    def s_Raise(self, s: ast.Raise, state: State) -> None:
        self.expr(s, state)

    def s_Break(self, s: ast.Break, state: State) -> None:
        if self.breaks:
            self.breaks[-1].append(dict(state))

    def s_Continue(self, s: ast.Continue, state: State) -> None:
        return None

    def s_If(self, s: ast.If, state: State) -> State | None:
        self.expr(s.test, state)
        then = self.block(s.body, dict(state))
        other = self.block(s.orelse, state)
        return self.join([then, other])

    def s_While(self, s: ast.While, state: State) -> State | None:
        head = self.join([state, self.definitions_in([s.test, *s.body])])
        assert head is not None
        self.expr(s.test, head)
        self.breaks.append([])
        self.block(s.body, dict(head))
        breaks = self.breaks.pop()
        endless = isinstance(s.test, ast.Constant) and bool(s.test.value)
        end = None if endless else self.block(s.orelse, head)
        return self.join([end, *breaks])

    def s_For(self, s: ast.For, state: State) -> State | None:
        self.expr(s.iter, state)
        head = self.join([state, self.definitions_in([s.target, *s.body])])
        assert head is not None
        self.breaks.append([])
        inside = dict(head)
        self.target(s.target, inside)
        self.block(s.body, inside)
        breaks = self.breaks.pop()
        return self.join([self.block(s.orelse, head), *breaks])

    def s_With(self, s: ast.With, state: State) -> State | None:
        for item in s.items:
            self.expr(item.context_expr, state)
            if item.optional_vars is not None:
                self.target(item.optional_vars, state)
        before = dict(state)
        end = self.block(s.body, state)
        # __exit__ may swallow an exception that any statement of the body raised.
        return self.join([end, self.join([before, self.definitions_in(s.body)])])

    def s_Try(self, s: ast.Try, state: State) -> State | None:
        before = dict(state)
        raised = self.join([dict(state), self.definitions_in(s.body)])
        end = self.block(s.body, state)
        if end is not None:
            end = self.block(s.orelse, self.hide_first(s.body, before, end))
        ends = [end]
        for handler in s.handlers:
            assert raised is not None
            inside = dict(raised)
            if handler.type is not None:
                self.expr(handler.type, inside)
            if handler.name:
                self.define(handler, inside)
            ends.append(self.block(handler.body, inside))
        out = self.join(ends)
        if out is not None:
            parts: list[ast.AST] = [*s.body]
            if s.finalbody:
                parts += [*s.handlers, *s.orelse]
            out = self.hide_first(parts, before, out)
        if s.finalbody:
            whole: list[ast.AST] = [*s.body, *s.handlers, *s.orelse]
            anyhow = self.join([raised, self.definitions_in(whole), out])
            final = self.block(s.finalbody, anyhow)
            if out is None or final is None:
                return None
            changed = self.definitions_in(s.finalbody)
            return {v: (final[v] if v in changed else ds) for v, ds in out.items()}
        return out

    def hide_first(self, inside: Sequence[ast.AST], before: State, after: State) -> State:
        """Rust cannot see that the end of a `try` body was reached: what the body
        assigns first counts as maybe unbound after it."""
        first = [
            v
            for v in self.definitions_in(inside)
            if v in after and not (after[v] & before.get(v, frozenset())) - {v}
        ]
        return {**after, **{v: after[v] | {v} for v in first}}

    def s_Match(self, s: ast.Match, state: State) -> State | None:
        self.expr(s.subject, state)
        ends: list[State | None] = []
        exhaustive = False
        for case in s.cases:
            inside = dict(state)
            for node in trees.walk(case.pattern):
                if isinstance(node, (ast.MatchAs, ast.MatchStar, ast.MatchMapping)):
                    self.define(node, inside)
                elif isinstance(node, ast.expr):
                    self.expr(node, inside)
            if case.guard is not None:
                self.expr(case.guard, inside)
            exhaustive |= case.guard is None and (
                isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            )
            ends.append(self.block(case.body, inside))
        return self.join(ends if exhaustive else [*ends, state])

    def s_FunctionDef(self, s: ast.FunctionDef, state: State) -> State:
        for d in s.decorator_list:
            self.expr(d, state)
        for default in (*s.args.defaults, *s.args.kw_defaults):
            if default is not None:
                self.expr(default, state)
        self.define(s, state)
        return state

    def s_ClassDef(self, s: ast.ClassDef, state: State) -> State:
        for base in s.bases:
            self.expr(base, state)
        self.define(s, state)
        return state

    def s_Import(self, s: ast.Import | ast.ImportFrom, state: State) -> State:
        for alias in s.names:
            self.define(alias, state)
        return state

    # -- expressions
    def target(self, node: ast.expr, state: State) -> None:
        if isinstance(node, ast.Name):
            self.define(node, state)
        elif isinstance(node, (ast.Tuple, ast.List)):
            for item in node.elts:
                self.target(item, state)
        elif isinstance(node, ast.Starred):
            self.target(node.value, state)
        else:
            self.expr(node, state)

    def expr(self, node: ast.AST, state: State) -> None:
        """Uses in evaluation order; a walrus defines."""
        stack = [node]
        while stack:
            node = stack.pop()
            method = _EXPRESSIONS.get(node.__class__)
            if method is not None:
                method(self, node, state)
            else:
                stack += trees.children(node)[::-1]

    def e_Name(self, node: ast.Name, state: State) -> None:
        if isinstance(node.ctx, ast.Load):
            self.use(node, state)

    def e_Constant(self, node: ast.Constant, state: State) -> None:
        """Nothing stands in it."""

    def e_NamedExpr(self, node: ast.NamedExpr, state: State) -> None:
        self.expr(node.value, state)
        self.define(node.target, state)

    def e_Lambda(self, node: ast.Lambda, state: State) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.expr(default, state)

    def e_IfExp(self, node: ast.IfExp, state: State) -> None:
        self.expr(node.test, state)
        self.branches(state, [node.body], [node.orelse])

    def e_BoolOp(self, node: ast.BoolOp, state: State) -> None:
        self.expr(node.values[0], state)
        self.branches(state, node.values[1:], [])

    def branches(self, state: State, first: list[ast.expr], second: list[ast.expr]) -> None:
        a, b = dict(state), dict(state)
        for node in first:
            self.expr(node, a)
        for node in second:
            self.expr(node, b)
        joined = self.join([a, b])
        assert joined is not None
        state.update(joined)

    def comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State
    ) -> None:
        self.expr(node.generators[0].iter, state)
        inner = self.join([dict(state), self.definitions_in([node])])
        assert inner is not None
        for position, generator in enumerate(node.generators):
            if position:
                self.expr(generator.iter, inner)
            self.target(generator.target, inner)
            for test in generator.ifs:
                self.expr(test, inner)
        for part in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
            self.expr(part, inner)
        joined = self.join([state, inner])
        assert joined is not None
        state.update(joined)


# `Any`: each method takes the kind of node that is its key.
_EXPRESSIONS: dict[type[ast.AST], Callable[[Webs, Any, State], None]] = {
    ast.Name: Webs.e_Name,
    ast.Constant: Webs.e_Constant,
    ast.NamedExpr: Webs.e_NamedExpr,
    ast.Lambda: Webs.e_Lambda,
    ast.IfExp: Webs.e_IfExp,
    ast.BoolOp: Webs.e_BoolOp,
    ast.ListComp: Webs.comprehension,
    ast.SetComp: Webs.comprehension,
    ast.GeneratorExp: Webs.comprehension,
    ast.DictComp: Webs.comprehension,
}


# `Any`: each method takes the statements that are its keys.
_STATEMENTS: dict[type[ast.stmt], Callable[[Webs, Any, State], State | None]] = {
    ast.Assign: Webs.s_Assign,
    ast.AnnAssign: Webs.s_AnnAssign,
    ast.AugAssign: Webs.s_AugAssign,
    ast.Delete: Webs.s_Delete,
    ast.Return: Webs.s_Return,
    ast.Raise: Webs.s_Raise,
    ast.Break: Webs.s_Break,
    ast.Continue: Webs.s_Continue,
    ast.If: Webs.s_If,
    ast.While: Webs.s_While,
    ast.For: Webs.s_For,
    ast.AsyncFor: Webs.s_For,
    ast.With: Webs.s_With,
    ast.AsyncWith: Webs.s_With,
    ast.Try: Webs.s_Try,
    ast.TryStar: Webs.s_Try,
    ast.Match: Webs.s_Match,
    ast.FunctionDef: Webs.s_FunctionDef,
    ast.AsyncFunctionDef: Webs.s_FunctionDef,
    ast.ClassDef: Webs.s_ClassDef,
    ast.Import: Webs.s_Import,
    ast.ImportFrom: Webs.s_Import,
}
