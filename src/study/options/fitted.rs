//! Parameters that were fitted to the learner's own answers.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::study::memory::MemoryModel;

/// The parameters as they are kept: the bits of each as a number, a blank between two. None are those of the average learner.
///
/// They stay text until they are needed, because a page that reads and writes broken numbers is larger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fitted(String);

impl Fitted {
    /// These.
    #[must_use]
    pub fn new(parameters: &[f32; 21]) -> Self {
        let bits = parameters.map(|parameter| parameter.to_bits().to_string());
        Self(bits.join(" "))
    }

    /// As they were kept, whether they can be read or not.
    #[must_use]
    pub fn kept(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The model with them; nothing where there are none, or they cannot be read.
    #[must_use]
    pub fn model(&self) -> Option<MemoryModel> {
        let mut parameters = [0.0; 21];
        let mut bits = self.0.split(' ');
        for parameter in &mut parameters {
            *parameter = f32::from_bits(bits.next()?.parse().ok()?);
        }
        MemoryModel::new(&parameters)
    }
}

impl fmt::Display for Fitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
