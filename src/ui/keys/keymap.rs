//! Which key the learner has put in the place of which.

use std::collections::{BTreeMap, HashSet};

/// Every key that does something, in the order in which the settings show them, with what it does.
pub const KEYS: [(&str, &str); 25] = [
    ("Enter", "answer, go on, start the review"),
    ("1", "the first option, or “Again”"),
    ("2", "the second option, or “Hard”"),
    ("3", "the third option, or “Good”"),
    ("4", "the fourth option, or “Easy”"),
    ("5", "the fifth option"),
    ("6", "the sixth option"),
    ("7", "the seventh option"),
    ("8", "the eighth option"),
    ("9", "the ninth option"),
    ("g", "mark an answer as a guess"),
    ("u", "take the last step back, in reviews and labs"),
    ("r", "redo what was taken back"),
    ("n", "write why you answered this"),
    ("f", "flag a question"),
    ("e", "list a question to be edited"),
    ("b", "put a card off until tomorrow"),
    ("s", "suspend a card"),
    ("ArrowRight", "the next question or step"),
    ("ArrowLeft", "the question before"),
    ("m", "mark a question of an exam for review"),
    ("p", "pause an exam; put the objects of a lab"),
    ("h", "hand an exam in"),
    ("/", "search"),
    ("?", "show the keys of a page"),
];

/// The learner's own keys. No two do the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(BTreeMap<&'static str, String>);

impl Keymap {
    /// The key that does what `key` does where nothing was changed.
    #[must_use]
    pub fn own<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// Has `own` do from now on what `key` does where nothing was changed.
    ///
    /// # Errors
    /// What `own` does already.
    pub fn put(&mut self, key: &'static str, own: &str) -> Result<(), &'static str> {
        let taken = KEYS
            .iter()
            .find(|(other, _)| *other != key && self.own(other) == own);
        if let Some((_, does)) = taken {
            return Err(does);
        }
        match own == key {
            true => self.0.remove(key),
            false => self.0.insert(key, own.to_owned()),
        };
        Ok(())
    }

    /// In words that [`Self::take`] understands. None holds a mark of punctuation.
    pub fn words(&self) -> impl Iterator<Item = (String, String)> {
        let all = self.0.iter();
        all.map(|(key, own)| (format!("key {}", written(key)), written(own)))
    }

    /// Takes a word in; whatever is none changes nothing.
    pub fn take(&mut self, name: &str, value: &str) {
        let key = name.strip_prefix("key ").map(read);
        let key = key.and_then(|key| KEYS.into_iter().find(|(known, _)| *known == key));
        if let Some((key, _)) = key {
            self.0.insert(key, read(value));
        }
    }

    /// What was taken in, unless two keys would do the same: then no key is changed.
    #[must_use]
    pub fn sound(self) -> Self {
        let own: HashSet<&str> = KEYS.iter().map(|(key, _)| self.own(key)).collect();
        match own.len() == KEYS.len() {
            true => self,
            false => Self::default(),
        }
    }
}

/// A key as it is printed on a keyboard.
#[must_use]
pub fn printed(key: &str) -> &str {
    match key {
        "ArrowRight" => "→",
        "ArrowLeft" => "←",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        " " => "Space",
        key => key,
    }
}

/// A single sign by its number, because it may be one that parts words; the name of a key as it is.
fn written(key: &str) -> String {
    let mut signs = key.chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) => format!("U{:04X}", u32::from(sign)),
        _ => key.to_owned(),
    }
}

fn read(written: &str) -> String {
    let number = written.strip_prefix('U');
    let number = number.and_then(|number| u32::from_str_radix(number, 16).ok());
    match number.and_then(char::from_u32) {
        Some(sign) => sign.to_string(),
        None => written.to_owned(),
    }
}
