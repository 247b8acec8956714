//! The random module: CPython's Mersenne Twister, so that a seeded program draws the
//! same numbers.
//!
//! Source: M. Matsumoto and T. Nishimura, "Mersenne Twister: a 623-dimensionally
//! equidistributed uniform pseudorandom number generator", ACM TOMACS 8 (1998), with the
//! seeding of their 2002 version; the distributions are those of CPython's random.py.

mod object;

use std::cell::{Cell, RefCell};
use std::f64::consts::{E, PI};
use std::rc::Rc;

use super::hashes::sha512;
use crate::list::AnyList;
use crate::{Class, Exc, Int, List, Py, Result, Str, Value};

const N: usize = 624;
const M: usize = 397;

pub static RANDOM: Class = Class {
    name: "Random",
    module: "random",
    mro: &[],
};

/// `random.Random`.
#[derive(Clone)]
pub struct Random(Rc<State>);

struct State {
    words: RefCell<[u32; N]>,
    next: Cell<usize>,
    /// The second number of a pair that `gauss` made.
    gauss: Cell<Option<f64>>,
}

thread_local! {
    static SHARED: Random = Random::unseeded();
}

/// The generator behind the functions of the module.
pub fn shared() -> Random {
    SHARED.with(Random::clone)
}

#[cold]
fn empty_range(text: &str) -> Exc {
    Exc::value_error(format!("empty range for randrange(){text}"))
}

impl Random {
    /// `Random()`: seeded by the clock.
    pub fn unseeded() -> Random {
        let random = Random(Rc::new(State {
            words: RefCell::new([0; N]),
            next: Cell::new(N),
            gauss: Cell::new(None),
        }));
        random.seed_by_clock();
        random
    }

    /// `Random(seed)` and `seed(seed)`.
    pub fn seeded_int(seed: &Int) -> Random {
        let random = Random::unseeded();
        random.seed_int(seed);
        random
    }

    pub fn seeded_value(seed: &Value) -> Result<Random> {
        let random = Random::unseeded();
        random.seed_value(seed)?;
        Ok(random)
    }

