"""The controller and its executor, in a process of their own: frames in, frames out.

    in:  the settings · {"wake"} · {"ask": number} · {"close"}
    out: {"ready"} or {"failed": why} · {"told": number} + a `Told`

What is not in a frame is in the store. It ends with its owner: where its input ends without a
`close` the owner was killed, and so is this, with all that runs here.
"""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

from portalis.app.settings import Settings, SettingsError
from portalis.app.told import Told
from portalis.core.clock import SystemClock
from portalis.workload.executors import frames
from portalis.workload.executors.chosen import choice_of, chosen
from portalis.workload.ports import UNSCALED, Unavailable

if TYPE_CHECKING:
    from portalis.workload.assembly import Plane


def main() -> None:
    """Until it is told to close, or its owner ends."""
    # A terminal or a supervisor may signal the whole service: the owner closes this in time. Not
    # ignored, since the processes of the executor would inherit that.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    asked, answers = frames.own_pipes()
    first = frames.read(asked)
    if first is None:
        return
    try:
        _serve(Settings.model_validate(first[0]), asked, answers)
    except (SettingsError, Unavailable, ValueError, ImportError) as error:
        frames.write(answers, {"failed": str(error)})
    except OSError as error:
        frames.write(answers, {"failed": f"the service cannot start: {error}"})


def _serve(settings: Settings, asked: BinaryIO, answers: BinaryIO) -> None:
    with closing(chosen(choice_of(settings, settings.workers), SystemClock())) as executor:
        # What takes longest to load comes last: the executor's processes load beside it.
        from portalis.app.planes import plane_of  # noqa: PLC0415
        from portalis.app.telling import telling  # noqa: PLC0415
        from portalis.core.garbage import collect_seldom  # noqa: PLC0415

        plane = plane_of(settings, executor)
        # Of one that does not answer this says so, and why.
        plane.cache.delete("start")
        with telling(settings, plane.state), plane:
            frames.write(answers, {"ready": True})
            collect_seldom()
            _answer(plane, asked, answers)


def _answer(plane: Plane, asked: BinaryIO, answers: BinaryIO) -> None:
    """Until `close`."""
    while (frame := frames.read(asked)) is not None:
        head = frame[0]
        if "wake" in head:
            plane.executor.wake()
        elif "ask" in head:
            frames.write(answers, {"told": head["ask"]}, _told(plane).to_bytes())
        else:
            return
    # The next service need not wait until this one has tidied up.
    os.kill(os.getpid(), signal.SIGKILL)


def _told(plane: Plane) -> Told:
    scaling = plane.controller.scaling
    return Told(
        slots=plane.executor.slots,
        refused=dict(plane.controller.refused),
        reused=plane.controller.reuse.counts,
        waits=plane.controller.decided.waits,
        cache_fault=plane.cache.fault(),
        pool=UNSCALED if scaling is None else scaling.seen,
    )


if __name__ == "__main__":
    main()
