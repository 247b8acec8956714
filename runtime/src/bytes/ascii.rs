//! Algorithms over byte slices that both types share: searching, splitting, ASCII case.

/// What bytes methods call white space; unlike str, not U+001C to U+001F.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The first `sub` in `bytes`.
pub(super) fn find(bytes: &[u8], sub: &[u8]) -> Option<usize> {
    match sub {
        [] => Some(0),
        [byte] => bytes.iter().position(|b| b == byte),
        [first, ..] => {
            let last = bytes.len().checked_sub(sub.len())?;
            (0..=last).find(|&at| bytes[at] == *first && bytes[at..].starts_with(sub))
        }
    }
}

/// The last `sub` in `bytes`.
pub(super) fn rfind(bytes: &[u8], sub: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(sub.len())?;
    (0..=last).rev().find(|&at| bytes[at..].starts_with(sub))
}

/// How often `sub` occurs without overlaps.
pub(super) fn count(bytes: &[u8], sub: &[u8]) -> usize {
    if sub.is_empty() {
        return bytes.len() + 1;
    }
    let (mut rest, mut found) = (bytes, 0);
    while let Some(at) = find(rest, sub) {
        found += 1;
        rest = &rest[at + sub.len()..];
    }
    found
}

pub(super) fn replace(bytes: &[u8], old: &[u8], new: &[u8], most: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut rest, mut left) = (bytes, most);
    if old.is_empty() {
        while left > 0 {
            left -= 1;
            out.extend_from_slice(new);
            match rest.split_first() {
                Some((byte, tail)) => {
                    out.push(*byte);
                    rest = tail;
                }
                None => return out,
            }
        }
    } else {
        while left > 0
            && let Some(at) = find(rest, old)
        {
            left -= 1;
            out.extend_from_slice(&rest[..at]);
            out.extend_from_slice(new);
            rest = &rest[at + old.len()..];
        }
    }
    out.extend_from_slice(rest);
    out
}

pub(super) fn split(bytes: &[u8], sep: &[u8], mut left: usize) -> Vec<Vec<u8>> {
    let (mut parts, mut rest) = (Vec::new(), bytes);
    while left > 0
        && let Some(at) = find(rest, sep)
    {
        left -= 1;
        parts.push(rest[..at].to_vec());
        rest = &rest[at + sep.len()..];
    }
    parts.push(rest.to_vec());
    parts
}

pub(super) fn rsplit(bytes: &[u8], sep: &[u8], mut left: usize) -> Vec<Vec<u8>> {
    let (mut parts, mut rest) = (Vec::new(), bytes);
    while left > 0
        && let Some(at) = rfind(rest, sep)
    {
        left -= 1;
        parts.push(rest[at + sep.len()..].to_vec());
        rest = &rest[..at];
    }
    parts.push(rest.to_vec());
    parts.reverse();
    parts
}

pub(super) fn trim(bytes: &[u8], strips: impl Fn(u8) -> bool, left: bool, right: bool) -> &[u8] {
    let mut kept = bytes;
    while left
        && let [first, rest @ ..] = kept
        && strips(*first)
    {
        kept = rest;
    }
    while right
        && let [rest @ .., last] = kept
        && strips(*last)
    {
        kept = rest;
    }
    kept
}

pub(super) fn split_space(bytes: &[u8], mut left: usize) -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    let mut rest = trim(bytes, is_space, true, false);
    while !rest.is_empty() {
        let end = rest.iter().position(|&b| is_space(b)).filter(|_| left > 0);
        let Some(end) = end else {
            parts.push(rest.to_vec());
            break;
        };
        left -= 1;
        parts.push(rest[..end].to_vec());
        rest = trim(&rest[end..], is_space, true, false);
    }
    parts
}

pub(super) fn rsplit_space(bytes: &[u8], mut left: usize) -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    let mut rest = trim(bytes, is_space, false, true);
    while !rest.is_empty() {
        let start = rest.iter().rposition(|&b| is_space(b)).filter(|_| left > 0);
        let Some(start) = start else {
            parts.push(rest.to_vec());
            break;
        };
        left -= 1;
        parts.push(rest[start + 1..].to_vec());
        rest = trim(&rest[..start], is_space, false, true);
    }
    parts.reverse();
    parts
}

/// Lines end at `\n`, `\r` and `\r\n` only.
pub(super) fn splitlines(bytes: &[u8], keepends: bool) -> Vec<Vec<u8>> {
    let (mut lines, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r'))
            .unwrap_or(rest.len());
        let mark = match &rest[end..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        lines.push(rest[..if keepends { end + mark } else { end }].to_vec());
        rest = &rest[end + mark..];
    }
    lines
}

pub(super) fn title(bytes: &[u8]) -> Vec<u8> {
    let mut after_letter = false;
    let turned = bytes.iter().map(|b| {
        let turned = if after_letter {
            b.to_ascii_lowercase()
        } else {
            b.to_ascii_uppercase()
        };
        after_letter = b.is_ascii_alphabetic();
        turned
    });
    turned.collect()
}

pub(super) fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

pub(super) fn swapcase(bytes: &[u8]) -> Vec<u8> {
    let swap = |b: &u8| {
        if b.is_ascii_alphabetic() {
            b ^ 0x20
        } else {
            *b
        }
    };
    bytes.iter().map(swap).collect()
}

pub(super) fn istitle(bytes: &[u8]) -> bool {
    let (mut found, mut after_letter) = (false, false);
    for byte in bytes {
        if byte.is_ascii_alphabetic() {
            if byte.is_ascii_uppercase() == after_letter {
                return false;
            }
            (found, after_letter) = (true, true);
        } else {
            after_letter = false;
        }
    }
    found
}

pub(super) fn expandtabs(bytes: &[u8], size: usize) -> Vec<u8> {
    let (mut out, mut column) = (Vec::with_capacity(bytes.len() + 8), 0);
    for &byte in bytes {
        match byte {
            b'\t' if size == 0 => {}
            b'\t' => {
                let more = size - column % size;
                out.extend(std::iter::repeat_n(b' ', more));
                column += more;
            }
            b'\n' | b'\r' => {
                out.push(byte);
                column = 0;
            }
            _ => {
                out.push(byte);
                column += 1;
            }
        }
    }
    out
}
