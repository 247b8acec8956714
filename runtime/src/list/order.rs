//! `list.sort`: CPython 3.11's timsort with powersort merges, comparison by comparison.
//!
//! Source: Objects/listobject.c and listsort.txt of CPython 3.11. The order of the
//! comparisons matters where `<` is user code, fails, or is no strict weak order
//! (NaN). For plain types any stable sort gives the same, hence the standard one.
//! The port sorts positions, not elements, so that a failing comparison leaves a
//! permutation, as CPython does.

use super::OwnList;
use crate::{Exc, Py, Result};

impl<T: Py> OwnList<T> {
    /// `self.sort(reverse=reverse)`. The list looks empty to user code meanwhile.
    pub fn sort(&self, reverse: bool) -> Result<()> {
        let mut items = self.edit(std::mem::take);
        let outcome = sort_vec(&mut items, reverse);
        self.put_back(items, outcome)
    }

    /// `self.sort(key=key, reverse=reverse)`.
    pub fn sort_by_key<K: Py>(&self, key: impl FnMut(T) -> Result<K>, reverse: bool) -> Result<()> {
        let mut items = self.edit(std::mem::take);
        let outcome = sort_vec_by_key(&mut items, key, reverse);
        self.put_back(items, outcome)
    }

    fn put_back(&self, items: Vec<T>, outcome: Result<()>) -> Result<()> {
        let added = self.edit(|v| std::mem::replace(v, items));
        let touched = !added.is_empty() || (size_of::<T>() > 0 && added.capacity() > 0);
        outcome?;
        if touched {
            Err(Exc::value_error("list modified during sort"))
        } else {
            Ok(())
        }
    }
}

/// Sorts in place; after an error the elements are some permutation.
pub(crate) fn sort_vec<T: Py>(items: &mut Vec<T>, reverse: bool) -> Result<()> {
    if items.len() < 2 {
        return Ok(());
    }
    if reverse {
        items.reverse();
    }
    let outcome = sort_forward(items, |x| x);
    if reverse {
        items.reverse();
    }
    outcome
}

/// Sorts by `key`, asked once an element in order.
pub(crate) fn sort_vec_by_key<T: Py, K: Py>(
    items: &mut Vec<T>,
    mut key: impl FnMut(T) -> Result<K>,
    reverse: bool,
) -> Result<()> {
    let keys = items
        .iter()
        .map(|item| key(item.clone()))
        .collect::<Result<Vec<K>>>()?;
    let mut pairs: Vec<(K, T)> = keys.into_iter().zip(items.drain(..)).collect();
    if reverse {
        pairs.reverse();
    }
    let outcome = sort_forward(&mut pairs, |pair| &pair.0);
    if reverse {
        pairs.reverse();
    }
    items.extend(pairs.into_iter().map(|pair| pair.1));
    outcome
}

fn sort_forward<E, K: Py>(items: &mut Vec<E>, key: impl Fn(&E) -> &K) -> Result<()> {
    if K::ORDERED || is_nan_free(items, &key) {
        // Order of plain values does not fail, so neither branch hides an error.
        items.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            if a.py_lt(b).unwrap_or(false) {
                std::cmp::Ordering::Less
            } else if b.py_lt(a).unwrap_or(false) {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        return Ok(());
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    let outcome =
        Sorter::new(|a: usize, b: usize| key(&items[a]).py_lt(key(&items[b]))).sort(&mut order);
    let mut source: Vec<Option<E>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| source[at].take()));
    outcome
}

/// Whether the keys are floats, none of them NaN.
#[inline]
fn is_nan_free<E, K: 'static>(items: &[E], key: &impl Fn(&E) -> &K) -> bool {
    items.iter().all(|item| {
        (key(item) as &dyn std::any::Any)
            .downcast_ref::<f64>()
            .is_some_and(|x| !x.is_nan())
    })
}

const MIN_GALLOP: usize = 7;

struct Run {
    start: usize,
    len: usize,
    power: u32,
}

struct Sorter<L> {
    lt: L,
    min_gallop: usize,
    pending: Vec<Run>,
}

