//! Letting the browser do what waits, because whoever works on without a stop holds the page.

use std::time::Duration;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::now;
use crate::base::Timestamp;

/// How long a task may last before it lets others go first.
const A_TURN: Duration = Duration::from_millis(8);

/// Work that takes turns with all else that the page does.
#[derive(Debug)]
pub struct Turns {
    since: Timestamp,
}

impl Turns {
    /// Begins the first turn.
    #[must_use]
    pub fn begin() -> Self {
        Self { since: now() }
    }

    /// Goes on in another task where this one has lasted long enough.
    pub async fn rest(&mut self) {
        if now().since(self.since) >= A_TURN {
            next_task().await;
            self.since = now();
        }
    }
}

/// A message, and not a timer, which a page in the background would wait a second for.
async fn next_task() {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let heard = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        let _ = JsFuture::from(heard).await;
    }
    channel.port1().close();
}
