//! Names of condition keys, as they are looked up.

/// A condition key's name in lower case. Two names that differ have different marks but for rare ones, so that most
/// comparisons end there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    name: String,
    mark: u64,
}

impl Key {
    pub(super) fn new(written: &str) -> Self {
        let name = written.to_ascii_lowercase();
        Self {
            mark: mark(&name),
            name,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is(&self, other: &str, other_mark: u64) -> bool {
        self.mark == other_mark && self.name == other
    }
}

/// A name's length and its last bytes, in which keys of one service differ.
pub(super) fn mark(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let last = &bytes[bytes.len().saturating_sub(7)..];
    let ends = last
        .iter()
        .fold(0, |mark, byte| mark << 8 | u64::from(*byte));
    ends << 8 | u64::from(u8::try_from(bytes.len()).unwrap_or(u8::MAX))
}
