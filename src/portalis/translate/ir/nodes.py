"""The typed IR: structured, explicit about evaluation order, nearly Rust.

Every expression has a static type and evaluates its operands left to right.
Conversions are explicit (`Coerce`), so are the ways a value is taken: an operand
is either owned or borrowed (`Operand`). Anything that may raise is marked; where
the exception goes is decided by emission from the enclosing `Try`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portalis.translate.ir import types as t
from portalis.translate.ir.types import Type


@dataclass(eq=False, slots=True)
class Local:
    """A Rust variable. storage: "plain"; "maybe" (an Option: unbound until
    assigned); "slot" (shared with closures, `Rc<Slot<T>>`)."""

    name: str
    ty: Type
    storage: str = "plain"
    python_name: str = ""
    is_param: bool = False
    # Assigned after its declaration.
    mutable: bool = False
    # A parameter that is a Rust reference.
    by_ref: bool = False
    # Whose it is, as the error says that finds it unbound: "local" to the function,
    # "free" (of an enclosing one), or a "global" of a module that only its body uses.
    scope: str = "local"

    @property
    def may_hold_generator(self) -> bool:
        """It is a variable of the program that a generator may live in, or in what it holds."""
        return bool(self.python_name) and self.ty.holds_code


@dataclass(eq=False, slots=True)
class Expr:
    ty: Type


@dataclass(eq=False, slots=True)
class Lit(Expr):
    value: int | float | bool | str | bytes | complex | None


@dataclass(eq=False, slots=True)
class Var(Expr):
    local: Local
    # The last use of the local: its value is taken, not cloned.
    moved: bool = False


@dataclass(eq=False, slots=True)
class Operand:
    """How an operation takes a value.

    mode: "own", "ref" (`&x`), "optref" (`Option<&T>`), "iter" (an iterator of
    `Result<T>`), "i64" (saturated), "index", "show" (`&dyn Show`), "closure".
    lends: of a container the operation needs what is in it, not a handle, and keeps none.
    """

    value: Expr
    mode: str = "own"
    lends: bool = False


@dataclass(eq=False, slots=True)
class Op(Expr):
    """A runtime operation: Rust text over named operands, `{name}`."""

    template: str
    operands: dict[str, Operand]
    raises: bool
    # Rust types for `{T}` in the template.
    generics: dict[str, Type] = field(default_factory=dict)
    # Row name, for passes that know operators: "+", "list.append".
    name: str = ""
    pure: bool = False
    # What it gives is a container that nothing else holds.
    makes: bool = False


@dataclass(eq=False, slots=True)
class Call(Expr):
    """A call of a translated function by path; arguments are owned, but where `refs` says."""

    path: str
    args: list[Expr]
    raises: bool = True
    # Captured slots and values of the enclosing function that come first.
    captures: list[Local] = field(default_factory=list)
    # One an argument: passed by reference. Empty: none is.
    refs: list[bool] = field(default_factory=list)
    # Runs the steps of a generator in the place of the one around it.
    delegates: Delegation | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """suspends: the steps may. whole: they are all of the generator around them.
    boxed: the steps may be running already. leaving: the runtime's function that an
    exception passes on its way out of them."""

    suspends: bool
    whole: bool = False
    boxed: bool = False
    leaving: str = ""


@dataclass(eq=False, slots=True)
class Delegate(Expr):
    """What `call` of a generator function returns once it has run in the place of the
    generator around it; `value` does that through an object, and holds `call`."""

    value: Expr
    call: Call


@dataclass(eq=False, slots=True)
class CallValue(Expr):
    callee: Expr
    args: list[Expr]


@dataclass(eq=False, slots=True)
class FunctionValue(Expr):
    """A translated function as a `Func`, holding what it captures."""

    path: str
    python_name: str
    param_names: list[str]
    captures: list[Local]
    params: list[Type]
    result: Type
    # One a parameter: its value where the caller of the value gives none.
    fixed: list[Expr | None] = field(default_factory=list)
    # One a parameter: the function takes it by reference. Empty: none.
    refs: list[bool] = field(default_factory=list)
    # Its `def` runs once: every mention is the same object.
    once: bool = False
    # Its docstring, where the program asks some function for one.
    doc: str | None = None


@dataclass(eq=False, slots=True)
class DynamicParam:
    """kind: "positional_only", "positional", "keyword", "star" or "double_star"."""

    name: str
    kind: str
    ty: Type
    default: Expr | None = None


@dataclass(eq=False, slots=True)
class DynamicFunction(Expr):
    """A translated function as a `Value` that binds any arguments as CPython does."""

    path: str
    python_name: str
    captures: list[Local]
    params: list[DynamicParam]
    result: Type
    # One a parameter: the function takes it by reference. Empty: none.
    refs: list[bool] = field(default_factory=list)
    # As of a `FunctionValue`.
    once: bool = False
    # The first parameter is a receiver that no call gives and that messages count.
    implied: bool = False
    # What a TypeError calls it, where that is another name.
    called_name: str = ""
    # As of a `FunctionValue`.
    doc: str | None = None


@dataclass(eq=False, slots=True)
class RustClosure(Expr):
    """A closure literal for a runtime function; its body is an expression."""

    params: list[Local]
    body: Expr


@dataclass(eq=False, slots=True)
class Coerce(Expr):
    """The same Python value in another representation; `source` is its type now.

    on_none: what using None here raises, as a Rust expression of type `Exc`; empty
    where None was excluded.
    """

    value: Expr
    source: Type
    on_none: str = ""

    @property
    def is_unwrapping(self) -> bool:
        """The value in an Option or a union, as it is: it can be borrowed where it lies."""
        if self.source.kind == "union":
            return self.ty.kind == "inst"
        return self.source.kind == "opt" and self.source.args[0] == self.ty


@dataclass(eq=False, slots=True)
class FieldGet(Expr):
    obj: Expr
    field: str
    definite: bool
    python_name: str
    # Read when the instance has no such field of its own: a class attribute.
    fallback: Expr | None = None


@dataclass(eq=False, slots=True)
class GlobalGet(Expr):
    path: str
    python_name: str
    definite: bool = False


@dataclass(eq=False, slots=True)
class ListLit(Expr):
    items: list[Expr]


@dataclass(eq=False, slots=True)
class TupleLit(Expr):
    items: list[Expr]


@dataclass(eq=False, slots=True)
class SetLit(Expr):
    """constants: nothing but constants, which CPython puts together in an order of its own."""

    items: list[Expr]
    constants: bool = False


@dataclass(eq=False, slots=True)
class DictLit(Expr):
    items: list[tuple[Expr, Expr]]


@dataclass(eq=False, slots=True)
class TupleItem(Expr):
    value: Expr
    position: int
    # The last use of this item of a local: it is taken, not cloned.
    moved: bool = False


@dataclass(eq=False, slots=True)
class IfExp(Expr):
    test: Expr
    then: Expr
    other: Expr


@dataclass(eq=False, slots=True)
class BoolOp(Expr):
    """`&&` or `||` over bools."""

    op: str
    items: list[Expr]


@dataclass(eq=False, slots=True)
class Not(Expr):
    value: Expr


@dataclass(eq=False, slots=True)
class Block(Expr):
    body: list[Stmt]
    value: Expr


@dataclass(eq=False, slots=True)
class Diverge(Expr):
    """Evaluates `parts`, one of which never returns."""

    parts: list[Expr]


@dataclass(eq=False, slots=True)
class GeneratorExpr(Expr):
    """A lazily run body that yields; captures by value."""

    body: list[Stmt]
    captures: list[Local]


@dataclass(eq=False, slots=True)
class VirtualCall(Expr):
    """Dispatch on the receiver's class: each arm is (class names, call)."""

    receiver: Local
    arms: list[tuple[list[str], Expr]]


