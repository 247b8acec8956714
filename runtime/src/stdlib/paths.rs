//! `os.path`: what needs only the text of a path (POSIX); the environment's variables.

use crate::list::AnyList;
use crate::{Exc, Result, Str};

fn last_slash(path: &str) -> usize {
    path.rfind('/').map_or(0, |at| at + 1)
}

/// `os.path.join(path, *paths)`.
pub fn join(path: &Str, rest: &[Str]) -> Str {
    let mut out = path.as_str().to_owned();
    for part in rest {
        let part = part.as_str();
        if part.starts_with('/') {
            out.clear();
        } else if !out.is_empty() && !out.ends_with('/') {
            out.push('/');
        }
        out.push_str(part);
    }
    Str::from(out)
}

/// `os.path.join(*paths)`.
///
/// # Errors
/// `TypeError`: no path at all.
pub fn join_all(paths: &impl AnyList<Str>) -> Result<Str> {
    match paths.own().to_vec().split_first() {
        Some((path, rest)) => Ok(join(path, rest)),
        None => Err(Exc::type_error(
            "join() missing 1 required positional argument: 'a'",
        )),
    }
}

/// `os.path.split(p)`.
pub fn split(path: &Str) -> (Str, Str) {
    (dirname(path), basename(path))
}

/// `os.path.basename(p)`.
pub fn basename(path: &Str) -> Str {
    let path = path.as_str();
    Str::from(&path[last_slash(path)..])
}

/// `os.path.dirname(p)`.
pub fn dirname(path: &Str) -> Str {
    let path = path.as_str();
    let head = &path[..last_slash(path)];
    let bare = head.trim_end_matches('/');
    Str::from(if bare.is_empty() { head } else { bare })
}

/// `os.path.splitext(p)`: dots that lead a file's name begin no extension.
pub fn splitext(path: &Str) -> (Str, Str) {
    let path = path.as_str();
    let start = last_slash(path);
    let name = &path[start..];
    let lead = name.len() - name.trim_start_matches('.').len();
    match name[lead..].rfind('.') {
        Some(dot) => {
            let (root, extension) = path.split_at(start + lead + dot);
            (Str::from(root), Str::from(extension))
        }
        None => (Str::from(path), Str::from("")),
    }
}

/// `os.path.normpath(path)`.
pub fn normpath(path: &Str) -> Str {
    let path = path.as_str();
    // POSIX lets two slashes at the start mean something of their own.
    let slashes = match path.len() - path.trim_start_matches('/').len() {
        0 => "",
        2 => "//",
        _ => "/",
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if parts.is_empty() && !slashes.is_empty() => {}
            _ => parts.push(part),
        }
    }
    let made = format!("{slashes}{}", parts.join("/"));
    Str::from(if made.is_empty() {
        ".".to_owned()
    } else {
        made
    })
}

/// `os.path.isabs(s)`.
pub fn isabs(path: &Str) -> bool {
    path.as_str().starts_with('/')
}

/// `os.path.commonprefix(list)`: character by character.
pub fn commonprefix(paths: &impl AnyList<Str>) -> Str {
    let paths = paths.own().to_vec();
    let Some(least) = paths.iter().map(Str::as_str).min() else {
        return Str::from("");
    };
    let most = paths.iter().map(Str::as_str).max().unwrap_or(least);
    let pairs = least.char_indices().zip(most.chars());
    let end = pairs
        .take_while(|((_, a), b)| a == b)
        .last()
        .map_or(0, |((at, c), _)| at + c.len_utf8());
    Str::from(&least[..end])
}

/// `os.path.commonpath(paths)`: part by part.
///
/// # Errors
/// `ValueError`: no paths, or absolute ones and relative ones.
pub fn commonpath(paths: impl Iterator<Item = Result<Str>>) -> Result<Str> {
    let paths = paths.collect::<Result<Vec<Str>>>()?;
    let Some(first) = paths.first() else {
        return Err(Exc::value_error("commonpath() arg is an empty sequence"));
    };
    if paths.iter().any(|path| isabs(path) != isabs(first)) {
        return Err(Exc::value_error("Can't mix absolute and relative paths"));
    }
    let split = paths.iter().map(|path| {
        let parts = path.as_str().split('/');
        parts
            .filter(|part| !part.is_empty() && *part != ".")
            .collect::<Vec<&str>>()
    });
    let split: Vec<Vec<&str>> = split.collect();
    let mut common = split[0].clone();
    for parts in &split {
        let same = common.iter().zip(parts).take_while(|(a, b)| a == b).count();
        common.truncate(same);
    }
    let slash = if isabs(first) { "/" } else { "" };
    Ok(Str::from(format!("{slash}{}", common.join("/"))))
}

/// `os.environ.get(key)`; a value that is no text is taken to be absent.
pub fn environment(key: &Str) -> Option<Str> {
    std::env::var(key.as_str()).ok().map(Str::from)
}
