"""The diagnostic codes, a row each; `portalis explain` prints them.

PT0xx reading and parsing, PT1xx names and imports, PT2xx what Python can that Rust here
cannot (yet), PT3xx types, PT8xx size limits, PT9xx our own failures.
"""

from __future__ import annotations

from portalis.core.diagnostics import Code, code_table

CODES = code_table(
    (
        Code(
            "PT001",
            "Syntax error",
            "The file is not Python 3.11: CPython's own parser refuses it.",
            "Mend the line; `python -m py_compile FILE` shows the same error.",
            "def f(:\n    pass\n",
        ),
        Code(
            "PT002",
            "Undecodable file",
            "The bytes of the file do not fit its encoding (UTF-8, or what its coding cookie "
            "or byte order mark says), or the encoding has no name that Python knows.",
            "Save the file as UTF-8, or state its encoding in its first line: "
            "`# -*- coding: latin-1 -*-`.",
        ),
        Code(
            "PT003",
            "Unreadable file",
            "The file cannot be opened: it does not exist, is no regular file, or its "
            "permissions forbid it.",
            "Check the path and its permissions.",
        ),
        Code(
            "PT004",
            "Binary file",
            "The file holds NUL bytes, so it is no Python source text.",
            "Pass the .py file, not a compiled or packed one.",
        ),
        Code(
            "PT005",
            "Nothing to translate",
            "The given folder or list holds no Python file.",
            "Pass a .py file, or a folder that holds one.",
        ),
        Code(
            "PT006",
            "Two files claim one module name",
            "Two of the given files would be imported by the same name.",
            "Pass their common package folder, or rename one.",
        ),
        Code(
            "PT101",
            "Missing import",
            "A module is imported that is neither among the given files nor a library module "
            "that Portalis knows.",
            "Pass the file or its package folder too. Third-party packages are not translated.",
            "import no_such_module_anywhere\n",
        ),
        Code(
            "PT102",
            "Name used while modules import each other",
            "Modules import each other in a circle, and one uses a name of another at import "
            "time, before that name has its value. CPython raises ImportError or "
            "AttributeError there.",
            "Move the import into the function that needs it, or the shared part into a module "
            "of its own.",
        ),
        Code(
            "PT103",
            "Unsupported library module",
            "The module is part of Python's standard library, but its meaning is not yet "
            "written down in Portalis' tables.",
            "Replace the use by plain Python, or leave that part in Python.",
            "import tkinter\n",
        ),
        Code(
            "PT104",
            "Unresolvable name",
            "A name is used that nothing binds: no assignment, import, parameter or builtin.",
            "Define it; CPython raises NameError when the line is reached.",
            "def f():\n    return undefined_name\n",
        ),
        Code(
            "PT201",
            "Unsupported statement",
            "The statement has no translation yet.",
            "Write it with other statements, or leave the function in Python.",
        ),
        Code(
            "PT202",
            "Unsupported expression",
            "The expression has no translation yet.",
            "Write it with simpler expressions, or leave the function in Python.",
        ),
        Code(
            "PT203",
            "Unsupported builtin or method",
            "The builtin function, method or attribute has no row in Portalis' tables for "
            "these argument types.",
            "Use one of the supported ones, or write it out.",
        ),
        Code(
            "PT204",
            "Unsupported class feature",
            "The class uses a base, metaclass, decorator or special method without a translation.",
            "Use a plain class or a dataclass.",
        ),
        Code(
            "PT205",
            "Unsupported decorator",
            "The decorator changes the function in a way that has no translation.",
            "Call the wrapping function explicitly, or drop the decorator.",
        ),
        Code(
            "PT206",
            "Dynamic code",
            "Code that is made at run time (`eval`, `exec`, changing classes or modules by "
            "computed names) cannot be translated ahead of time.",
            "Replace it by a function, a dictionary of functions, or plain attributes.",
            'print(eval("1 + 2"))\n',
        ),
        Code(
            "PT301",
            "Types that do not meet",
            "One variable, attribute or element takes values of types that no single Rust "
            "representation here holds.",
            "Use two variables, or annotate the type that is meant.",
        ),
        Code(
            "PT801",
            "Too deeply nested",
            "Brackets, blocks or expressions are nested deeper than CPython's parser or this "
            "compiler goes.",
            "Split the expression into several statements.",
        ),
        Code(
            "PT802",
            "Too large",
            "A file or a line is larger than the compiler accepts.",
            "Move data out of the source into a file that the program reads.",
        ),
        Code(
            "PT901",
            "The generated Rust does not compile (our bug)",
            "rustc refused the Rust that Portalis wrote for this function.",
            "Please report it with the source line; the rest of the crate is unaffected once "
            "the function is left out.",
        ),
        Code(
            "PT902",
            "The translation differs from CPython (our bug)",
            "A probe printed, raised or returned something else in the Rust program than in "
            "CPython.",
            "Please report it with the first difference, and do not use the function.",
        ),
        Code(
            "PT903",
            "The compiler failed (our bug)",
            "An assertion of the compiler itself failed while it worked on this unit.",
            "Please report it with the source; other units are unaffected.",
        ),
    )
)
