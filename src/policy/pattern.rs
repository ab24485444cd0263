//! Wildcards: `*` is any run of characters, `?` is any one.
//!
//! A pattern is cut at its `*`. What stands between two of them is found at its first place behind the last find, so
//! nothing is ever tried again, and a hostile `*a*a*a*…` costs one walk over the text. What holds a `?` is found
//! by trying all its places at once, so that `*a?a?a?…` costs little more.

mod gaps;

/// What a pattern is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// These characters, as they are.
    Text(String),
    /// Any one character.
    One,
    /// Any run of characters.
    Run,
}

/// A pattern, ready to match. Most patterns are plain texts, or begin with one and end in `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Exact(Box<str>),
    Prefix(Box<str>),
    Segments(Box<Segments>),
}

/// What stands before, between and behind the `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segments {
    first: Segment,
    middle: Vec<Segment>,
    /// Nothing where there is no `*`.
    last: Option<Segment>,
}

/// What stands between two `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Text(String),
    /// With a nothing for each `?`.
    Gaps(Vec<Option<char>>),
}

impl Pattern {
    /// Reads `*` and `?` as wildcards.
    pub(super) fn wild(text: &str) -> Self {
        Self::from_pieces(pieces(text))
    }

    pub(super) fn from_pieces(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let segments = Segments::from_pieces(pieces);
        match segments {
            Segments {
                first: Segment::Text(text),
                last: None,
                ..
            } => Self::Exact(text.into()),
            Segments {
                first: Segment::Text(text),
                middle,
                last: Some(last),
            } if middle.is_empty() && last.is_empty() => Self::Prefix(text.into()),
            other => Self::Segments(Box::new(other)),
        }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(exact) => text == &**exact,
            Self::Prefix(prefix) => text.starts_with(&**prefix),
            Self::Segments(segments) => segments.matches(text),
        }
    }

    /// Whether `text` would match if case did not matter.
    pub(super) fn matches_in_any_case(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        match self {
            Self::Exact(exact) => text == exact.to_lowercase(),
            Self::Prefix(prefix) => text.starts_with(&prefix.to_lowercase()),
            Self::Segments(segments) => segments.folded().matches(&text),
        }
    }

    /// The only text that matches, where it is one.
    pub(super) fn exact(&self) -> Option<&str> {
        match self {
            Self::Exact(exact) => Some(exact),
            Self::Prefix(_) | Self::Segments(_) => None,
        }
    }
}

impl Segments {
    fn from_pieces(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let mut segments = Vec::new();
        let mut current = Segment::Text(String::new());
        for piece in pieces {
            match piece {
                Piece::Text(text) => current.push_str(&text),
                Piece::One => current.push_gap(),
                Piece::Run => {
                    let done = std::mem::replace(&mut current, Segment::Text(String::new()));
                    // Of `**` the second says nothing.
                    if segments.is_empty() || !done.is_empty() {
                        segments.push(done);
                    }
                }
            }
        }
        if segments.is_empty() {
            return Self {
                first: current,
                middle: segments,
                last: None,
            };
        }
        Self {
            first: segments.remove(0),
            middle: segments,
            // Kept also where it is empty: it says that the pattern ends in `*`.
            last: Some(current),
        }
    }

    fn folded(&self) -> Self {
        Self {
            first: self.first.folded(),
            middle: self.middle.iter().map(Segment::folded).collect(),
            last: self.last.as_ref().map(Segment::folded),
        }
    }

    fn matches(&self, text: &str) -> bool {
        let Some(mut text) = self.first.strip_from_start(text) else {
            return false;
        };
        let Some(last) = &self.last else {
            return text.is_empty();
        };
        for segment in &self.middle {
            match segment.find_end(text) {
                Some(end) => text = &text[end..],
                None => return false,
            }
        }
        last.ends(text)
    }
}

