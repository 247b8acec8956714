//! Products, permutations and combinations.

use super::*;

macro_rules! products {
    ($name:ident: $first:ident $a:ident $ai:tt; $($t:ident $var:ident $i:tt),*) => {
        /// `itertools.product(a, b, …)`: the last varies fastest.
        pub fn $name<$first: Py, $($t: Py),*>(
            $a: impl Iterator<Item = Result<$first>>,
            $($var: impl Iterator<Item = Result<$t>>),*
        ) -> Result<Iter<($first, $($t),*)>> {
            let pools = (
                $a.collect::<Result<Vec<_>>>()?,
                $($var.collect::<Result<Vec<_>>>()?),*
            );
            let sizes = [pools.$ai.len(), $(pools.$i.len()),*];
            Ok(Iter::new("product", odometer(sizes.to_vec()).map(move |at| {
                Ok((pools.$ai[at[$ai]].clone(), $(pools.$i[at[$i]].clone()),*))
            })))
        }
    };
}

/// `itertools.product(a)`.
pub fn product1<A: Py>(a: impl Iterator<Item = Result<A>>) -> Result<Iter<(A,)>> {
    let pool = a.collect::<Result<Vec<A>>>()?;
    Ok(Iter::new("product", pool.into_iter().map(|x| Ok((x,)))))
}

products!(product2: A a 0; B b 1);
products!(product3: A a 0; B b 1, C c 2);
products!(product4: A a 0; B b 1, C c 2, D d 3);
products!(product5: A a 0; B b 1, C c 2, D d 3, E e 4);
products!(product6: A a 0; B b 1, C c 2, D d 3, E e 4, F f 5);

/// `itertools.product(items, repeat=times)`.
pub fn product_repeat<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    times: i64,
) -> Result<Iter<Tuple<T>>> {
    if times < 0 {
        return Err(Exc::value_error("repeat argument cannot be negative"));
    }
    let pool = items.collect::<Result<Vec<T>>>()?;
    Ok(Iter::new(
        "product",
        odometer(vec![pool.len(); times as usize]).map(move |at| {
            Ok(at
                .into_iter()
                .map(|i| pool[i].clone())
                .collect::<Vec<_>>()
                .into())
        }),
    ))
}

/// `itertools.product(*rows, repeat=times)`.
pub fn product_rows<T: Py>(rows: Vec<Iter<T>>, times: i64) -> Result<Iter<Tuple<T>>> {
    if times < 0 {
        return Err(Exc::value_error("repeat argument cannot be negative"));
    }
    let mut pools = Vec::with_capacity(rows.len());
    for row in rows {
        pools.push(std::iter::from_fn(|| row.step()).collect::<Result<Vec<T>>>()?);
    }
    let sizes = pools.iter().map(Vec::len).collect::<Vec<_>>();
    let sizes = sizes.repeat(times as usize);
    Ok(Iter::new(
        "product",
        odometer(sizes).map(move |at| {
            let picked = at.into_iter().zip(pools.iter().cycle());
            Ok(picked
                .map(|(i, pool)| pool[i].clone())
                .collect::<Vec<_>>()
                .into())
        }),
    ))
}

/// All index vectors below `sizes`, the last index fastest.
fn odometer(sizes: Vec<usize>) -> impl Iterator<Item = Vec<usize>> {
    let mut at = if sizes.contains(&0) {
        None
    } else {
        Some(vec![0; sizes.len()])
    };
    std::iter::from_fn(move || {
        let now = at.clone()?;
        let Some(digits) = &mut at else { return None };
        for i in (0..sizes.len()).rev() {
            digits[i] += 1;
            if digits[i] < sizes[i] {
                return Some(now);
            }
            digits[i] = 0;
        }
        at = None;
        Some(now)
    })
}

#[cold]
fn negative_r() -> Exc {
    Exc::value_error("r must be non-negative")
}

