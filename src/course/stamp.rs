//! Ids for questions that lack one.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{FileKind, Owner, parse_owned};
use super::id::{QuestionId, is_slug};
use super::read::Files;
use super::sheet::{Insert, Unnamed};

/// A file with ids put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The whole file; nothing else in it is changed.
    pub text: String,
    /// The new ids, in order.
    pub ids: Vec<QuestionId>,
}

/// Stamps an id, made of the heading's words and unique in the course, on every question that has none.
///
/// Only files that change come back, by path.
#[must_use]
pub fn stamp_ids(files: &Files) -> BTreeMap<String, Stamped> {
    let by_author = |(path, bytes): (&String, _)| (path.clone(), Owner::Author, bytes);
    let files: Vec<(String, Owner, &Vec<u8>)> = files.iter().map(by_author).collect();
    stamp_ids_by(&files)
}

/// The same for files of whatever owner.
pub(super) fn stamp_ids_by(
    files: &[(String, Owner, impl AsRef<[u8]>)],
) -> BTreeMap<String, Stamped> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut waiting = Vec::new();
    for (path, owner, bytes) in files.iter().filter(|(path, ..)| path.ends_with(".md")) {
        let Some(draft) = parse_owned(path, bytes.as_ref(), *owner).0 else {
            continue;
        };
        let FileKind::Sheet(sheet) = draft.file.kind else {
            continue;
        };
        taken.extend(draft.named.ids.iter().map(|name| name.id.to_string()));
        taken.extend(sheet.retired.iter().map(|retired| retired.id.to_string()));
        if !draft.named.missing.is_empty() {
            waiting.push((path.clone(), draft.source, draft.named.missing));
        }
    }
    let stamp = |(path, source, unnamed): (String, String, Vec<Unnamed>)| {
        let stamped = stamp_file(source, &unnamed, &mut taken);
        (path, stamped)
    };
    waiting.into_iter().map(stamp).collect()
}

fn stamp_file(mut text: String, unnamed: &[Unnamed], taken: &mut BTreeSet<String>) -> Stamped {
    let mut ids = Vec::new();
    let mut inserts = Vec::new();
    for question in unnamed {
        let id = unique(&slug(&question.words, "question"), taken);
        let (at, insert) = match question.insert {
            Insert::Comment(at) => (at, format!(" <!-- q: {id} -->")),
            Insert::Id(at) => (at, format!(" {id}")),
        };
        inserts.push((at, insert));
        ids.push(id.parse().expect("it is made of what an id is made of"));
    }
    // From the end, so that the places before it stay true.
    inserts.sort();
    for (at, insert) in inserts.iter().rev() {
        text.insert_str(*at, insert);
    }
    Stamped { text, ids }
}

/// The first words of a text as an id, or `fallback` where they hold neither letter nor digit of ASCII.
#[must_use]
pub fn slug(words: &str, fallback: &str) -> String {
    const LONGEST: usize = 48;
    let lower = words.to_lowercase();
    let mut slug = String::new();
    for word in lower.split(|c: char| !c.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if !slug.is_empty() && slug.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word[..word.len().min(LONGEST)]);
    }
    if is_slug(&slug) {
        slug
    } else {
        fallback.to_owned()
    }
}

fn unique(slug: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let mut candidates = std::iter::once(slug.to_owned()).chain(numbered);
    let free = candidates.find(|id| taken.insert(id.clone()));
    free.expect("numbers do not end")
}
