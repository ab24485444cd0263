//! The engine: a wasm module in a worker, which holds the simulated cloud. A thin face on `door::Engine`.

use cipherdeck::door::Engine;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global()
        .dyn_into()
        .expect("the engine runs in a worker");
    let say = {
        let scope = scope.clone();
        move |reply: Vec<u8>| {
            scope
                .post_message(&Uint8Array::from(reply.as_slice()))
                .expect("bytes can be posted");
        }
    };
    let mut engine = Engine::default();
    let on_message = {
        let say = say.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let message = event.data().dyn_into::<Uint8Array>();
            let message = message.map(|bytes| bytes.to_vec()).unwrap_or_default();
            engine.hear(&message, &mut |reply| say(reply));
        })
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its listener.
    on_message.forget();
    say(Engine::hello());
}
