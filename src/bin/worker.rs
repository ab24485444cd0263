//! What the workers have in common: bytes in, bytes out.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Says `hello`, and from then on hands every message to `hear` with what says the answers to it.
pub fn serve(hello: &[u8], mut hear: impl FnMut(&[u8], &mut dyn FnMut(Vec<u8>)) + 'static) {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let message = event.data().dyn_into::<Uint8Array>();
        let message = message.map(|bytes| bytes.to_vec()).unwrap_or_default();
        hear(&message, &mut |answer| say(&answer));
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its listener.
    on_message.forget();
    say(hello);
}

/// Says bytes to the page.
pub fn say(bytes: &[u8]) {
    scope()
        .post_message(&Uint8Array::from(bytes))
        .expect("bytes can be posted");
}

/// The worker that this program runs in.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global()
        .dyn_into()
        .expect("this program runs in a worker")
}
