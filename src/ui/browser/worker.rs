//! Workers of the page: each a program of its own, which hears and says bytes.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker with its listeners; ended when dropped.
pub(super) struct Line {
    worker: Worker,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl Line {
    /// Starts the worker that runs `program`, under the names that Trunk gives its files.
    ///
    /// # Errors
    /// One sentence where the browser has no such workers.
    pub(super) fn open(
        program: &'static str,
        on_reply: impl Fn(Vec<u8>) + 'static,
        on_death: impl Fn(String) + 'static,
    ) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let loader = format!("./{program}_loader.js");
        let worker = Worker::new_with_options(&loader, &options).map_err(|_| {
            format!("this browser starts no module workers, and the {program} needs one")
        })?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let reply = event.data().dyn_into::<Uint8Array>();
            on_reply(reply.map(|bytes| bytes.to_vec()).unwrap_or_default());
        });
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            on_death(match event.message().as_str() {
                "" => format!("the {program} could not be loaded"),
                message => format!("the {program} stopped: {message}"),
            });
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    pub(super) fn send(&self, message: &[u8]) {
        post(&self.worker, message);
    }

    pub(super) fn worker(&self) -> &Worker {
        &self.worker
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line")
    }
}

pub(super) fn post(worker: &Worker, message: &[u8]) {
    worker
        .post_message(&Uint8Array::from(message))
        .expect("bytes can be posted to a worker");
}
