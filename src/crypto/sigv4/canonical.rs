//! The canonical form of a request: one text for all requests that mean the same.

use std::borrow::Cow;

/// The parts of a request that are signed.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// As it stands in the request line, up to the `?`.
    pub path: &'a str,
    /// What follows the `?`, without it.
    pub query: &'a str,
    /// All headers, in any order and case.
    pub headers: &'a [(String, String)],
    /// SHA-256 of the body in hexadecimal, or [`super::UNSIGNED_PAYLOAD`].
    pub payload_hash: &'a str,
}

/// How a service brings the path into canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStyle {
    /// `.`, `..` and empty segments are resolved.
    pub resolves_segments: bool,
    /// What is encoded in the request line is encoded once more.
    pub encodes_twice: bool,
}

impl PathStyle {
    /// Every service but S3.
    pub const STANDARD: Self = Self {
        resolves_segments: true,
        encodes_twice: true,
    };
    /// S3, where a key may hold any text, `..` too.
    pub const S3: Self = Self {
        resolves_segments: false,
        encodes_twice: false,
    };
}

/// The canonical request over `signed_headers`, which are lower-case and sorted.
#[must_use]
pub fn canonical_request(
    message: &Message<'_>,
    signed_headers: &[String],
    path_style: PathStyle,
) -> String {
    let mut headers = String::new();
    for name in signed_headers {
        headers.push_str(name);
        headers.push(':');
        headers.push_str(&canonical_header(message.headers, name));
        headers.push('\n');
    }
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        message.method,
        canonical_path(message.path, path_style),
        canonical_query(message.query),
        signed_headers.join(";"),
        message.payload_hash
    )
}

/// Percent-encodes every byte but the unreserved characters of RFC 3986.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    encode(text, |_| false)
}

/// Percent-encodes a path, keeping its slashes.
#[must_use]
pub fn percent_encode_path(path: &str) -> String {
    encode(path, |byte| byte == b'/')
}

/// What percent-encoded `text` stands for. A `%` without two digits stands for itself; bytes that are no UTF-8 are
/// replaced.
#[must_use]
pub fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        match (first, behind) {
            (b'%', [high, low, ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(digit(*high) * 16 + digit(*low));
                rest = &behind[2..];
            }
            _ => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(hexadecimal: u8) -> u8 {
    match hexadecimal {
        b'0'..=b'9' => hexadecimal - b'0',
        _ => hexadecimal.to_ascii_lowercase() - b'a' + 10,
    }
}

fn encode(text: &str, is_kept: impl Fn(u8) -> bool) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        let is_unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if is_unreserved || is_kept(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded
}

fn canonical_path(path: &str, style: PathStyle) -> String {
    let mut path = Cow::Borrowed(if path.is_empty() { "/" } else { path });
    if style.resolves_segments {
        path = Cow::Owned(normalize(&path));
    }
    if !style.encodes_twice {
        path = Cow::Owned(percent_decode(&path));
    }
    percent_encode_path(&path)
}

/// Resolves `.`, `..` and empty segments, RFC 3986 section 6. A closing slash stays.
fn normalize(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    let closing = if path.ends_with('/') && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    format!("/{}{closing}", segments.join("/"))
}

fn canonical_query(query: &str) -> String {
    let recoded = |text: &str| percent_encode(&percent_decode(text));
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let mut parameters: Vec<(String, String)> = parameters
        .map(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            (recoded(name), recoded(value))
        })
        .collect();
    parameters.sort();
    let parameters: Vec<String> = parameters
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parameters.join("&")
}

/// All values of a header in the order they came, each with its blanks folded.
fn canonical_header(headers: &[(String, String)], name: &str) -> String {
    let values: Vec<String> = headers
        .iter()
        .filter(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    values.join(",")
}
