"""Messages without a catalogue: they stay as they are."""

from __future__ import annotations


def gettext(message: str) -> str:
    return message


def ngettext(msgid1: str, msgid2: str, n: int) -> str:
    return msgid1 if n == 1 else msgid2
