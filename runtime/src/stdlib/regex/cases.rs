//! How letters compare when case is ignored, after CPython's `re._compiler` and `_sre`.

/// Letters that equal each other though their lower cases differ: `re._casefix`.
const EQUAL: [&str; 24] = [
    "\u{69}\u{131}",
    "\u{73}\u{17f}",
    "\u{b5}\u{3bc}",
    "\u{345}\u{3b9}\u{1fbe}",
    "\u{390}\u{1fd3}",
    "\u{3b0}\u{1fe3}",
    "\u{3b2}\u{3d0}",
    "\u{3b5}\u{3f5}",
    "\u{3b8}\u{3d1}",
    "\u{3ba}\u{3f0}",
    "\u{3c0}\u{3d6}",
    "\u{3c1}\u{3f1}",
    "\u{3c2}\u{3c3}",
    "\u{3c6}\u{3d5}",
    "\u{432}\u{1c80}",
    "\u{434}\u{1c81}",
    "\u{43e}\u{1c82}",
    "\u{441}\u{1c83}",
    "\u{442}\u{1c84}\u{1c85}",
    "\u{44a}\u{1c86}",
    "\u{463}\u{1c87}",
    "\u{1c88}\u{a64b}",
    "\u{1e61}\u{1e9b}",
    "\u{fb05}\u{fb06}",
];

/// Letters that are not the upper case of their lower case.
const ONE_WAY: &str = "\u{130}\u{1c5}\u{1c8}\u{1cb}\u{1f2}\u{3f4}\u{1e9e}\u{1f88}\u{1f89}\u{1f8a}\
\u{1f8b}\u{1f8c}\u{1f8d}\u{1f8e}\u{1f8f}\u{1f98}\u{1f99}\u{1f9a}\u{1f9b}\u{1f9c}\u{1f9d}\u{1f9e}\
\u{1f9f}\u{1fa8}\u{1fa9}\u{1faa}\u{1fab}\u{1fac}\u{1fad}\u{1fae}\u{1faf}\u{1fbc}\u{1fcc}\u{1ffc}\
\u{2126}\u{212a}\u{212b}";

/// What a pattern's flags say of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Kept,
    /// Ignored for ASCII letters only.
    Ascii,
    Ignored,
}

impl Case {
    pub fn new(ignored: bool, ascii: bool) -> Case {
        match (ignored, ascii) {
            (false, _) => Case::Kept,
            (true, true) => Case::Ascii,
            (true, false) => Case::Ignored,
        }
    }

    /// `c` as it is looked up.
    pub fn fold(self, c: char) -> char {
        match self {
            Case::Kept => c,
            Case::Ascii => c.to_ascii_lowercase(),
            Case::Ignored => lower(c),
        }
    }

    /// Every character that equals `c`, which comes first.
    pub fn same(self, c: char) -> Vec<char> {
        let mut out = vec![c];
        let mut add = |other: char| {
            if !out.contains(&other) {
                out.push(other);
            }
        };
        match self {
            Case::Kept => {}
            Case::Ascii => {
                add(c.to_ascii_lowercase());
                add(c.to_ascii_uppercase());
            }
            Case::Ignored => {
                let own = lower(c);
                let mut buffer = [0; 4];
                let equal: &str = match EQUAL.iter().find(|group| group.contains(own)) {
                    Some(group) => group,
                    None => own.encode_utf8(&mut buffer),
                };
                for lowered in equal.chars() {
                    [lowered, upper(lowered)]
                        .into_iter()
                        .chain(ONE_WAY.chars())
                        .filter(|other| lower(*other) == lowered)
                        .for_each(&mut add);
                }
            }
        }
        out
    }
}

/// The one-character lower case, as `_sre.unicode_tolower` has it.
fn lower(c: char) -> char {
    let mut all = c.to_lowercase();
    match (all.next(), c) {
        (_, 'İ') => 'i',
        (Some(one), _) if all.next().is_none() => one,
        _ => c,
    }
}

fn upper(c: char) -> char {
    let mut all = c.to_uppercase();
    match all.next() {
        Some(one) if all.next().is_none() => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_equal_each_other() {
        assert_eq!(Case::Ignored.same('k'), ['k', 'K', '\u{212a}']);
        assert_eq!(Case::Ignored.same('S'), ['S', 's', '\u{17f}']);
        assert_eq!(Case::Ignored.same('µ'), ['µ', '\u{3bc}', '\u{39c}']);
        assert_eq!(Case::Ascii.same('k'), ['k', 'K']);
        assert_eq!(Case::Kept.same('k'), ['k']);
        assert_eq!(Case::Ignored.same('1'), ['1']);
    }
}
