//! Waiting for what a signal is going to say.

use std::cell::Cell;
use std::future::pending;

use futures::channel::oneshot;
use leptos::prelude::*;

/// Waits until `seek` finds something in the signals that it reads. These have to live as long as the program.
pub async fn until<T: 'static>(seek: impl Fn() -> Option<T> + 'static) -> T {
    if let Some(found) = untrack(&seek) {
        return found;
    }
    let (tell, told) = oneshot::channel();
    let tell = Cell::new(Some(tell));
    let effect = Effect::new(move || {
        if let Some(found) = seek()
            && let Some(tell) = tell.take()
        {
            let _ = tell.send(found);
        }
    });
    match told.await {
        Ok(found) => {
            effect.stop();
            found
        }
        // The effect has gone with its page, and with it whoever wanted to know.
        Err(_) => pending().await,
    }
}
