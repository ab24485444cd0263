//! The forms of ARNs, such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`.

use std::fmt;

/// The form of a resource type's ARNs, with `${…}` for what differs from one to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArnFormat(pub(super) &'static str);

/// What a pattern or a form is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// This character.
    Char(char),
    /// Any one character, or any but a slash.
    One { slash: bool },
    /// Any run of characters, or any without a slash.
    Run { slash: bool },
}

impl ArnFormat {
    /// The form as AWS writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// One of its six parts, from 0 for `arn` to 5 for the resource.
    #[must_use]
    pub fn part(self, index: usize) -> &'static str {
        self.0.splitn(6, ':').nth(index).unwrap_or_default()
    }

    /// Whether an ARN of this form can match this pattern of a `Resource` element, whose wildcards do not cross the first
    /// five colons. A variable may hold anything.
    #[must_use]
    pub fn can_match(self, pattern: &str) -> bool {
        let parts = split(pattern);
        if parts.len() < 6 && !pattern.ends_with('*') {
            return pattern == "*";
        }
        (0..6).all(|index| {
            parts
                .get(index)
                .is_none_or(|part| self.part_can_match(index, part))
        })
    }

    /// The same of one of the six parts.
    #[must_use]
    pub fn part_can_match(self, index: usize, pattern: &str) -> bool {
        // No ARN is longer; beyond this the question would only cost.
        pattern.len() > LONGEST || meet(&of_form(self.part(index)), &of_pattern(pattern))
    }
}

impl fmt::Display for ArnFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Source: <https://docs.aws.amazon.com/general/latest/gr/aws-arns-and-namespaces.html>
const LONGEST: usize = 2048;

/// The parts of a pattern; a colon within a variable parts nothing.
fn split(pattern: &str) -> Vec<&str> {
    let (mut parts, mut start, mut in_variable) = (Vec::with_capacity(6), 0, false);
    for (at, byte) in pattern.bytes().enumerate() {
        match byte {
            b'{' if pattern[..at].ends_with('$') => in_variable = true,
            b'}' => in_variable = false,
            b':' if !in_variable && parts.len() < 5 => {
                parts.push(&pattern[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&pattern[start..]);
    parts
}

/// What a form's part is made of: each `${…}` is at least one character. A bucket's or access point's name holds no slash,
/// which is what tells it from an object.
fn of_form(part: &str) -> Vec<Token> {
    tokens(part, |name| {
        let slash = !matches!(name, "BucketName" | "AccessPointName");
        vec![Token::One { slash }, Token::Run { slash }]
    })
}

/// What a pattern's part is made of: a variable is any run of characters.
fn of_pattern(part: &str) -> Vec<Token> {
    tokens(part, |_| vec![Token::Run { slash: true }])
}

fn tokens(part: &str, open: impl Fn(&str) -> Vec<Token>) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(part.len());
    let mut rest = part;
    while let Some(char) = rest.chars().next() {
        if let Some((name, behind)) = rest
            .strip_prefix("${")
            .and_then(|rest| rest.split_once('}'))
        {
            tokens.extend(open(name));
            rest = behind;
            continue;
        }
        tokens.push(match char {
            '*' => Token::Run { slash: true },
            '?' => Token::One { slash: true },
            char => Token::Char(char),
        });
        rest = &rest[char.len_utf8()..];
    }
    tokens
}

/// Whether a text exists that both mean. Row by row over the first: which places in the second can be reached.
fn meet(first: &[Token], second: &[Token]) -> bool {
    let mut reached = vec![false; second.len() + 1];
    reached[0] = true;
    skip_runs(&mut reached, second);
    for token in first {
        let mut next = vec![false; second.len() + 1];
        if let Token::Run { .. } = token {
            next.clone_from(&reached);
        }
        for (at, other) in second.iter().enumerate() {
            let stays = matches!(token, Token::Run { .. });
            let from = if stays { next[at] } else { reached[at] };
            if from && agree(*token, *other) {
                let to = if matches!(other, Token::Run { .. }) {
                    at
                } else {
                    at + 1
                };
                next[to] = true;
            }
            if next[at] && matches!(other, Token::Run { .. }) {
                next[at + 1] = true;
            }
        }
        reached = next;
    }
    reached[second.len()]
}

/// A run may be empty.
fn skip_runs(reached: &mut [bool], tokens: &[Token]) {
    for (at, token) in tokens.iter().enumerate() {
        if reached[at] && matches!(token, Token::Run { .. }) {
            reached[at + 1] = true;
        }
    }
}

/// Whether one character exists that both mean.
fn agree(one: Token, other: Token) -> bool {
    match (one, other) {
        (Token::Char(one), Token::Char(other)) => one == other,
        (Token::Char(char), Token::One { slash } | Token::Run { slash })
        | (Token::One { slash } | Token::Run { slash }, Token::Char(char)) => slash || char != '/',
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUCKET: ArnFormat = ArnFormat("arn:${Partition}:s3:::${BucketName}");
    const OBJECT: ArnFormat = ArnFormat("arn:${Partition}:s3:::${BucketName}/${ObjectName}");
    const ROLE: ArnFormat = ArnFormat("arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");

    #[test]
    fn a_bucket_is_told_from_its_objects() {
        assert!(BUCKET.can_match("arn:aws:s3:::notes"));
        assert!(!BUCKET.can_match("arn:aws:s3:::notes/*"));
        assert!(OBJECT.can_match("arn:aws:s3:::notes/*"));
        assert!(!OBJECT.can_match("arn:aws:s3:::notes"));
        for both in [
            "*",
            "arn:aws:s3:::*",
            "arn:aws:s3:::notes*",
            "arn:aws:s3:*",
            "arn:aws:s3:::${aws:username}",
        ] {
            assert!(BUCKET.can_match(both) && OBJECT.can_match(both), "{both}");
        }
    }

    #[test]
    fn what_is_open_in_a_form_is_not_empty_in_an_arn() {
        assert!(ROLE.can_match("arn:aws:iam::111122223333:role/app/*"));
        assert!(ROLE.can_match("arn:aws:iam::*:role/a?b"));
        assert!(ROLE.can_match("arn:aws:iam::111122223333:r*"));
        assert!(!ROLE.can_match("arn:aws:iam:::role/app"));
        assert!(!ROLE.can_match("arn:aws:iam:us-east-1:111122223333:role/app"));
        assert!(!ROLE.can_match("arn:aws:iam::111122223333:role/"));
        assert!(!ROLE.can_match("arn:aws:iam::111122223333:user/*"));
        assert!(!ROLE.can_match("arn:aws:iam"));
    }
}
