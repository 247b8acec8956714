//! hashlib: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4).

use std::cell::RefCell;
use std::rc::Rc;

use super::handle::Handle;
use crate::bytes::{Bytes, BytesLike};
use crate::object::Args;
use crate::{Class, Exc, Py, Result, Str, Value};

pub static HASH: Class = Class {
    name: "_hashlib.HASH",
    module: "_hashlib",
    mro: &[],
};

#[derive(Clone, Copy, PartialEq)]
pub enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    fn by_name(name: &str) -> Option<Algorithm> {
        Some(match name.to_ascii_lowercase().as_str() {
            "md5" => Algorithm::Md5,
            "sha1" => Algorithm::Sha1,
            "sha224" => Algorithm::Sha224,
            "sha256" => Algorithm::Sha256,
            "sha384" => Algorithm::Sha384,
            "sha512" => Algorithm::Sha512,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Algorithm::Md5 => "md5",
            Algorithm::Sha1 => "sha1",
            Algorithm::Sha224 => "sha224",
            Algorithm::Sha256 => "sha256",
            Algorithm::Sha384 => "sha384",
            Algorithm::Sha512 => "sha512",
        }
    }

    fn block_size(self) -> usize {
        match self {
            Algorithm::Sha384 | Algorithm::Sha512 => 128,
            _ => 64,
        }
    }

    fn digest_size(self) -> usize {
        match self {
            Algorithm::Md5 => 16,
            Algorithm::Sha1 => 20,
            Algorithm::Sha224 => 28,
            Algorithm::Sha256 => 32,
            Algorithm::Sha384 => 48,
            Algorithm::Sha512 => 64,
        }
    }
}

/// A running hash: what of the message is not yet in the state waits in `rest`.
#[derive(Clone)]
struct Running {
    algorithm: Algorithm,
    small: [u32; 8],
    large: [u64; 8],
    rest: Vec<u8>,
    len: u128,
}

/// `hashlib.md5()` and its like.
#[derive(Clone)]
pub struct HashObject(Rc<RefCell<Running>>);

impl Handle for HashObject {
    const METHODS: &'static [&'static str] = &["update", "digest", "hexdigest", "copy"];

    fn class_of(&self) -> &'static Class {
        &HASH
    }
    fn address(&self) -> usize {
        Rc::as_ptr(&self.0) as *const () as usize
    }
    fn shown(&self) -> Result<String> {
        Ok(format!(
            "<{} _hashlib.HASH object @ {:#x}>",
            self.0.borrow().algorithm.name(),
            self.address()
        ))
    }
    fn attribute(&self, name: &str) -> Result<Option<Value>> {
        Ok(Some(match name {
            "name" => Value::Str(self.name()),
            "digest_size" => Value::from(self.digest_size()),
            "block_size" => Value::from(self.block_size()),
            _ => return Ok(None),
        }))
    }
    fn method(&self, name: &str, args: &Args) -> Option<Result<Value>> {
        if !args.keywords.is_empty() {
            return None;
        }
        match (name, args.positional.as_slice()) {
            ("update", [Value::Bytes(more)]) => self.update(more),
            ("update", [Value::ByteArray(more)]) => self.update(more),
            ("digest", []) => return Some(Ok(Value::Bytes(self.digest()))),
            ("hexdigest", []) => return Some(Ok(Value::Str(self.hexdigest()))),
            ("copy", []) => return Some(Ok(self.copy().to_value())),
            _ => return None,
        }
        Some(Ok(Value::None))
    }
}

crate::library_object!(HashObject);

impl HashObject {
    pub fn start(algorithm: Algorithm) -> HashObject {
        HashObject(Rc::new(RefCell::new(Running::new(algorithm))))
    }

    /// `hashlib.new(name)`.
    pub fn named(name: &Str) -> Result<HashObject> {
        match Algorithm::by_name(name.as_str()) {
            Some(algorithm) => Ok(HashObject::start(algorithm)),
            None => Err(Exc::value_error(format!("unsupported hash type {name}"))),
        }
    }

    /// `hashlib.new(name, data)`.
    pub fn named_with(name: &Str, bytes: &impl BytesLike) -> Result<HashObject> {
        Ok(HashObject::named(name)?.with(bytes))
    }

    /// The same new object after `update(bytes)`.
    pub fn with(self, bytes: &impl BytesLike) -> HashObject {
        self.update(bytes);
        self
    }

    /// `self.update(bytes)`.
    pub fn update(&self, bytes: &impl BytesLike) {
        self.0.borrow_mut().update(&bytes.view());
    }

    /// `self.digest()`.
    pub fn digest(&self) -> Bytes {
        Bytes::from(self.0.borrow().clone().finish())
    }

    /// `self.hexdigest()`.
    pub fn hexdigest(&self) -> Str {
        Str::from(hex(&self.0.borrow().clone().finish()))
    }