@dataclass(eq=False, slots=True)
class UnionMatch(Expr):
    """One arm a class that `value`, of a union, may be of; a local borrows it there as such."""

    value: Expr
    arms: list[tuple[Local, Expr]]


@dataclass(eq=False, slots=True)
class Stmt:
    line: int


@dataclass(eq=False, slots=True)
class Declare(Stmt):
    local: Local
    value: Expr | None = None


@dataclass(eq=False, slots=True)
class Assign(Stmt):
    local: Local
    value: Expr


@dataclass(eq=False, slots=True)
class SetGlobal(Stmt):
    path: str
    value: Expr


@dataclass(eq=False, slots=True)
class SetField(Stmt):
    """is_noted: the instance remembers in which order its fields came."""

    obj: Expr
    field: str
    value: Expr
    is_noted: bool = False


@dataclass(eq=False, slots=True)
class Delete(Stmt):
    local: Local


@dataclass(eq=False, slots=True)
class Eval(Stmt):
    value: Expr


@dataclass(eq=False, slots=True)
class If(Stmt):
    test: Expr
    then: list[Stmt]
    other: list[Stmt]


@dataclass(eq=False, slots=True)
class While(Stmt):
    """test None: an endless loop. `orelse` runs when the test fails."""

    label: str
    test: Expr | None
    body: list[Stmt]
    orelse: list[Stmt]


@dataclass(eq=False, slots=True)
class For(Stmt):
    """`iterable` is walked as `walk` says; each item is bound to `target`."""

    label: str
    target: Local
    iterable: Expr
    body: list[Stmt]
    orelse: list[Stmt]


@dataclass(eq=False, slots=True)
class Break(Stmt):
    label: str


@dataclass(eq=False, slots=True)
class Continue(Stmt):
    label: str


@dataclass(eq=False, slots=True)
class Return(Stmt):
    value: Expr | None


