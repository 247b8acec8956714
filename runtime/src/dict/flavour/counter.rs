//! `collections.Counter`: counting, arithmetic and comparison of counts.

use super::*;

impl<K: Py, V: Py> Dict<K, V> {
    /// `Counter()`. `zero` only says the type of the counts.
    pub fn counter(_zero: V) -> Self {
        Dict::flavoured(Flavour::Counter)
    }

    /// `Counter(items)`.
    pub fn counter_of(items: impl Iterator<Item = Result<K>>, zero: V) -> Result<Self> {
        let counter = Dict::counter(zero);
        counter.count_items(items, false)?;
        Ok(counter)
    }

    /// `Counter(mapping)`.
    pub fn counter_from(counts: &Dict<K, V>, zero: V) -> Result<Self> {
        let counter = Dict::counter(zero);
        counter.update(counts)?;
        Ok(counter)
    }

    /// Adds one for each item, or takes one away.
    fn count_items(&self, items: impl Iterator<Item = Result<K>>, less: bool) -> Result<()> {
        let one: V = count(1)?;
        let merge = if less { subtract } else { add };
        for item in items {
            self.count_item(item?, &one, merge)?;
        }
        Ok(())
    }

    #[inline]
    fn count_item(&self, key: K, by: &V, merge: fn(&V, &V) -> Result<V>) -> Result<()> {
        let hash = key.py_hash()?;
        match self
            .find(&key, hash)?
            .and_then(|at| Some((at, self.value_at(at)?)))
        {
            Some((at, held)) => {
                let edits = self.with(|t| t.edits());
                let new = merge(&held, by)?;
                if self.with(|t| t.edits()) == edits {
                    drop(self.edit(|t| t.replace(at, new)));
                } else {
                    self.set_hashed(key, hash, new)?;
                }
            }
            None => {
                let new = merge(&count(0)?, by)?;
                self.set_hashed(key, hash, new)?;
            }
        }
        Ok(())
    }

    /// `self.update(items)` of a Counter; of another dict, the error that items are no pairs.
    pub fn update_items(&self, items: impl Iterator<Item = Result<K>>) -> Result<()> {
        if self.is_counter() {
            return self.count_items(items, false);
        }
        for (at, item) in items.enumerate() {
            let item = item?.to_value();
            let pair = match &item {
                Value::Str(text) if text.len() != 2 => Err(text.len()),
                Value::Tuple(pair) if pair.len() != 2 => Err(pair.len()),
                Value::List(pair) if pair.len() != 2 => Err(pair.len()),
                Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::None => {
                    return Err(Exc::type_error(format!(
                        "cannot convert dictionary update sequence element #{at} to a sequence"
                    )));
                }
                other => Ok(dynamic::items(other)?),
            };
            match pair.map(|pair| <[Value; 2]>::try_from(pair)) {
                Ok(Ok([key, value])) => {
                    let wrong = |value: &Value| crate::func::wrong_type(value);
                    let key = K::from_value(&key).ok_or_else(|| wrong(&key))?;
                    let value = V::from_value(&value).ok_or_else(|| wrong(&value))?;
                    self.setitem(key, value)?;
                }
                Ok(Err(other)) => return Err(not_a_pair(at, other.len() as i64)),
                Err(len) => return Err(not_a_pair(at, len)),
            }
        }
        Ok(())
    }

    /// What `update` does for a Counter: adds the other's counts.
    pub(in crate::dict) fn add_counts(&self, other: &Dict<K, V>) -> Result<()> {
        // `count + self_get(elem, 0)`: the new count is the left operand.
        self.merge_counts(other, |held, by| add(by, held))
    }

    fn merge_counts(&self, other: &Dict<K, V>, merge: fn(&V, &V) -> Result<V>) -> Result<()> {
        let len = other.len();
        let mut position = 0;
        while let Some((next, _, key, value)) = other.entry_from(position) {
            self.count_item(key, &value, merge)?;
            position = next;
            if other.len() != len {
                return Err(Exc::runtime_error(
                    "dictionary changed size during iteration",
                ));
            }
        }
        Ok(())
    }

