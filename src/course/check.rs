//! Everything that is wrong with a course, from its files alone.

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::Course;
use super::exams::Exams;
use super::facts::Facts;
use super::file::{File, FileKind, Finding, decode, parse_file};
use super::path::{Elsewhere, resolve};
use super::summary::Summary;
use crate::base::{Diagnostic, Lines, Route, Span};

/// The files of a course: their bytes by path from the course's folder, with `/` between the parts.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that is wrong with a course, by file and place.
#[must_use]
pub fn check_course(files: &Files) -> Vec<Finding> {
    let mut findings = Vec::new();
    let facts = read(files, "facts.toml", Facts::parse, &mut findings);
    let exams = read(files, "exams.toml", Exams::parse, &mut findings);
    let summary = read(files, "SUMMARY.md", Summary::parse, &mut findings);
    let is_listed = files.contains_key("SUMMARY.md");
    if !is_listed {
        let message = "the course has no SUMMARY.md";
        let finding = Diagnostic::error(Span::default(), "no-summary", message);
        findings.push(Finding::new("SUMMARY.md", &Lines::new(""), finding));
    }
    let reached: BTreeSet<String> = summary.paths().map(str::to_owned).collect();
    let mut parsed = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| is_page(path)) {
        let (file, found) = parse_file(path, bytes);
        findings.extend(found);
        if is_listed && !reached.contains(path) {
            let finding = Diagnostic::error(
                Span::default(),
                "unreached",
                "SUMMARY.md does not reach this file",
            );
            findings.push(Finding::new(path, &Lines::new(""), finding));
        }
        parsed.extend(file);
    }
    findings.extend(dead_entries(files, &summary));
    findings.extend(dead_links(files, &parsed));
    let (_, found) = Course::assemble(summary, facts, exams, parsed);
    findings.extend(found);
    findings.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
    findings
}

fn is_page(path: &str) -> bool {
    path.ends_with(".md") && path != "SUMMARY.md"
}

/// Reads one of the files that a course has one of; a missing one is empty.
fn read<T: Default>(
    files: &Files,
    path: &str,
    parse: impl Fn(&str) -> (T, Vec<Diagnostic>),
    findings: &mut Vec<Finding>,
) -> T {
    let Some(bytes) = files.get(path) else {
        return T::default();
    };
    let (text, mut diagnostics) = decode(bytes);
    let valid = String::from_utf8_lossy(bytes);
    let mut value = T::default();
    if let Some(text) = text {
        let (parsed, found) = parse(text);
        value = parsed;
        diagnostics.extend(found);
    }
    let lines = Lines::new(&valid);
    findings.extend(
        diagnostics
            .into_iter()
            .map(|d| Finding::new(path, &lines, d)),
    );
    value
}

fn dead_entries(files: &Files, summary: &Summary) -> Vec<Finding> {
    let source = files
        .get("SUMMARY.md")
        .map(|bytes| String::from_utf8_lossy(bytes));
    let source = source.unwrap_or_default();
    let lines = Lines::new(&source);
    let mut findings = Vec::new();
    for entry in summary.flat() {
        let Some(path) = entry
            .path
            .as_ref()
            .filter(|path| !files.contains_key(*path))
        else {
            continue;
        };
        let message = format!("there is no file `{path}`");
        let finding = Diagnostic::error(entry.span, "dead-link", message);
        findings.push(Finding::new("SUMMARY.md", &lines, finding));
    }
    findings
}

fn dead_links(files: &Files, parsed: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in parsed {
        let lines = Lines::new(&file.source);
        for link in &file.links {
            if let Some(message) = why_dead(files, parsed, file, &link.target) {
                let finding = Diagnostic::error(link.span, "dead-link", message);
                findings.push(Finding::new(&file.path, &lines, finding));
            }
        }
    }
    findings
}

fn why_dead(files: &Files, parsed: &[File], from: &File, target: &str) -> Option<String> {
    let resolved = match resolve(&from.path, target) {
        Ok(resolved) => resolved,
        Err(Elsewhere::Page(Route::Reading(path))) if !files.contains_key(&path) => {
            return Some(format!("there is no file `{path}`"));
        }
        Err(Elsewhere::Web | Elsewhere::Page(_)) => return None,
        Err(Elsewhere::NoPage) => return Some(format!("the site has no page `{target}`")),
        Err(Elsewhere::Refused) => return Some(format!("`{target}` leads out of the course")),
    };
    if target.is_empty() {
        return Some("the link leads nowhere".to_owned());
    }
    if !files.contains_key(&resolved.path) {
        return Some(format!("there is no file `{}`", resolved.path));
    }
    let fragment = resolved.fragment?;
    let file = parsed.iter().find(|file| file.path == resolved.path)?;
    let is_there = file.anchors.contains(&fragment) || is_question(file, &fragment);
    (!is_there).then(|| format!("`{}` has no heading `#{fragment}`", resolved.path))
}

/// A question can be named by its id too.
fn is_question(file: &File, name: &str) -> bool {
    match &file.kind {
        FileKind::Sheet(sheet) => sheet.names.iter().any(|known| known.id.as_str() == name),
        _ => false,
    }
}