/// Cuts a text at its wildcards.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['*', '?']) {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        pieces.push(if rest.as_bytes()[at] == b'*' {
            Piece::Run
        } else {
            Piece::One
        });
        rest = &rest[at + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

impl Segment {
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    fn folded(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(text.to_lowercase()),
            Self::Gaps(chars) => {
                let lower = |char: &Option<char>| char.map(|char| char.to_ascii_lowercase());
                Self::Gaps(chars.iter().map(lower).collect())
            }
        }
    }

    fn push_str(&mut self, more: &str) {
        match self {
            Self::Text(text) => text.push_str(more),
            Self::Gaps(chars) => chars.extend(more.chars().map(Some)),
        }
    }

    fn push_gap(&mut self) {
        if let Self::Text(text) = self {
            *self = Self::Gaps(text.chars().map(Some).collect());
        }
        if let Self::Gaps(chars) = self {
            chars.push(None);
        }
    }

    /// What is left of `text` behind this segment, if it begins with it.
    fn strip_from_start<'a>(&self, text: &'a str) -> Option<&'a str> {
        match self {
            Self::Text(prefix) => text.strip_prefix(prefix.as_str()),
            Self::Gaps(wanted) => {
                let mut chars = text.chars();
                let fits = wanted.iter().all(|wanted| {
                    chars
                        .next()
                        .is_some_and(|char| wanted.is_none_or(|wanted| wanted == char))
                });
                fits.then_some(chars.as_str())
            }
        }
    }

    fn ends(&self, text: &str) -> bool {
        match self {
            Self::Text(suffix) => text.ends_with(suffix.as_str()),
            Self::Gaps(wanted) => {
                let mut chars = text.chars().rev();
                wanted.iter().rev().all(|wanted| {
                    chars
                        .next()
                        .is_some_and(|char| wanted.is_none_or(|wanted| wanted == char))
                })
            }
        }
    }

    /// Where the first place ends at which the segment stands in `text`.
    fn find_end(&self, text: &str) -> Option<usize> {
        match self {
            Self::Text(wanted) => text.find(wanted.as_str()).map(|at| at + wanted.len()),
            Self::Gaps(wanted) if wanted.len() > gaps::SHORT => gaps::find_end(wanted, text),
            Self::Gaps(_) => {
                let mut starts = text.char_indices().map(|(at, _)| at);
                starts.find_map(|at| {
                    let left = self.strip_from_start(&text[at..])?;
                    Some(text.len() - left.len())
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_star_is_any_run_and_a_question_mark_any_one_character() {
        let holds = [
            ("", ""),
            ("*", ""),
            ("*", "anything"),
            ("a*", "a"),
            ("a*c", "abbc"),
            ("a?c", "abc"),
            ("a?c", "aéc"),
            ("*/x", "a/b/x"),
            ("*a*b*", "xxaxxbxx"),
            ("??", "éé"),
            ("*?*", "a"),
            ("a*bc?", "abcabcd"),
            ("**", "x"),
            ("Get*Tagging", "GetObjectTagging"),
        ];
        for (pattern, text) in holds {
            assert!(
                Pattern::wild(pattern).matches(text),
                "{pattern} holds {text}"
            );
        }
        let fails = [
            ("", "a"),
            ("a", ""),
            ("a*", "ba"),
            ("a?c", "ac"),
            ("?", ""),
            ("?", "ab"),
            ("*a*b*", "ba"),
            ("a*a", "a"),
            ("*?*?", "a"),
            ("ab*ba", "aba"),
            ("A", "a"),
        ];
        for (pattern, text) in fails {
            assert!(
                !Pattern::wild(pattern).matches(text),
                "{pattern} does not hold {text}"
            );
        }
    }

    #[test]
    fn what_a_long_segment_takes_up_is_not_there_for_the_next() {
        let holds = |pattern: &str, text: &str| Pattern::wild(pattern).matches(text);
        let ascii = "*a?bcdefghijklmnopqrx*x";
        assert!(!holds(ascii, "aabcdefghijklmnopqrx"));
        assert!(holds(ascii, "aabcdefghijklmnopqrxx"));
        let accented = "*a?bcdefghijklmnopqré*é";
        assert!(!holds(accented, "aabcdefghijklmnopqré"));
        assert!(holds(accented, "aabcdefghijklmnopqréé"));
    }

    /// The plain definition, slow.
    fn by_definition(pattern: &[char], text: &[char]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, _) => text.is_empty(),
            (Some(('*', rest)), _) => {
                (0..=text.len()).any(|skip| by_definition(rest, &text[skip..]))
            }
            (Some((_, _)), None) => false,
            (Some((wanted, rest)), Some((char, left))) => {
                (*wanted == '?' || wanted == char) && by_definition(rest, left)
            }
        }
    }

    proptest! {
        #[test]
        fn long_segments_with_gaps_are_found_where_they_stand(
            before in "[ab]{0,150}", wanted in "[ab]{70,150}", at in prop::collection::vec(0..70_usize, 1..40), behind in "[ab]{0,9}"
        ) {
            let mut gaps: Vec<char> = wanted.chars().collect();
            for at in at {
                gaps[at] = '?';
            }
            let pattern: String = gaps.iter().collect();
            let pattern = Pattern::wild(&format!("*{pattern}*"));
            let text = format!("{before}{wanted}{behind}");
            prop_assert!(pattern.matches(&text));
            let naive = |text: &str| {
                let text: Vec<char> = text.chars().collect();
                text.windows(gaps.len()).any(|window| {
                    window.iter().zip(&gaps).all(|(char, wanted)| *wanted == '?' || wanted == char)
                })
            };
            let other = format!("{before}{behind}{before}");
            prop_assert_eq!(pattern.matches(&other), naive(&other));
        }

        #[test]
        fn matching_follows_the_definition(pattern in "[ab?*é]{0,8}", text in "[abé]{0,10}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(Pattern::wild(&pattern).matches(&text), by_definition(&chars(&pattern), &chars(&text)));
        }
    }
}
