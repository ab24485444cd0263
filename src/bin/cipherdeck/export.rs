//! `cipherdeck export`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use cipherdeck::base::{Lines, Timestamp};
use cipherdeck::course::Course;
use cipherdeck::store::{AnkiExport, Stored, import, read_decks};
use cipherdeck::study::{Progress, Rollover, Scheduler, UtcOffset};
use clap::Args;

use crate::folder::{cannot, finish, read_files};

#[derive(Debug, Args)]
pub struct Export {
    /// The course folder
    #[arg(default_value = "content")]
    dir: PathBuf,
    /// A file for Anki: a package with schedule and history, or text where its name ends with `.txt`
    #[arg(long, value_name = "FILE")]
    anki: PathBuf,
    /// What a learner exported from their browser
    #[arg(long, value_name = "FILE")]
    progress: Option<PathBuf>,
}

impl Export {
    /// Writes the file and says what is in it; exit 1 where the progress is damaged.
    pub fn run(self) -> ExitCode {
        finish(self.try_run())
    }

    fn try_run(&self) -> Result<ExitCode, String> {
        let stored = match &self.progress {
            None => None,
            Some(path) => match read_progress(path)? {
                Ok(stored) => Some(stored),
                Err(finding) => {
                    println!("{finding}");
                    return Ok(ExitCode::from(1));
                }
            },
        };
        let files = read_files(&self.dir)?;
        let (decks, unreadable) = read_decks(&stored.clone().unwrap_or_default().shelves);
        for (deck, why) in unreadable {
            eprintln!("the deck `{deck}` is left out: {why}");
        }
        let (course, findings) = Course::with_decks(&files, &decks);
        for finding in findings {
            eprintln!("{finding}");
        }
        let offset = stored.as_ref().map_or(UtcOffset::UTC, last_offset);
        let progress = stored.map(|stored| {
            let (scheduler, rollover) = (Scheduler::default(), Rollover::default());
            Progress::replay(stored.log, scheduler, rollover, course.renamed().clone())
        });
        let export = AnkiExport {
            course: &course,
            progress: progress.as_ref(),
            at: now(),
            offset,
        };
        let is_text = self
            .anki
            .extension()
            .is_some_and(|extension| extension == "txt");
        let bytes = if is_text {
            export.text().into_bytes()
        } else {
            export.package()
        };
        fs::write(&self.anki, bytes).map_err(|error| cannot("write", &self.anki, &error))?;
        println!(
            "{}: {} questions",
            self.anki.display(),
            course.questions().count()
        );
        Ok(ExitCode::SUCCESS)
    }
}

/// What the file holds, or where it is damaged.
fn read_progress(path: &Path) -> Result<Result<Stored, String>, String> {
    let bytes = fs::read(path).map_err(|error| cannot("read", path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(import(&text)
        .map(|import| import.stored)
        .map_err(|finding| {
            let place = Lines::new(&text).place(finding.span.start);
            format!("{}:{place}: error: {}", path.display(), finding.message)
        }))
}

/// Where the learner was when they last wrote something.
fn last_offset(stored: &Stored) -> UtcOffset {
    let last = stored.log.iter().max_by_key(|entry| entry.at);
    last.map_or(UtcOffset::UTC, |entry| entry.utc_offset)
}

fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
