"""contextlib.ExitStack: managers and callbacks that end in the reverse order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import _fileio


class ExitStack:
    def __init__(self) -> None:
        self._exits: list[Callable[[Any, Any, Any], Any]] = []

    def enter_context(self, cm: Any) -> Any:
        entered = cm.__enter__()
        self._exits.append(lambda kind, error, trace: cm.__exit__(kind, error, trace))
        return entered

    def push(self, exit: Any) -> Any:
        if hasattr(exit, "__exit__"):
            self._exits.append(lambda kind, error, trace: exit.__exit__(kind, error, trace))
        else:
            self._exits.append(lambda kind, error, trace: exit(kind, error, trace))
        return exit

    def callback(self, callback: Any, /, *args: Any, **kwds: Any) -> Any:
        def call(kind: Any, error: Any, trace: Any) -> Any:
            callback(*args, **kwds)
            return False

        self._exits.append(call)
        return callback

    def pop_all(self) -> ExitStack:
        made = ExitStack()
        made._exits = self._exits
        self._exits = []
        return made

    def close(self) -> None:
        self.__exit__(None, None, None)

    def __enter__(self) -> ExitStack:
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        pending: Any = error
        is_new = False
        while self._exits:
            leave = self._exits.pop()
            try:
                if pending is None:
                    leave(None, None, None)
                elif leave(type(pending), pending, None):
                    pending = None
                    is_new = True
            except BaseException as raised:  # noqa: BLE001 - whatever a manager raises
                raised.__context__ = pending
                pending = raised
                is_new = True
        if pending is not None and pending is not error:
            raise pending
        return error is not None and pending is None and is_new


class _Redirected:
    def __init__(self, new_target: Any, is_error: bool) -> None:
        self._target = new_target
        self._is_error = is_error

    def __enter__(self) -> Any:
        target = self._target

        def write(text: str) -> Any:
            return target.write(text)

        def flush() -> Any:
            return target.flush()

        held: list[Any] = [write, flush]
        _fileio.redirect(self._is_error, held[0], held[1])
        return target

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        _fileio.restore(self._is_error)


class redirect_stdout(_Redirected):
    """While it is entered, standard output goes to the target."""

    def __init__(self, new_target: Any) -> None:
        _Redirected.__init__(self, new_target, False)


class redirect_stderr(_Redirected):
    def __init__(self, new_target: Any) -> None:
        _Redirected.__init__(self, new_target, True)
