//! The file system by path: what `os` and `os.path` ask of it and change in it.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::stdlib::files::flush_all;
use crate::{Exc, Int, List, Result, Str, Value};

fn named(path: PathBuf) -> Str {
    match path.into_os_string().into_string() {
        Ok(text) => Str::from(text),
        Err(_) => crate::entry::unsupported("a file name that is no UTF-8"),
    }
}

/// Runs a system call on a path, once what waits to be written to files is out.
fn call<'a, T>(path: &'a Str, act: impl FnOnce(&'a Path) -> std::io::Result<T>) -> Result<T> {
    flush_all()?;
    act(Path::new(path.as_str())).map_err(|error| Exc::os_error(&error, Some(path)))
}

/// `os.path.exists(path)`; a broken link does not, as for CPython.
///
/// # Errors
/// `OSError`: what waits for other files could not be written; so for all below.
pub fn exists(path: &Str) -> Result<bool> {
    Ok(call(path, fs::metadata).is_ok())
}

/// `os.path.lexists(path)`.
///
/// # Errors
/// As `exists`.
pub fn lexists(path: &Str) -> Result<bool> {
    Ok(call(path, fs::symlink_metadata).is_ok())
}

/// `os.path.isfile(path)`.
///
/// # Errors
/// As `exists`.
pub fn isfile(path: &Str) -> Result<bool> {
    Ok(call(path, fs::metadata).is_ok_and(|found| found.is_file()))
}

/// `os.path.isdir(path)`.
///
/// # Errors
/// As `exists`.
pub fn isdir(path: &Str) -> Result<bool> {
    Ok(call(path, fs::metadata).is_ok_and(|found| found.is_dir()))
}

/// `os.path.islink(path)`.
///
/// # Errors
/// As `exists`.
pub fn islink(path: &Str) -> Result<bool> {
    Ok(call(path, fs::symlink_metadata).is_ok_and(|found| found.is_symlink()))
}

/// `os.path.getsize(path)`.
///
/// # Errors
/// `OSError` with the path; so for all below.
pub fn getsize(path: &Str) -> Result<Int> {
    call(path, fs::metadata).map(|found| Int::from(found.len()))
}

/// `os.path.getmtime(path)`, in seconds.
///
/// # Errors
/// `OSError`
pub fn getmtime(path: &Str) -> Result<f64> {
    call(path, fs::metadata).map(|found| found.mtime() as f64 + 1e-9 * found.mtime_nsec() as f64)
}

/// `os.listdir(path)`, in the order of the file system.
///
/// # Errors
/// `OSError`
pub fn listdir(path: &Str) -> Result<List<Str>> {
    let names = call(path, |at| {
        fs::read_dir(at)?
            .map(|entry| Ok(named(PathBuf::from(entry?.file_name()))))
            .collect::<std::io::Result<Vec<Str>>>()
    })?;
    Ok(List::from(names))
}

/// `os.mkdir(path)`.
///
/// # Errors
/// `OSError`
pub fn mkdir(path: &Str) -> Result<()> {
    call(path, fs::create_dir)
}

/// `os.rmdir(path)`.
///
/// # Errors
/// `OSError`
pub fn rmdir(path: &Str) -> Result<()> {
    call(path, fs::remove_dir)
}

/// `os.remove(path)`.
///
/// # Errors
/// `OSError`
pub fn remove(path: &Str) -> Result<()> {
    call(path, fs::remove_file)
}

/// `os.rename(src, dst)`.
///
/// # Errors
/// `OSError` with both paths.
pub fn rename(src: &Str, dst: &Str) -> Result<()> {
    flush_all()?;
    fs::rename(src.as_str(), dst.as_str()).map_err(|error| {
        let both = vec![
            Value::Str(src.clone()),
            Value::None,
            Value::Str(dst.clone()),
        ];
        let bare = Exc::os_error(&error, None);
        let mut args: Vec<Value> = bare.args().iter().collect();
        args.extend(both);
        Exc::of_os(bare.class(), args)
    })
}

/// `os.getcwd()`.
///
/// # Errors
/// `OSError`
pub fn getcwd() -> Result<Str> {
    let found = std::env::current_dir().map_err(|error| Exc::os_error(&error, None))?;
    Ok(named(found))
}

/// `os.chdir(path)`.
///
/// # Errors
/// `OSError`
pub fn chdir(path: &Str) -> Result<()> {
    call(path, std::env::set_current_dir)
}

/// `os.path.abspath(path)`.
///
/// # Errors
/// `OSError`
pub fn abspath(path: &Str) -> Result<Str> {
    if super::paths::isabs(path) {
        return Ok(super::paths::normpath(path));
    }
    let whole = super::paths::join(&getcwd()?, std::slice::from_ref(path));
    Ok(super::paths::normpath(&whole))
}

/// `os.path.realpath(path)`: what does not exist is kept as it is written.
///
/// # Errors
/// `OSError`
pub fn realpath(path: &Str) -> Result<Str> {
    let whole = abspath(path)?;
    if let Ok(found) = fs::canonicalize(Path::new(path.as_str())) {
        return Ok(named(found));
    }
    let mut at = PathBuf::from(whole.as_str());
    let mut rest = Vec::new();
    loop {
        if let Ok(found) = fs::canonicalize(&at) {
            let parts = rest.iter().rev();
            return Ok(named(parts.fold(found, |path, name| path.join(name))));
        }
        match (at.file_name(), at.parent()) {
            (Some(name), Some(parent)) => {
                rest.push(name.to_os_string());
                at = parent.to_path_buf();
            }
            _ => return Ok(whole),
        }
    }
}

/// `os.path.relpath(path, start)`.
///
/// # Errors
/// `ValueError`: the path is empty.
pub fn relpath(path: &Str, start: &Str) -> Result<Str> {
    if path.as_str().is_empty() {
        return Err(Exc::value_error("no path specified"));
    }
    let (path, start) = (abspath(path)?, abspath(start)?);
    let parts = |text: &Str| -> Vec<String> {
        let parts = text.as_str().split('/').filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (path, start) = (parts(&path), parts(&start));
    let same = path.iter().zip(&start).take_while(|(a, b)| a == b).count();
    let mut out = vec!["..".to_owned(); start.len() - same];
    out.extend_from_slice(&path[same..]);
    Ok(Str::from(if out.is_empty() {
        ".".to_owned()
    } else {
        out.join("/")
    }))
}

/// `os.path.expanduser(path)`, of the user who runs the program.
#[must_use]
pub fn expanduser(path: &Str) -> Str {
    let text = path.as_str();
    let Some(rest) = text.strip_prefix('~') else {
        return path.clone();
    };
    if !rest.is_empty() && !rest.starts_with('/') {
        crate::entry::unsupported("the home of another user");
    }
    let Some(home) = std::env::var_os("HOME") else {
        crate::entry::unsupported("a home that HOME does not name");
    };
    let home = String::from_utf8_lossy(home.as_bytes()).into_owned();
    let whole = format!("{}{rest}", home.trim_end_matches('/'));
    Str::from(if whole.is_empty() {
        "/".to_owned()
    } else {
        whole
    })
}

/// `os.getpid()`.
#[must_use]
pub fn getpid() -> i64 {
    i64::from(std::process::id())
}
