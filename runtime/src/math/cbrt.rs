//! The cube root of the C library.
//!
//! Rust's own support library carries another `cbrt`, which is linked in place of the
//! C library's and rounds otherwise. So this one is looked up by name.

use std::ffi::{c_char, c_int, c_void};
use std::sync::OnceLock;

type Function = extern "C" fn(f64) -> f64;

unsafe extern "C" {
    fn dlopen(file: *const c_char, mode: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

const RTLD_LAZY: c_int = 1;

extern "C" fn builtin(x: f64) -> f64 {
    x.cbrt()
}

fn look_up() -> Function {
    // SAFETY: both names end in NUL; `cbrt` of any C library has this signature.
    unsafe {
        let library = dlopen(c"libm.so.6".as_ptr(), RTLD_LAZY);
        if library.is_null() {
            return builtin;
        }
        let symbol = dlsym(library, c"cbrt".as_ptr());
        if symbol.is_null() {
            return builtin;
        }
        std::mem::transmute::<*mut c_void, Function>(symbol)
    }
}

/// `math.cbrt(x)`, which has no errors.
pub fn cbrt(x: f64) -> f64 {
    static CBRT: OnceLock<Function> = OnceLock::new();
    CBRT.get_or_init(look_up)(x)
}