impl<L: FnMut(usize, usize) -> Result<bool>> Sorter<L> {
    fn new(lt: L) -> Self {
        Sorter {
            lt,
            min_gallop: MIN_GALLOP,
            pending: Vec::new(),
        }
    }

    fn sort(&mut self, a: &mut [usize]) -> Result<()> {
        let total = a.len();
        let min_run = min_run(total);
        let mut lo = 0;
        while lo < total {
            let left = total - lo;
            let (mut len, descending) = self.count_run(&a[lo..])?;
            if descending {
                a[lo..lo + len].reverse();
            }
            if len < min_run {
                let force = left.min(min_run);
                self.binary_sort(&mut a[lo..lo + force], len)?;
                len = force;
            }
            self.found_new_run(a, len)?;
            self.pending.push(Run {
                start: lo,
                len,
                power: 0,
            });
            lo += len;
        }
        while self.pending.len() > 1 {
            let mut n = self.pending.len() - 2;
            if n > 0 && self.pending[n - 1].len < self.pending[n + 1].len {
                n -= 1;
            }
            self.merge_at(a, n)?;
        }
        Ok(())
    }

    /// The length of the run at the start of `a`, and whether it descends strictly.
    fn count_run(&mut self, a: &[usize]) -> Result<(usize, bool)> {
        if a.len() == 1 {
            return Ok((1, false));
        }
        let descending = (self.lt)(a[1], a[0])?;
        let mut n = 2;
        while n < a.len() && (self.lt)(a[n], a[n - 1])? == descending {
            n += 1;
        }
        Ok((n, descending))
    }

    /// Insertion sort by bisection; `a[..sorted]` is sorted already.
    fn binary_sort(&mut self, a: &mut [usize], sorted: usize) -> Result<()> {
        for start in sorted.max(1)..a.len() {
            let pivot = a[start];
            let (mut l, mut r) = (0, start);
            while l < r {
                let p = l + ((r - l) >> 1);
                if (self.lt)(pivot, a[p])? {
                    r = p;
                } else {
                    l = p + 1;
                }
            }
            a.copy_within(l..start, l + 1);
            a[l] = pivot;
        }
        Ok(())
    }

    fn found_new_run(&mut self, a: &mut [usize], len: usize) -> Result<()> {
        let Some(last) = self.pending.last() else {
            return Ok(());
        };
        let power = powerloop(last.start, last.len, len, a.len());
        while self.pending.len() > 1 && self.pending[self.pending.len() - 2].power > power {
            self.merge_at(a, self.pending.len() - 2)?;
        }
        if let Some(last) = self.pending.last_mut() {
            last.power = power;
        }
        Ok(())
    }

    fn merge_at(&mut self, a: &mut [usize], i: usize) -> Result<()> {
        let (mut base_a, mut na) = (self.pending[i].start, self.pending[i].len);
        let (base_b, mut nb) = (self.pending[i + 1].start, self.pending[i + 1].len);
        self.pending[i].len = na + nb;
        self.pending.remove(i + 1);
        let k = self.gallop_right(a[base_b], &a[base_a..base_a + na], 0)?;
        base_a += k;
        na -= k;
        if na == 0 {
            return Ok(());
        }
        nb = self.gallop_left(a[base_a + na - 1], &a[base_b..base_b + nb], nb - 1)?;
        if nb == 0 {
            return Ok(());
        }
        if na <= nb {
            self.merge_lo(&mut a[base_a..base_b + nb], na)
        } else {
            self.merge_hi(&mut a[base_a..base_b + nb], na)
        }
    }

    /// Where `key` belongs in the sorted `a`, before equals, searched from `hint`.
    fn gallop_left(&mut self, key: usize, a: &[usize], hint: usize) -> Result<usize> {
        let (mut last, mut ofs) = (0isize, 1isize);
        let at = hint as isize;
        if (self.lt)(a[hint], key)? {
            let max = a.len() as isize - at;
            while ofs < max && (self.lt)(a[(at + ofs) as usize], key)? {
                last = ofs;
                ofs = (ofs << 1) + 1;
            }
            ofs = ofs.min(max);
            last += at;
            ofs += at;
        } else {
            let max = at + 1;
            while ofs < max && !(self.lt)(a[(at - ofs) as usize], key)? {
                last = ofs;
                ofs = (ofs << 1) + 1;
            }
            ofs = ofs.min(max);
            (last, ofs) = (at - ofs, at - last);
        }
        last += 1;
        while last < ofs {
            let m = last + ((ofs - last) >> 1);
            if (self.lt)(a[m as usize], key)? {
                last = m + 1;
            } else {
                ofs = m;
            }
        }
        Ok(ofs as usize)
    }