    /// Pairs given to a Counter's `update` are elements.
    pub(in crate::dict) fn count_pairs(
        &self,
        items: impl Iterator<Item = Result<(K, V)>>,
    ) -> Result<()> {
        self.count_items(
            items.map(|item| {
                let value = item?.to_value();
                K::from_value(&value).ok_or_else(|| crate::func::wrong_type(&value))
            }),
            false,
        )
    }

    /// `self.subtract(mapping)`.
    pub fn subtract(&self, other: &Dict<K, V>) -> Result<()> {
        self.only(self.is_counter(), "subtract")?;
        self.merge_counts(other, subtract)
    }

    /// `self.subtract(items)`.
    pub fn subtract_items(&self, items: impl Iterator<Item = Result<K>>) -> Result<()> {
        self.only(self.is_counter(), "subtract")?;
        self.count_items(items, true)
    }

    /// `self.most_common(n)`: by falling count, ties in order of insertion; with `n`
    /// `heapq.nlargest` keeps the same order.
    pub fn most_common(&self, n: Option<i64>) -> Result<List<(K, V)>> {
        self.only(self.is_counter(), "most_common")?;
        let items = List::from(self.items().iter().collect::<Result<Vec<_>>>()?);
        items.sort_by_key(|item: (K, V)| Ok(item.1), true)?;
        Ok(match n {
            Some(n) => List::from(
                items
                    .to_vec()
                    .into_iter()
                    .take(n.max(0) as usize)
                    .collect::<Vec<_>>(),
            ),
            None => items,
        })
    }

    /// `self.elements()`: every key as often as its count says.
    pub fn elements(&self) -> Result<Iter<K>> {
        self.only(self.is_counter(), "elements")?;
        let mut items = self.items().iter();
        let mut held: Option<(K, i64)> = None;
        let walk = std::iter::from_fn(move || {
            loop {
                if let Some((key, left)) = &mut held
                    && *left > 0
                {
                    *left -= 1;
                    return Some(Ok(key.clone()));
                }
                held = match items.next()? {
                    Ok((key, count)) => match dynamic::to_index(&count.to_value()) {
                        Ok(count) => Some((key, count)),
                        Err(error) => return Some(Err(error)),
                    },
                    Err(error) => return Some(Err(error)),
                };
            }
        });
        Ok(Iter::new("itertools.chain", walk))
    }

    /// `self.total()`.
    pub fn total(&self) -> Result<V> {
        self.only(self.is_counter(), "total")?;
        let mut sum = count(0)?;
        for value in self.values().iter() {
            sum = add(&sum, &value?)?;
        }
        Ok(sum)
    }

    fn count_of(&self, key: &K) -> Result<V> {
        match self.get(key)? {
            Some(value) => Ok(value),
            None => count(0),
        }
    }

    fn merged(&self, other: &Dict<K, V>, op: &str, merge: Merge) -> Result<Dict<K, V>> {
        if !self.is_counter() || !other.is_counter() {
            return Err(unsupported(op, self, other));
        }
        let zero: V = count(0)?;
        let out = Dict::counter(zero.clone());
        for item in self.items().iter() {
            let (key, mine) = item?;
            let theirs = other.count_of(&key)?;
            let new = match merge {
                Merge::Add => add(&mine, &theirs)?,
                Merge::Subtract => subtract(&mine, &theirs)?,
                Merge::Union if mine.py_lt(&theirs)? => theirs,
                Merge::Union => mine,
                Merge::Intersect if mine.py_lt(&theirs)? => mine,
                Merge::Intersect => theirs,
            };
            if new.py_gt(&zero)? {
                out.setitem(key, new)?;
            }
        }
        if merge == Merge::Intersect {
            return Ok(out);
        }
        for item in other.items().iter() {
            let (key, theirs) = item?;
            if self.contains(&key)? {
                continue;
            }
            let new = if merge == Merge::Subtract {
                if !theirs.py_lt(&zero)? {
                    continue;
                }
                subtract(&zero, &theirs)?
            } else {
                theirs
            };
            if new.py_gt(&zero)? {
                out.setitem(key, new)?;
            }
        }
        Ok(out)
    }

