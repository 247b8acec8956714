"""What the front end knows of a program: modules, functions, classes, variables."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass, field

from portalis.core import trees
from portalis.translate.frontend.binders import bound_names
from portalis.translate.frontend.lattice import NEVER, Cell, Ty, doubt

# The exception classes of the builtins.
EXCEPTIONS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type)
    and issubclass(value, BaseException)
    and not issubclass(value, BaseExceptionGroup)
)
# Builtin names of one class.
EXCEPTION_ALIASES = {"IOError": "OSError", "EnvironmentError": "OSError"}

# What every exception has, whatever its class defines.
EXCEPTION_ATTRIBUTES = frozenset(
    ("args", "__cause__", "__context__", "__suppress_context__", "__notes__")
)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.Module


# Scopes whose names are no names of what they stand in.
_SCOPES: trees.Parts = dict.fromkeys(
    (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp, ast.SetComp,
     ast.DictComp, ast.GeneratorExp),
    lambda _node: [],
)  # fmt: skip


@dataclass(eq=False, slots=True, repr=False)
class Variable:
    """One variable; a local that is redefined with another meaning is several."""

    name: str
    owner: Function | None
    cell: Cell = field(default_factory=Cell)
    # Distinguishes the webs of one Python name.
    index: int = 0
    is_param: bool = False
    # Read or written by a nested function.
    captured: bool = False
    # Number of assignments in the source, and whether one stands in a loop.
    stores: int = 0
    in_loop: bool = False
    first_store_line: int = 0
    # Some use may come before any assignment.
    maybe_unbound: bool = False
    # Lives in a shared slot because a nested function sees it change.
    slotted: bool = False
    is_global: bool = False
    # Holds a parameter's default: captured by value when the function is made.
    is_default: bool = False
    module: Module | None = None
    # Bound once, to a `def`, `class` or `import`: known without a flow.
    entity: Function | Class | Module | Imported | None = None
    constant: ast.expr | None = None
    # Is only called, and assigned once: `x.method`, or what a library calls `library`.
    method: str = ""
    library: str = ""
    # A class attribute that only assignments after the class statement set; one of several
    # places that some assignment through a class sets.
    late: bool = False
    is_assigned_late: bool = False
    # Is set once the `def` has run, where a call may come before it.
    defined: Variable | None = None
    rust_name: str = ""

    @property
    def changes_elsewhere(self) -> bool:
        """Other code may assign it between two statements of one function.

        The globals that expansions make are used by the statements they stand for only.
        """
        return self.slotted or (self.is_global and not self.name.startswith("_portalis_"))

    @property
    def known_entity(self) -> Function | Class | Module | Imported | None:
        """What the name always stands for, once it is bound."""
        return self.entity if self.stores <= 1 and not self.in_loop else None


@dataclass(eq=False, slots=True)
class Imported:
    """A name that stands for something of a library: `math` or `math.sqrt`."""

    path: str


@dataclass(eq=False, slots=True)
class Param:
    name: str
    variable: Variable
    # "positional" | "star" | "keyword" | "double_star"
    kind: str
    # Before a `/`: no keyword means it.
    by_position_only: bool = field(default=False, kw_only=True)
    default: ast.expr | None = None
    annotation: ast.expr | None = None
    # Holds the default where it is not a literal: evaluated once, at `def`.
    default_variable: Variable | None = None


@dataclass(eq=False, slots=True, repr=False)
class Function:
    """A function, method, lambda, or a module's top level."""

    name: str
    qualname: str
    module: Module
    node: FunctionNode
    parent: Function | None = None
    cls: Class | None = None
    # "function" | "method" | "static" | "class" | "lambda" | "module" | "property"
    kind: str = "function"
    params: list[Param] = field(default_factory=list)
    result: Cell = field(default_factory=Cell)
    is_generator: bool = False
    # An `async def`: a generator by another name, that `await` runs.
    is_coroutine: bool = False
    yields: Cell = field(default_factory=Cell)
    variables: dict[str, Variable] = field(default_factory=dict)
    all_variables: list[Variable] = field(default_factory=list)
    # Variables of enclosing functions that this one uses, itself or through others.
    free: dict[Variable, None] = field(default_factory=dict)
    nested: list[Function] = field(default_factory=list)
    globals_declared: set[str] = field(default_factory=set)
    reachable: bool = False
    # The program can run it, not only other functions that never run.
    live: bool = False
    used_as_value: bool = False
    decorators: list[ast.expr] = field(default_factory=list)
    rust_name: str = ""
    # Functions made of the same source for arguments of other kinds; of one of them, that source's.
    versions: list[Function] = field(default_factory=list)
    original: Function | None = None
    may_have_versions: bool | None = None
    # How often it was elaborated.
    round: int = 0
    # Cells made for AST sites, kept from round to round.
    sites: dict[tuple[object, ...], Cell] = field(default_factory=dict)

    def take_apart(self) -> None:
        """As the program: nobody uses it any longer."""
        for variable in self.all_variables:
            variable.cell.forget()
        self.result.forget()
        self.yields.forget()
        for cell in self.sites.values():
            cell.forget()
        for owned in (self.params, self.variables, self.all_variables, self.free, self.sites):
            owned.clear()
        self.nested.clear()
        self.versions.clear()

    @property
    def line(self) -> int:
        return getattr(self.node, "lineno", 1)

    @property
    def shown_qualname(self) -> str:
        """What Python shows: a decorated function and its wrapper have names of their own here."""
        if self.kind == "lambda" or not hasattr(self.node, "python_name"):
            return self.qualname
        if hasattr(self.node, "python_qualname"):
            return str(self.node.python_qualname)
        home, dot, _ = self.qualname.rpartition(".")
        return f"{home}{dot}{self.name}"

    @property
    def called_qualname(self) -> str:
        """What the TypeError of a call that does not fit shows, whatever `__qualname__` was set
        to: of a wrapper that passes everything on, the function that it wraps."""
        called: str | None = getattr(self.node, "called_name", None)
        if called is None:
            return self.shown_qualname
        home, dot, _ = self.qualname.rpartition(".")
        return f"{home}{dot}{called[1:]}" if called.startswith(".") else called

    @property
    def hides_misfits(self) -> bool:
        """A wrapper that takes anything, and does something before, or with, the TypeError of
        the function that it passes that on to."""
        return getattr(self.node, "hides_misfits", False)

    @property
    def taken(self) -> tuple[Variable, ...]:
        """The variables of enclosing functions that its calls pass along: methods of local
        classes are called from where those are not."""
        return () if self.cls is not None and self.kind != "lambda" else tuple(self.free)


