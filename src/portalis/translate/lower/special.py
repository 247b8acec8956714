"""Builtins that rows cannot express: they look at syntax, classes or keywords."""

from __future__ import annotations

import ast
import weakref
from collections.abc import Callable

from portalis.translate.frontend.lattice import BOOL, INT, NEVER, NONE, OBJECTS, STR, VALUE, Ty
from portalis.translate.frontend.program import Class, Function
from portalis.translate.ir import nodes as ir
from portalis.translate.lower import (
    allocation,
    answers,
    array,
    attribute,
    by_name,
    call,
    class_attributes,
    closure,
    comparing,
    comprehension,
    copying,
    dict_classes,
    expression,
    iteration,
    mappings,
    narrowing,
    opening,
    operators,
    packing,
    printing,
    regex,
    regex_flags,
    row_calls,
    spreading,
    unions,
)
from portalis.translate.lower.coerce import coerce, diverge, none
from portalis.translate.lower.context import Frame, Refusal, as_type, ty_of
from portalis.translate.lower.given import Given
from portalis.translate.lower.match_rows import Arg, item_of, iterator
from portalis.translate.rows.row import parse_signature
from portalis.translate.rows.table import ROWS_BY_NAME

SPECIAL_FUNCTIONS = frozenset(
    ("str", "repr", "bool", "print", "len", "hash", "iter", "next", "abs")
)


def _plain_args(frame: Frame, node: ast.Call, most: int) -> list[ir.Expr] | None:
    if node.keywords or len(node.args) > most:
        return None
    if any(isinstance(a, ast.Starred) for a in node.args):
        return None
    return [frame.expr(a) for a in node.args]


def isinstance_(frame: Frame, node: ast.Call) -> ir.Expr:
    if any(isinstance(a, ast.Starred) for a in node.args):
        return starred_builtin(frame, node, "isinstance")
    condition, _, _ = narrowing.test(frame, node)
    return condition


def input_(frame: Frame, node: ast.Call) -> ir.Expr:
    if not node.args:
        return ir.Op(as_type(STR), "input(None)", {}, True)
    prompt = row_calls.builtin(frame, node, "str", [frame.expr(node.args[0])])
    return ir.Op(as_type(STR), "input(Some(&{p}))", {"p": ir.Operand(prompt)}, True)


def super_call(frame: Frame, node: ast.Call, func: ast.Attribute) -> ir.Expr:
    """`super().method(…)`: the next class of the MRO, called directly."""

    function = frame.function
    while function.cls is None and function.parent is not None:
        function = function.parent
    cls = function.cls
    if cls is None or not function.params:
        raise Refusal("PT202", node, "super() outside a method")
    me_variable = function.params[0].variable

    if func.attr == "__new__":
        if len({_after(d, cls, func.attr) for d in (cls, *cls.descendants())}) > 1:
            raise Refusal("PT204", node, "super().__new__ depends on the class that is made")
        return new_call(frame, node, _after(cls, cls, func.attr))
    args = call.given(frame, node)
    if len({_after(d, cls, func.attr) for d in (cls, *cls.descendants())}) > 1:
        return _super_by_class(frame, node, cls, func.attr, args)
    for base in cls.mro()[1:]:
        method = base.methods.get(func.attr)
        if method is not None:
            if method.kind == "static":
                return call.function_call(frame, node, method, args)
            if method.kind == "class":
                which = expression.variable(frame, me_variable, node)
                return call.class_method_call(frame, node, method, args, which)
            me = expression.variable(frame, me_variable, node)
            return call.function_call(frame, node, method, args, me)
        prop = base.properties.get(func.attr)
        if prop is not None and "get" in prop:
            me = expression.variable(frame, me_variable, node)
            return call.function_call(frame, node, prop["get"], args, me)
    if func.attr == "__init__":
        if cls.is_exception:
            me = expression.variable(frame, me_variable, node)
            packed = [coerce(frame, a, VALUE) for a in args.positional]
            return ir.Op(
                as_type(NONE),
                "{me}.set_args({args})",
                {
                    "me": ir.Operand(me, "recv"),
                    "args": ir.Operand(ir.TupleLit(as_type(NONE), packed), "values"),
                },
                False,
            )
        return ir.Block(as_type(NONE), [ir.Eval(frame.line, a) for a in args.positional], none())
    if func.attr == "__str__" and cls.is_exception:
        me = expression.variable(frame, me_variable, node)
        return ir.Op(as_type(STR), "{me}.args_str()", {"me": ir.Operand(me, "recv")}, True)
    raise Refusal("PT204", node, f"super().{func.attr} is not defined by a class of this program")


