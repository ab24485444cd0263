//! Word between the open tabs of a site, and between the programs of one tab.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::door::{decode, encode};
use crate::study::Log;

/// What one says to all others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Word {
    /// The store has more than before, however much.
    Saved,
    /// The store has these entries as well.
    Written(Log),
    /// The store has something else beside the log.
    Kept,
    /// These entries could not be saved. Whoever hears it counts them and tries to save them, too: a name is never given
    /// twice, so however many manage to, each is one entry.
    Unsaved(Log),
    /// One more is listening, and would hear what could not be saved before.
    Listening,
}

/// A channel that every tab of the site hears.
#[derive(Debug)]
pub struct Tabs {
    channel: BroadcastChannel,
    _on_word: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Opens the channel and hands on whatever another one says; none where the browser has no channels.
    #[must_use]
    pub fn listen(name: &str, mut on_word: impl FnMut(Word) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let on_word = Closure::new(move |event: MessageEvent| {
            let bytes = event.data().dyn_into::<Uint8Array>();
            // A tab of another build may say what this one cannot read: the store has changed, for all it knows.
            let word = bytes.ok().and_then(|bytes| decode(&bytes.to_vec()).ok());
            on_word(word.unwrap_or(Word::Saved));
        });
        channel.set_onmessage(Some(on_word.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _on_word: on_word,
        })
    }

    /// Tells every other tab.
    pub fn tell(&self, word: &Word) {
        // A closed channel has nobody to tell.
        let _ = self
            .channel
            .post_message(&Uint8Array::from(encode(word).as_slice()));
    }
}
