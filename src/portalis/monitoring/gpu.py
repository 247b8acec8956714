"""GPUs of this machine, read by NVIDIA's management library where there is one.

The library comes with the driver; it is called as its C interface says, without a package in
between. A cluster's GPUs are told by NVIDIA's DCGM exporter on each node.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_LIBRARY: Final = "libnvidia-ml.so.1"
_SUCCESS: Final = 0
_TEMPERATURE_OF_GPU: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """index: as `nvidia-smi` counts. utilization: 0 to 1. None: the device does not tell."""

    index: int
    utilization: float | None = None
    memory_used_bytes: int | None = None
    memory_total_bytes: int | None = None
    temperature_celsius: int | None = None


class _Utilization(ctypes.Structure):
    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class _Memory(ctypes.Structure):
    _fields_ = (
        ("total", ctypes.c_ulonglong),
        ("free", ctypes.c_ulonglong),
        ("used", ctypes.c_ulonglong),
    )


class Gpus:
    """library: the file, or the name that the loader finds it by."""

    def __init__(self, library: str = _LIBRARY) -> None:
        self._nvml: Any = None
        try:
            nvml = ctypes.CDLL(library)
            if nvml.nvmlInit_v2() == _SUCCESS:
                self._nvml = nvml
        except (OSError, AttributeError):
            # No driver, or one that is too old to ask.
            return

    def read(self) -> Sequence[Gpu]:
        """Those that answer; none where there is no driver."""
        if self._nvml is None:
            return ()
        count = ctypes.c_uint()
        if self._nvml.nvmlDeviceGetCount_v2(ctypes.byref(count)) != _SUCCESS:
            return ()
        found = [self._device(index) for index in range(count.value)]
        return [gpu for gpu in found if gpu is not None]

    def _device(self, index: int) -> Gpu | None:
        device = ctypes.c_void_p()
        by_index = self._nvml.nvmlDeviceGetHandleByIndex_v2
        if by_index(ctypes.c_uint(index), ctypes.byref(device)) != _SUCCESS:
            return None
        rates, memory, degrees = _Utilization(), _Memory(), ctypes.c_uint()
        told = self._tells("nvmlDeviceGetUtilizationRates", device, rates)
        knows_memory = self._tells("nvmlDeviceGetMemoryInfo", device, memory)
        kind = ctypes.c_uint(_TEMPERATURE_OF_GPU)
        knows_heat = self._tells("nvmlDeviceGetTemperature", device, kind, degrees)
        return Gpu(
            index=index,
            utilization=rates.gpu / 100 if told else None,
            memory_used_bytes=memory.used if knows_memory else None,
            memory_total_bytes=memory.total if knows_memory else None,
            temperature_celsius=degrees.value if knows_heat else None,
        )

    def _tells(self, name: str, *arguments: Any) -> bool:  # noqa: ANN401 - of C
        """Whether the call filled its last argument."""
        *given, out = arguments
        status: int = getattr(self._nvml, name)(*given, ctypes.byref(out))
        return status == _SUCCESS