@dataclass(eq=False, slots=True)
class Attribute:
    """A field of instances, or a class attribute."""

    name: str
    cell: Cell = field(default_factory=Cell)
    # Assigned unconditionally in every __init__ that runs.
    definite: bool = False


@dataclass(eq=False, slots=True, repr=False)
class Class:
    name: str
    module: Module
    node: ast.ClassDef
    qualname: str = ""
    bases: list[Class] = field(default_factory=list)
    # The expressions that name them.
    base_nodes: list[ast.expr] = field(default_factory=list)
    # The built-in class at the root: "object" or an exception's name.
    builtin_base: str = "object"
    methods: dict[str, Function] = field(default_factory=dict)
    properties: dict[str, dict[str, Function]] = field(default_factory=dict)
    class_attributes: dict[str, Variable] = field(default_factory=dict)
    # Shared by the whole hierarchy: kept on its root.
    fields: dict[str, Attribute] = field(default_factory=dict)
    subclasses: list[Class] = field(default_factory=list)
    body: Function | None = None
    rust_name: str = ""
    # Its descriptor's.
    static_name: str = ""
    # Instances become dynamic values; and in what can run.
    escapes: bool = False
    escapes_live: bool = False
    # Instances meet those of other hierarchies in comparisons that the class defines.
    is_mixed: bool = False
    instantiated: bool = False
    decorators: tuple[str, ...] = ()
    # Fields that instances have before anything can read them, once asked for.
    definite: frozenset[str] | None = None
    definite_below: frozenset[str] | None = None
    abstract: tuple[str, ...] | None = None
    _base_names: frozenset[str] | None = None
    # What the class is where it is kept or passed: itself, or dynamic once it must be.
    as_value: Cell = field(default_factory=Cell)
    # All classes connected by inheritance share one struct; the first stands for them.
    group: list[Class] = field(default_factory=list)
    # Both are asked for at every use of an attribute; `inherit` forgets them.
    _mro: list[Class] | None = None
    # Its bases agree on an order of methods: known once `mro` was asked for.
    is_ordered: bool = True
    _descendants: list[Class] | None = None

    def take_apart(self) -> None:
        """As the program: nobody uses it any longer."""
        if self.body is not None:
            self.body.take_apart()
            self.body = None
        self.as_value.forget()
        for attribute in self.fields.values():
            attribute.cell.forget()
        for variable in self.class_attributes.values():
            variable.cell.forget()
        for owned in (self.methods, self.properties, self.class_attributes, self.fields):
            owned.clear()
        for related in (self.bases, self.subclasses, self.group):
            related.clear()
        self._mro = self._descendants = None

    def join_group(self, other: Class) -> None:
        if self.group is other.group:
            return
        first, second = other.group, self.group
        first.extend(second)
        for cls in second:
            cls.group = first

    def inherit(self, base: Class, named: ast.expr) -> None:
        self.bases.append(base)
        self.base_nodes.append(named)
        self.join_group(base)
        base.subclasses.append(self)
        if base.builtin_base != "object":
            self.builtin_base = base.builtin_base
        for cls in self.group:
            cls._mro = cls._descendants = None

    @property
    def is_exception(self) -> bool:
        return self.builtin_base != "object"

    @property
    def is_plain_exception(self) -> bool:
        """Nothing but a name: its instances are ordinary exceptions of this class."""
        if not self.is_exception:
            return False
        if any(c.methods or c.properties or c.fields or c.class_attributes for c in self.group):
            return False
        doubt()
        return True

    @property
    def root(self) -> Class:
        return self.group[0]

    @property
    def rust_type(self) -> str:
        """Module and name of the hierarchy's struct."""
        return f"{self.root.module.rust_name}::{self.root.rust_name}"

    def mro(self) -> list[Class]:
        """C3 linearisation (Python reference, "The Python 2.3 method resolution order")."""
        if self._mro is None:
            self._mro = self._linearised()
        return self._mro

    def _linearised(self) -> list[Class]:
        sequences = [base.mro() for base in self.bases] + [list(self.bases)]
        out: list[Class] = [self]
        while any(sequences):
            sequences = [s for s in sequences if s]
            for sequence in sequences:
                head = sequence[0]
                if not any(head in other[1:] for other in sequences):
                    break
            else:
                # What is left in some order: such a class is refused, yet asked about.
                self.is_ordered = False
                return list(dict.fromkeys((*out, *(c for s in sequences for c in s))))
            out.append(head)
            sequences = [[c for c in s if c is not head] for s in sequences]
        return out

    def find_method(self, name: str) -> Function | None:
        # Asked at every use of an attribute: `sets`, without its call.
        for cls in self._mro or self.mro():
            found = cls.methods.get(name)
            if found is not None:
                return found
            variable = cls.class_attributes.get(name)
            if name in cls.properties or (variable is not None and not variable.late):
                return None
        return None

    def sets(self, name: str) -> bool:
        """The class statement says what `name` is: what bases say of it is hidden."""
        if name in self.methods or name in self.properties:
            return True
        variable = self.class_attributes.get(name)
        return variable is not None and not variable.late

    def is_protocol(self) -> bool:
        return "Protocol" in self._named_bases()

    def abstract_names(self) -> tuple[str, ...]:
        """Abstract methods and properties that nothing below them defines, sorted."""
        if self.abstract is None:
            mro = self.mro()
            names: set[str] = set()
            if any({"ABC", "Protocol", "ABCMeta"} & c._named_bases() for c in mro):
                names = {n for c in mro for n in (*c.methods, *c.properties)}
            self.abstract = tuple(sorted(n for n in names if self._is_abstract(n)))
        return self.abstract

    def _named_bases(self) -> frozenset[str]:
        if self._base_names is None:
            bases = (b.value if isinstance(b, ast.Subscript) else b for b in self.node.bases)
            named = (*bases, *(k.value for k in self.node.keywords if k.arg == "metaclass"))
            self._base_names = frozenset(ast.unparse(b).rpartition(".")[2] for b in named)
        return self._base_names

    def _is_abstract(self, name: str) -> bool:
        for cls in self.mro():
            functions = [*cls.properties.get(name, {}).values()]
            functions += [cls.methods[name]] if name in cls.methods else []
            if functions:
                marks = [ast.unparse(d) for f in functions for d in f.decorators]
                return any(m.rpartition(".")[2].startswith("abstract") for m in marks)
            if cls.defines(name):
                return False
        return False

    def defines(self, name: str) -> bool:
        """The class statement gives `name` a value: an annotation alone gives none."""
        return name in self.class_attributes and any(
            isinstance(n, ast.Name)
            and n.id == name
            and isinstance(n.ctx, ast.Store)
            and not (isinstance(s, ast.AnnAssign) and s.value is None)
            for s in self.node.body
            for n in trees.within([s], _SCOPES)
        )

    def can_exist(self) -> bool:
        """Whether something can be an instance of exactly this class."""
        return not self.abstract_names() and not self.is_protocol()

    def find_property(self, name: str) -> dict[str, Function] | None:
        for cls in self.mro():
            found = cls.properties.get(name)
            if found is not None or cls.sets(name):
                return found
        return None

    def find_class_attribute(self, name: str) -> Variable | None:
        for cls in self.mro():
            found = cls.class_attributes.get(name)
            if found is not None or cls.sets(name):
                return found
        return None

    def descendants(self) -> list[Class]:
        if self._descendants is None:
            found: dict[Class, None] = {}
            for sub in self.subclasses:
                found.update(dict.fromkeys((sub, *sub.descendants())))
            self._descendants = list(found)
        return self._descendants

    def is_subclass(self, other: Class) -> bool:
        return other in self.mro()

    def common_base(self, other: Class) -> Class | None:
        theirs = other.mro()
        return next((c for c in self.mro() if c in theirs), None)


