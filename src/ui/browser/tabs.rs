//! Word between the open tabs of a site.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A channel that every tab of the site hears.
#[derive(Debug)]
pub struct Tabs {
    channel: BroadcastChannel,
    _on_word: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Opens the channel and runs `on_word` whenever another tab says something; none where the browser has no channels.
    #[must_use]
    pub fn listen(name: &str, mut on_word: impl FnMut() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let on_word = Closure::new(move |_: MessageEvent| on_word());
        channel.set_onmessage(Some(on_word.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _on_word: on_word,
        })
    }

    /// Tells every other tab that the log has grown.
    pub fn tell(&self) {
        // A closed channel has nobody to tell.
        let _ = self.channel.post_message(&JsValue::from_str("log"));
    }
}
