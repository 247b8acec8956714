"""logging to streams: levels, names, handlers, formats."""

import io
import logging
import sys

quiet = logging.getLogger("quiet")
quiet.warning("goes to stderr by itself")
logging.basicConfig(
    level=logging.INFO, stream=sys.stdout, format="%(levelname)-8s|%(name)s|%(message)s"
)
log = logging.getLogger("app.db")
log.info("connected to %s:%d", "höst", 5432)
log.debug("not shown")
log.warning("100%")
log.error({"a": 1})
log.critical("%(a)s and %(b)5.2f", {"a": "x", "b": 2.5})
logging.info("from the root %r", "x")
logging.basicConfig(level=logging.DEBUG)
print(
    log,
    logging.getLogger(),
    logging.getLogger("app"),
    log.getEffectiveLevel(),
    log.isEnabledFor(10),
)
app = logging.getLogger("app")
app.setLevel("ERROR")
log.warning("hidden by app")
log.error("shown")
print(log.parent is app, app.getChild("db") is log, app.parent is logging.root)
out = io.StringIO()
handler = logging.StreamHandler(out)
handler.setLevel(logging.CRITICAL)
handler.setFormatter(logging.Formatter("<%(levelno)d> %(message)s"))
app.addHandler(handler)
app.propagate = False
log.critical("kept")
log.error("too low for it")
print(repr(out.getvalue()))


class Listing(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append((record.levelname, record.name, self.format(record)))


listing = Listing()
other = logging.getLogger("other")
other.addHandler(listing)
other.propagate = False
other.setLevel(logging.DEBUG)
other.debug("a %s", [1, 2])
other.log(25, "between")
print(listing.lines)
logging.addLevelName(25, "NOTICE")
other.log(25, "named")
print(
    listing.lines[-1],
    logging.getLevelName(25),
    logging.getLevelName("INFO"),
    logging.getLevelName(3),
)
for wrong in ("LOUD", 1.5):
    try:
        other.setLevel(wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
other.removeHandler(listing)
print(other.handlers, other.hasHandlers(), log.hasHandlers())
logging.disable(logging.WARNING)
logging.warning("disabled")
logging.error("not disabled")
try:
    logging.Formatter("no field")
except ValueError as error:
    print(error)
times = io.StringIO()
timed = logging.StreamHandler(times)
timed.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
other.propagate = False
other.addHandler(timed)
other.error("x")
dated = logging.Formatter("[%(asctime)s]%(message)s", "%d/%m/%Y %H:%M:%S %%")
timed.setFormatter(dated)
other.error("y")
print(["".join("9" if c.isdigit() else c for c in line) for line in times.getvalue().splitlines()])
