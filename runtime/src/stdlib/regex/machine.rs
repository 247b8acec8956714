//! Backtracking over a program, with an explicit stack: long subjects need no recursion.

use std::mem::take;

use super::cases::Case;
use super::parse::{Anchor, Mode};
use super::program::{Op, Program, is_word};

/// The characters of a subject by position.
pub trait Subject {
    fn at(&self, position: usize) -> Option<char>;
}

impl Subject for &[u8] {
    #[inline]
    fn at(&self, position: usize) -> Option<char> {
        self.get(position).map(|byte| *byte as char)
    }
}

impl Subject for &[char] {
    #[inline]
    fn at(&self, position: usize) -> Option<char> {
        self.get(position).copied()
    }
}

const NONE: usize = usize::MAX;

/// What to take back or to try next.
enum Frame {
    Branch(usize, usize),
    Slot(usize, usize),
    Loop(usize, usize),
    Last(usize),
    /// A greedy run of one test: it may end anywhere between the two positions.
    Greedy {
        pc: usize,
        low: usize,
        high: usize,
    },
    /// A lazy run: the instruction, where it is, and how many more it may take.
    Lazy {
        pc: usize,
        at: usize,
        left: usize,
    },
}

pub struct Machine<'a, S> {
    program: &'a Program,
    subject: S,
    end: usize,
    pub slots: Vec<usize>,
    /// The group that was closed last; 0: none.
    pub last: usize,
    loops: Vec<usize>,
    stack: Vec<Frame>,
    /// The registers hold what a match left in them; what failed has undone all that it did.
    used: bool,
    /// Where a match must not end, or must end.
    not_at: usize,
    only_at: Option<usize>,
}

/// What a machine works in, kept by its program for the next one.
#[derive(Default)]
pub struct Scratch {
    slots: Vec<usize>,
    loops: Vec<usize>,
    stack: Vec<Frame>,
}

impl<S> Drop for Machine<'_, S> {
    fn drop(&mut self) {
        self.program.scratch.set(Scratch {
            slots: take(&mut self.slots),
            loops: take(&mut self.loops),
            stack: take(&mut self.stack),
        });
    }
}

impl<'a, S: Subject> Machine<'a, S> {
    pub fn new(program: &'a Program, subject: S, end: usize) -> Self {
        let Scratch {
            mut slots,
            mut loops,
            stack,
        } = program.scratch.take();
        slots.resize(2 * (program.groups + 1), NONE);
        loops.resize(program.loops, NONE);
        Machine {
            program,
            subject,
            end,
            slots,
            last: 0,
            loops,
            stack,
            used: true,
            not_at: NONE,
            only_at: None,
        }
    }

    /// A match that starts at `start`, and ends at `only_at` if that is given.
    pub fn match_at(
        &mut self,
        start: usize,
        only_at: Option<usize>,
        not_at: Option<usize>,
    ) -> bool {
        if self.used {
            self.slots.fill(NONE);
            self.loops.fill(NONE);
            self.stack.clear();
            self.last = 0;
        }
        self.only_at = only_at;
        self.not_at = not_at.unwrap_or(NONE);
        match self.run(0, start, true) {
            Some(end) => {
                self.used = true;
                self.slots[0] = start;
                self.slots[1] = end;
                true
            }
            None => {
                self.used = false;
                false
            }
        }
    }

    /// The first match that starts at `from` or later; not an empty one at `not_at`.
    pub fn search(&mut self, from: usize, not_at: Option<usize>) -> bool {
        for start in from..=self.end {
            if let Some(starts) = &self.program.starts
                && !self.char_at(start).is_some_and(|c| starts.holds(c))
            {
                continue;
            }
            let not_at = not_at.filter(|at| *at == start);
            if self.match_at(start, None, not_at) {
                return true;
            }
        }
        false
    }

    #[inline]
    fn char_at(&self, at: usize) -> Option<char> {
        if at < self.end {
            self.subject.at(at)
        } else {
            None
        }
    }

