//! What a learner does to a card besides answering it.

use leptos::prelude::*;

use super::{Study, here_and_now};
use crate::course::{CardId, ContentHash};
use crate::store::Draft;
use crate::study::{Card, Entry, EntryKind};

/// What happens now to a card, whose question says now what `content_hash` says.
#[must_use]
pub fn draft(card: CardId, content_hash: ContentHash, kind: EntryKind) -> Draft {
    let (at, utc_offset) = here_and_now();
    Draft {
        at,
        utc_offset,
        card,
        content_hash,
        kind,
    }
}

/// What lets an entry count no more, from now on.
#[must_use]
pub fn undoing(entry: Entry) -> Draft {
    draft(
        entry.card,
        entry.content_hash,
        EntryKind::Undo { id: entry.id },
    )
}

impl Study {
    /// Whether something holds of what is known of a card. Whatever reads it is told when that changes.
    #[must_use]
    pub fn holds(self, card: &CardId, holds: fn(&Card) -> bool) -> bool {
        self.progress.with(|progress| {
            let card = progress.as_ref().and_then(|progress| progress.card(card));
            card.is_some_and(holds)
        })
    }
}
