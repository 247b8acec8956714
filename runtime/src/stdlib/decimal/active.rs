//! The context that operations follow: a copy of the active one's rules, and what was
//! signalled under it that the library has not asked for yet.

use std::cell::Cell;

use super::wide::POWERS;
use crate::list::AnyList;
use crate::{Int, List, Str, Value};

// Signals, by the library's numbers.
pub(super) const INEXACT: u16 = 64;
pub(super) const ROUNDED: u16 = 128;

/// How digits that are dropped change the last one that stays.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    Up,
    Down,
    Ceiling,
    Floor,
    HalfUp,
    HalfDown,
    HalfEven,
    Up05,
}

impl Rounding {
    pub(super) fn named(name: &str) -> Option<Rounding> {
        Some(match name {
            "ROUND_UP" => Rounding::Up,
            "ROUND_DOWN" => Rounding::Down,
            "ROUND_CEILING" => Rounding::Ceiling,
            "ROUND_FLOOR" => Rounding::Floor,
            "ROUND_HALF_UP" => Rounding::HalfUp,
            "ROUND_HALF_DOWN" => Rounding::HalfDown,
            "ROUND_HALF_EVEN" => Rounding::HalfEven,
            "ROUND_05UP" => Rounding::Up05,
            _ => return None,
        })
    }

    /// Whether a magnitude goes up that ends in `last` and drops something, which lies so
    /// against half a unit.
    #[inline(always)]
    pub(super) fn goes_up(self, minus: bool, last: u64, side: std::cmp::Ordering) -> bool {
        match self {
            Rounding::HalfEven => side.is_gt() || (side.is_eq() && last & 1 == 1),
            Rounding::HalfUp => side.is_ge(),
            Rounding::HalfDown => side.is_gt(),
            Rounding::Up => true,
            Rounding::Down => false,
            Rounding::Ceiling => !minus,
            Rounding::Floor => minus,
            Rounding::Up05 => last.is_multiple_of(5),
        }
    }
}

pub(super) struct Active {
    pub(super) precision: Cell<i64>,
    /// What no coefficient reaches that fits the precision.
    pub(super) limit: Cell<u128>,
    pub(super) rounding: Cell<Rounding>,
    pub(super) low: Cell<i64>,
    pub(super) high: Cell<i64>,
    pub(super) clamped: Cell<bool>,
    trapped: Cell<u16>,
    seen: Cell<u16>,
}

thread_local! {
    static ACTIVE: Active = const {
        Active {
            // Nothing fits until a context is followed.
            precision: Cell::new(0),
            limit: Cell::new(0),
            rounding: Cell::new(Rounding::HalfEven),
            low: Cell::new(0),
            high: Cell::new(-1),
            clamped: Cell::new(false),
            trapped: Cell::new(0),
            seen: Cell::new(0),
        }
    };
}

/// What `work` makes of the active rules.
#[inline(always)]
pub(super) fn with<R>(work: impl FnOnce(&Active) -> R) -> R {
    ACTIVE.with(work)
}

impl Active {
    /// Keeps a signal; `None` where it is to be raised.
    #[inline(always)]
    pub(super) fn signal(&self, bits: u16) -> Option<()> {
        if self.trapped.get() & bits != 0 {
            return None;
        }
        self.seen.set(self.seen.get() | bits);
        Some(())
    }
}

/// Follows these rules from now on.
pub fn follow(precision: i64, mode: &Str, low: i64, high: i64, clamped: bool, trapped: &Int) {
    with(|active| {
        let rounding = Rounding::named(mode.as_str());
        let precision = if rounding.is_some() { precision } else { 0 };
        let limit = POWERS.get(precision as usize).copied();
        active.precision.set(precision);
        active.limit.set(limit.unwrap_or(u128::MAX));
        active.rounding.set(rounding.unwrap_or(Rounding::HalfEven));
        active.low.set(low);
        active.high.set(high);
        active.clamped.set(clamped);
        active.trapped.set(trapped.saturate() as u16);
    })
}

/// The first of each pair whose bit is among these.
pub fn those(pairs: &impl AnyList<(Value, Int)>, bits: &Int) -> List<Value> {
    let bits = bits.saturate();
    let chosen = pairs.own().to_vec().into_iter();
    List::from(
        chosen
            .filter(|(_, bit)| bit.saturate() & bits != 0)
            .map(|(class, _)| class)
            .collect::<Vec<_>>(),
    )
}

/// What was signalled since the last call.
pub fn signals() -> i64 {
    with(|active| i64::from(active.seen.replace(0)))
}
