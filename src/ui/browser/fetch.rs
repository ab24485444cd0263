//! Files of the site.

use leptos::prelude::window;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The bytes of a file below the site's folder.
///
/// # Errors
/// One sentence where it cannot be had.
pub async fn fetch(path: &str) -> Result<Vec<u8>, String> {
    let missing = || format!("`{path}` cannot be fetched");
    let response = JsFuture::from(window().fetch_with_str(path))
        .await
        .map_err(|_| missing())?;
    let response: Response = response.dyn_into().map_err(|_| missing())?;
    if !response.ok() {
        return Err(format!(
            "`{path}` cannot be fetched: status {}",
            response.status()
        ));
    }
    let buffer = response.array_buffer().map_err(|_| missing())?;
    let buffer = JsFuture::from(buffer).await.map_err(|_| missing())?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}
