//! The course as the page has it: fetched file by file, so that nothing blocks, and read as it arrives.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::{Diagnostic, Lines};
use crate::course::{Course, Exams, Facts, Finding, Summary, parse_file};
use crate::ui::browser::fetch;

/// The course with all that is wrong with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What could be read.
    pub course: Arc<Course>,
    /// What could not, each with its place; a file that could not be fetched is one of them.
    pub findings: Arc<Vec<String>>,
}

/// The course, or why there is none yet.
#[derive(Clone, Debug)]
pub enum Library {
    /// On its way.
    Loading,
    /// Here.
    Ready(Loaded),
    /// Its map cannot be had.
    Failed(String),
}

/// Fetches and reads the course once, for every page.
#[must_use]
pub fn load_library() -> RwSignal<Library> {
    let library = RwSignal::new(Library::Loading);
    spawn_local(async move {
        library.set(match load().await {
            Ok(loaded) => Library::Ready(loaded),
            Err(why) => Library::Failed(why),
        });
    });
    library
}

async fn load() -> Result<Loaded, String> {
    let mut findings = Vec::new();
    let map = read_text("SUMMARY.md").await?;
    let summary = noted("SUMMARY.md", &map, Summary::parse(&map), &mut findings);
    let mut files = Vec::new();
    for path in summary.paths() {
        match fetch(&format!("content/{path}")).await {
            Ok(bytes) => {
                let (file, found) = parse_file(path, &bytes);
                files.extend(file);
                findings.extend(found.iter().map(Finding::to_string));
            }
            Err(why) => findings.push(why),
        }
    }
    let facts = match read_text("facts.toml").await {
        Ok(text) => noted("facts.toml", &text, Facts::parse(&text), &mut findings),
        Err(why) => missing(why, &mut findings),
    };
    let exams = match read_text("exams.toml").await {
        Ok(text) => noted("exams.toml", &text, Exams::parse(&text), &mut findings),
        Err(why) => missing(why, &mut findings),
    };
    let (course, found) = Course::assemble(summary, facts, exams, files);
    findings.extend(found.iter().map(Finding::to_string));
    Ok(Loaded {
        course: Arc::new(course),
        findings: Arc::new(findings),
    })
}

async fn read_text(path: &str) -> Result<String, String> {
    let bytes = fetch(&format!("content/{path}")).await?;
    String::from_utf8(bytes).map_err(|_| format!("`{path}` is not valid UTF-8"))
}

fn missing<T: Default>(why: String, findings: &mut Vec<String>) -> T {
    findings.push(why);
    T::default()
}

fn noted<T>(
    path: &str,
    text: &str,
    (read, found): (T, Vec<Diagnostic>),
    findings: &mut Vec<String>,
) -> T {
    let lines = Lines::new(text);
    findings.extend(found.iter().map(|finding| {
        format!(
            "{path}:{}: {}: {}",
            lines.place(finding.span.start),
            finding.severity,
            finding.message
        )
    }));
    read
}
