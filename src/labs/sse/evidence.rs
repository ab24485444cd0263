//! From what happened to the answers: requests, trail and disk in, cells out.

use super::trial::{Attempt, Trial, said};
use super::view::{Cell, Column, Question, Verdict};
use crate::client::Exchange;
use crate::cloud::s3::{KeptKey, Object, Stored};
use crate::cloud::{Cloud, Event};
use crate::crypto::aead::{NONCE_BYTES, TAG_BYTES};
use crate::labs::bench::{Call, Chip, Kind};

const ENCRYPTION: &str = "x-amz-server-side-encryption";

/// The answers to every question about one trial.
pub(super) fn column(trial: &Trial, cloud: &Cloud) -> Column {
    let mut calls = Calls::default();
    let cells = Question::ALL.map(|question| cell(trial, cloud, question, &mut calls));
    Column {
        method: trial.method,
        cells: cells.into(),
        calls: calls.0,
    }
}

/// The requests that cells refer to, each once.
#[derive(Default)]
struct Calls(Vec<Call>);

impl Calls {
    fn places(&mut self, exchanges: &[Exchange]) -> Vec<usize> {
        exchanges
            .iter()
            .map(|exchange| self.place(exchange))
            .collect()
    }

    fn place(&mut self, exchange: &Exchange) -> usize {
        let call = Call::from(exchange);
        let known = self.0.iter().position(|known| *known == call);
        known.unwrap_or_else(|| {
            self.0.push(call);
            self.0.len() - 1
        })
    }
}

fn cell(trial: &Trial, cloud: &Cloud, question: Question, calls: &mut Calls) -> Cell {
    let first = trial.uploads.first().map_or(&[][..], Vec::as_slice);
    let disk = trial.on_disk(cloud);
    let of_upload = |lines: Vec<String>, calls: &mut Calls| Cell {
        question,
        lines,
        verdict: None,
        chips: Vec::new(),
        calls: calls.places(first),
    };
    if let (Some(refusal), true) = (&trial.refusal, question.is_about_upload()) {
        let lines = match question {
            Question::Asked => asked(first),
            _ => vec![format!("nothing was stored, {}", said(refusal))],
        };
        return of_upload(lines, calls);
    }
    match question {
        Question::Asked => of_upload(asked(first), calls),
        Question::Made => of_upload(made(first, disk), calls),
        Question::Kept => of_upload(kept(disk), calls),
        Question::Used => of_upload(used(trial, first, disk), calls),
        Question::Kms => {
            let downloads = trial
                .downloads
                .iter()
                .flat_map(|attempt| &attempt.exchanges);
            let all: Vec<Exchange> = trial
                .uploads
                .iter()
                .flatten()
                .chain(downloads)
                .cloned()
                .collect();
            Cell {
                lines: asked_of_kms(trial),
                calls: calls.places(&all),
                ..of_upload(Vec::new(), calls)
            }
        }
        Question::Disk => Cell {
            chips: disk.map_or_else(Vec::new, chips),
            ..of_upload(Vec::new(), calls)
        },
        Question::Uploader => match trial.downloads.first() {
            Some(attempt) => tried(question, attempt, calls),
            None => of_upload(Vec::new(), calls),
        },
        Question::Administrator => tried(question, &trial.administrator, calls),
        Question::Reader => tried(question, &trial.reader, calls),
        Question::DiskHolder => tried(question, &trial.disk_holder, calls),
        Question::KeyHolder => tried(question, &trial.key_holder, calls),
    }
}

impl Question {
    fn is_about_upload(self) -> bool {
        matches!(
            self,
            Self::Asked | Self::Made | Self::Kept | Self::Used | Self::Kms | Self::Disk
        )
    }
}

fn tried(question: Question, attempt: &Attempt, calls: &mut Calls) -> Cell {
    Cell {
        question,
        lines: vec![attempt.ended.clone()],
        verdict: Some(if attempt.reads {
            Verdict::Reads
        } else {
            Verdict::Cannot
        }),
        chips: Vec::new(),
        calls: calls.places(&attempt.exchanges),
    }
}

/// The headers of the upload that are about encryption.
fn asked(exchanges: &[Exchange]) -> Vec<String> {
    let Some(upload) = exchanges.last() else {
        return Vec::new();
    };
    let headers = upload.request.headers.as_slice().iter();
    let names = headers.map(|(name, _)| name.to_ascii_lowercase());
    let about: Vec<String> = names
        .filter(|name| name.starts_with(ENCRYPTION) || name.starts_with("x-amz-meta-x-amz-"))
        .map(|name| match upload.request.headers.get(&name) {
            Some(value) if name == ENCRYPTION => format!("{name}: {value}"),
            _ => name,
        })
        .collect();
    some(about, "no header")
}

fn made(exchanges: &[Exchange], disk: Option<&Object>) -> Vec<String> {
    let mut makers = Vec::new();
    for event in kms_events(exchanges).filter(|event| event.event_name == "GenerateDataKey") {
        makers.push(match &event.user_identity.invoked_by {
            Some(_) => "KMS, when S3 asked it".to_owned(),
            None => "KMS, when the client asked it".to_owned(),
        });
    }
    let brings_key = |exchange: &Exchange| {
        let name = format!("{ENCRYPTION}-customer-key");
        exchange.request.headers.get(&name).is_some()
    };
    if exchanges.iter().any(brings_key) {
        makers.push("the client, who sends it along".to_owned());
    }
    let is_of_s3 = |kept: &KeptKey| {
        matches!(
            kept,
            KeptKey::WrappedByS3(_) | KeptKey::WrappedByBucketKey(_)
        )
    };
    if disk.is_some_and(|object| object.stored.keys.iter().any(is_of_s3)) {
        makers.push("S3".to_owned());
    }
    some(makers, "nobody: there is no key")
}