def new_of(frame: Frame, node: ast.Call, subject: ast.expr) -> ir.Expr | None:
    """`type(x).__new__(…)`, if the class of `x` is known as far as that goes."""
    known = class_attributes.known_class(frame, subject)
    if known is None:
        return None
    found = {c.find_method("__new__") for c in (known[0], *known[0].descendants())}
    if len(found) > 1:
        raise Refusal("PT204", node, f"__new__ is overridden below {known[0].name}")
    return new_call(frame, node, found.pop())


def new_call(frame: Frame, node: ast.Call, function: Function | None) -> ir.Expr:
    """`Base.__new__(cls, …)`: the class is an argument as others are. None: object's."""
    if function is None:
        return allocation.bare(frame, node)
    known = class_attributes.known_class(frame, node.args[0]) if node.args else None
    if known is None:
        raise Refusal("PT204", node, "__new__ of a class that is not known here")
    cls, which = known
    assert function.cls is not None
    if function.cls not in cls.mro():
        raise Refusal("PT204", node, f"__new__ of {function.cls.name} is given {cls.name}")
    rest = ast.copy_location(ast.Call(node.func, node.args[1:], node.keywords), node)
    which = which or closure.class_value(frame, cls, node)
    return call.class_method_call(frame, node, function, call.given(frame, rest), which)


def _after(runtime: Class, cls: Class, name: str) -> Function | None:
    """What `super().name` means in `cls` for an instance of `runtime`."""
    mro = runtime.mro()
    for base in mro[mro.index(cls) + 1 :]:
        if name in base.methods:
            return base.methods[name]
    return None


def _super_by_class(frame: Frame, node: ast.Call, cls: Class, name: str, args: Given) -> ir.Expr:
    """With several bases the next method depends on the instance's class."""

    found: dict[Function, list[Class]] = {}
    lacking: list[Class] = []
    for runtime in (cls, *cls.descendants()):
        function = _after(runtime, cls, name)
        if function is not None:
            found.setdefault(function, []).append(runtime)
        elif name.startswith("__"):
            raise Refusal("PT204", node, f"super().{name} is object's for {runtime.name}")
        else:
            lacking.append(runtime)
    function_ = frame.function
    while function_.cls is None and function_.parent is not None:
        function_ = function_.parent
    me = expression.variable(frame, function_.params[0].variable, node)
    error = row_calls.exception("attribute_error", f"'super' object has no attribute '{name}'")
    return call.dispatch(frame, node, me, found, args, name, (lacking, error))


def str_(frame: Frame, node: ast.Call) -> ir.Expr:
    args = _plain_args(frame, node, 1)
    if args is None:
        return _rows(frame, node, "str")
    if not args:
        return ir.Lit(as_type(STR), "")
    return text_of(frame, node, args[0])


def text_of(frame: Frame, node: ast.AST, value: ir.Expr) -> ir.Expr:
    if ty_of(value).kind == "never":
        return diverge(value)
    if ty_of(value).kind == "str" and not ty_of(value).optional:
        return value
    return row_calls.builtin(frame, node, "str", [value])


def bool_(frame: Frame, node: ast.Call) -> ir.Expr:
    if len(node.args) != 1 or node.keywords or isinstance(node.args[0], ast.Starred):
        return _rows(frame, node, "bool")
    return comparing.truth(frame, frame.expr(node.args[0]))


def _length(frame: Frame, given: ir.Expr) -> ir.Expr:
    """What `len` makes of the answer of `__len__`."""
    if ty_of(given).kind == "never" or isinstance(given, ir.Lit):
        return given
    size = answers.checked(frame, given, "__len__")
    return ir.Op(as_type(INT), "checked_len({n})", {"n": ir.Operand(size)}, True)


