//! The store: what is kept outlives the tab, the power, another version and another device.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod anki;
mod decks;
mod exams;
mod faults;
mod files;
mod from_anki;
mod laws;
mod reminders;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use cipherdeck::base::Timestamp;
use cipherdeck::course::ContentHash;
use cipherdeck::store::{Draft, Kept, Shelf};
use cipherdeck::study::{DeviceId, Entry, EntryId, EntryKind, UtcOffset};

fn device(number: u8) -> DeviceId {
    DeviceId::from_random([number; 8])
}

fn draft(at: i64) -> Draft {
    Draft {
        at: Timestamp::from_millis(at),
        utc_offset: UtcOffset::from_minutes(60),
        card: "a-card".parse().unwrap(),
        content_hash: ContentHash::of("what it says"),
        kind: EntryKind::Flag,
    }
}

fn entry(number: u8, counter: u64, at: i64) -> Entry {
    let device = device(number);
    draft(at).named(EntryId { device, counter })
}

fn kept(shelf: Shelf, key: &str, at: i64, text: Option<&str>) -> Kept {
    Kept {
        shelf,
        key: key.to_owned(),
        changed_at: Timestamp::from_millis(at),
        version: 1,
        text: text.map(str::to_owned),
    }
}

/// The futures of the twin in memory are ready at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing in memory has to wait"),
    }
}
