//! How a session came to be, and the two texts that it is written as.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::base::{Blob, Timestamp};

/// What a lab begins from: the cloud's randomness and its clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Genesis {
    /// Thirty-two bytes from the browser's generator; the same seed gives the same keys.
    pub seed: Blob,
    /// What the cloud's clock shows at the start.
    pub at: Timestamp,
}

impl Genesis {
    /// The seed as a generator takes it. Shorter seeds are filled up with zeros, longer ones cut.
    #[must_use]
    pub fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        for (to, from) in seed.iter_mut().zip(&self.seed.0) {
            *to = *from;
        }
        seed
    }
}

/// All that is needed to have a session again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording<Step> {
    /// How it began.
    pub genesis: Genesis,
    /// What was done, the oldest first.
    pub steps: Vec<Step>,
}

/// A recording as text, for whoever keeps it and need not read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept(pub String);

impl<Step: Serialize + DeserializeOwned> Recording<Step> {
    /// As it is kept.
    #[must_use]
    pub fn keep(&self) -> Kept {
        Kept(serde_json::to_string(self).expect("recordings are plain data"))
    }

    /// The recording that was kept.
    ///
    /// # Errors
    /// One sentence where it cannot be read, as after an update that knows other steps.
    pub fn take_up(kept: &Kept) -> Result<Self, String> {
        serde_json::from_str(&kept.0).map_err(|_| "what was kept of it cannot be read".to_owned())
    }

    /// Its steps as they stand behind `?play=` in a link. Never its seed.
    #[must_use]
    pub fn play(&self) -> String {
        let json = serde_json::to_vec(&self.steps).expect("steps are plain data");
        URL_SAFE_NO_PAD.encode(json)
    }

    /// The steps of a link, from a beginning of one's own.
    ///
    /// # Errors
    /// One sentence where the link is damaged.
    pub fn from_play(genesis: Genesis, play: &str) -> Result<Self, String> {
        let json = URL_SAFE_NO_PAD.decode(play).ok();
        let steps = json.and_then(|json| serde_json::from_slice(&json).ok());
        let steps = steps.ok_or("this link is damaged")?;
        Ok(Self { genesis, steps })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording() -> Recording<String> {
        let genesis = Genesis {
            seed: Blob(vec![7; 32]),
            at: Timestamp::from_millis(1),
        };
        let steps = vec!["a".to_owned(), "b".to_owned()];
        Recording { genesis, steps }
    }

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_is_refused() {
        let kept = recording().keep();
        assert_eq!(Recording::take_up(&kept), Ok(recording()));
        let torn = Kept(kept.0[1..].to_owned());
        assert!(Recording::<String>::take_up(&torn).is_err());
    }

    #[test]
    fn a_link_carries_the_steps_and_not_the_seed() {
        let own = Genesis {
            seed: Blob(vec![9; 32]),
            at: Timestamp::from_millis(2),
        };
        let play = recording().play();
        let opened = Recording::<String>::from_play(own.clone(), &play).unwrap();
        assert_eq!((opened.genesis, opened.steps), (own, recording().steps));
    }

    #[test]
    fn a_damaged_link_is_refused() {
        let play = recording().play();
        for damaged in [&play[1..], "§", ""] {
            let opened = Recording::<String>::from_play(recording().genesis, damaged);
            assert!(opened.is_err(), "{damaged}");
        }
    }
}
