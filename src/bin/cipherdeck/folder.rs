//! The course's folder, and how commands over it end.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use cipherdeck::course::Files;

/// Exit 2 and the reason where a command could not do its work.
pub fn finish(result: Result<ExitCode, String>) -> ExitCode {
    result.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(2)
    })
}

/// Why a file could not be read or written.
pub fn cannot(verb: &str, path: &Path, error: &io::Error) -> String {
    format!("cannot {verb} `{}`: {error}", path.display())
}

/// Every file under `dir` by its path in it; hidden ones are no part of a course.
pub fn read_files(dir: &Path) -> Result<Files, String> {
    let mut files = Files::new();
    let mut waiting = vec![(dir.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| cannot("read", &folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| cannot("read", &folder, &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let (path, within) = (entry.path(), format!("{prefix}{name}"));
            if path.is_dir() {
                waiting.push((path, format!("{within}/")));
            } else {
                let bytes = fs::read(&path).map_err(|error| cannot("read", &path, &error))?;
                files.insert(within, bytes);
            }
        }
    }
    Ok(files)
}
