//! A parsed pattern as instructions of the matching machine.

use std::cell::Cell;

use super::cases::Case;
use super::machine::Scratch;
use super::parse::{Anchor, ClassTest, Item, Mode, Node, Parsed, parse};
use super::starts::Starts;
use crate::string::unicode;
use crate::{Exc, Result, Str};

/// Instructions that a counted group may unroll to.
const MAX_SIZE: usize = 1_000_000;

#[derive(Debug, Clone)]
pub enum Test {
    Char(char),
    /// A character in any case: all its cases.
    Cases(Vec<char>),
    Any,
    AnyButNewline,
    Set {
        items: Vec<Item>,
        negated: bool,
        case: Case,
        ascii: [bool; 128],
    },
}

#[derive(Debug)]
pub enum Op {
    One(Test),
    /// Tries the first, then the second.
    Split(usize, usize),
    Jump(usize),
    /// Stores the position: 2n opens group n, 2n + 1 closes it.
    Save(usize),
    Anchor(Anchor),
    BackRef(usize, Case),
    /// A repeated single-character test; the next instruction follows.
    Repeat {
        test: Test,
        min: usize,
        max: usize,
        mode: Mode,
    },
    /// Enters a loop: forgets where its last round began.
    LoopStart(usize),
    /// Leaves the loop to `.1` if the last round began here, else notes that this one does.
    LoopCheck(usize, usize),
    /// A sub-match up to its `Accept`, then on at `next`.
    Look {
        ahead: bool,
        negated: bool,
        width: usize,
        next: usize,
    },
    Atomic {
        next: usize,
    },
    /// On at the next instruction if the group took part, else at `.1`.
    Conditional(usize, usize),
    Accept,
}

pub struct Program {
    pub pattern: Str,
    pub flags: u32,
    pub groups: usize,
    pub names: Vec<(String, usize)>,
    pub ops: Vec<Op>,
    pub loops: usize,
    /// The characters that a match starts with, if none is empty.
    pub starts: Option<Starts>,
    pub scratch: Cell<Scratch>,
}

impl Program {
    pub fn new(pattern: &Str, flags: u32) -> Result<Program> {
        let Parsed {
            node,
            flags,
            groups,
            names,
        } = parse(pattern, flags)?;
        let mut builder = Builder {
            ops: Vec::new(),
            loops: 0,
        };
        builder.node(&node)?;
        builder.ops.push(Op::Accept);
        let Builder { ops, loops } = builder;
        Ok(Program {
            pattern: pattern.clone(),
            flags,
            groups,
            names,
            loops,
            starts: Starts::of(&ops),
            ops,
            scratch: Cell::default(),
        })
    }
}