    /// `self + other` of counters.
    pub fn plus(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        self.merged(other, "+", Merge::Add)
    }

    /// `self - other` of counters.
    pub fn minus(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        self.merged(other, "-", Merge::Subtract)
    }

    /// `self & other` of counters.
    pub fn least(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        self.merged(other, "&", Merge::Intersect)
    }

    /// `self | other` of counters.
    pub(in crate::dict) fn greatest(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        self.merged(other, "|", Merge::Union)
    }

    /// `+self` of a counter: its positive counts.
    pub fn positive(&self) -> Result<Dict<K, V>> {
        self.signed("+", false)
    }

    /// `-self` of a counter: its negative counts, turned.
    pub fn negative(&self) -> Result<Dict<K, V>> {
        self.signed("-", true)
    }

    fn signed(&self, op: &str, turned: bool) -> Result<Dict<K, V>> {
        if !self.is_counter() {
            return Err(Exc::type_error(format!(
                "bad operand type for unary {op}: '{}'",
                self.py_type_name()
            )));
        }
        let zero: V = count(0)?;
        let out = Dict::counter(zero.clone());
        for item in self.items().iter() {
            let (key, held) = item?;
            if turned && held.py_lt(&zero)? {
                out.setitem(key, subtract(&zero, &held)?)?;
            } else if !turned && held.py_gt(&zero)? {
                out.setitem(key, held)?;
            }
        }
        Ok(out)
    }

    /// `self += other` of counters.
    pub fn plus_assign(&self, other: &Dict<K, V>) -> Result<()> {
        self.assign_counts(other, "+=", Merge::Add)
    }

    /// `self -= other` of counters.
    pub fn minus_assign(&self, other: &Dict<K, V>) -> Result<()> {
        self.assign_counts(other, "-=", Merge::Subtract)
    }

    /// `self &= other` of counters.
    pub fn least_assign(&self, other: &Dict<K, V>) -> Result<()> {
        self.assign_counts(other, "&=", Merge::Intersect)
    }

    /// `self |= other`: of counters the greater count; of other dicts an update.
    pub fn union_assign(&self, other: &Dict<K, V>) -> Result<()> {
        if self.is_counter() {
            return self.assign_counts(other, "|=", Merge::Union);
        }
        self.update(other)
    }

    fn assign_counts(&self, other: &Dict<K, V>, op: &str, merge: Merge) -> Result<()> {
        if !self.is_counter() {
            return Err(unsupported(op, self, other));
        }
        if merge == Merge::Intersect {
            for key in self.iter().collect::<Result<Vec<_>>>()? {
                let (mine, theirs) = (self.count_of(&key)?, other.count_of(&key)?);
                if theirs.py_lt(&mine)? {
                    self.setitem(key, theirs)?;
                }
            }
        } else {
            for item in other.items().iter().collect::<Result<Vec<_>>>()? {
                let (key, theirs) = item;
                let mine = self.count_of(&key)?;
                let new = match merge {
                    Merge::Add => add(&mine, &theirs)?,
                    Merge::Subtract => subtract(&mine, &theirs)?,
                    _ if theirs.py_gt(&mine)? => theirs,
                    _ => continue,
                };
                self.setitem(key, new)?;
            }
        }
        // Only positive counts stay.
        let zero: V = count(0)?;
        for item in self.items().iter().collect::<Result<Vec<_>>>()? {
            if !item.1.py_gt(&zero)? {
                self.take(&item.0)?;
            }
        }
        Ok(())
    }

    /// `self == other` of two counters: a missing key counts zero.
    pub(in crate::dict) fn eq_counts(&self, other: &Dict<K, V>) -> Result<bool> {
        self.every_count(other, |a, b| same(a, b))
    }