    pub fn copy(&self) -> HashObject {
        HashObject(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    pub fn name(&self) -> Str {
        Str::from(self.0.borrow().algorithm.name())
    }

    pub fn digest_size(&self) -> i64 {
        self.0.borrow().algorithm.digest_size() as i64
    }

    pub fn block_size(&self) -> i64 {
        self.0.borrow().algorithm.block_size() as i64
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-512 digest of a whole message.
pub(crate) fn sha512(bytes: &[u8]) -> Vec<u8> {
    let mut running = Running::new(Algorithm::Sha512);
    running.update(bytes);
    running.finish()
}

impl Running {
    fn new(algorithm: Algorithm) -> Running {
        let mut running = Running {
            algorithm,
            small: [0; 8],
            large: [0; 8],
            rest: Vec::new(),
            len: 0,
        };
        match algorithm {
            Algorithm::Md5 => running.small[..4]
                .copy_from_slice(&[0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]),
            Algorithm::Sha1 => running.small[..5]
                .copy_from_slice(&[0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]),
            Algorithm::Sha224 => {
                running.small = [
                    0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511,
                    0x64f98fa7, 0xbefa4fa4,
                ];
            }
            // The fractional parts of the square roots of the first primes.
            Algorithm::Sha256 => {
                running.small = std::array::from_fn(|i| (root_bits(PRIMES[i], 2) >> 32) as u32);
            }
            Algorithm::Sha384 => {
                running.large = std::array::from_fn(|i| root_bits(PRIMES[i + 8], 2));
            }
            Algorithm::Sha512 => {
                running.large = std::array::from_fn(|i| root_bits(PRIMES[i], 2));
            }
        }
        running
    }

    fn update(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u128;
        self.rest.extend_from_slice(bytes);
        let size = self.algorithm.block_size();
        let rest = std::mem::take(&mut self.rest);
        let mut blocks = rest.chunks_exact(size);
        for block in &mut blocks {
            self.block(block);
        }
        self.rest = blocks.remainder().to_vec();
    }

    fn finish(mut self) -> Vec<u8> {
        let size = self.algorithm.block_size();
        let bits = self.len * 8;
        let length_size = size / 8;
        let mut tail = vec![0x80];
        while (self.rest.len() + tail.len() + length_size) % size != 0 {
            tail.push(0);
        }
        match self.algorithm {
            Algorithm::Md5 => tail.extend((bits as u64).to_le_bytes()),
            Algorithm::Sha384 | Algorithm::Sha512 => tail.extend(bits.to_be_bytes()),
            _ => tail.extend((bits as u64).to_be_bytes()),
        }
        self.update(&tail);
        let mut out: Vec<u8> = match self.algorithm {
            Algorithm::Md5 => self.small.iter().flat_map(|w| w.to_le_bytes()).collect(),
            Algorithm::Sha384 | Algorithm::Sha512 => {
                self.large.iter().flat_map(|w| w.to_be_bytes()).collect()
            }
            _ => self.small.iter().flat_map(|w| w.to_be_bytes()).collect(),
        };
        out.truncate(self.algorithm.digest_size());
        out
    }

    fn block(&mut self, block: &[u8]) {
        match self.algorithm {
            Algorithm::Md5 => self.md5(block),
            Algorithm::Sha1 => self.sha1(block),
            Algorithm::Sha224 | Algorithm::Sha256 => self.sha256(block),
            Algorithm::Sha384 | Algorithm::Sha512 => self.sha512(block),
        }
    }

    fn md5(&mut self, block: &[u8]) {
        const SHIFTS: [[u32; 4]; 4] = [
            [7, 12, 17, 22],
            [5, 9, 14, 20],
            [4, 11, 16, 23],
            [6, 10, 15, 21],
        ];
        let words: Vec<u32> = block
            .chunks_exact(4)
            .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
            .collect();
        let sines = MD5_SINES.with(|sines| *sines);
        let [mut a, mut b, mut c, mut d] = [0, 1, 2, 3].map(|i: usize| self.small[i]);
        for i in 0..64 {
            let (mixed, at) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            let sum = mixed
                .wrapping_add(a)
                .wrapping_add(sines[i])
                .wrapping_add(words[at]);
            a = d;
            d = c;
            c = b;
            b = b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4]));
        }
        for (held, new) in self.small.iter_mut().zip([a, b, c, d]) {
            *held = held.wrapping_add(new);
        }
    }

    fn sha1(&mut self, block: &[u8]) {
        let mut w = [0u32; 80];
        for (word, c) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([c[0], c[1], c[2], c[3]]);
        }
        for i in 16..80 {
            w[i] = (w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]).rotate_left(1);
        }
        let [mut a, mut b, mut c, mut d, mut e] = [0, 1, 2, 3, 4].map(|i: usize| self.small[i]);
        for (i, word) in w.iter().enumerate() {
            let (f, k) = match i / 20 {
                0 => ((b & c) | (!b & d), 0x5a827999),
                1 => (b ^ c ^ d, 0x6ed9eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1bbcdc),
                _ => (b ^ c ^ d, 0xca62c1d6u32),
            };
            let sum = a
                .rotate_left(5)
                .wrapping_add(f)
                .wrapping_add(e)
                .wrapping_add(k)
                .wrapping_add(*word);
            e = d;
            d = c;
            c = b.rotate_left(30);
            b = a;
            a = sum;
        }
        for (held, new) in self.small.iter_mut().zip([a, b, c, d, e]) {
            *held = held.wrapping_add(new);
        }
    }

    fn sha256(&mut self, block: &[u8]) {
        let mut w = [0u32; 64];
        for (word, c) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([c[0], c[1], c[2], c[3]]);
        }
        for i in 16..64 {
            let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
            let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
            w[i] = w[i - 16]
                .wrapping_add(s0)
                .wrapping_add(w[i - 7])
                .wrapping_add(s1);
        }
        let roots = SHA2_ROOTS.with(|roots| *roots);
        let mut v = self.small;
        for (i, word) in w.iter().enumerate() {
            let s1 = v[4].rotate_right(6) ^ v[4].rotate_right(11) ^ v[4].rotate_right(25);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let k = (roots[i] >> 32) as u32;
            let t1 = v[7]
                .wrapping_add(s1)
                .wrapping_add(choice)
                .wrapping_add(k)
                .wrapping_add(*word);
            let s0 = v[0].rotate_right(2) ^ v[0].rotate_right(13) ^ v[0].rotate_right(22);
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            let t2 = s0.wrapping_add(majority);
            v = [
                t1.wrapping_add(t2),
                v[0],
                v[1],
                v[2],
                v[3].wrapping_add(t1),
                v[4],
                v[5],
                v[6],
            ];
        }
        for (held, new) in self.small.iter_mut().zip(v) {
            *held = held.wrapping_add(new);
        }
    }

    fn sha512(&mut self, block: &[u8]) {
        let mut w = [0u64; 80];
        for (word, c) in w.iter_mut().zip(block.chunks_exact(8)) {
            *word = c.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        for i in 16..80 {
            let s0 = w[i - 15].rotate_right(1) ^ w[i - 15].rotate_right(8) ^ w[i - 15] >> 7;
            let s1 = w[i - 2].rotate_right(19) ^ w[i - 2].rotate_right(61) ^ w[i - 2] >> 6;
            w[i] = w[i - 16]
                .wrapping_add(s0)
                .wrapping_add(w[i - 7])
                .wrapping_add(s1);
        }
        let roots = SHA2_ROOTS.with(|roots| *roots);
        let mut v = self.large;
        for (i, word) in w.iter().enumerate() {
            let s1 = v[4].rotate_right(14) ^ v[4].rotate_right(18) ^ v[4].rotate_right(41);
            let choice = (v[4] & v[5]) ^ (!v[4] & v[6]);
            let k = roots[i];
            let t1 = v[7]
                .wrapping_add(s1)
                .wrapping_add(choice)
                .wrapping_add(k)
                .wrapping_add(*word);
            let s0 = v[0].rotate_right(28) ^ v[0].rotate_right(34) ^ v[0].rotate_right(39);
            let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            let t2 = s0.wrapping_add(majority);
            v = [
                t1.wrapping_add(t2),
                v[0],
                v[1],
                v[2],
                v[3].wrapping_add(t1),
                v[4],
                v[5],
                v[6],
            ];
        }
        for (held, new) in self.large.iter_mut().zip(v) {
            *held = held.wrapping_add(new);
        }
    }
}