@dataclass(eq=False, slots=True)
class Raise(Stmt):
    """value None: re-raise the exception being handled."""

    value: Expr | None
    cause: Expr | None = None
    handled: Local | None = None


@dataclass(eq=False, slots=True)
class Handler:
    """classes: Rust paths of class statics; empty catches everything."""

    classes: list[str]
    body: list[Stmt]
    # The exception being handled, for a bare `raise`.
    caught: Local


@dataclass(eq=False, slots=True)
class Try(Stmt):
    label: str
    body: list[Stmt]
    handlers: list[Handler]
    orelse: list[Stmt]
    final: list[Stmt]
    # The program looks at `__context__`: what a handler raises gets it.
    chains: bool = False


@dataclass(eq=False, slots=True)
class Yield(Stmt):
    value: Expr


@dataclass(eq=False, slots=True)
class FunctionDef:
    """A Rust function. Captured locals come first among its parameters."""

    path: str
    name: str
    captures: list[Local]
    params: list[Local]
    result: Type
    body: list[Stmt]
    doc: str = ""
    line: int = 0
    python_name: str = ""
    is_generator: bool = False
    generator_item: Type = t.NONE
    # Of a generator: what its `return` gives.
    returns: Type = t.NONE
    is_coroutine: bool = False
    # Of a generator: returns what a call of its steps gives; and they never suspend.
    is_maker: bool = False
    at_once: bool = False
    # The steps of a generator of `generator_item`: takes the yielder last.
    suspends: bool = False
    raises: bool = True
    locals: list[Local] = field(default_factory=list)
    # Counts against the recursion limit.
    recursive: bool = False
    # Small: callers do well to take it in.
    inline: bool = False
    # What an exception that leaves the function keeps, as its traceback keeps the frame.
    # Declared first.
    kept: list[Local] = field(default_factory=list)
    # What passes found in its body (`ir/gathered.py`).
    gathered: tuple[list[Expr | Stmt], dict[type, list[Expr | Stmt]]] | None = field(
        default=None, init=False
    )


@dataclass(eq=False, slots=True)
class FieldDef:
    """plain: every instance has it before anything reads it."""

    name: str
    ty: Type
    plain: bool = False


@dataclass(eq=False, slots=True)
class Protocol:
    """A dunder that the runtime calls on instances: arms by class."""

    dunder: str
    this: Local
    other: Local
    arms: list[tuple[list[str], Expr]]


@dataclass(eq=False, slots=True)
class DynamicMethod:
    """A method or property of one class, callable by name with dynamic arguments."""

    cls: str
    name: str
    # As messages show it.
    qualname: str
    # The receiver's, where it has one, is the first; `locals` are those after it.
    params: list[DynamicParam]
    locals: list[Local]
    value: Expr
    # "method", "property" (to read), "setter" (of one), or "class": an attribute of the class.
    kind: str

    @property
    def defaults(self) -> list[Expr | None]:
        return [p.default for p in self.params]


@dataclass(eq=False, slots=True)
class ClassDef:
    """One hierarchy's struct, or a subclass that shares its root's struct.

    bases: Rust paths of the descriptors in the MRO after the class itself.
    is_plain: an exception class that is a name only.
    """

    name: str
    python_name: str
    module: str
    qualname: str
    bases: list[str]
    root: str
    builtin_base: str
    fields: list[FieldDef]
    doc: str = ""
    line: int = 0
    # The descriptor's name.
    static_name: str = ""
    is_exception: bool = False
    is_plain: bool = False
    # Some instance may be seen dynamically.
    escapes: bool = False
    # Instances remember in which order their fields came.
    is_ordered: bool = False
    # Some instance is made without a handle.
    makes_owner: bool = False
    # Instances take attributes that no code names, but for those of methods.
    is_open: bool = False
    method_names: list[str] = field(default_factory=list)
    # Some instance may be copied by the copy module.
    is_copied: bool = False
    init: Call | None = None
    init_params: list[Local] = field(default_factory=list)
    protocols: list[Protocol] = field(default_factory=list)
    dynamic: list[DynamicMethod] = field(default_factory=list)
    # Of a root: the descriptor of each class of the hierarchy, and those of its MRO in it.
    family: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Reflected operators: name, class, the class that defines it there.
    reflected: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class GlobalDef:
    path: str
    ty: Type
    python_name: str
    constant: Expr | None = None


@dataclass(eq=False, slots=True)
class ModuleIR:
    rust_name: str
    path: str
    doc: str
    globals: list[GlobalDef]
    functions: list[FunctionDef]
    classes: list[ClassDef]
    init: FunctionDef | None = None
    # The unions whose first class is the module's.
    unions: list[Type] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class CrateIR:
    name: str
    modules: list[ModuleIR]
    main: str
    # Nothing outside calls its functions.
    is_program: bool = False
    # Some generator has something to do when it is closed: when a value goes can be told.
    closes: bool = False
