//! The front matter of a sheet.

use crate::base::{Diagnostic, Span};
use crate::course::about::{About, name, scalar};
use crate::course::file::Owner;
use crate::course::form::SHEET;
use crate::course::front_matter::FrontMatter;
use crate::course::id::SheetId;

/// What the front matter of a sheet says.
pub(super) struct Head {
    pub id: SheetId,
    pub id_span: Span,
    pub about: About,
    pub confusable: Option<String>,
}

impl Head {
    pub(super) fn parse(
        front: &FrontMatter,
        owner: Owner,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        SHEET.check(front, owner, diagnostics);
        let name = name(front, "sheet", diagnostics);
        let confusable = front.get("confusable");
        let confusable = confusable.and_then(|entry| scalar(entry, diagnostics));
        let fallback = name.as_ref().map(|(id, _): &(SheetId, Span)| id.as_str());
        let fallback = fallback.filter(|_| owner == Owner::Learner);
        let about = About::parse(front, fallback, diagnostics);
        let (id, id_span) = name?;
        Some(Self {
            id,
            id_span,
            about: about?,
            confusable,
        })
    }
}