    fn every_count(
        &self,
        other: &Dict<K, V>,
        holds: impl Fn(&V, &V) -> Result<bool>,
    ) -> Result<bool> {
        for keys in [
            self.iter().collect::<Vec<_>>(),
            other.iter().collect::<Vec<_>>(),
        ] {
            for key in keys {
                let key = key?;
                if !holds(&self.count_of(&key)?, &other.count_of(&key)?)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn order_counts(&self, other: &Dict<K, V>, order: Order, op: &str) -> Result<bool> {
        if !self.is_counter() || !other.is_counter() {
            return Err(Exc::with_message(
                &TYPE_ERROR,
                format!(
                    "'{op}' not supported between instances of '{}' and '{}'",
                    self.py_type_name(),
                    other.py_type_name()
                ),
            ));
        }
        let within = match order {
            Order::Lt | Order::Le => self.every_count(other, |a, b| a.py_le(b))?,
            Order::Gt | Order::Ge => self.every_count(other, |a, b| a.py_ge(b))?,
        };
        match order {
            Order::Lt | Order::Gt => Ok(within && !self.eq_counts(other)?),
            Order::Le | Order::Ge => Ok(within),
        }
    }

    pub(in crate::dict) fn lt_counts(&self, other: &Dict<K, V>) -> Result<bool> {
        self.order_counts(other, Order::Lt, "<")
    }
    pub(in crate::dict) fn le_counts(&self, other: &Dict<K, V>) -> Result<bool> {
        self.order_counts(other, Order::Le, "<=")
    }
    pub(in crate::dict) fn gt_counts(&self, other: &Dict<K, V>) -> Result<bool> {
        self.order_counts(other, Order::Gt, ">")
    }
    pub(in crate::dict) fn ge_counts(&self, other: &Dict<K, V>) -> Result<bool> {
        self.order_counts(other, Order::Ge, ">=")
    }

    /// The text before and after the entries: `defaultdict(<class 'list'>, {…})`.
    /// A Counter shows its entries by falling count.
    pub(in crate::dict) fn repr_flavoured(
        &self,
        flavour: &Flavour<V>,
        out: &mut String,
    ) -> Result<()> {
        match flavour {
            Flavour::Default(factory) => {
                out.push_str("defaultdict(");
                match (factory.shown, &factory.make) {
                    (Some(shown), _) => out.push_str(shown),
                    (None, Some(make)) => make.py_repr_into(out)?,
                    (None, None) => out.push_str("None"),
                }
                out.push_str(", ");
                self.repr_entries(out)?;
                out.push(')');
                Ok(())
            }
            Flavour::Counter => {
                if self.is_empty() {
                    out.push_str("Counter()");
                    return Ok(());
                }
                out.push_str("Counter(");
                match self.most_common(None) {
                    Ok(sorted) => Dict::from_items(sorted.to_vec())?.repr_entries(out)?,
                    Err(error) if error.matches(&TYPE_ERROR) => self.repr_entries(out)?,
                    Err(error) => return Err(error),
                }
                out.push(')');
                Ok(())
            }
            Flavour::Ordered => {
                if self.is_empty() {
                    out.push_str("OrderedDict()");
                    return Ok(());
                }
                let Some(_showing) = crate::iter::same::enter_repr(self.address()) else {
                    out.push_str("...");
                    return Ok(());
                };
                out.push_str("OrderedDict([");
                let mut position = 0;
                while let Some((next, _, key, value)) = self.entry_from(position) {
                    out.push_str(if position > 0 { ", (" } else { "(" });
                    key.py_repr_into(out)?;
                    out.push_str(", ");
                    value.py_repr_into(out)?;
                    out.push(')');
                    position = next;
                }
                out.push_str("])");
                Ok(())
            }
        }
    }
}

#[cold]
fn not_a_pair(at: usize, len: i64) -> Exc {
    Exc::value_error(format!(
        "dictionary update sequence element #{at} has length {len}; 2 is required"
    ))
}

impl<V: Py> Dict<Value, V> {
    /// `Counter(x)` where only `x` knows whether it is a mapping.
    pub fn counter_of_value(items: &Value, zero: V) -> Result<Self> {
        let counter = Dict::counter(zero);
        match items {
            Value::None => {}
            Value::Dict(counts) => {
                let counts: Option<Dict<Value, V>> = cast(counts).or_else(|| counts.unboxed());
                counter.update(&counts.ok_or_else(|| crate::func::wrong_type(items))?)?;
            }
            other => counter.count_items(dynamic::iter(other)?, false)?,
        }
        Ok(counter)
    }
}
