//! Files of the site.

use leptos::prelude::window;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The bytes of a file below the site's folder. It is on its way from the call on, not from the first wait for it.
///
/// # Errors
/// One sentence where it cannot be had.
pub fn fetch(path: &str) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
    let missing = format!("`{path}` cannot be fetched");
    let response = JsFuture::from(window().fetch_with_str(path));
    async move {
        let bytes = async {
            let response: Response = response.await.ok()?.dyn_into().ok()?;
            if !response.ok() {
                return Some(Err(response.status()));
            }
            let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
            Some(Ok(js_sys::Uint8Array::new(&buffer).to_vec()))
        };
        match bytes.await {
            Some(Ok(bytes)) => Ok(bytes),
            Some(Err(status)) => Err(format!("{missing}: status {status}")),
            None => Err(missing),
        }
    }
}