pub fn is_word(c: char, ascii: bool) -> bool {
    if c.is_ascii() || ascii {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    unicode::is_alnum(c)
}

fn in_class(class: ClassTest, c: char) -> bool {
    let ascii = class.ascii;
    let inside = match class.kind {
        'd' => c.is_ascii_digit() || (!ascii && unicode::is_decimal(c)),
        'w' => is_word(c, ascii),
        _ if ascii || c.is_ascii() => {
            matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
                || (!ascii && matches!(c, '\u{1c}'..='\u{1f}'))
        }
        _ => unicode::is_space(c),
    };
    inside != class.negated
}

/// `same`: the characters that equal the one that is looked up as `folded`.
fn in_items(items: &[Item], same: &[char], folded: char) -> bool {
    items.iter().any(|item| match item {
        Item::Char(one) => same.contains(one),
        Item::Range(low, high) => same.iter().any(|c| (*low..=*high).contains(c)),
        Item::Class(class) => in_class(*class, folded),
    })
}

fn in_set(items: &[Item], negated: bool, case: Case, c: char) -> bool {
    let inside = match case {
        Case::Kept => in_items(items, &[c], c),
        _ => in_items(items, &case.same(c), case.fold(c)),
    };
    inside != negated
}

impl Test {
    #[inline]
    pub fn holds(&self, c: char) -> bool {
        match self {
            Test::Char(one) => *one == c,
            Test::Cases(all) => all.contains(&c),
            Test::Any => true,
            Test::AnyButNewline => c != '\n',
            Test::Set {
                items,
                negated,
                case,
                ascii,
            } => {
                if c.is_ascii() {
                    ascii[c as usize]
                } else {
                    in_set(items, *negated, *case, c)
                }
            }
        }
    }
}

fn test_of(node: &Node) -> Option<Test> {
    Some(match node {
        Node::Char(c, case) => {
            let all = case.same(*c);
            if all.len() == 1 {
                Test::Char(*c)
            } else {
                Test::Cases(all)
            }
        }
        Node::Any => Test::Any,
        Node::AnyButNewline => Test::AnyButNewline,
        Node::Set {
            items,
            negated,
            case,
        } => Test::Set {
            items: items.clone(),
            negated: *negated,
            case: *case,
            ascii: std::array::from_fn(|i| in_set(items, *negated, *case, i as u8 as char)),
        },
        Node::Cat(nodes) if nodes.len() == 1 => return test_of(&nodes[0]),
        _ => return None,
    })
}

struct Builder {
    ops: Vec<Op>,
    loops: usize,
}

impl Builder {
    fn push(&mut self, op: Op) -> usize {
        self.ops.push(op);
        self.ops.len() - 1
    }

    fn node(&mut self, node: &Node) -> Result<()> {
        if self.ops.len() > MAX_SIZE {
            return Err(Exc::overflow_error(
                "regular expression code size limit exceeded",
            ));
        }
        if let Some(test) = test_of(node) {
            self.push(Op::One(test));
            return Ok(());
        }
        match node {
            Node::Cat(nodes) => {
                for node in nodes {
                    self.node(node)?;
                }
            }
            Node::Alt(nodes) => self.alternatives(nodes)?,
            Node::Group(number, node) => {
                self.push(Op::Save(2 * number));
                self.node(node)?;
                self.push(Op::Save(2 * number + 1));
            }
            Node::Repeat {
                min,
                max,
                mode,
                node,
            } => self.repeat(*min, *max, *mode, node)?,
            Node::Anchor(anchor) => {
                self.push(Op::Anchor(*anchor));
            }
            Node::BackRef(group, case) => {
                self.push(Op::BackRef(*group, *case));
            }
            Node::Look {
                ahead,
                negated,
                width,
                node,
            } => {
                let at = self.push(Op::Accept);
                self.node(node)?;
                self.push(Op::Accept);
                let next = self.ops.len();
                let (ahead, negated, width) = (*ahead, *negated, *width);
                self.ops[at] = Op::Look {
                    ahead,
                    negated,
                    width,
                    next,
                };
            }
            Node::Atomic(node) => self.atomic(node)?,
            Node::Conditional(group, yes, no) => {
                let at = self.push(Op::Accept);
                self.node(yes)?;
                let jump = self.push(Op::Accept);
                self.ops[at] = Op::Conditional(*group, self.ops.len());
                self.node(no)?;
                self.ops[jump] = Op::Jump(self.ops.len());
            }
            Node::Char(..) | Node::Any | Node::AnyButNewline | Node::Set { .. } => {}
        }
        Ok(())
    }

    fn atomic(&mut self, node: &Node) -> Result<()> {
        let at = self.push(Op::Accept);
        self.node(node)?;
        self.push(Op::Accept);
        self.ops[at] = Op::Atomic {
            next: self.ops.len(),
        };
        Ok(())
    }

    fn alternatives(&mut self, nodes: &[Node]) -> Result<()> {
        let mut jumps = Vec::new();
        for (i, node) in nodes.iter().enumerate() {
            if i + 1 == nodes.len() {
                self.node(node)?;
                break;
            }
            let split = self.push(Op::Accept);
            self.node(node)?;
            jumps.push(self.push(Op::Accept));
            self.ops[split] = Op::Split(split + 1, self.ops.len());
        }
        let end = self.ops.len();
        for jump in jumps {
            self.ops[jump] = Op::Jump(end);
        }
        Ok(())
    }

    fn repeat(&mut self, min: u32, max: u32, mode: Mode, node: &Node) -> Result<()> {
        if let Some(test) = test_of(node) {
            let max = if max == u32::MAX {
                usize::MAX
            } else {
                max as usize
            };
            self.push(Op::Repeat {
                test,
                min: min as usize,
                max,
                mode,
            });
            return Ok(());
        }
        if mode == Mode::Possessive {
            let inner = Node::Repeat {
                min,
                max,
                mode: Mode::Greedy,
                node: Box::new(node.clone()),
            };
            return self.atomic(&inner);
        }
        for _ in 0..min {
            self.node(node)?;
        }
        let split = |lazy: bool, body: usize, out: usize| {
            if lazy {
                Op::Split(out, body)
            } else {
                Op::Split(body, out)
            }
        };
        let lazy = mode == Mode::Lazy;
        if max == u32::MAX {
            let register = self.loops;
            self.loops += 1;
            self.push(Op::LoopStart(register));
            let top = self.push(Op::Accept);
            let check = self.push(Op::Accept);
            self.node(node)?;
            self.push(Op::Jump(top));
            let out = self.ops.len();
            self.ops[top] = split(lazy, check, out);
            self.ops[check] = Op::LoopCheck(register, out);
            return Ok(());
        }
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.push(Op::Accept));
            self.node(node)?;
        }
        let out = self.ops.len();
        for at in splits {
            self.ops[at] = split(lazy, at + 1, out);
        }
        Ok(())
    }
}