def _dunder_or_row(name: str, dunder: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    """A builtin that asks the object first: `len(x)` → `x.__len__()`."""

    def handler(frame: Frame, node: ast.Call) -> ir.Expr:

        if node.args and not node.keywords and not isinstance(node.args[0], ast.Starred):
            value = frame.expr(node.args[0])
            ty = ty_of(value)
            if ty.kind == "never":
                return diverge(value)
            if ty.kind == "inst" and not ty.optional and ty.cls is not None:
                if call.implementations(ty.cls, dunder) and call.always_has(ty.cls, dunder):
                    rest = [frame.expr(a) for a in node.args[1:]]
                    made = call.method_exprs(frame, node, value, dunder, rest)
                    return _length(frame, made) if name == "len" else made
                if dunder in ("__len__", "__abs__") or call.implementations(ty.cls, dunder):
                    return row_calls.builtin(frame, node, name, [coerce(frame, value, VALUE)])
            if name == "len" and ty.kind == "tuple" and not ty.optional:
                count = ir.Lit(as_type(INT), len(ty.args))
                if isinstance(value, ir.Var):
                    return count
                return ir.Block(as_type(INT), [ir.Eval(frame.line, value)], count)
        return _rows(frame, node, name)

    return handler


def pow_(frame: Frame, node: ast.Call) -> ir.Expr:
    """`pow(n, 2)` of an int is an int, as `n ** 2` is."""
    args = _plain_args(frame, node, 2)
    if args is not None and len(args) == 2:
        return operators.binary(frame, node, ast.Pow, *args)
    return _dunder_or_row("pow", "__pow__")(frame, node)


def _rows(frame: Frame, node: ast.Call, name: str) -> ir.Expr:

    return call.rows_function(frame, node, name)


def iter_(frame: Frame, node: ast.Call) -> ir.Expr:
    if len(node.args) == 1:
        value = frame.expr(node.args[0])
        if ty_of(value).kind == "inst" and not ty_of(value).optional:
            cls = ty_of(value).cls
            assert cls is not None
            if call.always_has(cls, "__iter__"):
                return call.method_exprs(frame, node, value, "__iter__", [])
            value = iteration.instance_iterator(frame, node, value)
        if ty_of(value).kind == "tuple":
            value = operators.as_vartuple(frame, node, value)
        return row_calls.builtin(frame, node, "iter", [value])
    return _rows(frame, node, "iter")


def next_(frame: Frame, node: ast.Call) -> ir.Expr:

    value = frame.expr(node.args[0])
    ty = ty_of(value)
    cls = operators.user_class(ty)
    if cls is not None and not call.always_has(cls, "__next__"):
        value, ty = coerce(frame, value, VALUE), VALUE
    elif cls is not None and len(node.args) == 1:
        return call.method_exprs(frame, node, value, "__next__", [])
    rest = [frame.expr(a) for a in node.args[1:]]
    if ty.kind == "inst":
        value = iteration.stepper(frame, node, value)
    return row_calls.builtin(frame, node, "next", [value, *rest])


def format_(frame: Frame, node: ast.Call) -> ir.Expr:
    """`format(x, spec)`: the object's class says how."""
    starred = any(isinstance(a, ast.Starred) for a in node.args)
    if not node.args or node.keywords or starred:
        return _rows(frame, node, "format")
    value, *spec = [frame.expr(a) for a in node.args]
    ty = ty_of(value)
    cls = operators.user_class(ty)
    if ty.kind in OBJECTS and unions.any_has(ty, "__format__"):
        if cls is not None and call.always_has(cls, "__format__"):
            given = spec or [ir.Lit(as_type(STR), "")]
            return call.method_exprs(frame, node, value, "__format__", given)
        value = coerce(frame, value, VALUE)
    if ty_of(value).kind == "value":
        # Its class may say how; `str` is only what most classes say.
        spec = spec or [ir.Lit(as_type(STR), "")]
    opening.by_name(frame, "__format__")
    return row_calls.builtin(frame, node, "format", [value, *spec])


def any_all(name: str) -> Callable[[Frame, ast.Call], ir.Expr]:
    def handler(frame: Frame, node: ast.Call) -> ir.Expr:

        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            return comprehension.any_all(frame, node.args[0], name == "any")
        return _rows(frame, node, name)

    return handler


def type_(frame: Frame, node: ast.Call) -> ir.Expr:
    if len(node.args) != 1:
        raise Refusal("PT206", node, "type() with three arguments makes a class at run time")
    value = coerce(frame, frame.expr(node.args[0]), VALUE)
    return row_calls.dynamic_builtin(frame, "type", [value], VALUE)


def issubclass_(frame: Frame, node: ast.Call) -> ir.Expr:

    pair = [attribute.named_entity(frame, a) for a in node.args]
    if any(isinstance(c, Class) and c.is_protocol() for c in pair[1:]):
        raise Refusal("PT204", node, "issubclass of a protocol")
    below = any(class_attributes.may_be_below(frame, a) for a in node.args)
    if len(pair) == 2 and isinstance(pair[0], Class) and isinstance(pair[1], Class) and not below:
        return ir.Lit(as_type(BOOL), pair[0].is_subclass(pair[1]))
    boxed = [coerce(frame, _class_or_value(frame, a), VALUE) for a in node.args]
    return row_calls.dynamic_builtin(frame, "issubclass", boxed, BOOL)


def _class_or_value(frame: Frame, node: ast.expr) -> ir.Expr:
    """A class that is only compared needs nothing but its identity."""
    entity = attribute.named_entity(frame, node)
    if isinstance(entity, Class) and not class_attributes.may_be_below(frame, node):
        return closure.class_value(frame, entity, node)
    if isinstance(node, ast.Tuple):
        items = [coerce(frame, _class_or_value(frame, item), VALUE) for item in node.elts]
        cell = frame.site(node, "classes")
        frame.flow(VALUE, cell)
        return ir.TupleLit(as_type(Ty("tuple", tuple(cell for _ in items))), items)
    return frame.expr(node)


def starred_builtin(frame: Frame, node: ast.Call, name: str) -> ir.Expr:
    """`max(*xs)`, `zip(*rows)`: the iterable itself where that means the same."""
    rest = _rest_row(frame, node, name)
    if rest is not None:
        return rest
    only = node.args[0] if node.args else None
    if len(node.args) == 1 and isinstance(only, ast.Starred) and name == "zip":
        if all(k.arg == "strict" for k in node.keywords):
            return _zip_rows(frame, node, iteration.iterable(frame, node, frame.expr(only.value)))
    if len(node.args) == 1 and isinstance(only, ast.Starred) and f"{name}*" in ROWS_BY_NAME:
        rows = iteration.iterable(frame, node, frame.expr(only.value))
        return _star_row(frame, node, name, rows)
    if name in ("max", "min") and not node.keywords:
        found = _extreme(frame, node, name)
        if found is not None:
            return found
    if name not in row_calls.DYNAMIC_BUILTINS:
        raise Refusal("PT202", node, f"* in a call of {name} is not translated")
    args = call.given(frame, node)
    boxed = [coerce(frame, a, VALUE) for a in args.positional]
    named = {k: coerce(frame, a, VALUE) for k, a in args.keywords.items()}
    callee = expression.builtin_value(frame, name, ast.Name(name, ast.Load()))
    return spreading.dynamic_call(frame, "call_spread", callee, "", boxed, named, args)


def _rest_row(frame: Frame, node: ast.Call, name: str) -> ir.Expr | None:
    """`join(a, *rest)`: a row of its own takes a list of all that comes after the parameters
    that have one argument each."""
    rows = ROWS_BY_NAME.get(f"{name}*", ())
    params = parse_signature(rows[0].sig).params if rows else ()
    if not params or params[-1].type.kind != "list" or node.keywords:
        return None
    before = len(params) - 1
    if any(isinstance(a, ast.Starred) for a in node.args[:before]):
        return None
    given = [frame.expr(a) for a in node.args[:before]]
    cell = frame.site(node, "rest")
    if params[-1].type.args[0].kind == "value":
        frame.flow(VALUE, cell)
    items = expression.spread(frame, node, node.args[before:], Ty("list", (cell,)))
    return row_calls.builtin(frame, node, f"{name}*", [*given, items])


def _extreme(frame: Frame, node: ast.Call, name: str) -> ir.Expr | None:
    """`max(*xs)`: the largest of a list, unless there may be one argument, which is walked."""
    rest = Ty("list", (frame.site(node, "arguments"),))
    items = expression.spread(frame, node, node.args, rest)
    plain = sum(not isinstance(a, ast.Starred) for a in node.args)
    if plain > 1:
        return row_calls.builtin(frame, node, name, [items])
    if frame.read(rest.args[0]).kind not in ("int", "float", "num", "never"):
        return None
    several = ir.Op(items.ty, f'several({{xs}}, "{name}")', {"xs": ir.Operand(items)}, True)
    return row_calls.builtin(frame, node, name, [several])


def _star_row(frame: Frame, node: ast.Call, name: str, rows: ir.Expr) -> ir.Expr:
    """`product(*rows)`: a row of its own takes the iterable."""
    keywords: dict[str, Arg] = {k.arg: frame.expr(k.value) for k in node.keywords if k.arg}
    if len(keywords) != len(node.keywords):
        raise Refusal("PT202", node, f"** in a call of {name} is not translated")
    return row_calls.builtin(frame, node, f"{name}*", [rows], keywords)


def _zip_rows(frame: Frame, node: ast.Call, rows: ir.Expr) -> ir.Expr:
    """`zip(*rows, strict=…)`: the columns, as tuples."""
    named = [comparing.truth(frame, frame.expr(k.value)) for k in node.keywords]
    row = item_of(frame, ty_of(rows))
    if row is None or row.kind == "never":
        return diverge(rows)
    if row.kind == "tuple":
        for cell in row.args[1:]:
            frame.engine.lattice.unify(row.args[0], cell)
        row = Ty("vartuple", row.args[:1])
    item = item_of(frame, row)
    if item is None or row.optional:
        raise Refusal("PT202", node, "zip(*rows) of rows that are not known to be sequences")
    cell = frame.site(node, "columns")
    frame.flow(item, cell)
    inner = frame.site(node, "column")
    frame.flow(Ty("vartuple", (cell,)), inner)
    if not item.same(frame.read(cell)):
        raise Refusal("PT202", node, "zip(*rows) whose columns are used with other types")
    strict = named[0] if named else ir.Lit(as_type(BOOL), False)
    walked = ir.Operand(iterator(frame, rows, row), "iter")
    operands = {"rows": walked, "strict": ir.Operand(strict)}
    return ir.Op(as_type(Ty("iter", (inner,))), "iter::zip_star({rows}, {strict})", operands, True)


def str_format(frame: Frame, node: ast.Call, receiver: ir.Expr) -> ir.Expr:
    for argument in (*node.args, *(k.value for k in node.keywords)):
        regex_flags.check_shown(frame, argument)
    opening.by_name(frame, "__format__")
    args = call.given(frame, node)
    every = [*args.positional, *args.keywords.values()]
    if any(ty_of(a).kind == "never" for a in every):
        return diverge(*every)
    boxed = [coerce(frame, a, VALUE) for a in args.positional]
    named = {k: coerce(frame, a, VALUE) for k, a in args.keywords.items()}
    if args.star is not None or args.double_star is not None:
        return coerce(
            frame,
            spreading.dynamic_call(
                frame,
                "call_method_spread",
                coerce(frame, receiver, VALUE),
                '"format", ',
                boxed,
                named,
                args,
            ),
            STR,
        )
    pairs = ", ".join(f'(Str::lit("{k}"), {{kw_{k}}})' for k in named)
    operands = {
        "f": ir.Operand(receiver, "ref"),
        "args": ir.Operand(ir.TupleLit(as_type(NONE), boxed), "values"),
        **{f"kw_{k}": ir.Operand(v) for k, v in named.items()},
    }
    return ir.Op(as_type(STR), f"str_format({{f}}, {{args}}, vec![{pairs}])", operands, True)


def undefined_name(name: str) -> ir.Expr:
    """Reading a name that nothing ever defines."""
    error = row_calls.exception("name_error", f"name '{name}' is not defined")
    return ir.Op(as_type(NEVER), f"Err::<Never, Exc>({error})", {}, True)


def apply_named(frame: Frame, node: ast.AST, name: str, items: list[ir.Expr]) -> ir.Expr:
    """A special builtin passed as a function: `map(str, xs)`."""

    if not items:
        empty = {"str": ir.Lit(as_type(STR), ""), "bool": ir.Lit(as_type(BOOL), False)}
        return empty.get(name) or row_calls.builtin(frame, node, name, [])
    value = items[0]
    if name == "str":
        return text_of(frame, node, value)
    if name == "bool":
        return comparing.truth(frame, value)
    if name == "print":
        parts = ir.Operand(ir.TupleLit(as_type(NONE), items), "shows")
        return ir.Op(as_type(NONE), "print(&[{parts}])", {"parts": parts}, True)
    ty = ty_of(value)
    dunder = f"__{name}__"
    if ty.kind == "inst" and not ty.optional and ty.cls is not None and ty.cls.find_method(dunder):
        return call.method_exprs(frame, node, value, dunder, items[1:])
    if name == "len" and ty.kind == "tuple":
        return ir.Lit(as_type(INT), len(ty.args))
    return row_calls.builtin(frame, node, name, list(items))


def cast_(frame: Frame, node: ast.Call) -> ir.Expr:
    return frame.expr(node.args[1])


def noop_(frame: Frame, node: ast.Call) -> ir.Expr:
    return frame.expr(node.args[0])


def dict_(frame: Frame, node: ast.Call) -> ir.Expr:
    """`dict(a=1)`, `dict(pairs, a=1)`."""
    if not node.keywords:
        if len(node.args) == 1 and not isinstance(node.args[0], (ast.Starred, ast.GeneratorExp)):
            value = frame.expr(node.args[0])
            if mappings.is_mapping(value):
                return mappings.entries(frame, value)
        return _rows(frame, node, "dict")
    display = ast.Dict([], [])
    for arg in node.args:
        inner = ast.copy_location(ast.Call(node.func, [arg], []), node)
        display.keys.append(None)
        display.values.append(inner)
    for keyword in node.keywords:
        key = None if keyword.arg is None else ast.copy_location(ast.Constant(keyword.arg), node)
        display.keys.append(key)
        display.values.append(keyword.value)
    made = _DISPLAYS.setdefault(node, ast.copy_location(display, node))
    return frame.expr(made)


# The display that stands for a call: the same node in every round.
_DISPLAYS: weakref.WeakKeyDictionary[ast.Call, ast.Dict] = weakref.WeakKeyDictionary()


def id_(frame: Frame, node: ast.Call) -> ir.Expr:
    """`id(x)`: boxed first, so that a container's address is its own."""
    value = frame.expr(node.args[0])
    if ty_of(value).kind == "never":
        return diverge(value)
    return row_calls.builtin(frame, node, "id", [coerce(frame, value, VALUE)])


HANDLERS: dict[str, Callable[[Frame, ast.Call], ir.Expr]] = {
    "print": printing.print_,
    "dict": dict_,
    "id": id_,
    "isinstance": isinstance_,
    "issubclass": issubclass_,
    "input": input_,
    "str": str_,
    "bool": bool_,
    "len": _dunder_or_row("len", "__len__"),
    "abs": _dunder_or_row("abs", "__abs__"),
    "int": _dunder_or_row("int", "__int__"),
    "complex": _dunder_or_row("complex", "__complex__"),
    "float": _dunder_or_row("float", "__float__"),
    "round": _dunder_or_row("round", "__round__"),
    "divmod": _dunder_or_row("divmod", "__divmod__"),
    "pow": pow_,
    "reversed": _dunder_or_row("reversed", "__reversed__"),
    "iter": iter_,
    "next": next_,
    "format": format_,
    "any": any_all("any"),
    "all": any_all("all"),
    "type": type_,
    "getattr": lambda frame, node: by_name.getattr_(frame, node),
    "hasattr": lambda frame, node: by_name.hasattr_(frame, node),
    "setattr": lambda frame, node: by_name.setattr_(frame, node),
    "delattr": lambda frame, node: by_name.delattr_(frame, node),
    "vars": lambda frame, node: by_name.vars_(frame, node),
}
LIBRARY: dict[str, Callable[[Frame, ast.Call], ir.Expr]] = {
    "typing.cast": cast_,
    "typing.TypeVar": lambda frame, node: none(),
    "typing.NewType": lambda frame, node: none(),
    "typing.ParamSpec": lambda frame, node: none(),
    "collections.Counter": lambda frame, node: dict_classes.counter(frame, node),
    "collections.defaultdict": lambda frame, node: dict_classes.defaultdict(frame, node),
    "collections.OrderedDict": lambda frame, node: dict_classes.ordered_dict(frame, node),
    "copy.copy": lambda frame, node: copying.copier("copy.copy", "__copy__")(frame, node),
    "copy.deepcopy": lambda frame, node: copying.copier("copy.deepcopy", "__deepcopy__")(
        frame, node
    ),
    "math.floor": _dunder_or_row("math.floor", "__floor__"),
    "math.ceil": _dunder_or_row("math.ceil", "__ceil__"),
    "math.trunc": _dunder_or_row("math.trunc", "__trunc__"),
    "array.array": lambda frame, node: array.array(frame, node),
    "re.compile": lambda frame, node: regex.compile_(frame, node),
    "re.findall": lambda frame, node: regex.listing("findall")(frame, node),
    "re.split": lambda frame, node: regex.listing("split")(frame, node),
    "struct.unpack": lambda frame, node: packing.unpack("unpack")(frame, node),
    "struct.unpack_from": lambda frame, node: packing.unpack("unpack_from")(frame, node),
}