    /// As `gallop_left`, but after equals.
    fn gallop_right(&mut self, key: usize, a: &[usize], hint: usize) -> Result<usize> {
        let (mut last, mut ofs) = (0isize, 1isize);
        let at = hint as isize;
        if (self.lt)(key, a[hint])? {
            let max = at + 1;
            while ofs < max && (self.lt)(key, a[(at - ofs) as usize])? {
                last = ofs;
                ofs = (ofs << 1) + 1;
            }
            ofs = ofs.min(max);
            (last, ofs) = (at - ofs, at - last);
        } else {
            let max = a.len() as isize - at;
            while ofs < max && !(self.lt)(key, a[(at + ofs) as usize])? {
                last = ofs;
                ofs = (ofs << 1) + 1;
            }
            ofs = ofs.min(max);
            last += at;
            ofs += at;
        }
        last += 1;
        while last < ofs {
            let m = last + ((ofs - last) >> 1);
            if (self.lt)(key, a[m as usize])? {
                ofs = m;
            } else {
                last = m + 1;
            }
        }
        Ok(ofs as usize)
    }

    /// Merges `a[..na]` with the rest, left to right, through a copy of the left run.
    fn merge_lo(&mut self, a: &mut [usize], na: usize) -> Result<()> {
        let left = a[..na].to_vec();
        // `left[l..]` and `a[b..]` are still to merge, into `a[dest..]`.
        let mut m = Merge {
            l: 0,
            b: na,
            dest: 0,
        };
        let outcome = self.merge_lo_steps(a, &left, &mut m);
        // Whatever is left of the copy belongs at the end, or where an error stopped.
        let rest = left.len() - m.l;
        if outcome.is_ok() && rest == 1 && m.b < a.len() {
            let nb = a.len() - m.b;
            a.copy_within(m.b.., m.dest);
            a[m.dest + nb] = left[m.l];
        } else {
            a[m.dest..m.dest + rest].copy_from_slice(&left[m.l..]);
        }
        outcome
    }

