//! The standard library, module by module: what `import` brings.

pub mod array;
pub mod cmath;
pub mod codecs;
pub mod copying;
pub mod decimal;
pub mod files;
pub mod folders;
pub mod handle;
pub mod hashes;
pub mod json;
pub mod packing;
pub mod paths;
pub mod random;
pub mod regex;

pub use array::Array;
pub use hashes::HashObject;
pub use random::Random;
pub use regex::{Match, Pattern};
