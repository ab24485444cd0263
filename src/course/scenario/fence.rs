//! The fenced JSON of a scenario: ```` ```json KIND LEVEL NAME ````.

use super::{Exhibit, ExhibitKind};
use crate::base::{Diagnostic, Span};
use crate::course::text::{Block, BlockKind};
use crate::policy::PolicyType;

/// Takes the fences, and all prose behind the first of them, out of `blocks`; what is left is the story.
pub(super) fn take(
    source: &str,
    blocks: &mut Vec<Block>,
    start: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Exhibit> {
    let story = blocks.iter().position(|block| is_fence(source, block));
    let mut exhibits: Vec<Exhibit> = Vec::new();
    for block in blocks.split_off(story.unwrap_or(blocks.len())) {
        match block.kind {
            BlockKind::Code { text, .. } if is_json(source, block.span) => {
                match exhibit(source, block.span, text) {
                    Ok(exhibit) => {
                        diagnostics.extend(out_of_place(&exhibits, &exhibit));
                        exhibits.push(exhibit);
                    }
                    Err(finding) => diagnostics.push(finding),
                }
            }
            _ => {
                let message = "prose of a scenario stands before its first policy or in its note";
                diagnostics.push(Diagnostic::error(block.span, "misplaced-prose", message));
            }
        }
    }
    if !exhibits
        .iter()
        .any(|exhibit| exhibit.kind == ExhibitKind::Request)
    {
        let message = "the scenario has no request";
        let finding = Diagnostic::error(start, "missing-request", message);
        diagnostics.push(finding.with_help("add a fence that opens with ```json request"));
    }
    exhibits
}

fn is_fence(source: &str, block: &Block) -> bool {
    matches!(block.kind, BlockKind::Code { .. }) && is_json(source, block.span)
}

/// Whether a code block is JSON with more to say of it; plain examples may stand in the story.
fn is_json(source: &str, span: Span) -> bool {
    info(source, span)
        .split_once(' ')
        .is_some_and(|(language, _)| language == "json")
}

/// What stands behind the fence's opening.
fn info(source: &str, span: Span) -> &str {
    let line = source[span.start..].lines().next().unwrap_or_default();
    line.trim_start_matches(['`', '~']).trim()
}

fn exhibit(source: &str, block: Span, text: String) -> Result<Exhibit, Diagnostic> {
    let info = info(source, block);
    let line = source[block.start..].lines().next().unwrap_or_default();
    let opening = Span::new(block.start, block.start + line.len());
    let mut words = info.split_whitespace().skip(1);
    let kind = words.next().unwrap_or_default();
    let kind = match kind {
        "request" => ExhibitKind::Request,
        "grants" => ExhibitKind::Grants,
        other => match other.parse() {
            Ok(kind) => ExhibitKind::Policy(kind),
            Err(_) => {
                let message = format!("a scenario holds nothing of the kind `{other}`");
                let finding = Diagnostic::error(opening, "unknown-exhibit", message);
                return Err(finding.with_help(
                    "write `request`, `grants`, or a kind of policy such as `identity` or `scp`",
                ));
            }
        },
    };
    let level = if is_attached(kind) {
        words.next().map(str::to_owned).ok_or_else(|| {
            let message = "an organization's policy is attached somewhere";
            let finding = Diagnostic::error(opening, "missing-level", message);
            finding.with_help("write where behind its kind, such as `scp Root FullAWSAccess`")
        })?
    } else {
        String::new()
    };
    let begin = (opening.end + 1).min(block.end);
    Ok(Exhibit {
        kind,
        level,
        name: words.collect::<Vec<_>>().join(" "),
        span: Span::new(begin, begin + text.len()),
        text,
    })
}

fn is_attached(kind: ExhibitKind) -> bool {
    matches!(kind, ExhibitKind::Policy(PolicyType::Scp | PolicyType::Rcp))
}

/// One request, at most one list of grants, at most one policy of the resource.
fn out_of_place(before: &[Exhibit], exhibit: &Exhibit) -> Option<Diagnostic> {
    let is_second = match exhibit.kind {
        kind @ (ExhibitKind::Request | ExhibitKind::Grants) => {
            before.iter().any(|other| other.kind == kind)
        }
        kind => is_of_resource(kind) && before.iter().any(|other| is_of_resource(other.kind)),
    };
    is_second.then(|| {
        let message = "a scenario has one request, and a resource has one policy";
        Diagnostic::error(exhibit.span, "doubled-exhibit", message)
    })
}

fn is_of_resource(kind: ExhibitKind) -> bool {
    matches!(
        kind,
        ExhibitKind::Policy(PolicyType::Resource | PolicyType::Key | PolicyType::Trust)
    )
}
