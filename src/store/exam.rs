//! Mock exams as they are kept: the paper under the exam's name, and each event beside it under a name of its own, so that
//! of two tabs, or two devices, the union holds whoever writes last.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::kept::{Kept, Shelf, Shelves};
use crate::base::{Timestamp, hex};
use crate::study::exam::{Event, Paper, Run};

const VERSION: u32 = 1;

/// Stands between an exam's name and an event's.
const SLASH: char = '/';

/// A paper in version 1 of the form. An event is written as it is.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Version1 {
    paper: Paper,
    began: Timestamp,
}

/// The exam with these events as it is kept. To keep it twice is to keep it once.
#[must_use]
pub fn keep_exam(run: &Run) -> Shelves {
    let paper = Version1 {
        paper: run.paper.clone(),
        began: run.began,
    };
    let paper = kept(run.name().to_owned(), run.began, &paper);
    let events = run.events.iter().map(|event| keep_event(run.name(), event));
    events.chain([paper]).collect()
}

/// What is kept instead of the exam of this name, which was thrown away at `at`, and of all that happened in it.
#[must_use]
pub fn throw_exam_away(name: &str, shelves: &Shelves, at: Timestamp) -> Shelves {
    let is_its = |kept: &&Kept| kept.shelf == Shelf::Exams && exam_of(&kept.key) == name;
    let gone = |kept: &Kept| {
        let gone = Kept {
            changed_at: at,
            text: None,
            ..kept.clone()
        };
        gone.after(Some(kept))
    };
    shelves.all().filter(is_its).map(gone).collect()
}

/// The exams on the shelves, the last that was begun at the end. What cannot be read, as a later version may have written
/// it, stays where it is.
#[must_use]
pub fn read_exams(shelves: &Shelves) -> Vec<Run> {
    let all = || {
        let all = shelves.on(Shelf::Exams);
        all.filter(|(_, version, _)| *version == VERSION)
    };
    let mut runs: Vec<Run> = all()
        .filter_map(|(key, _, text)| {
            let Version1 { paper, began } = serde_json::from_str(text).ok()?;
            let run = Run::begin(paper, began);
            (run.name() == key).then_some(run)
        })
        .collect();
    runs.sort_by(|one, other| (one.began, one.name()).cmp(&(other.began, other.name())));
    for run in &mut runs {
        let events = all().filter(|(key, _, _)| *key != run.name() && exam_of(key) == run.name());
        run.events = events
            .filter_map(|(_, _, text)| serde_json::from_str(text).ok())
            .collect();
    }
    runs
}

/// Whether what is kept under this key is an exam, and not something that happened in one.
pub(super) fn is_exam(key: &str) -> bool {
    !key.contains(SLASH)
}

/// The exam to which what is kept under this key belongs.
pub(super) fn exam_of(key: &str) -> &str {
    key.split_once(SLASH).map_or(key, |(exam, _)| exam)
}

fn keep_event(exam: &str, event: &Event) -> Kept {
    let text = serde_json::to_vec(event).expect("plain data is always JSON");
    let name = hex(&Sha256::digest(text)[..8]);
    kept(format!("{exam}{SLASH}{name}"), event.at, event)
}

fn kept(key: String, changed_at: Timestamp, thing: &impl Serialize) -> Kept {
    Kept {
        shelf: Shelf::Exams,
        key,
        changed_at,
        version: VERSION,
        text: Some(serde_json::to_string(thing).expect("plain data is always JSON")),
    }
}
