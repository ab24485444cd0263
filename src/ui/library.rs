//! The course as the page has it: the page fetches its files, and a reader in a worker reads them, so that nothing blocks.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::course::{Course, Files};
use crate::door::{ReadAnswer, ReadAsk};
use crate::ui::browser::{ReaderLink, fetch};

/// The course with all that is wrong with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What could be read.
    pub course: Arc<Course>,
    /// What could not, each with its place; a file that could not be fetched is one of them.
    pub findings: Arc<Vec<String>>,
    /// What it was read from.
    pub files: Arc<Files>,
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

/// Fetches and reads the course once, for every page.
#[must_use]
pub fn load_library() -> (RwSignal<Library>, CourseReader) {
    let library = RwSignal::new(Library::Loading);
    let held = StoredValue::new_local(None);
    spawn_local(async move {
        library.set(match load().await {
            Ok((loaded, reader)) => {
                held.set_value(Some(Rc::new(reader)));
                Library::Ready(loaded)
            }
            Err(why) => Library::Failed(why),
        });
    });
    (library, CourseReader(held))
}

/// The files that every course has, beside those that its map lists.
const MAP: &str = "SUMMARY.md";
const TABLES: [&str; 2] = ["facts.toml", "exams.toml"];

async fn load() -> Result<(Loaded, ReaderLink), String> {
    // All of it is on its way before any of it is waited for.
    let map = content(MAP);
    let mut coming: Vec<_> = TABLES.map(|path| (path.to_owned(), content(path))).into();
    let reader = ReaderLink::start().await?;
    let map = map.await?;
    let ReadAnswer::Map(paths) = reader.ask(&ReadAsk::Map(map.clone())).await? else {
        return Err(UNEXPECTED.to_owned());
    };
    coming.extend(paths.into_iter().map(|path| {
        let file = content(&path);
        (path, file)
    }));
    let mut files = Files::from([(MAP.to_owned(), map)]);
    let mut findings = Vec::new();
    for (path, file) in coming {
        match file.await {
            Ok(bytes) => drop(files.insert(path, bytes)),
            Err(why) => findings.push(why),
        }
    }
    let ReadAnswer::Course {
        course,
        findings: found,
    } = reader
        .ask(&ReadAsk::Course {
            files: files.clone(),
            decks: Vec::new(),
        })
        .await?
    else {
        return Err(UNEXPECTED.to_owned());
    };
    findings.extend(found);
    let loaded = Loaded {
        course: Arc::from(course),
        findings: Arc::new(findings),
        files: Arc::new(files),
    };
    Ok((loaded, reader))
}

/// Said of an answer that belongs to another ask.
pub const UNEXPECTED: &str = "the reader answered something else than it was asked";

fn content(path: &str) -> impl Future<Output = Result<Vec<u8>, String>> + use<> {
    fetch(&format!("content/{path}"))
}
