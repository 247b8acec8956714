//! A format: what lies where (`prepare_format` of CPython's `_struct.c`).

use super::error;
use crate::Result;

/// One value: its code, where its bytes begin, how many they are.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub code: u8,
    pub at: usize,
    pub size: usize,
    pub order: Order,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Order {
    /// Sizes and alignment of the machine.
    Native,
    Little,
    Big,
}

struct Run {
    first: Field,
    repeat: usize,
}

pub(super) struct Layout {
    runs: Vec<Run>,
    /// Values that are packed or unpacked.
    pub count: usize,
    pub size: usize,
}

impl Order {
    fn size_of(self, code: u8) -> Option<usize> {
        let native = self == Order::Native;
        Some(match code {
            b'x' | b'b' | b'B' | b'c' | b's' | b'p' | b'?' => 1,
            b'h' | b'H' | b'e' => 2,
            b'i' | b'I' | b'f' => 4,
            b'l' | b'L' => {
                if native {
                    8
                } else {
                    4
                }
            }
            b'q' | b'Q' | b'd' => 8,
            b'n' | b'N' | b'P' if native => 8,
            _ => return None,
        })
    }
}

impl Layout {
    pub fn parse(format: &[u8]) -> Result<Layout> {
        let (order, mut rest) = match format.split_first() {
            Some((b'@', rest)) => (Order::Native, rest),
            Some((b'<' | b'=', rest)) => (Order::Little, rest),
            Some((b'>' | b'!', rest)) => (Order::Big, rest),
            _ => (Order::Native, format),
        };
        let mut layout = Layout {
            runs: Vec::new(),
            count: 0,
            size: 0,
        };
        while let Some((&code, after)) = rest.split_first() {
            rest = after;
            if matches!(code, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) {
                continue;
            }
            let (repeat, code) = if code.is_ascii_digit() {
                repeat(code, &mut rest)?
            } else {
                (1, code)
            };
            layout.push(order, code, repeat)?;
        }
        Ok(layout)
    }

    fn push(&mut self, order: Order, code: u8, repeat: usize) -> Result<()> {
        let too_long = || error("total struct size too long");
        let item = order
            .size_of(code)
            .ok_or_else(|| error("bad char in struct format"))?;
        let at = if order == Order::Native {
            self.size.next_multiple_of(item)
        } else {
            self.size
        };
        let end = repeat.checked_mul(item).and_then(|n| n.checked_add(at));
        self.size = end
            .filter(|&n| n <= isize::MAX as usize)
            .ok_or_else(too_long)?;
        let (size, repeat) = match code {
            b'x' => return Ok(()),
            b's' | b'p' => (repeat, 1),
            _ => (item, repeat),
        };
        self.count = self.count.checked_add(repeat).ok_or_else(too_long)?;
        let first = Field {
            code,
            at,
            size,
            order,
        };
        self.runs.push(Run { first, repeat });
        Ok(())
    }

    /// A field for each value.
    pub fn items(&self) -> impl Iterator<Item = Field> + '_ {
        self.runs.iter().flat_map(|run| {
            (0..run.repeat).map(move |i| Field {
                at: run.first.at + i * run.first.size,
                ..run.first
            })
        })
    }
}

/// The number that begins with `digit`, and the code behind it.
fn repeat(digit: u8, rest: &mut &[u8]) -> Result<(usize, u8)> {
    let mut count = usize::from(digit - b'0');
    while let Some((&next, after)) = rest.split_first() {
        *rest = after;
        if !next.is_ascii_digit() {
            return Ok((count, next));
        }
        count = count
            .checked_mul(10)
            .and_then(|n| n.checked_add(usize::from(next - b'0')))
            .filter(|&n| n <= isize::MAX as usize)
            .ok_or_else(|| error("total struct size too long"))?;
    }
    Err(error("repeat count given without format specifier"))
}