    /// Whether the character here may be what the instructions from `pc` on ask for first.
    #[inline]
    fn may_go_on(&self, mut pc: usize, at: usize) -> bool {
        while let Op::Save(_) = &self.program.ops[pc] {
            pc += 1;
        }
        match &self.program.ops[pc] {
            Op::One(test) => self.char_at(at).is_some_and(|c| test.holds(c)),
            Op::Repeat { test, min, .. } if *min > 0 => {
                self.char_at(at).is_some_and(|c| test.holds(c))
            }
            _ => true,
        }
    }

    /// Undoes up to the last choice and takes it.
    fn backtrack(&mut self, base: usize) -> Option<(usize, usize)> {
        while self.stack.len() > base {
            match self.stack.pop()? {
                Frame::Branch(pc, at) => return Some((pc, at)),
                Frame::Slot(slot, old) => self.slots[slot] = old,
                Frame::Loop(register, old) => self.loops[register] = old,
                Frame::Last(old) => self.last = old,
                Frame::Greedy { pc, low, high } => {
                    let high = high - 1;
                    if high > low {
                        self.stack.push(Frame::Greedy { pc, low, high });
                    }
                    return Some((pc, high));
                }
                Frame::Lazy { pc, at, left } => {
                    let Op::Repeat { test, .. } = &self.program.ops[pc] else {
                        continue;
                    };
                    if self.char_at(at).is_some_and(|c| test.holds(c)) {
                        if left > 1 {
                            self.stack.push(Frame::Lazy {
                                pc,
                                at: at + 1,
                                left: left - 1,
                            });
                        }
                        return Some((pc + 1, at + 1));
                    }
                }
            }
        }
        None
    }

    /// Runs until `Accept`: the position there, or `None` when nothing is left to try.
    fn run(&mut self, pc: usize, at: usize, whole: bool) -> Option<usize> {
        let base = self.stack.len();
        let program = self.program;
        let (mut pc, mut at) = (pc, at);
        loop {
            let on = match &program.ops[pc] {
                Op::One(test) => match self.char_at(at) {
                    Some(c) if test.holds(c) => Some((pc + 1, at + 1)),
                    _ => None,
                },
                Op::Split(first, second) => {
                    match (self.may_go_on(*first, at), self.may_go_on(*second, at)) {
                        (true, true) => {
                            self.stack.push(Frame::Branch(*second, at));
                            Some((*first, at))
                        }
                        (true, false) => Some((*first, at)),
                        (false, true) => Some((*second, at)),
                        (false, false) => None,
                    }
                }
                Op::Jump(to) => Some((*to, at)),
                Op::Save(slot) => {
                    self.stack.push(Frame::Slot(*slot, self.slots[*slot]));
                    self.slots[*slot] = at;
                    if slot % 2 == 1 {
                        self.stack.push(Frame::Last(self.last));
                        self.last = slot / 2;
                    }
                    Some((pc + 1, at))
                }
                Op::Anchor(anchor) => self.holds(*anchor, at).then_some((pc + 1, at)),
                Op::BackRef(group, case) => {
                    self.same_text(*group, *case, at).map(|at| (pc + 1, at))
                }
                Op::Repeat {
                    test,
                    min,
                    max,
                    mode,
                } => {
                    let limit = if *mode == Mode::Lazy { *min } else { *max };
                    let mut end = at;
                    while end - at < limit && self.char_at(end).is_some_and(|c| test.holds(c)) {
                        end += 1;
                    }
                    if end - at < *min {
                        None
                    } else {
                        if *mode == Mode::Greedy && end > at + min {
                            self.stack.push(Frame::Greedy {
                                pc: pc + 1,
                                low: at + min,
                                high: end,
                            });
                        }
                        if *mode == Mode::Lazy && max > min {
                            self.stack.push(Frame::Lazy {
                                pc,
                                at: end,
                                left: max - min,
                            });
                        }
                        Some((pc + 1, end))
                    }
                }
                Op::LoopStart(register) => {
                    self.stack
                        .push(Frame::Loop(*register, self.loops[*register]));
                    self.loops[*register] = NONE;
                    Some((pc + 1, at))
                }
                Op::LoopCheck(register, out) => {
                    let last = self.loops[*register];
                    if last == at {
                        Some((*out, at))
                    } else {
                        self.stack.push(Frame::Loop(*register, last));
                        self.loops[*register] = at;
                        Some((pc + 1, at))
                    }
                }
                Op::Look {
                    ahead,
                    negated,
                    width,
                    next,
                } => self
                    .look(pc, at, *ahead, *negated, *width)
                    .then_some((*next, at)),
                Op::Atomic { next } => {
                    let base = self.stack.len();
                    let end = self.run(pc + 1, at, false);
                    self.commit(base);
                    end.map(|end| (*next, end))
                }
                Op::Conditional(group, other) => {
                    let took_part = self.slots[2 * group + 1] != NONE;
                    Some((if took_part { pc + 1 } else { *other }, at))
                }
                Op::Accept => {
                    let fits =
                        !whole || (at != self.not_at && self.only_at.is_none_or(|only| only == at));
                    if fits {
                        return Some(at);
                    }
                    None
                }
            };
            (pc, at) = match on {
                Some(next) => next,
                None => self.backtrack(base)?,
            };
        }
    }

