//! The sizes that are promised, and whether they are kept.

use crate::{
    failure::{Context as _, Failure, Result},
    project,
};
use std::{
    fmt, fs,
    io::Write as _,
    path::Path,
    thread::{self, ScopedJoinHandle},
};

/// What belongs together in one budget.
#[derive(Debug)]
struct Part {
    name: &'static str,
    /// Bytes after brotli, in units of 1000.
    budget_kb: f64,
    belongs: fn(&str) -> bool,
}

const PARTS: [Part; 8] = [
    Part {
        name: "page module",
        budget_kb: 260.0,
        belongs: |file| file.starts_with("page") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "labs module",
        budget_kb: 325.0,
        belongs: |file| file.starts_with("labs") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "reader module",
        budget_kb: 270.0,
        belongs: |file| file.starts_with("reader") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "analyst module",
        budget_kb: 370.0,
        belongs: |file| file.starts_with("analyst") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "keeper module",
        budget_kb: 130.0,
        belongs: |file| file.starts_with("keeper") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "engine module",
        budget_kb: 700.0,
        belongs: |file| file.starts_with("engine") && file.ends_with("_bg.wasm"),
    },
    Part {
        name: "editor",
        budget_kb: 130.0,
        belongs: |file| file == "editor.js",
    },
    Part {
        name: "style sheets",
        budget_kb: 12.0,
        belongs: |file| file.ends_with(".css"),
    },
];

/// The sizes of the files in `dist/`.
#[derive(Debug)]
pub struct Sizes(Vec<Measured>);

#[derive(Debug)]
struct Measured {
    part: &'static Part,
    raw: usize,
    brotli: usize,
}

impl Sizes {
    /// Weighs `dist/`, its parts at once.
    pub fn measure() -> Result<Self> {
        let dist = &project::dist();
        thread::scope(|scope| {
            let weigh = |part| scope.spawn(move || measure(part, dist));
            let all: Vec<_> = PARTS.iter().map(weigh).collect();
            let weighed =
                |one: ScopedJoinHandle<'_, _>| one.join().expect("weighing does not panic");
            all.into_iter()
                .map(weighed)
                .collect::<Result<_>>()
                .map(Self)
        })
    }

    /// Fails if a part is over its budget.
    pub fn check(&self) -> Result {
        let over: Vec<&str> = self
            .0
            .iter()
            .filter(|measured| !measured.fits())
            .map(|measured| measured.part.name)
            .collect();
        if over.is_empty() {
            Ok(())
        } else {
            Err(Failure::new(format!(
                "over the size budget: {}",
                over.join(", ")
            )))
        }
    }
}

impl Measured {
    fn fits(&self) -> bool {
        kb(self.brotli) <= self.part.budget_kb
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<14} {:>10} {:>10} {:>10}",
            "size", "raw KB", "brotli KB", "budget KB"
        )?;
        for measured in &self.0 {
            let Measured { part, raw, brotli } = measured;
            let verdict = if measured.fits() {
                ""
            } else {
                "  OVER ITS BUDGET"
            };
            writeln!(
                f,
                "{:<14} {:>10.1} {:>10.1} {:>10.0}{verdict}",
                part.name,
                kb(*raw),
                kb(*brotli),
                part.budget_kb
            )?;
        }
        Ok(())
    }
}

fn measure(part: &'static Part, dist: &Path) -> Result<Measured> {
    let entries = fs::read_dir(dist)
        .context("there is no build in `dist/`: run `cargo xtask build` first")?;
    let mut measured = Measured {
        part,
        raw: 0,
        brotli: 0,
    };
    for entry in entries.flatten() {
        if (part.belongs)(&entry.file_name().to_string_lossy()) {
            let bytes = fs::read(entry.path())
                .context(format!("could not read `{}`", entry.path().display()))?;
            measured.raw += bytes.len();
            measured.brotli += brotli_len(&bytes);
        }
    }
    if measured.raw == 0 {
        return Err(Failure::new(format!("`dist/` holds no {}", part.name)));
    }
    Ok(measured)
}

/// What the bytes weigh after brotli at its best.
pub fn brotli_len(bytes: &[u8]) -> usize {
    let mut compressor = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    compressor
        .write_all(bytes)
        .expect("memory takes every byte");
    compressor.into_inner().len()
}

fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}
