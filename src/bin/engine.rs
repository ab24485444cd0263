//! The engine: a wasm module in a worker, which holds the simulated cloud. A thin face on `door::Engine`.

use cipherdeck::door::Engine;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global()
        .dyn_into()
        .expect("the engine runs in a worker");
    let say = {
        let scope = scope.clone();
        move |text: String| {
            scope
                .post_message(&text.into())
                .expect("text can be posted");
        }
    };
    let mut engine = Engine::default();
    let on_message = {
        let say = say.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            engine.hear(&event.data().as_string().unwrap_or_default(), &mut |text| {
                say(text);
            });
        })
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker lives as long as its listener.
    on_message.forget();
    say(Engine::hello());
}
