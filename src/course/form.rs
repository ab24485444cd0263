//! Which keys the front matter of each kind of file has. One table says it to the parser, to the JSON schema for editors,
//! and to whoever reads this.

use serde_json::{Map, Value as Json, json};

use super::about::refuse_unknown_keys;
use super::file::Owner;
use super::front_matter::FrontMatter;
use crate::base::Diagnostic;
use crate::policy::{DecidedBy, Decision};

/// The front matter of one kind of file.
pub(super) struct Form {
    /// "a sheet" and the like.
    whose: &'static str,
    keys: &'static [Key],
}

struct Key {
    name: &'static str,
    need: Need,
    shape: Shape,
    says: &'static str,
}

/// Who must give a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Everybody.
    Always,
    /// An author of the course; a learner's own deck does without.
    OfAuthors,
    Never,
}

/// What the value of a key is.
#[derive(Clone, Copy)]
enum Shape {
    /// A name: `a` to `z`, `0` to `9` and `-`.
    Name,
    Words,
    /// One of the words of the native command.
    OneOf(fn() -> Vec<Json>),
    /// A list of an exam's code and the number of its domain, not empty.
    Domains,
    List,
}

const fn key(name: &'static str, need: Need, shape: Shape, says: &'static str) -> Key {
    Key {
        name,
        need,
        shape,
        says,
    }
}

const TITLE: &str = "What the file is called, in the course map and in headings.";
const DOMAINS: &str =
    "The exam domains it belongs to, such as SCS-C03/4; exams and domains stand in exams.toml.";
const TOPIC: &str = "What it is about, in one word: mastery is counted by topic.";
const TAGS: &str = "The tags of all that is in it.";

/// A file of questions.
pub(super) const SHEET: Form = Form {
    whose: "a sheet",
    keys: &[
        key(
            "sheet",
            Need::Always,
            Shape::Name,
            "The name of the sheet, unique in the course.",
        ),
        key("title", Need::Always, Shape::Words, TITLE),
        key("domains", Need::OfAuthors, Shape::Domains, DOMAINS),
        key("topic", Need::OfAuthors, Shape::Words, TOPIC),
        key("tags", Need::Never, Shape::List, TAGS),
        key(
            "confusable",
            Need::Never,
            Shape::Words,
            "The group of look-alike topics it belongs to: sessions interleave the sheets of a group.",
        ),
    ],
};

/// A file that sets out a case of the policy lab.
pub(super) const SCENARIO: Form = Form {
    whose: "a scenario",
    keys: &[
        key(
            "scenario",
            Need::Always,
            Shape::Name,
            "The name of the scenario, and of its file in scenarios/.",
        ),
        key("title", Need::Always, Shape::Words, TITLE),
        key("domains", Need::Always, Shape::Domains, DOMAINS),
        key("topic", Need::Always, Shape::Words, TOPIC),
        key(
            "decision",
            Need::Always,
            Shape::OneOf(|| words(&Decision::ALL)),
            "What the request comes to; `cipherdeck check` proves it.",
        ),
        key(
            "decided-by",
            Need::Always,
            Shape::OneOf(|| words(&DecidedBy::ALL)),
            "The layer that settles it; `cipherdeck check` proves it.",
        ),
        key("tags", Need::Never, Shape::List, TAGS),
        key(
            "findings",
            Need::Never,
            Shape::List,
            "What validation finds in its policies, by code; suggestions aside.",
        ),
    ],
};

/// A file to read.
pub(super) const LESSON: Form = Form {
    whose: "a lesson",
    keys: &[
        key("title", Need::Never, Shape::Words, TITLE),
        key("domains", Need::Never, Shape::Domains, DOMAINS),
        key("topic", Need::Never, Shape::Words, TOPIC),
        key("tags", Need::Never, Shape::List, TAGS),
    ],
};

fn words(all: &[impl serde::Serialize]) -> Vec<Json> {
    let word = |value| serde_json::to_value(value).expect("a plain variant is a word");
    all.iter().map(word).collect()
}

impl Form {
    /// Finds the keys that are missing or unknown in front matter of this form.
    pub(super) fn check(&self, front: &FrontMatter, owner: Owner, found: &mut Vec<Diagnostic>) {
        let names: Vec<&str> = self.keys.iter().map(|key| key.name).collect();
        refuse_unknown_keys(front, &names, found);
        for key in self.keys {
            let is_needed = match key.need {
                Need::Always => true,
                Need::OfAuthors => owner == Owner::Author,
                Need::Never => false,
            };
            if is_needed && front.get(key.name).is_none() {
                let message = format!("the front matter of {} needs `{}`", self.whose, key.name);
                found.push(Diagnostic::error(front.span, "missing-key", message));
            }
        }
    }

    fn schema(&self) -> Json {
        let property = |key: &Key| (key.name.to_owned(), key.schema());
        let properties: Map<String, Json> = self.keys.iter().map(property).collect();
        let needed = self.keys.iter().filter(|key| key.need != Need::Never);
        let needed: Vec<&str> = needed.map(|key| key.name).collect();
        json!({
            "title": format!("The front matter of {}", self.whose),
            "type": "object",
            "properties": properties,
            "required": needed,
            "additionalProperties": false,
        })
    }
}

impl Key {
    fn schema(&self) -> Json {
        let mut schema = match self.shape {
            Shape::Name => json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }),
            Shape::Words => json!({ "type": "string", "minLength": 1 }),
            Shape::OneOf(words) => json!({ "enum": words() }),
            Shape::Domains => json!({
                "type": "array",
                "items": { "type": "string", "pattern": "^[^/]+/[0-9]+$" },
                "minItems": 1,
            }),
            Shape::List => json!({ "type": "array", "items": { "type": "string" } }),
        };
        schema["description"] = self.says.into();
        schema
    }
}

/// The JSON schema (<https://json-schema.org>, draft 2020-12) of the front matter of a course's files, for editors.
#[must_use]
pub fn front_matter_schema() -> String {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The front matter of a Cipherdeck course's files",
        "oneOf": [SHEET.schema(), SCENARIO.schema(), LESSON.schema()],
    });
    let text = serde_json::to_string_pretty(&schema).expect("plain data is always JSON");
    text + "\n"
}
