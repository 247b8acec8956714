//! Loaded before libc: while the file `$FULL_DISK.full` is there, what is written to files below
//! `$FULL_DISK` gets the errno of a full disk. All else is libc's.

use std::ffi::{c_char, c_int, c_void};
use std::path::Path;

const ENOSPC: c_int = 28;
const RTLD_NEXT: *mut c_void = -1isize as *mut c_void;

unsafe extern "C" {
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
    fn __errno_location() -> *mut c_int;
}

fn is_full(file: c_int) -> bool {
    let Some(folder) = std::env::var_os("FULL_DISK") else { return false };
    let mut mark = folder.clone();
    mark.push(".full");
    Path::new(&mark).exists()
        && std::fs::read_link(format!("/proc/self/fd/{file}"))
            .is_ok_and(|path| path.starts_with(&folder))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn write(file: c_int, bytes: *const c_void, count: usize) -> isize {
    if count > 0 && is_full(file) {
        unsafe { *__errno_location() = ENOSPC };
        return -1;
    }
    type Write = unsafe extern "C" fn(c_int, *const c_void, usize) -> isize;
    let found = unsafe { dlsym(RTLD_NEXT, c"write".as_ptr()) };
    let next: Write = unsafe { std::mem::transmute(found) };
    unsafe { next(file, bytes, count) }
}
