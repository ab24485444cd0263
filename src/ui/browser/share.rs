//! Steps of a lab as text that fits a link.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The steps as they stand behind `?play=`.
///
/// Never a seed: who opens the link has keys of their own.
#[must_use]
pub fn encode<Step: Serialize>(steps: &[Step]) -> String {
    let json = serde_json::to_vec(steps).expect("steps are plain data");
    URL_SAFE_NO_PAD.encode(json)
}

/// The steps of a link, or nothing where it is damaged.
#[must_use]
pub fn decode<Step: DeserializeOwned>(text: &str) -> Option<Vec<Step>> {
    let json = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_comes_back_and_what_is_damaged_is_refused() {
        let text = encode(&["a", "b"]);
        assert_eq!(
            decode::<String>(&text),
            Some(vec!["a".to_owned(), "b".to_owned()])
        );
        assert_eq!(decode::<String>(&text[1..]), None);
        assert_eq!(decode::<String>("§"), None);
    }
}
