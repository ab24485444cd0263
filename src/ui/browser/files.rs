//! Files that the learner saves and opens.

use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlAnchorElement, Url};

/// Offers `bytes` as a file of this name.
///
/// # Errors
/// One sentence where the browser makes no files.
pub fn save_file(name: &str, bytes: &[u8]) -> Result<(), String> {
    let offer = || -> Result<(), JsValue> {
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence(&parts)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
        link.set_href(&address);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&address)
    };
    offer().map_err(|_| "the browser cannot save a file here".to_owned())
}

/// What a file holds.
///
/// # Errors
/// One sentence where it cannot be read.
pub async fn read_bytes(file: &File) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(file.array_buffer()).await;
    let bytes = buffer.map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec());
    bytes.map_err(|_| format!("`{}` cannot be read", file.name()))
}

/// What a file says.
///
/// # Errors
/// One sentence where it cannot be read.
pub async fn read_file(file: &File) -> Result<String, String> {
    let text = JsFuture::from(file.text()).await.ok();
    let text = text.and_then(|text| text.as_string());
    text.ok_or_else(|| format!("`{}` cannot be read", file.name()))
}
