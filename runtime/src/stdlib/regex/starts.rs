//! The characters that a match of a program can start with.

use super::program::{Op, Test};

/// A superset: `wide` is whether anything beyond ASCII may start a match.
pub struct Starts {
    ascii: [bool; 128],
    wide: bool,
}

impl Starts {
    /// Of a program; `None`: a match may be empty, or what it starts with is not known.
    pub fn of(ops: &[Op]) -> Option<Starts> {
        let mut starts = Starts {
            ascii: [false; 128],
            wide: false,
        };
        let mut seen = vec![false; ops.len()];
        let mut left = vec![0];
        while let Some(pc) = left.pop() {
            if std::mem::replace(&mut seen[pc], true) {
                continue;
            }
            match &ops[pc] {
                Op::One(test) => starts.add(test),
                Op::Repeat { test, min, .. } => {
                    starts.add(test);
                    if *min == 0 {
                        left.push(pc + 1);
                    }
                }
                Op::Split(first, second) => left.extend([*first, *second]),
                Op::Jump(to) => left.push(*to),
                Op::Save(_) | Op::Anchor(_) | Op::LoopStart(_) => left.push(pc + 1),
                Op::LoopCheck(_, out) => left.extend([pc + 1, *out]),
                // What it asks of the characters here only makes the matches fewer.
                Op::Look { next, .. } => left.push(*next),
                Op::BackRef(..) | Op::Atomic { .. } | Op::Conditional(..) | Op::Accept => {
                    return None;
                }
            }
        }
        Some(starts)
    }

    fn add(&mut self, test: &Test) {
        for (code, slot) in (0u8..).zip(self.ascii.iter_mut()) {
            *slot |= test.holds(code as char);
        }
        self.wide |= match test {
            Test::Char(c) => !c.is_ascii(),
            Test::Cases(all) => !all.iter().all(char::is_ascii),
            Test::Any | Test::AnyButNewline | Test::Set { .. } => true,
        };
    }

    #[inline]
    pub fn holds(&self, c: char) -> bool {
        self.ascii.get(c as usize).copied().unwrap_or(self.wide)
    }
}