    /// Forgets the choices above `base` but not how to undo what was stored.
    fn commit(&mut self, base: usize) {
        let mut kept = base;
        for i in base..self.stack.len() {
            if matches!(
                self.stack[i],
                Frame::Slot(..) | Frame::Loop(..) | Frame::Last(_)
            ) {
                self.stack.swap(kept, i);
                kept += 1;
            }
        }
        self.stack.truncate(kept);
    }

    fn look(&mut self, pc: usize, at: usize, ahead: bool, negated: bool, width: usize) -> bool {
        let start = if ahead {
            Some(at)
        } else {
            at.checked_sub(width)
        };
        let Some(start) = start else {
            return negated;
        };
        let base = self.stack.len();
        let found = self.run(pc + 1, start, false).is_some();
        if negated && found {
            // Groups inside a negative assertion stay unset.
            self.commit(base);
            while self.stack.len() > base {
                match self.stack.pop() {
                    Some(Frame::Slot(slot, old)) => self.slots[slot] = old,
                    Some(Frame::Loop(register, old)) => self.loops[register] = old,
                    Some(Frame::Last(old)) => self.last = old,
                    _ => {}
                }
            }
        } else {
            self.commit(base);
        }
        found != negated
    }

    fn holds(&self, anchor: Anchor, at: usize) -> bool {
        let newline = |at: usize| self.subject.at(at) == Some('\n');
        match anchor {
            Anchor::Start => at == 0,
            Anchor::LineStart => at == 0 || newline(at - 1),
            Anchor::End => at == self.end || (at + 1 == self.end && newline(at)),
            Anchor::LineEnd => at == self.end || newline(at),
            Anchor::StringEnd => at == self.end,
            Anchor::Boundary { ascii, negated } => {
                if self.end == 0 {
                    return false;
                }
                let word = |c: Option<char>| c.is_some_and(|c| is_word(c, ascii));
                let before = at > 0 && word(self.subject.at(at - 1));
                (before != word(self.char_at(at))) != negated
            }
        }
    }

    fn same_text(&self, group: usize, case: Case, at: usize) -> Option<usize> {
        let (start, end) = (self.slots[2 * group], self.slots[2 * group + 1]);
        if start == NONE || end == NONE || end < start {
            return None;
        }
        for i in 0..end - start {
            let (a, b) = (self.subject.at(start + i)?, self.char_at(at + i)?);
            if a != b && case.fold(a) != case.fold(b) {
                return None;
            }
        }
        Some(at + end - start)
    }
}
