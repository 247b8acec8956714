"""GPUs by the interface of NVIDIA's library, here spoken by a stand-in of two devices."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from portalis.monitoring.gpu import Gpu, Gpus

# The first device tells everything, the second not its temperature.
LIBRARY = """
use std::os::raw::{c_int, c_uint, c_ulonglong, c_void};
#[repr(C)] pub struct Rates { gpu: c_uint, memory: c_uint }
#[repr(C)] pub struct Memory { total: c_ulonglong, free: c_ulonglong, used: c_ulonglong }
#[no_mangle] pub extern "C" fn nvmlInit_v2() -> c_int { 0 }
#[no_mangle] pub unsafe extern "C" fn nvmlDeviceGetCount_v2(out: *mut c_uint) -> c_int {
    *out = 2; 0
}
#[no_mangle] pub unsafe extern "C" fn nvmlDeviceGetHandleByIndex_v2(
    index: c_uint, out: *mut *mut c_void) -> c_int { *out = (index as usize + 1) as *mut c_void; 0 }
#[no_mangle] pub unsafe extern "C" fn nvmlDeviceGetUtilizationRates(
    device: *mut c_void, out: *mut Rates) -> c_int {
    *out = Rates { gpu: 25 * device as usize as c_uint, memory: 7 }; 0 }
#[no_mangle] pub unsafe extern "C" fn nvmlDeviceGetMemoryInfo(
    _: *mut c_void, out: *mut Memory) -> c_int {
    *out = Memory { total: 1 << 40, free: 1, used: 5_000_000_000 }; 0 }
#[no_mangle] pub unsafe extern "C" fn nvmlDeviceGetTemperature(
    device: *mut c_void, kind: c_uint, out: *mut c_uint) -> c_int {
    if device as usize == 2 || kind != 0 { return 3; } *out = 61; 0 }
"""


def stand_in(made: Path) -> None:
    """Compile it."""
    made.with_suffix(".rs").write_text(LIBRARY)
    asked = ["rustc", "--crate-type", "cdylib", "--crate-name", "nvml", "-o", str(made)]
    subprocess.run([*asked, str(made.with_suffix(".rs"))], check=True, capture_output=True)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = tmp_path_factory.mktemp("nvml") / "libstandin.so"
    stand_in(made)
    return str(made)


def test_what_the_library_tells(library: str) -> None:
    known = {"memory_used_bytes": 5_000_000_000, "memory_total_bytes": 1 << 40}
    assert Gpus(library).read() == [
        Gpu(index=0, utilization=0.25, temperature_celsius=61, **known),
        Gpu(index=1, utilization=0.5, temperature_celsius=None, **known),
    ]


def test_a_machine_without_a_driver_has_no_gpus(tmp_path: Path) -> None:
    assert Gpus(str(tmp_path / "none.so")).read() == ()
    (tmp_path / "text.so").write_text("no library")
    assert Gpus(str(tmp_path / "text.so")).read() == ()
