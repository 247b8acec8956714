//! CPython's hash of bytes and strings under `PYTHONHASHSEED=0`: SipHash-1-3 with a
//! zero key (Python/pyhash.c), over the memory that CPython would hold.

use super::{Repr, Str};

impl Str {
    /// `hash(self)`.
    pub fn hash_value(&self) -> i64 {
        match &self.0 {
            Repr::Heap(heap) => {
                if heap.hash.get() == 0 {
                    heap.hash.set(hash_text(&heap.text, self.is_ascii()));
                }
                heap.hash.get()
            }
            _ => hash_text(self.as_str(), self.is_ascii()),
        }
    }
}

/// CPython keeps text as 1, 2 or 4 bytes a character, the narrowest that fits all.
fn hash_text(text: &str, ascii: bool) -> i64 {
    if ascii {
        return hash_bytes(text.as_bytes());
    }
    let widest = text.chars().max().unwrap_or('\0') as u32;
    let mut memory = Vec::with_capacity(text.len() * 2);
    for c in text.chars() {
        let bytes = (c as u32).to_ne_bytes();
        let kept = match widest {
            0..0x100 => 1,
            0x100..0x10000 => 2,
            _ => 4,
        };
        memory.extend_from_slice(if cfg!(target_endian = "little") {
            &bytes[..kept]
        } else {
            &bytes[4 - kept..]
        });
    }
    hash_bytes(&memory)
}

/// `hash(bytes)`; never -1.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    match siphash13(bytes) as i64 {
        -1 => -2,
        hash => hash,
    }
}

/// SipHash-1-3 with key 0 (Aumasson and Bernstein, 2012).
pub fn siphash13(bytes: &[u8]) -> u64 {
    let mut v = [
        0x736f_6d65_7073_6575_u64,
        0x646f_7261_6e64_6f6d,
        0x6c79_6765_6e65_7261,
        0x7465_6462_7974_6573,
    ];
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or([0; 8]));
        v[3] ^= word;
        round(&mut v);
        v[0] ^= word;
    }
    let mut last = [0; 8];
    let rest = chunks.remainder();
    last[..rest.len()].copy_from_slice(rest);
    last[7] = bytes.len() as u8;
    let word = u64::from_le_bytes(last);
    v[3] ^= word;
    round(&mut v);
    v[0] ^= word;
    v[2] ^= 0xff;
    round(&mut v);
    round(&mut v);
    round(&mut v);
    v[0] ^ v[1] ^ v[2] ^ v[3]
}

#[inline]
fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[2] = v[2].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[1]);
    v[0] = v[0].wrapping_add(v[3]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].rotate_left(32);
}
