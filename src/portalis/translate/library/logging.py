"""Loggers in a hierarchy of names, handlers that write to streams, %-style formats."""

from __future__ import annotations

import re
import sys
import time
from typing import Any

from _civil import from_ordinal

CRITICAL = 50
FATAL = CRITICAL
ERROR = 40
WARNING = 30
WARN = WARNING
INFO = 20
DEBUG = 10
NOTSET = 0

BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"

_names: dict[int, str] = {
    50: "CRITICAL", 40: "ERROR", 30: "WARNING", 20: "INFO", 10: "DEBUG", 0: "NOTSET",
}  # fmt: skip
_levels: dict[str, int] = {
    "CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20, "DEBUG": 10,
    "NOTSET": 0,
}  # fmt: skip
_FIELD = re.compile(r"%\((\w*)\)")
_KNOWN = (
    "name", "levelname", "levelno", "message", "msg", "asctime", "created", "msecs",
)  # fmt: skip


def _unknown(what: str) -> NotImplementedError:
    return NotImplementedError(f"logging: {what} is not translated")


def getLevelName(level: Any) -> Any:
    if isinstance(level, str):
        return _levels.get(level, f"Level {level}")
    return _names.get(level, f"Level {level}")


def addLevelName(level: int, levelName: str) -> None:
    _names[level] = levelName
    _levels[levelName] = level


def _checked(level: Any) -> int:
    if isinstance(level, str):
        if level not in _levels:
            raise ValueError(f"Unknown level: {level!r}")
        return _levels[level]
    if isinstance(level, int):
        return int(level)
    raise TypeError(f"Level not an integer or a valid string: {level!r}")


def _local_time(at: float, form: str) -> str:
    seconds = int(at + time.localoffset(at))
    days, rest = divmod(seconds, 86400)
    year, month, day = from_ordinal(days + 719163)
    parts = {
        "Y": f"{year:04d}", "m": f"{month:02d}", "d": f"{day:02d}", "H": f"{rest // 3600:02d}",
        "M": f"{rest // 60 % 60:02d}", "S": f"{rest % 60:02d}", "%": "%",
    }  # fmt: skip
    out = ""
    at_code = False
    for c in form:
        if at_code:
            if c not in parts:
                raise _unknown(f"%{c} in the format of a time")
            out += parts[c]
            at_code = False
        elif c == "%":
            at_code = True
        else:
            out += c
    return out


class LogRecord:
    def __init__(self, name: str, level: int, msg: Any, args: Any, exc_info: Any) -> None:
        self.name = name
        self.msg = msg
        self.args = args
        self.levelname: str = getLevelName(level)
        self.levelno = level
        self.exc_info = exc_info
        self.created = time.time()
        self.msecs = int((self.created - int(self.created)) * 1000) + 0.0
        self.message = ""
        self.asctime = ""

    def getMessage(self) -> str:
        text = str(self.msg)
        if not self.args:
            return text
        if len(self.args) == 1 and hasattr(self.args[0], "keys") and self.args[0]:
            return text % self.args[0]
        return text % self.args


class Formatter:
    def __init__(
        self, fmt: str | None = None, datefmt: str | None = None, style: str = "%",
        validate: bool = True,
    ) -> None:  # fmt: skip
        if style != "%":
            raise _unknown(f"the style {style!r}")
        self._fmt = "%(message)s" if fmt is None else fmt
        self.datefmt = datefmt
        found: list[str] = _FIELD.findall(self._fmt)
        if not found and validate:
            raise ValueError(f"Invalid format '{self._fmt}' for '%' style")
        for name in found:
            if name not in _KNOWN:
                raise _unknown(f"%({name}) in a format")
        self._has_time = "asctime" in found

    def formatTime(self, record: LogRecord, datefmt: str | None = None) -> str:
        if datefmt:
            return _local_time(record.created, datefmt)
        return f"{_local_time(record.created, '%Y-%m-%d %H:%M:%S')},{int(record.msecs):03d}"

    def format(self, record: LogRecord) -> str:
        record.message = record.getMessage()
        if self._has_time:
            record.asctime = self.formatTime(record, self.datefmt)
        values: dict[str, Any] = {
            "asctime": record.asctime,
            "name": record.name,
            "levelname": record.levelname,
            "levelno": record.levelno,
            "message": record.message,
            "msg": record.msg,
            "created": record.created,
            "msecs": record.msecs,
        }
        text = self._fmt % values
        if record.exc_info is not None:
            text += f"\n{type(record.exc_info).__name__}: {record.exc_info}"
        return text


class Handler:
    def __init__(self, level: Any = NOTSET) -> None:
        self.level = _checked(level)
        self.formatter: Formatter | None = None

    def setLevel(self, level: Any) -> None:
        self.level = _checked(level)

    def setFormatter(self, fmt: Formatter | None) -> None:
        self.formatter = fmt

    def format(self, record: LogRecord) -> str:
        if self.formatter is None:
            return Formatter().format(record)
        return self.formatter.format(record)

    def emit(self, record: LogRecord) -> None:
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record: LogRecord) -> None:
        self.emit(record)

    def addFilter(self, filter: Any) -> None:
        raise _unknown("a filter")

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class NullHandler(Handler):
    def emit(self, record: LogRecord) -> None:
        pass


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream: Any = None) -> None:
        Handler.__init__(self)
        self.stream = sys.stderr if stream is None else stream

    def emit(self, record: LogRecord) -> None:
        if record.exc_info is not None and self.stream is not sys.stderr:
            raise _unknown("a traceback that goes elsewhere than to stderr")
        try:
            text = self.format(record)
        except (TypeError, ValueError, KeyError) as error:
            sys.stderr.write(f"--- Logging error ---\n{type(error).__name__}: {error}\n")
            return
        self.stream.write(text + self.terminator)


