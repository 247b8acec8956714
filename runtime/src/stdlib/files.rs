//! Open files by number, for the library's file objects: what is read ahead, what waits to be
//! written. What waits goes out before anything else looks at the file system, and at the
//! program's end.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::fd::AsRawFd;

use crate::bytes::Bytes;
use crate::string::codec::{self, Codec};
use crate::{Exc, Int, Result, Str};

/// What CPython reads at once.
const CHUNK_BYTES: usize = 8192;
const PENDING_BYTES: usize = 1 << 16;

/// How a text file ends its lines: `newline=None`, `newline=""` and `newline="\n"`.
const TRANSLATED: i64 = 0;
const ONLY_LF: i64 = 2;

struct Open {
    file: File,
    ahead: Vec<u8>,
    at: usize,
    pending: Vec<u8>,
}

thread_local! {
    static OPEN: RefCell<Vec<Option<Open>>> = const { RefCell::new(Vec::new()) };
}

type Done<T> = std::io::Result<T>;

impl Open {
    fn flush(&mut self) -> Done<()> {
        let pending = std::mem::take(&mut self.pending);
        self.file.write_all(&pending)
    }

    /// Reads on; false at the end.
    fn fill(&mut self, size: usize) -> Done<bool> {
        self.ahead.drain(..self.at);
        self.at = 0;
        let used = self.ahead.len();
        self.ahead.resize(used + size, 0);
        let got = loop {
            match self.file.read(&mut self.ahead[used..]) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.ahead.truncate(used + *got.as_ref().unwrap_or(&0));
        got.map(|n| n > 0)
    }

    fn fill_all(&mut self) -> Done<()> {
        while self.fill(CHUNK_BYTES.max(self.ahead.len()))? {}
        Ok(())
    }

    fn waiting(&self) -> &[u8] {
        &self.ahead[self.at..]
    }

    fn take(&mut self, size: usize) -> Vec<u8> {
        let out = self.waiting()[..size].to_vec();
        self.at += size;
        out
    }

    /// Where the program is in the file.
    fn position(&mut self) -> Done<u64> {
        Ok(self.file.stream_position()? - self.waiting().len() as u64)
    }

    /// Forgets what was read ahead: the file is where the program is.
    fn settle(&mut self) -> Done<()> {
        if !self.waiting().is_empty() {
            self.file
                .seek(SeekFrom::Current(-(self.waiting().len() as i64)))?;
        }
        self.ahead.clear();
        self.at = 0;
        Ok(())
    }

    fn seek(&mut self, offset: i64, whence: i64) -> Done<u64> {
        self.settle()?;
        self.file.seek(match whence {
            0 => SeekFrom::Start(u64::try_from(offset).map_err(|_| invalid())?),
            1 => SeekFrom::Current(offset),
            _ => SeekFrom::End(offset),
        })
    }

    /// The bytes of the next line, up to `limit` (-1: all).
    fn line(&mut self, limit: i64) -> Done<Vec<u8>> {
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut searched = 0;
        loop {
            let waiting = self.waiting();
            let found = waiting[searched..].iter().position(|b| *b == b'\n');
            let end = found.map_or(waiting.len(), |at| searched + at + 1);
            if found.is_some() || end >= most {
                return Ok(self.take(end.min(most)));
            }
            searched = end;
            if !self.fill(CHUNK_BYTES)? {
                return Ok(self.take(end));
            }
        }
    }

    fn bytes(&mut self, size: i64) -> Done<Vec<u8>> {
        let Ok(size) = usize::try_from(size) else {
            self.fill_all()?;
            return Ok(self.take(self.waiting().len()));
        };
        while self.waiting().len() < size && self.fill(CHUNK_BYTES)? {}
        Ok(self.take(size.min(self.waiting().len())))
    }
}

fn invalid() -> std::io::Error {
    std::io::Error::from_raw_os_error(22)
}

/// Runs `act` on an open file, once what waits to be written to any is out.
fn with<T>(number: i64, act: impl FnOnce(&mut Open) -> Done<T>) -> Result<T> {
    flush_all()?;
    on(number, act)
}

fn on<T>(number: i64, act: impl FnOnce(&mut Open) -> Done<T>) -> Result<T> {
    OPEN.with_borrow_mut(|files| {
        let open = files[number as usize].as_mut().expect("the file is open");
        act(open).map_err(|error| Exc::os_error(&error, None))
    })
}

/// Writes out what waits, of every file.
///
/// # Errors
/// `OSError`: what could not be written is lost.
pub fn flush_all() -> Result<()> {
    OPEN.with_borrow_mut(|files| {
        for open in files.iter_mut().flatten() {
            if !open.pending.is_empty() {
                open.flush().map_err(|error| Exc::os_error(&error, None))?;
            }
        }
        Ok(())
    })
}

/// Refuses encodings whose line ends are not single bytes, or that begin with a mark.
///
/// # Errors
/// `LookupError` for a name that is unknown here.
pub fn check(encoding: &Str) -> Result<()> {
    match codec::lookup_codec(encoding.as_str())? {
        Codec::Utf8 | Codec::Ascii | Codec::Latin1 => Ok(()),
        _ => crate::entry::unsupported(&format!("a text file in {}", encoding.as_str())),
    }
}

/// Opens a file: `mode` is made of `r w a x +`.
///
/// # Errors
/// `OSError` with the name.
pub fn open(path: &Str, mode: &Str) -> Result<i64> {
    flush_all()?;
    let has = |c: char| mode.as_str().contains(c);
    let opened = OpenOptions::new()
        .read(has('r') || has('+'))
        .write(!has('r') && !has('a') || has('+'))
        .append(has('a'))
        .create(has('w') || has('a'))
        .truncate(has('w'))
        .create_new(has('x'))
        .open(path.as_str())
        .and_then(|file| match file.metadata()?.is_dir() {
            true => Err(std::io::Error::from_raw_os_error(21)),
            false => Ok(file),
        });
    let mut file = opened.map_err(|error| Exc::os_error(&error, Some(path)))?;
    if has('a') {
        // What cannot seek has no end to go to.
        let _ = file.seek(SeekFrom::End(0));
    }
    let open = Open {
        file,
        ahead: Vec::new(),
        at: 0,
        pending: Vec::new(),
    };
    Ok(OPEN.with_borrow_mut(|files| {
        let free = files.iter().position(Option::is_none);
        let number = free.unwrap_or(files.len());
        match free {
            Some(at) => files[at] = Some(open),
            None => files.push(Some(open)),
        }
        number as i64
    }))
}

/// Closes a file; its number may stand for another one then.
///
/// # Errors
/// `OSError`: what waited could not be written.
pub fn close(number: i64) -> Result<()> {
    let flushed = on(number, Open::flush);
    OPEN.with_borrow_mut(|files| files[number as usize] = None);
    flushed
}

/// # Errors
/// `OSError`
pub fn read(number: i64, size: i64) -> Result<Bytes> {
    with(number, |open| open.bytes(size)).map(Bytes::from)
}

/// # Errors
/// `OSError`
pub fn readline(number: i64, limit: i64) -> Result<Bytes> {
    with(number, |open| open.line(limit)).map(Bytes::from)
}

/// # Errors
/// `OSError`
pub fn write(number: i64, bytes: &[u8]) -> Result<()> {
    on(number, |open| {
        if !open.ahead.is_empty() {
            open.settle()?;
        }
        open.pending.extend_from_slice(bytes);
        if open.pending.len() >= PENDING_BYTES {
            open.flush()?;
        }
        Ok(())
    })
}

/// # Errors
/// `OSError`, or that the text does not fit the encoding.
pub fn write_text(number: i64, text: &Str, encoding: &Str, errors: &Str) -> Result<()> {
    write(
        number,
        &text.encode_to_vec(encoding.as_str(), errors.as_str())?,
    )
}

/// # Errors
/// `OSError`
pub fn seek(number: i64, offset: i64, whence: i64) -> Result<Int> {
    with(number, |open| open.seek(offset, whence)).map(Int::from)
}

/// # Errors
/// `OSError`
pub fn tell(number: i64) -> Result<Int> {
    with(number, Open::position).map(Int::from)
}

/// # Errors
/// `OSError`
pub fn truncate(number: i64, size: i64) -> Result<()> {
    let size = u64::try_from(size).map_err(|_| Exc::os_error(&invalid(), None))?;
    with(number, |open| {
        open.settle()?;
        open.file.set_len(size)
    })
}

/// # Errors
/// `OSError`
pub fn flush(number: i64) -> Result<()> {
    on(number, Open::flush)
}

/// # Errors
/// `OSError`
pub fn fileno(number: i64) -> Result<i64> {
    on(number, |open| Ok(i64::from(open.file.as_raw_fd())))
}

/// # Errors
/// `OSError`
pub fn isatty(number: i64) -> Result<bool> {
    on(number, |open| {
        Ok(std::io::IsTerminal::is_terminal(&open.file))
    })
}

/// Reads more of a text: what is no text of the encoding is found out at once.
fn more(open: &mut Open, encoding: &str, errors: &str) -> Result<bool> {
    let had = open.waiting().len();
    let got = open
        .fill(CHUNK_BYTES)
        .map_err(|error| Exc::os_error(&error, None))?;
    if errors == "strict" {
        let cut = |bytes: &[u8]| match codec::is_utf8(encoding) {
            true => incomplete(bytes),
            false => 0,
        };
        let rest = &open.ahead[had - cut(&open.ahead[..had])..];
        let until = if got {
            rest.len() - cut(rest)
        } else {
            rest.len()
        };
        codec::decode(&rest[..until], encoding, errors)?;
    }
    Ok(got)
}

/// How many bytes at the end begin a character of UTF-8 that they do not complete.
fn incomplete(bytes: &[u8]) -> usize {
    match std::str::from_utf8(&bytes[bytes.len().saturating_sub(3)..]) {
        Ok(_) => 0,
        Err(_) => (1..=bytes.len().min(3))
            .find(|n| {
                let first = bytes[bytes.len() - n];
                let length = match first {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    0xf0..=0xf4 => 4,
                    _ => 0,
                };
                length > *n
            })
            .unwrap_or(0),
    }
}

fn translated(text: Str, newline: i64) -> Str {
    if newline == TRANSLATED && text.as_str().contains('\r') {
        Str::from(text.as_str().replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        text
    }
}

/// Where the first line of `bytes` ends; None: perhaps in what follows.
fn line_end(bytes: &[u8], newline: i64, is_all: bool) -> Option<usize> {
    let is_end = |b: &u8| *b == b'\n' || (*b == b'\r' && newline != ONLY_LF);
    let at = bytes.iter().position(is_end)?;
    match (bytes[at], bytes.get(at + 1)) {
        (b'\r', Some(b'\n')) => Some(at + 2),
        (b'\r', None) if !is_all => None,
        _ => Some(at + 1),
    }
}

/// The next line of a text.
///
/// # Errors
/// `OSError`, or that the bytes are no text.
pub fn readline_text(number: i64, newline: i64, encoding: &Str, errors: &Str) -> Result<Str> {
    let (encoding, errors) = (encoding.as_str(), errors.as_str());
    flush_all()?;
    OPEN.with_borrow_mut(|files| {
        let open = files[number as usize].as_mut().expect("the file is open");
        let mut is_all = false;
        let end = loop {
            if let Some(end) = line_end(open.waiting(), newline, is_all) {
                break end;
            }
            if is_all {
                break open.waiting().len();
            }
            is_all = !more(open, encoding, errors)?;
        };
        let text = codec::decode(&open.take(end), encoding, errors)?;
        Ok(translated(text, newline))
    })
}

/// The rest of a text, or `size` characters of it.
///
/// # Errors
/// `OSError`, or that the bytes are no text.
pub fn read_text(
    number: i64,
    size: i64,
    newline: i64,
    encoding: &Str,
    errors: &Str,
) -> Result<Str> {
    if let Ok(size) = usize::try_from(size) {
        return read_some(number, size, newline, encoding, errors);
    }
    let bytes = with(number, |open| open.bytes(-1))?;
    let text = codec::decode(&bytes, encoding.as_str(), errors.as_str())?;
    Ok(translated(text, newline))
}

fn read_some(number: i64, size: usize, newline: i64, encoding: &Str, errors: &Str) -> Result<Str> {
    let (encoding, errors) = (encoding.as_str(), errors.as_str());
    if errors != "strict" {
        crate::entry::unsupported("reading a number of characters with an error handler");
    }
    let is_utf8 = codec::is_utf8(encoding);
    flush_all()?;
    OPEN.with_borrow_mut(|files| {
        let open = files[number as usize].as_mut().expect("the file is open");
        let mut is_all = false;
        let end = loop {
            let end = characters(open.waiting(), size, newline, is_utf8, is_all);
            if let Some(end) = end {
                break end;
            }
            is_all = !more(open, encoding, errors)?;
        };
        let text = codec::decode(&open.take(end), encoding, errors)?;
        Ok(translated(text, newline))
    })
}

/// The length of `size` characters; None: more bytes are needed. A line's end is one where
/// it is translated.
fn characters(
    bytes: &[u8],
    size: usize,
    newline: i64,
    is_utf8: bool,
    is_all: bool,
) -> Option<usize> {
    let mut at = 0;
    for _ in 0..size {
        let Some(&first) = bytes.get(at) else {
            return is_all.then_some(bytes.len());
        };
        let is_return = first == b'\r' && newline == TRANSLATED;
        let length = match first {
            b'\r' if is_return && bytes.get(at + 1) == Some(&b'\n') => 2,
            0xc2..=0xdf if is_utf8 => 2,
            0xe0..=0xef if is_utf8 => 3,
            0xf0..=0xf4 if is_utf8 => 4,
            _ => 1,
        };
        let unsure = at + length > bytes.len() || (is_return && at + 1 == bytes.len());
        if unsure && !is_all {
            return None;
        }
        at += length;
    }
    Some(at.min(bytes.len()))
}