    pub fn seed_by_clock(&self) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let nanos = now.map_or(0, |d| d.as_nanos() as u64);
        let here = Rc::as_ptr(&self.0) as *const () as usize as u64;
        self.init_by_array(&[nanos as u32, (nanos >> 32) as u32, here as u32]);
    }

    pub fn seed_int(&self, seed: &Int) {
        let seed = seed.abs();
        let len = (seed.bit_length() + 7) / 8;
        let bytes = seed
            .to_bytes(len.max(1), "little", false)
            .unwrap_or_default();
        let words: Vec<u32> = bytes
            .chunks(4)
            .map(|chunk| {
                chunk
                    .iter()
                    .rev()
                    .fold(0, |word, byte| word << 8 | u32::from(*byte))
            })
            .collect();
        self.init_by_array(&words);
    }

    fn seed_bytes(&self, bytes: &[u8]) {
        let mut all = bytes.to_vec();
        all.extend(sha512(bytes));
        if let Ok(seed) = Int::from_bytes(&all, "big", false) {
            self.seed_int(&seed);
        }
    }

    pub fn seed_str(&self, seed: &Str) {
        self.seed_bytes(seed.as_bytes());
    }

    /// The hash of a float is the seed.
    pub fn seed_float(&self, seed: f64) {
        self.seed_int(&Int::from(crate::float::hash(seed) as u64));
    }

    pub fn seed_value(&self, seed: &Value) -> Result<()> {
        match seed {
            Value::None => self.seed_by_clock(),
            Value::Int(seed) => self.seed_int(seed),
            Value::Bool(seed) => self.seed_int(&Int::from(i64::from(*seed))),
            Value::Float(seed) => self.seed_float(*seed),
            Value::Str(seed) => self.seed_str(seed),
            Value::Bytes(seed) => self.seed_bytes(seed.as_slice()),
            _ => {
                return Err(Exc::type_error(
                    "The only supported seed types are: None,\n\
                     int, float, str, bytes, and bytearray.",
                ));
            }
        }
        Ok(())
    }

    fn init_genrand(words: &mut [u32; N], seed: u32) {
        words[0] = seed;
        for i in 1..N {
            let before = words[i - 1];
            words[i] = 1812433253u32
                .wrapping_mul(before ^ before >> 30)
                .wrapping_add(i as u32);
        }
    }

    fn init_by_array(&self, key: &[u32]) {
        let words = &mut *self.0.words.borrow_mut();
        Random::init_genrand(words, 19650218);
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let mixed = (words[i - 1] ^ words[i - 1] >> 30).wrapping_mul(1664525);
            words[i] = (words[i] ^ mixed)
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= N {
                words[0] = words[N - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            let mixed = (words[i - 1] ^ words[i - 1] >> 30).wrapping_mul(1566083941);
            words[i] = (words[i] ^ mixed).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                words[0] = words[N - 1];
                i = 1;
            }
        }
        words[0] = 0x8000_0000;
        self.0.next.set(N);
        self.0.gauss.set(None);
    }

    #[inline]
    fn word(&self) -> u32 {
        let mut at = self.0.next.get();
        let words = &mut *self.0.words.borrow_mut();
        if at >= N {
            Random::twist(words);
            at = 0;
        }
        self.0.next.set(at + 1);
        let mut y = words[at];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ y >> 18
    }

    fn twist(words: &mut [u32; N]) {
        for at in 0..N {
            let y = (words[at] & 0x8000_0000) | (words[(at + 1) % N] & 0x7fff_ffff);
            let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            words[at] = words[(at + M) % N] ^ y >> 1 ^ odd;
        }
    }

    /// `random()`: 53 bits in [0, 1).
    #[inline]
    pub fn random(&self) -> f64 {
        let (a, b) = (self.word() >> 5, self.word() >> 6);
        (f64::from(a) * 67_108_864.0 + f64::from(b)) * (1.0 / 9_007_199_254_740_992.0)
    }

    fn bits(&self, count: u64) -> u64 {
        if count <= 32 {
            return u64::from(self.word() >> (32 - count));
        }
        let low = u64::from(self.word());
        low | u64::from(self.word() >> (64 - count)) << 32
    }

    /// `getrandbits(k)`.
    pub fn getrandbits(&self, k: i64) -> Result<Int> {
        if k < 0 {
            return Err(Exc::value_error("number of bits must be non-negative"));
        }
        if k == 0 {
            return Ok(Int::from(0));
        }
        if k <= 64 {
            return Ok(Int::from(self.bits(k as u64)));
        }
        let mut bytes = Vec::new();
        let mut left = k;
        while left > 0 {
            let mut word = self.word();
            if left < 32 {
                word >>= 32 - left;
            }
            bytes.extend(word.to_le_bytes());
            left -= 32;
        }
        Int::from_bytes(&bytes, "little", false)
    }

    /// A number below `n`, which is positive.
    fn below(&self, n: u64) -> u64 {
        let count = u64::from(64 - n.leading_zeros());
        loop {
            let drawn = self.bits(count);
            if drawn < n {
                return drawn;
            }
        }
    }

    fn below_int(&self, n: &Int) -> Result<Int> {
        if let Some(n) = n.to_i64() {
            return Ok(Int::from(self.below(n as u64)));
        }
        loop {
            let drawn = self.getrandbits(n.bit_length())?;
            if drawn < *n {
                return Ok(drawn);
            }
        }
    }

    /// `randrange(stop)`.
    pub fn randrange_to(&self, stop: &Int) -> Result<Int> {
        if stop.sign() <= 0 {
            return Err(empty_range(""));
        }
        self.below_int(stop)
    }

    /// `randrange(start, stop, step)`.
    pub fn randrange(&self, start: &Int, stop: &Int, step: &Int) -> Result<Int> {
        let width = stop - start;
        if step.to_i64() == Some(1) {
            if width.sign() > 0 {
                return Ok(start + &self.below_int(&width)?);
            }
            return Err(empty_range(&format!(" ({start}, {stop}, {width})")));
        }
        let one = Int::from(1);
        let count = match step.sign() {
            0 => return Err(Exc::value_error("zero step for randrange()")),
            1 => crate::int::floordiv(&(&(&width + step) - &one), step)?,
            _ => crate::int::floordiv(&(&(&width + step) + &one), step)?,
        };
        if count.sign() <= 0 {
            return Err(empty_range(""));
        }
        Ok(start + &(step * &self.below_int(&count)?))
    }

    /// `randint(a, b)`: both ends may be drawn.
    pub fn randint(&self, a: &Int, b: &Int) -> Result<Int> {
        self.randrange(a, &(b + &Int::from(1)), &Int::from(1))
    }

    /// The index that `choice` draws from a sequence of that length.
    fn drawn(&self, len: i64) -> Result<i64> {
        if len == 0 {
            return Err(Exc::index_error("Cannot choose from an empty sequence"));
        }
        Ok(self.below(len as u64) as i64)
    }

    /// `choice(seq)`.
    pub fn choice<T: Py>(&self, items: &impl AnyList<T>) -> Result<T> {
        let items = items.own();
        items.get(self.drawn(items.len())?)
    }

    pub fn choice_tuple<T: Py>(&self, items: &crate::Tuple<T>) -> Result<T> {
        items.get(self.drawn(items.len())?)
    }

    pub fn choice_str(&self, text: &Str) -> Result<Str> {
        text.get(self.drawn(text.len())?)
    }

    pub fn choice_range(&self, range: &crate::Range) -> Result<Int> {
        range.get(self.drawn(range.len()?)?)
    }

    pub fn choice_value(&self, items: &Value) -> Result<Value> {
        let at = self.drawn(crate::dynamic::len(items)?)?;
        crate::dynamic::getitem(items, &Value::from(at))
    }

    /// `choices(population, k)`.
    pub fn choices<T: Py>(
        &self,
        items: impl Iterator<Item = Result<T>>,
        k: i64,
    ) -> Result<List<T>> {
        let items = items.collect::<Result<Vec<T>>>()?;
        if items.is_empty() && k > 0 {
            return Err(Exc::index_error("list index out of range"));
        }
        let drawn = (0..k).map(|_| (self.random() * items.len() as f64).floor() as usize);
        Ok(List::from(
            drawn.map(|at| items[at].clone()).collect::<Vec<T>>(),
        ))
    }

    /// `choices(population, weights, k)`.
    pub fn choices_weighted<T: Py>(
        &self,
        items: impl Iterator<Item = Result<T>>,
        weights: impl Iterator<Item = Result<f64>>,
        cumulative: bool,
        k: i64,
    ) -> Result<List<T>> {
        let items = items.collect::<Result<Vec<T>>>()?;
        let mut weights = weights.collect::<Result<Vec<f64>>>()?;
        let mut out = Vec::new();
        if !cumulative {
            let mut sum = 0.0;
            for weight in &mut weights {
                sum += *weight;
                *weight = sum;
            }
        }
        if weights.len() != items.len() {
            return Err(Exc::value_error(
                "The number of weights does not match the population",
            ));
        }
        let Some(total) = weights.last().copied() else {
            return Err(Exc::index_error("list index out of range"));
        };
        if total <= 0.0 {
            return Err(Exc::value_error(
                "Total of weights must be greater than zero",
            ));
        }
        if !total.is_finite() {
            return Err(Exc::value_error("Total of weights must be finite"));
        }
        for _ in 0..k {
            let point = self.random() * total;
            // `bisect` within all but the last.
            let at = weights[..items.len() - 1].partition_point(|w| *w <= point);
            out.push(items[at].clone());
        }
        Ok(List::from(out))
    }

    /// `shuffle(x)`.
    pub fn shuffle<T: Py>(&self, items: &impl AnyList<T>) -> Result<()> {
        let items = items.own();
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as i64)?;
        }
        Ok(())
    }

    /// `sample(population, k)` by positions.
    fn sampled(&self, n: i64, k: i64) -> Result<Vec<i64>> {
        if k < 0 || k > n {
            return Err(Exc::value_error(
                "Sample larger than population or is negative",
            ));
        }
        let mut set_size = 21.0;
        if k > 5 {
            set_size += 4f64.powf((((k * 3) as f64).ln() / 4f64.ln()).ceil());
        }
        let mut out = Vec::with_capacity(k as usize);
        if n as f64 <= set_size {
            let mut pool: Vec<i64> = (0..n).collect();
            for i in 0..k {
                let at = self.below((n - i) as u64) as usize;
                out.push(pool[at]);
                pool[at] = pool[(n - i - 1) as usize];
            }
            return Ok(out);
        }
        let mut chosen = std::collections::HashSet::new();
        for _ in 0..k {
            let mut at = self.below(n as u64) as i64;
            while !chosen.insert(at) {
                at = self.below(n as u64) as i64;
            }
            out.push(at);
        }
        Ok(out)
    }

    /// `sample(population, k)`.
    pub fn sample<T: Py>(&self, items: &impl AnyList<T>, k: i64) -> Result<List<T>> {
        let items = items.own();
        let at = self.sampled(items.len(), k)?;
        Ok(List::from(
            at.into_iter()
                .map(|i| items.get(i))
                .collect::<Result<Vec<T>>>()?,
        ))
    }

    pub fn sample_items<T: Py>(
        &self,
        items: impl Iterator<Item = Result<T>>,
        k: i64,
    ) -> Result<List<T>> {
        self.sample(&List::collect(items)?, k)
    }

    pub fn sample_range(&self, range: &crate::Range, k: i64) -> Result<List<Int>> {
        let at = self.sampled(range.len()?, k)?;
        Ok(List::from(
            at.into_iter()
                .map(|i| range.get(i))
                .collect::<Result<Vec<Int>>>()?,
        ))
    }

    /// `uniform(a, b)`.
    pub fn uniform(&self, a: f64, b: f64) -> f64 {
        a + (b - a) * self.random()
    }

    /// `triangular(low, high, mode)`.
    pub fn triangular(&self, low: f64, high: f64, mode: Option<f64>) -> f64 {
        let mut u = self.random();
        let mut c = match mode {
            None => 0.5,
            Some(_) if high == low => return low,
            Some(mode) => (mode - low) / (high - low),
        };
        let (mut low, mut high) = (low, high);
        if u > c {
            u = 1.0 - u;
            c = 1.0 - c;
            std::mem::swap(&mut low, &mut high);
        }
        low + (high - low) * (u * c).sqrt()
    }

    /// `gauss(mu, sigma)`: Box and Muller's pairs.
    pub fn gauss(&self, mu: f64, sigma: f64) -> f64 {
        let z = match self.0.gauss.take() {
            Some(z) => z,
            None => {
                let angle = self.random() * (2.0 * PI);
                let radius = (-2.0 * (1.0 - self.random()).ln()).sqrt();
                self.0.gauss.set(Some(angle.sin() * radius));
                angle.cos() * radius
            }
        };
        mu + z * sigma
    }

    /// `normalvariate(mu, sigma)`: Kinderman and Monahan's ratio of uniforms.
    pub fn normalvariate(&self, mu: f64, sigma: f64) -> f64 {
        let magic = 4.0 * (-0.5f64).exp() / 2.0f64.sqrt();
        loop {
            let u1 = self.random();
            let u2 = 1.0 - self.random();
            let z = magic * (u1 - 0.5) / u2;
            if z * z / 4.0 <= -u2.ln() {
                return mu + z * sigma;
            }
        }
    }

    pub fn lognormvariate(&self, mu: f64, sigma: f64) -> f64 {
        self.normalvariate(mu, sigma).exp()
    }

    /// `expovariate(lambd)`.
    pub fn expovariate(&self, lambd: f64) -> Result<f64> {
        crate::float::truediv(-(1.0 - self.random()).ln(), lambd)
    }

    /// `gammavariate(alpha, beta)`.
    pub fn gammavariate(&self, alpha: f64, beta: f64) -> Result<f64> {
        if alpha <= 0.0 || beta <= 0.0 {
            return Err(Exc::value_error(
                "gammavariate: alpha and beta must be > 0.0",
            ));
        }
        if alpha > 1.0 {
            let ainv = (2.0 * alpha - 1.0).sqrt();
            let bbb = alpha - 4.0f64.ln();
            let ccc = alpha + ainv;
            let magic = 1.0 + 4.5f64.ln();
            loop {
                let u1 = self.random();
                if !(1e-7 < u1 && u1 < 0.9999999) {
                    continue;
                }
                let u2 = 1.0 - self.random();
                let v = (u1 / (1.0 - u1)).ln() / ainv;
                let x = alpha * v.exp();
                let z = u1 * u1 * u2;
                let r = bbb + ccc * v - x;
                if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
                    return Ok(x * beta);
                }
            }
        }
        if alpha == 1.0 {
            return Ok(-(1.0 - self.random()).ln() * beta);
        }
        loop {
            let u = self.random();
            let b = (E + alpha) / E;
            let p = b * u;
            let x = if p <= 1.0 {
                p.powf(1.0 / alpha)
            } else {
                -((b - p) / alpha).ln()
            };
            let u1 = self.random();
            if p > 1.0 {
                if u1 <= x.powf(alpha - 1.0) {
                    return Ok(x * beta);
                }
            } else if u1 <= (-x).exp() {
                return Ok(x * beta);
            }
        }
    }

    pub fn betavariate(&self, alpha: f64, beta: f64) -> Result<f64> {
        let y = self.gammavariate(alpha, 1.0)?;
        if y == 0.0 {
            return Ok(0.0);
        }
        Ok(y / (y + self.gammavariate(beta, 1.0)?))
    }

    pub fn paretovariate(&self, alpha: f64) -> Result<f64> {
        crate::float::pow(1.0 - self.random(), crate::float::truediv(-1.0, alpha)?)
    }

    pub fn weibullvariate(&self, alpha: f64, beta: f64) -> Result<f64> {
        let u = 1.0 - self.random();
        Ok(alpha * crate::float::pow(-u.ln(), crate::float::truediv(1.0, beta)?)?)
    }
}