fn select<T: Py>(pool: &[T], at: &[usize]) -> Tuple<T> {
    Tuple::from(at.iter().map(|&i| pool[i].clone()).collect::<Vec<_>>())
}

/// `itertools.permutations(items, r)`; `None` is all of them.
pub fn permutations<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    r: Option<&Int>,
) -> Result<Iter<Tuple<T>>> {
    let pool = items.collect::<Result<Vec<T>>>()?;
    let n = pool.len();
    let r = r.map_or(n as i64, saturate);
    if r < 0 {
        return Err(negative_r());
    }
    let r = r as usize;
    let mut places: Option<(Vec<usize>, Vec<usize>)> = None;
    let mut over = r > n;
    // The algorithm that the documentation of itertools gives.
    Ok(Iter::new(
        "permutations",
        std::iter::from_fn(move || {
            if over {
                return None;
            }
            let Some((indices, cycles)) = &mut places else {
                let (indices, cycles) =
                    ((0..n).collect::<Vec<_>>(), (0..r).map(|i| n - i).collect());
                let first = select(&pool, &indices[..r]);
                places = Some((indices, cycles));
                return Some(Ok(first));
            };
            for i in (0..r).rev() {
                cycles[i] -= 1;
                if cycles[i] == 0 {
                    indices[i..].rotate_left(1);
                    cycles[i] = n - i;
                } else {
                    indices.swap(i, n - cycles[i]);
                    return Some(Ok(select(&pool, &indices[..r])));
                }
            }
            over = true;
            None
        }),
    ))
}

/// `itertools.combinations(items, r)`.
pub fn combinations<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    r: i64,
) -> Result<Iter<Tuple<T>>> {
    let pool = items.collect::<Result<Vec<T>>>()?;
    if r < 0 {
        return Err(negative_r());
    }
    let (n, r) = (pool.len(), r as usize);
    let mut next = if r > n {
        None
    } else {
        Some((0..r).collect::<Vec<_>>())
    };
    Ok(Iter::new(
        "combinations",
        std::iter::from_fn(move || {
            let indices = next.as_mut()?;
            let item = select(&pool, indices);
            match (0..r).rev().find(|&i| indices[i] != i + n - r) {
                Some(i) => {
                    let base = indices[i] + 1;
                    (i..r).for_each(|j| indices[j] = base + j - i);
                }
                None => next = None,
            }
            Some(Ok(item))
        }),
    ))
}

/// `itertools.combinations(items, 2)` as pairs.
pub fn combinations_2<T: Py>(items: impl Iterator<Item = Result<T>>) -> Result<Iter<(T, T)>> {
    let pool = items.collect::<Result<Vec<T>>>()?;
    let (mut i, mut j) = (0, 0);
    Ok(Iter::new(
        "combinations",
        std::iter::from_fn(move || {
            j += 1;
            if j >= pool.len() {
                i += 1;
                j = i + 1;
            }
            Some(Ok((pool.get(i)?.clone(), pool.get(j)?.clone())))
        }),
    ))
}

/// `itertools.combinations_with_replacement(items, r)`.
pub fn combinations_with_replacement<T: Py>(
    items: impl Iterator<Item = Result<T>>,
    r: i64,
) -> Result<Iter<Tuple<T>>> {
    let pool = items.collect::<Result<Vec<T>>>()?;
    if r < 0 {
        return Err(negative_r());
    }
    let (n, r) = (pool.len(), r as usize);
    let mut next = if n == 0 && r > 0 {
        None
    } else {
        Some(vec![0; r])
    };
    Ok(Iter::new(
        "combinations_with_replacement",
        std::iter::from_fn(move || {
            let indices = next.as_mut()?;
            let item = select(&pool, indices);
            match (0..r).rev().find(|&i| indices[i] + 1 != n) {
                Some(i) => {
                    let value = indices[i] + 1;
                    indices[i..].fill(value);
                }
                None => next = None,
            }
            Some(Ok(item))
        }),
    ))
}
