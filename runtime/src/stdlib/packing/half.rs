//! IEEE 754 binary16.

/// The nearest half, ties to even; `None` for what rounds beyond the largest.
pub(super) fn from_f64(x: f64) -> Option<u16> {
    let sign = ((x.to_bits() >> 48) & 0x8000) as u16;
    if x.is_nan() {
        return Some(sign | 0x7e00);
    }
    let size = x.abs();
    if size.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // From here on the spacing of halves is 2^-24 (subnormal) or 2^(exponent - 10).
    let exponent = if size < 2f64.powi(-14) {
        -14
    } else {
        ((size.to_bits() >> 52) as i32) - 1023
    };
    if exponent > 15 {
        return None;
    }
    let steps = (size * 2f64.powi(10 - exponent)).round_ties_even();
    // 1024 steps are the implicit bit: they carry into the exponent by themselves.
    let bits = (i64::from(exponent) + 14) * 1024 + steps as i64;
    (bits < 0x7c00).then_some(sign | bits as u16)
}

pub(super) fn to_f64(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let exponent = i32::from((bits >> 10) & 31);
    let fraction = f64::from(bits & 1023);
    let size = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (fraction + 1024.0) * 2f64.powi(exponent - 25),
    };
    sign * size
}

#[cfg(test)]
mod tests {
    use super::*;

    // python3 -c "import struct; print([hex(*struct.unpack('H', struct.pack('e', x))) for x in …])"
    #[test]
    fn halves() {
        let known = [
            (0.0, 0x0),
            (1.0, 0x3c00),
            (-2.0, 0xc000),
            (65504.0, 0x7bff),
            (65519.0, 0x7bff),
            (0.1, 0x2e66),
            (6e-8, 0x1),
            (2.9e-8, 0x0),
            (6.103515625e-05, 0x400),
            (6.1e-05, 0x3ff),
            (2048.5, 0x6800),
        ];
        for (x, bits) in known {
            assert_eq!(from_f64(x), Some(bits), "{x}");
        }
        assert_eq!(from_f64(65520.0), None);
        assert_eq!(from_f64(1e300), None);
        assert_eq!(to_f64(0x2e66), 0.0999755859375);
        assert_eq!(to_f64(0x1), 5.960464477539063e-08);
        assert!(to_f64(0x7c00).is_infinite() && to_f64(0xfe00).is_nan());
    }
}