fn kept(disk: Option<&Object>) -> Vec<String> {
    let Some(object) = disk else {
        return Vec::new();
    };
    let mut keepers: Vec<String> = object
        .stored
        .keys
        .iter()
        .map(|kept| {
            match kept {
                KeptKey::WrappedByS3(_) => "S3, wrapped under its own root key",
                KeptKey::WrappedByKms { .. } => "S3, in a form that only KMS opens",
                KeptKey::WrappedByBucketKey(_) => "S3, wrapped under the bucket key",
                KeptKey::Check { .. } => "the client alone; S3 keeps a salted check of it",
            }
            .to_owned()
        })
        .collect();
    if object.metadata.contains_key("x-amz-key-v2") {
        keepers.push("the object's metadata, in a form that only KMS opens".to_owned());
    }
    some(keepers, "nobody: there is no key")
}

/// Who changed the bytes on their way from the text to the disk.
fn used(trial: &Trial, exchanges: &[Exchange], disk: Option<&Object>) -> Vec<String> {
    let (Some(upload), Some(object)) = (exchanges.last(), disk) else {
        return Vec::new();
    };
    let sent = &upload.request.body.0;
    let mut users = Vec::new();
    if sent.as_slice() != trial.text.as_bytes() {
        users.push("the client, before it is sent".to_owned());
    }
    if object.stored.bytes.0 != *sent {
        let layers = layers(&object.stored, sent.len());
        users.push(match layers {
            1 => "S3, once".to_owned(),
            2 => "S3, twice: two layers".to_owned(),
            layers => format!("S3, {layers} times"),
        });
    }
    some(users, "nobody")
}

/// Every layer adds a nonce and a tag.
fn layers(stored: &Stored, sent: usize) -> usize {
    stored.bytes.0.len().saturating_sub(sent) / (NONCE_BYTES + TAG_BYTES)
}

fn asked_of_kms(trial: &Trial) -> Vec<String> {
    let uploads = trial.uploads.iter().flatten();
    let downloads = trial
        .downloads
        .iter()
        .flat_map(|attempt| &attempt.exchanges);
    let objects = match trial.uploads.len() {
        1 => "1 object".to_owned(),
        count => format!("{count} objects"),
    };
    let mut lines = vec![
        format!("{} to put {objects}", counted(uploads.clone())),
        format!("{} to get them", counted(downloads.clone())),
    ];
    let mut named: Vec<String> = kms_events(uploads.chain(downloads))
        .filter_map(|event| {
            let context = &event.request_parameters["encryptionContext"];
            let named = context["aws:s3:arn"]
                .as_str()
                .or(context["object"].as_str())?;
            Some(format!("context names {named}"))
        })
        .collect();
    named.sort();
    named.dedup();
    lines.append(&mut named);
    lines
}

fn counted<'a>(exchanges: impl Iterator<Item = &'a Exchange>) -> String {
    let names: Vec<&str> = kms_events(exchanges)
        .map(|event| event.event_name.as_str())
        .collect();
    match names.first() {
        None => "nothing".to_owned(),
        Some(name) => format!("{} × {name}", names.len()),
    }
}

/// What KMS did in these requests.
pub(super) fn kms_events<'a>(
    exchanges: impl IntoIterator<Item = &'a Exchange>,
) -> impl Iterator<Item = &'a Event> {
    let events = exchanges
        .into_iter()
        .flat_map(|exchange| &exchange.reply.events);
    events.filter(|event| event.event_source == "kms.amazonaws.com")
}

fn chips(object: &Object) -> Vec<Chip> {
    let mut chips = vec![Chip::bytes(
        Kind::Ciphertext,
        "object",
        &object.stored.bytes.0,
    )];
    for kept in &object.stored.keys {
        match kept {
            KeptKey::WrappedByS3(blob) => {
                chips.push(Chip::bytes(Kind::Key, "key, wrapped by S3", &blob.0));
            }
            KeptKey::WrappedByKms {
                ciphertext_blob, ..
            } => {
                chips.push(Chip::bytes(
                    Kind::Key,
                    "key, wrapped by KMS",
                    &ciphertext_blob.0,
                ));
            }
            KeptKey::WrappedByBucketKey(blob) => {
                chips.push(Chip::bytes(
                    Kind::Key,
                    "key, wrapped by the bucket key",
                    &blob.0,
                ));
            }
            KeptKey::Check { salt, hmac } => {
                chips.push(Chip::bytes(Kind::Nonce, "salt", &salt.0));
                chips.push(Chip::bytes(Kind::Tag, "HMAC of the client's key", &hmac.0));
            }
        }
    }
    for (name, value) in &object.metadata {
        let note = format!("{} characters", value.chars().count());
        chips.push(Chip::text(
            Kind::Context,
            &format!("metadata {name}"),
            note,
            value,
        ));
    }
    chips
}

fn some(mut lines: Vec<String>, none: &str) -> Vec<String> {
    lines.dedup();
    if lines.is_empty() {
        lines.push(none.to_owned());
    }
    lines
}
