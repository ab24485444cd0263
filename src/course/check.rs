//! Everything that is wrong with a course, from its files alone.

use std::collections::BTreeSet;

use super::file::{Draft, Finding};
use super::path::{Elsewhere, resolve};
use super::read::{Files, Parts, is_page};
use super::summary::Summary;
use crate::base::{Diagnostic, Lines, Route, Span};

/// Everything that is wrong with a course, by file and place.
#[must_use]
pub fn check_course(files: &Files) -> Vec<Finding> {
    let (parts, mut findings) = Parts::read(files);
    let unlisted = if files.contains_key("SUMMARY.md") {
        unreached(files, &parts.summary)
    } else {
        vec![whole_file(
            "SUMMARY.md",
            "no-summary",
            "the course has no SUMMARY.md",
        )]
    };
    findings.extend(unlisted);
    findings.extend(dead_entries(files, &parts.summary));
    let there = |path: &str| files.contains_key(path);
    findings.extend(dead_links(there, &parts.drafts));
    let (_, found) = parts.join();
    findings.extend(found);
    findings.sort_by(|a, b| (&a.path, a.place).cmp(&(&b.path, b.place)));
    findings
}

fn unreached(files: &Files, summary: &Summary) -> Vec<Finding> {
    let listed: BTreeSet<&str> = summary.paths().collect();
    let is_unreached = |path: &&String| is_page(path) && !listed.contains(path.as_str());
    files
        .keys()
        .filter(is_unreached)
        .map(|path| whole_file(path, "unreached", "SUMMARY.md does not reach this file"))
        .collect()
}

fn whole_file(path: &str, code: &str, message: &str) -> Finding {
    let finding = Diagnostic::error(Span::default(), code, message);
    Finding::new(path, &Lines::new(""), finding)
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

/// The links that lead nowhere, `there` telling which files there are.
pub(super) fn dead_links(there: impl Fn(&str) -> bool, drafts: &[Draft]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for draft in drafts {
        let lines = Lines::new(&draft.source);
        for link in &draft.links {
            if let Some(message) = why_dead(&there, drafts, draft, &link.target) {
                let finding = Diagnostic::error(link.span, "dead-link", message);
                findings.push(Finding::new(&draft.file.path, &lines, finding));
            }
        }
    }
    findings
}

fn why_dead(
    there: &impl Fn(&str) -> bool,
    drafts: &[Draft],
    from: &Draft,
    target: &str,
) -> Option<String> {
    let resolved = match resolve(&from.file.path, target) {
        Ok(resolved) => resolved,
        Err(Elsewhere::Page(Route::Reading(path))) if !there(&path) => {
            return Some(format!("there is no file `{path}`"));
        }
        Err(Elsewhere::Web | Elsewhere::Page(_)) => return None,
        Err(Elsewhere::NoPage) => return Some(format!("the site has no page `{target}`")),
        Err(Elsewhere::Refused) => return Some(format!("`{target}` leads out of the course")),
    };
    if target.is_empty() {
        return Some("the link leads nowhere".to_owned());
    }
    if !there(&resolved.path) {
        return Some(format!("there is no file `{}`", resolved.path));
    }
    let fragment = resolved.fragment?;
    let draft = drafts
        .iter()
        .find(|draft| draft.file.path == resolved.path)?;
    let is_there = draft.anchors.contains(&fragment) || is_question(draft, &fragment);
    (!is_there).then(|| format!("`{}` has no heading `#{fragment}`", resolved.path))
}

/// A question can be named by its id too.
fn is_question(draft: &Draft, name: &str) -> bool {
    let mut ids = draft.named.ids.iter();
    ids.any(|known| known.id.as_str() == name)
}
