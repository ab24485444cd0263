//! The course as the page has it: the page fetches its files, and a reader in a worker reads them, so that nothing blocks.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::course::{Course, Deck, Files};
use crate::door::{Packed, ReadAnswer, ReadAsk};
use crate::ui::browser::{ReaderLink, Turns, fetch};

/// The course with all that is wrong with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What could be read.
    pub course: Arc<Course>,
    /// What could not, each with its place; a file that could not be fetched is one of them.
    pub findings: Arc<Vec<String>>,
    /// What it was read from.
    pub files: Arc<Files>,
    /// The learner's own decks, which stand behind it.
    pub decks: Arc<Packed<Vec<Deck>>>,
}

/// The course, or why there is none yet.
#[derive(Clone, Debug)]
pub enum Library {
    /// On its way.
    Loading,
    /// Here.
    Ready(Loaded),
    /// Its map or its reader cannot be had.
    Failed(String),
}

impl Library {
    /// The course, or why it cannot be had; none while it is on its way.
    #[must_use]
    pub fn outcome(self) -> Option<Result<Loaded, String>> {
        match self {
            Self::Loading => None,
            Self::Ready(loaded) => Some(Ok(loaded)),
            Self::Failed(why) => Some(Err(why)),
        }
    }
}

/// The reader that read the course, and holds it. A copy is the same.
#[derive(Clone, Copy, Debug)]
pub struct CourseReader(StoredValue<Option<Rc<ReaderLink>>, LocalStorage>);

impl CourseReader {
    /// Asks it.
    ///
    /// # Errors
    /// One sentence where there is none, or where it died over it or refuses.
    pub async fn ask(self, ask: &ReadAsk) -> Result<ReadAnswer, String> {
        let reader = self.0.try_get_value().flatten();
        let reader = reader.ok_or_else(|| "the course is not read yet".to_owned())?;
        match reader.ask(ask).await? {
            ReadAnswer::Refused { why } => Err(why),
            answer => Ok(answer),
        }
    }
}

/// The learner's own decks; none until the store was asked.
pub type Decks = RwSignal<Option<Arc<Packed<Vec<Deck>>>>>;

/// Fetches the course once, for every page, and reads it whenever the learner has other decks beside it.
#[must_use]
pub fn load_library(decks: Decks) -> (RwSignal<Library>, CourseReader) {
    let library = RwSignal::new(Library::Loading);
    let held = StoredValue::new_local(None);
    let fetched = RwSignal::new(None);
    spawn_local(async move {
        match fetch_all().await {
            Ok((files, reader)) => {
                held.set_value(Some(Rc::new(reader)));
                fetched.set(Some(files));
            }
            Err(why) => library.set(Library::Failed(why)),
        }
    });
    let reader = CourseReader(held);
    // Counts the readings, because only what the last one read is shown.
    let readings = StoredValue::new(0_u32);
    Effect::new(move || {
        let (Some(fetched), Some(decks)) = (fetched.get(), decks.get()) else {
            return;
        };
        let own = readings.get_value() + 1;
        readings.set_value(own);
        spawn_local(async move {
            let read = read(reader, fetched, decks).await;
            if readings.get_value() == own {
                library.set(read.map_or_else(Library::Failed, Library::Ready));
            }
        });
    });
    (library, reader)
}

/// The files that every course has, beside those that its map lists.
const MAP: &str = "SUMMARY.md";
const TABLES: [&str; 2] = ["facts.toml", "exams.toml"];

/// The course's files, and what is wrong with those that could not be had.
#[derive(Clone, Debug)]
struct Fetched {
    files: Arc<Files>,
    findings: Vec<String>,
}

async fn fetch_all() -> Result<(Fetched, ReaderLink), String> {
    // All of it is on its way before any of it is waited for.
    let map = content(MAP);
    let mut coming: Vec<_> = TABLES.map(|path| (path.to_owned(), content(path))).into();
    let reader = ReaderLink::start().await?;
    let map = map.await?;
    let ReadAnswer::Map(paths) = reader.ask(&ReadAsk::Map(map.clone())).await? else {
        return Err(UNEXPECTED.to_owned());
    };
    let mut turns = Turns::begin();
    for path in paths {
        let file = content(&path);
        coming.push((path, file));
        // The browser takes half a millisecond to set out for one.
        turns.rest().await;
    }
    let mut files = Files::from([(MAP.to_owned(), map)]);
    let mut findings = Vec::new();
    for (path, file) in coming {
        match file.await {
            Ok(bytes) => drop(files.insert(path, bytes)),
            Err(why) => findings.push(why),
        }
    }
    let files = Arc::new(files);
    Ok((Fetched { files, findings }, reader))
}

async fn read(
    reader: CourseReader,
    fetched: Fetched,
    decks: Arc<Packed<Vec<Deck>>>,
) -> Result<Loaded, String> {
    let ask = ReadAsk::Course {
        files: (*fetched.files).clone(),
        decks: (*decks).clone(),
    };
    let ReadAnswer::Course { course, findings } = reader.ask(&ask).await? else {
        return Err(UNEXPECTED.to_owned());
    };
    let mut turns = Turns::begin();
    let course = course.open(async || turns.rest().await).await;
    let course = course.ok_or(UNEXPECTED)?;
    let findings = fetched.findings.into_iter().chain(findings).collect();
    Ok(Loaded {
        course: Arc::new(course),
        findings: Arc::new(findings),
        files: fetched.files,
        decks,
    })
}

/// Said of an answer that belongs to another ask.
pub const UNEXPECTED: &str = "the worker answered something else than it was asked";

fn content(path: &str) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
    fetch(&format!("content/{path}"))
}
