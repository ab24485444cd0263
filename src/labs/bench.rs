//! What lies on a lab bench: bytes by what they are, and the calls that moved them.

use serde::{Deserialize, Serialize};

use crate::base::{Blob, Timestamp};
use crate::client::Exchange;
use crate::cloud::HttpRequest;

/// What bytes are. Told by colour, and by name for who does not see the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What is to be kept secret.
    Plaintext,
    /// A key, plain or wrapped.
    Key,
    /// What is authenticated beside the secret and not secret itself.
    Context,
    /// Used once with a key.
    Nonce,
    /// The secret, unreadable.
    Ciphertext,
    /// What betrays every change.
    Tag,
}

impl Kind {
    /// The word in `data-kind`, from which the style takes the colour.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plaintext => "plaintext",
            Self::Key => "key",
            Self::Context => "context",
            Self::Nonce => "nonce",
            Self::Ciphertext => "ciphertext",
            Self::Tag => "tag",
        }
    }
}

/// One thing at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Chip {
    /// What it is.
    pub kind: Kind,
    /// What it is called here, such as `wrapped data key`.
    pub label: String,
    /// How long it is, or what became of it.
    pub note: String,
    /// What it holds.
    pub value: Value,
}

/// What a chip holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Bytes, with the place of one that was changed by hand.
    Bytes {
        /// All of them.
        bytes: Blob,
        /// Counted from zero.
        changed: Option<usize>,
    },
    /// Text that is readable as it stands.
    Text(String),
    /// Nothing any more.
    Gone,
}

impl Chip {
    /// Bytes with their length as the note.
    #[must_use]
    pub fn bytes(kind: Kind, label: &str, bytes: &[u8]) -> Self {
        Self {
            kind,
            label: label.to_owned(),
            note: count_bytes(bytes.len()),
            value: Value::Bytes {
                bytes: Blob(bytes.to_vec()),
                changed: None,
            },
        }
    }

    /// Text with a note.
    #[must_use]
    pub fn text(kind: Kind, label: &str, note: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind,
            label: label.to_owned(),
            note: note.into(),
            value: Value::Text(text.into()),
        }
    }

    /// The place of something that is no more.
    #[must_use]
    pub fn gone(kind: Kind, label: &str, note: impl Into<String>) -> Self {
        Self {
            kind,
            label: label.to_owned(),
            note: note.into(),
            value: Value::Gone,
        }
    }

    /// The same chip with one byte marked as changed.
    #[must_use]
    pub fn with_changed(mut self, at: Option<usize>) -> Self {
        if let Value::Bytes { changed, .. } = &mut self.value {
            *changed = at;
        }
        self
    }
}

/// `1 byte`, `25 bytes`.
#[must_use]
pub fn count_bytes(count: usize) -> String {
    match count {
        1 => "1 byte".to_owned(),
        count => format!("{count} bytes"),
    }
}

/// One signed request and all that came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Such as `kms:Decrypt`.
    pub action: String,
    /// The ARN of who signed it.
    pub signed_by: String,
    /// When, by the cloud's clock.
    pub at: Timestamp,
    /// What was sent, name and value, in the order of sending.
    pub sent: Vec<(String, String)>,
    /// The HTTP status.
    pub status: u16,
    /// The service's error code and message, where it refused.
    pub error: Option<(String, String)>,
    /// The policy decision in one sentence; none where the request was refused before it was judged.
    pub decision: Option<String>,
    /// What the trail says of it, one event a text.
    pub events: Vec<String>,
}

impl From<&Exchange> for Call {
    fn from(exchange: &Exchange) -> Self {
        let Exchange { at, request, reply } = exchange;
        let first = reply.authorizations.first();
        let event = |event| serde_json::to_string_pretty(event).expect("events are plain data");
        Self {
            action: first.map_or_else(|| request.method.clone(), |check| check.action.clone()),
            signed_by: first.map_or_else(String::new, |check| check.principal.clone()),
            at: *at,
            sent: sent(request),
            status: reply.response.status,
            error: exchange.error().map(|error| (error.code, error.message)),
            decision: reply
                .decision()
                .map(|evaluation| evaluation.headline.clone()),
            events: reply.events.iter().map(event).collect(),
        }
    }
}

/// What was sent: the members of a JSON body, or path, headers of S3's own, and how long the body is.
fn sent(request: &HttpRequest) -> Vec<(String, String)> {
    if request.headers.get("x-amz-target").is_some() {
        return fields_of(&request.body.0);
    }
    let is_telling = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("x-amz-meta-") || name.starts_with("x-amz-server-side-encryption")
    };
    let line = (request.method.clone(), request.path.clone());
    let headers = request
        .headers
        .as_slice()
        .iter()
        .filter(|(name, _)| is_telling(name))
        .cloned();
    let body = (!request.body.0.is_empty())
        .then(|| ("body".to_owned(), count_bytes(request.body.0.len())));
    std::iter::once(line).chain(headers).chain(body).collect()
}

/// The members of a JSON body; of bytes only how many they are.
fn fields_of(body: &[u8]) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(members)) = serde_json::from_slice(body) else {
        return Vec::new();
    };
    let written = |(name, value): (String, serde_json::Value)| {
        let is_blob = matches!(name.as_str(), "CiphertextBlob" | "Plaintext");
        let text = match value {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) if is_blob => {
                count_bytes(Blob::from_base64(&text)?.0.len())
            }
            serde_json::Value::String(text) => text,
            other => other.to_string(),
        };
        Some((name, text))
    };
    members.into_iter().filter_map(written).collect()
}
