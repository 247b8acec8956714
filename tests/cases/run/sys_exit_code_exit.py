"""sys.exit with a code, through finally and with SystemExit seen on the way."""

import sys


def shutdown(code: int) -> None:
    try:
        print("closing")
        sys.exit(code)
    except Exception:
        print("not caught by Exception")
    finally:
        print("finally")


try:
    shutdown(7)
except SystemExit as e:
    print("intercepted", e.code, repr(e))
try:
    sys.exit()
except SystemExit as e:
    print(e.code)
try:
    shutdown(3)
finally:
    print("last words")
