//! The front matter of a sheet.

use crate::base::{Diagnostic, Span};
use crate::course::about::{About, check_keys, name, scalar};
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
    pub(super) fn parse(front: &FrontMatter, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        const REQUIRED: [&str; 4] = ["sheet", "title", "domains", "topic"];
        check_keys(
            front,
            "a sheet",
            &REQUIRED,
            &["tags", "confusable"],
            diagnostics,
        );
        let name = name(front, "sheet", diagnostics);
        let confusable = front.get("confusable");
        let confusable = confusable.and_then(|entry| scalar(entry, diagnostics));
        let about = About::parse(front, diagnostics);
        let (id, id_span) = name?;
        Some(Self {
            id,
            id_span,
            about: about?,
            confusable,
        })
    }
}
