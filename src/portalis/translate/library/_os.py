"""What of os is made of its other functions."""

from __future__ import annotations

import os
from collections.abc import Iterator


def makedirs(name: str, mode: int = 0o777, exist_ok: bool = False) -> None:
    head, tail = os.path.split(name)
    if not tail:
        head, tail = os.path.split(head)
    if head and tail and not os.path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == ".":
            return
    try:
        os.mkdir(name)
    except OSError:
        if not exist_ok or not os.path.isdir(name):
            raise


def removedirs(name: str) -> None:
    os.rmdir(name)
    head, tail = os.path.split(name)
    if not tail:
        head, tail = os.path.split(head)
    while head and tail:
        try:
            os.rmdir(head)
        except OSError:
            break
        head, tail = os.path.split(head)


def walk(top: str, topdown: bool = True) -> Iterator[tuple[str, list[str], list[str]]]:
    try:
        entries = os.listdir(top)
    except OSError:
        return
    folders: list[str] = []
    files: list[str] = []
    for entry in entries:
        if os.path.isdir(os.path.join(top, entry)):
            folders.append(entry)
        else:
            files.append(entry)
    if topdown:
        yield top, folders, files
    for folder in folders:
        path = os.path.join(top, folder)
        if not os.path.islink(path):
            yield from walk(path, topdown)
    if not topdown:
        yield top, folders, files