ClassInfo = Class


@dataclass(eq=False, slots=True, repr=False)
class Module:
    name: str
    path: str
    source: str
    tree: ast.Module
    nodes: trees.Index
    rust_name: str = ""
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    body: Function | None = None
    is_main: bool = False
    # Brought by the compiler: only what the program reaches of it counts.
    is_library: bool = False
    _lines: list[str] = field(default_factory=list)
    _imports: list[ast.Import | ast.ImportFrom] | None = None
    _bound: dict[str, list[ast.AST]] | None = None

    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """Its import statements, breadth first."""
        if self._imports is None:
            some = bool(self.nodes.every(ast.Import)) or bool(self.nodes.every(ast.ImportFrom))
            found = trees.statements(self.tree) if some else ()
            self._imports = [n for n in found if isinstance(n, (ast.Import, ast.ImportFrom))]
        return self._imports

    def bound(self) -> dict[str, list[ast.AST]]:
        """The names that its body binds, with the nodes that bind them, in source order."""
        if self._bound is None:
            self._bound = bound_names(self.tree.body)
        return self._bound

    def line(self, number: int) -> str:
        """The text of a line that counts from 1; "" if there is none."""
        self._lines = self._lines or self.source.split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


@dataclass(eq=False, slots=True, repr=False)
class Program:
    modules: dict[str, Module] = field(default_factory=dict)
    # What the functions of each name mention, once asked for.
    mentions: dict[str, frozenset[str]] | None = None
    # The same by the function's node.
    mentioned: dict[ast.AST, frozenset[str]] = field(default_factory=dict)
    # What each name node stands for: a variable, or a builtin's name.
    names: dict[ast.AST, Variable | str] = field(default_factory=dict)
    # Names of functions that may return NotImplemented.
    not_implemented: set[str] = field(default_factory=set)
    # Names of modules' variables that are assigned later than their module runs.
    rebound: set[str] = field(default_factory=set)
    # Uses that may run before the module redefines the builtin of that name.
    uncertain: set[ast.AST] = field(default_factory=set)
    # The function a def or lambda node defines, the class a class node defines.
    functions: dict[ast.AST, Function] = field(default_factory=dict)
    classes: dict[ast.AST, Class] = field(default_factory=dict)
    # What each alias of an import statement stands for.
    meanings: dict[ast.AST, Function | Class | Module | Imported | Variable] = field(
        default_factory=dict
    )
    # Some generator has something to do when it is closed.
    closes: bool = False
    # Choices between a range and something else, of which the rest is one walk.
    walked: set[ast.AST] = field(default_factory=set)
    # A name imported from another module of the program → the variable it names there.
    aliases: dict[Variable, Variable] = field(default_factory=dict)
    # Of the groups of classes whose instances may be made without `__init__`: the roots.
    made_bare: set[Class] = field(default_factory=set)
    # Module → those that have been imported wherever its statements and functions run.
    loads: dict[Module, frozenset[Module]] = field(default_factory=dict)
    # Whether some object does something when it is asked for its length, once that is asked.
    shows_lengths: bool | None = None
    # Whether `asks_docs`, once that is asked.
    _docs: bool | None = None

    def asks_docs(self) -> bool:
        """Some module of the program's own mentions `__doc__`, as an attribute or a text."""
        if self._docs is None:
            own = [m for m in self.modules.values() if not m.is_library]
            self._docs = any(
                any(n.attr == "__doc__" for n in m.nodes.every(ast.Attribute))
                or any(n.value == "__doc__" for n in m.nodes.every(ast.Constant))
                for m in own
            )
        return self._docs

    def every_class(self) -> list[Class]:
        return [c for m in self.modules.values() for c in m.classes]

    def take_apart(self) -> None:
        """Nobody uses it from now on: what refers to each other in a circle would stay until
        the interpreter looks for such garbage, with all that hangs on it."""
        for module in self.modules.values():
            for cls in module.classes:
                cls.take_apart()
            for function in (module.body, *module.functions):
                if function is not None:
                    function.take_apart()
            for owned in (module.variables, module.functions, module.classes):
                owned.clear()
            module.body = None
        for table in (self.names, self.functions, self.classes, self.meanings, self.aliases):
            table.clear()
        self.loads.clear()
        self.modules.clear()

    def class_named(self, node: ast.expr) -> Class | None:
        """The class that `Base`, `module.Base` or `Base[int]` names, once it is declared."""
        if isinstance(node, ast.Subscript):
            return self.class_named(node.value)
        found = self._entity_named(node)
        return found if isinstance(found, Class) else None

    def _entity_named(self, node: ast.expr) -> Function | Class | Module | Imported | None:
        if isinstance(node, ast.Attribute):
            home = self._entity_named(node.value)
            if not isinstance(home, Module):
                return None
            member = home.variables.get(node.attr)
            if member is not None:
                return member.entity
            first = node.value
            while isinstance(first, ast.Attribute):
                first = first.value
            root = self.names.get(first)
            at = root.module if isinstance(root, Variable) else None
            return self.submodule(home, node.attr, at) if at is not None else None
        found = self.names.get(node)
        return found.entity if isinstance(found, Variable) else None

    def submodule(self, package: Module, name: str, at: Module) -> Module | None:
        """The module that importing it made an attribute of its package, where it is sure that
        this has happened before the code of `at` asks."""
        found = self.modules.get(f"{package.name}.{name}")
        if found is None or name in package.variables or found not in self.loads[at]:
            return None
        return found


UNKNOWN: Ty = NEVER