class Logger:
    def __init__(self, name: str, level: Any = NOTSET) -> None:
        self.name = name
        self.level = _checked(level)
        self.parent: Logger | None = None
        self.propagate = True
        self.handlers: list[Handler] = []
        self.disabled = False

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"

    def setLevel(self, level: Any) -> None:
        self.level = _checked(level)

    def getEffectiveLevel(self) -> int:
        logger: Logger | None = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level: int) -> bool:
        if self.disabled or _disabled[0] >= level:
            return False
        return level >= self.getEffectiveLevel()

    def getChild(self, suffix: str) -> Logger:
        return getLogger(suffix if self.parent is None else f"{self.name}.{suffix}")

    def addHandler(self, hdlr: Handler) -> None:
        if hdlr not in self.handlers:
            self.handlers.append(hdlr)

    def removeHandler(self, hdlr: Handler) -> None:
        if hdlr in self.handlers:
            self.handlers.remove(hdlr)

    def addFilter(self, filter: Any) -> None:
        raise _unknown("a filter")

    def hasHandlers(self) -> bool:
        logger: Logger | None = self
        while logger is not None:
            if logger.handlers:
                return True
            logger = logger.parent if logger.propagate else None
        return False

    def _log(self, level: int, msg: Any, args: Any, exc_info: Any) -> None:
        if not self.isEnabledFor(level):
            return
        raised: Any = None
        if isinstance(exc_info, BaseException):
            raised = exc_info
        elif exc_info:
            raise _unknown("exc_info that is no exception")
        record = LogRecord(self.name, level, msg, args, raised)
        found = False
        logger: Logger | None = self
        while logger is not None:
            for handler in logger.handlers:
                found = True
                if record.levelno >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        if not found and record.levelno >= WARNING:
            _last.handle(record)

    def debug(self, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(DEBUG, msg, args, exc_info)

    def info(self, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(INFO, msg, args, exc_info)

    def warning(self, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(WARNING, msg, args, exc_info)

    def error(self, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(ERROR, msg, args, exc_info)

    def exception(self, msg: Any, *args: Any) -> None:
        self._log(ERROR, msg, args, sys.exc_info()[1])

    def handle(self, record: LogRecord) -> None:
        raise _unknown("a record that is handed over")

    def removeFilter(self, filter: Any) -> None:
        raise _unknown("a filter")

    def critical(self, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(CRITICAL, msg, args, exc_info)

    def fatal(self, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(CRITICAL, msg, args, exc_info)

    def log(self, level: int, msg: Any, *args: Any, exc_info: Any = None) -> None:
        self._log(level, msg, args, exc_info)


class RootLogger(Logger):
    def __init__(self, level: int) -> None:
        Logger.__init__(self, "root", level)


root = RootLogger(WARNING)
_last = StreamHandler()
_disabled: list[int] = [NOTSET]
_loggers: dict[str, Logger] = {}


def getLogger(name: str | None = None) -> Logger:
    if not name or name == "root":
        return root
    if name in _loggers:
        return _loggers[name]
    made = Logger(name)
    made.parent = _above(name)
    _loggers[name] = made
    # What was made before may belong below it.
    for other in _loggers.values():
        if other.name.startswith(name + "."):
            other.parent = _above(other.name)
    return made


def _above(name: str) -> Logger:
    while "." in name:
        name = name.rpartition(".")[0]
        if name in _loggers:
            return _loggers[name]
    return root


def disable(level: Any = CRITICAL) -> None:
    _disabled[0] = _checked(level)


def basicConfig(
    *, format: str | None = None, datefmt: str | None = None, style: str = "%", level: Any = None,
    stream: Any = None, handlers: list[Handler] | None = None, force: bool = False,
    filename: str | None = None,
) -> None:  # fmt: skip
    if filename is not None:
        raise _unknown("a file")
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is not None and stream is not None:
        raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
    formatter = Formatter(BASIC_FORMAT if format is None else format, datefmt, style)
    if handlers is None:
        made = StreamHandler(stream)
        made.setFormatter(formatter)
        root.addHandler(made)
    else:
        for handler in handlers:
            if handler.formatter is None:
                handler.setFormatter(formatter)
            root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def _configured() -> Logger:
    if not root.handlers:
        basicConfig()
    return root


def debug(msg: Any, *args: Any, exc_info: Any = None) -> None:
    _configured()._log(DEBUG, msg, args, exc_info)


def info(msg: Any, *args: Any, exc_info: Any = None) -> None:
    _configured()._log(INFO, msg, args, exc_info)


def warning(msg: Any, *args: Any, exc_info: Any = None) -> None:
    _configured()._log(WARNING, msg, args, exc_info)


def error(msg: Any, *args: Any, exc_info: Any = None) -> None:
    _configured()._log(ERROR, msg, args, exc_info)


def exception(msg: Any, *args: Any) -> None:
    _configured()._log(ERROR, msg, args, sys.exc_info()[1])


def critical(msg: Any, *args: Any, exc_info: Any = None) -> None:
    _configured()._log(CRITICAL, msg, args, exc_info)


def log(level: int, msg: Any, *args: Any, exc_info: Any = None) -> None:
    _configured()._log(level, msg, args, exc_info)