const PRIMES: [u64; 80] = [
    2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179, 181, 191, 193,
    197, 199, 211, 223, 227, 229, 233, 239, 241, 251, 257, 263, 269, 271, 277, 281, 283, 293, 307,
    311, 313, 317, 331, 337, 347, 349, 353, 359, 367, 373, 379, 383, 389, 397, 401, 409,
];

/// The first 64 bits of the fraction of a square (2) or cube (3) root, which is how the
/// standard defines its constants: the greatest `x` with `x^power <= n * 2^(64 * power)`.
fn root_bits(n: u64, power: u32) -> u64 {
    let (mut low, mut high) = (0u128, 1u128 << 69);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if at_most(middle, power, n) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low as u64
}

/// `x^power <= n * 2^(64 * power)`, in limbs of 32 bits.
fn at_most(x: u128, power: u32, n: u64) -> bool {
    let limbs: Vec<u64> = (0..3)
        .map(|i| (x >> (32 * i)) as u64 & 0xffff_ffff)
        .collect();
    let mut product = vec![1u64];
    for _ in 0..power {
        let mut next = vec![0u64; product.len() + limbs.len() + 1];
        for (i, a) in product.iter().enumerate() {
            let mut carry = 0;
            for (j, b) in limbs.iter().enumerate() {
                let sum = next[i + j] + a * b + carry;
                next[i + j] = sum & 0xffff_ffff;
                carry = sum >> 32;
            }
            next[i + limbs.len()] += carry;
        }
        product = next;
    }
    let mut bound = vec![0u64; 2 * power as usize];
    bound.extend([n & 0xffff_ffff, n >> 32]);
    let len = product.len().max(bound.len());
    product.resize(len, 0);
    bound.resize(len, 0);
    product.iter().rev().le(bound.iter().rev())
}

thread_local! {
    static SHA2_ROOTS: [u64; 80] = std::array::from_fn(|i| root_bits(PRIMES[i], 3));
    static MD5_SINES: [u32; 64] =
        std::array::from_fn(|i| (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32);
}
