//! Names that were meant, where another was written.

/// The name that is one or two slips away from the one written.
pub(super) fn did_you_mean<'a>(
    written: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    // What is long is compared with everything at a cost, and is no slip of the keyboard.
    if written.len() > 64 {
        return None;
    }
    let folded = written.to_ascii_lowercase();
    let near = known.map(|name| (distance(&folded, &name.to_ascii_lowercase()), name));
    let (slips, name) = near.min()?;
    (slips <= 2 && slips * 3 <= folded.len()).then(|| format!("did you mean `{name}`?"))
}

/// How many characters must be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other = other.as_bytes();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (index, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != *b);
            diagonal = row[index + 1];
            row[index + 1] = changed.min(diagonal + 1).min(row[index] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_from_another_word() {
        let known = || ["GetObject", "GetObjectAcl", "PutObject"].into_iter();
        assert_eq!(
            did_you_mean("GetObjects", known()).unwrap(),
            "did you mean `GetObject`?"
        );
        assert_eq!(
            did_you_mean("getobjct", known()).unwrap(),
            "did you mean `GetObject`?"
        );
        assert_eq!(did_you_mean("ReadEverything", known()), None);
        assert_eq!(did_you_mean("x", known()), None);
        assert_eq!(did_you_mean("PutObj", known()), None);
    }

    #[test]
    fn only_what_somebody_would_write_is_compared() {
        let (long, too_long) = ("a".repeat(64), "a".repeat(65));
        let near = |written: &str| did_you_mean(written, [&*format!("{written}b")].into_iter());
        assert_eq!(near(&long), Some(format!("did you mean `{long}b`?")));
        assert_eq!(near(&too_long), None);
    }
}