    fn merge_lo_steps(&mut self, a: &mut [usize], left: &[usize], m: &mut Merge) -> Result<()> {
        let (na, end) = (left.len(), a.len());
        m.take_b(a);
        if m.b == end || na - m.l == 1 {
            return Ok(());
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut acount, mut bcount) = (0, 0);
            loop {
                if (self.lt)(a[m.b], left[m.l])? {
                    m.take_b(a);
                    bcount += 1;
                    acount = 0;
                    if m.b == end {
                        return Ok(());
                    }
                    if bcount >= min_gallop {
                        break;
                    }
                } else {
                    m.take_left(a, left);
                    acount += 1;
                    bcount = 0;
                    if na - m.l == 1 {
                        return Ok(());
                    }
                    if acount >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                acount = self.gallop_right(a[m.b], &left[m.l..], 0)?;
                if acount > 0 {
                    a[m.dest..m.dest + acount].copy_from_slice(&left[m.l..m.l + acount]);
                    m.dest += acount;
                    m.l += acount;
                    // None left is impossible if the comparison is consistent; it may not be.
                    if na - m.l <= 1 {
                        return Ok(());
                    }
                }
                m.take_b(a);
                if m.b == end {
                    return Ok(());
                }
                bcount = self.gallop_left(left[m.l], &a[m.b..], 0)?;
                if bcount > 0 {
                    a.copy_within(m.b..m.b + bcount, m.dest);
                    m.dest += bcount;
                    m.b += bcount;
                    if m.b == end {
                        return Ok(());
                    }
                }
                m.take_left(a, left);
                if na - m.l == 1 {
                    return Ok(());
                }
                if acount < MIN_GALLOP && bcount < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Merges `a[..na]` with the rest, right to left, through a copy of the right run.
    fn merge_hi(&mut self, a: &mut [usize], na: usize) -> Result<()> {
        let right = a[na..].to_vec();
        // `a[..na]` and `right[..nb]` are still to merge; they end at `na + nb`.
        let (mut na, mut nb) = (na, right.len());
        let outcome = self.merge_hi_steps(a, &right, &mut na, &mut nb);
        if outcome.is_ok() && nb == 1 && na > 0 {
            a.copy_within(..na, 1);
            a[0] = right[0];
        } else {
            a[na..na + nb].copy_from_slice(&right[..nb]);
        }
        outcome
    }

    fn merge_hi_steps(
        &mut self,
        a: &mut [usize],
        right: &[usize],
        na: &mut usize,
        nb: &mut usize,
    ) -> Result<()> {
        let take_a = |a: &mut [usize], na: &mut usize, nb: usize| {
            *na -= 1;
            a[*na + nb] = a[*na];
        };
        let take_right = |a: &mut [usize], na: usize, nb: &mut usize| {
            *nb -= 1;
            a[na + *nb] = right[*nb];
        };
        take_a(a, na, *nb);
        if *na == 0 || *nb == 1 {
            return Ok(());
        }
        let mut min_gallop = self.min_gallop;
        loop {
            let (mut acount, mut bcount) = (0, 0);
            loop {
                if (self.lt)(right[*nb - 1], a[*na - 1])? {
                    take_a(a, na, *nb);
                    acount += 1;
                    bcount = 0;
                    if *na == 0 {
                        return Ok(());
                    }
                    if acount >= min_gallop {
                        break;
                    }
                } else {
                    take_right(a, *na, nb);
                    bcount += 1;
                    acount = 0;
                    if *nb == 1 {
                        return Ok(());
                    }
                    if bcount >= min_gallop {
                        break;
                    }
                }
            }
            min_gallop += 1;
            loop {
                min_gallop -= usize::from(min_gallop > 1);
                self.min_gallop = min_gallop;
                let k = self.gallop_right(right[*nb - 1], &a[..*na], *na - 1)?;
                acount = *na - k;
                if acount > 0 {
                    a.copy_within(k..*na, k + *nb);
                    *na = k;
                    if *na == 0 {
                        return Ok(());
                    }
                }
                take_right(a, *na, nb);
                if *nb == 1 {
                    return Ok(());
                }
                let k = self.gallop_left(a[*na - 1], &right[..*nb], *nb - 1)?;
                bcount = *nb - k;
                if bcount > 0 {
                    a[*na + k..*na + *nb].copy_from_slice(&right[k..*nb]);
                    *nb = k;
                    // None left is impossible if the comparison is consistent; it may not be.
                    if *nb <= 1 {
                        return Ok(());
                    }
                }
                take_a(a, na, *nb);
                if *na == 0 {
                    return Ok(());
                }
                if acount < MIN_GALLOP && bcount < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }
}

struct Merge {
    l: usize,
    b: usize,
    dest: usize,
}

impl Merge {
    fn take_b(&mut self, a: &mut [usize]) {
        a[self.dest] = a[self.b];
        self.dest += 1;
        self.b += 1;
    }

    fn take_left(&mut self, a: &mut [usize], left: &[usize]) {
        a[self.dest] = left[self.l];
        self.dest += 1;
        self.l += 1;
    }
}

fn min_run(mut n: usize) -> usize {
    let mut r = 0;
    while n >= 64 {
        r |= n & 1;
        n >>= 1;
    }
    n + r
}

/// The power of the boundary between two adjacent runs (Munro and Wild's powersort).
fn powerloop(s1: usize, n1: usize, n2: usize, n: usize) -> u32 {
    let mut result = 0;
    let mut a = 2 * s1 + n1;
    let mut b = a + n1 + n2;
    loop {
        result += 1;
        if a >= n {
            a -= n;
            b -= n;
        } else if b >= n {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}
