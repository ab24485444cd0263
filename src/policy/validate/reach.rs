//! What a statement's actions are by the catalogue.

use std::collections::HashSet;

use crate::policy::catalogue::{self, Action};
use crate::policy::document::{Spanned, Statement};

/// What a statement's `Action` means by the catalogue.
pub(super) struct Reach<'a> {
    /// Each action as written, with what it means; only those that mean something.
    pub(super) asked: Vec<Asked<'a>>,
    /// Whether the catalogue knows all that the statement means.
    pub(super) is_complete: bool,
}

/// One entry of `Action`.
pub(super) struct Asked<'a> {
    pub(super) written: &'a Spanned<String>,
    pub(super) actions: Vec<&'static Action>,
}

impl<'a> Reach<'a> {
    /// Nothing for a statement that says what it does not mean.
    pub(super) fn of(statement: &'a Statement) -> Option<Self> {
        let element = statement.action.as_ref()?;
        if statement.not_action.is_some() {
            return None;
        }
        let mut reach = Self {
            asked: Vec::new(),
            is_complete: element.value.illegal.is_empty(),
        };
        let mut seen = HashSet::new();
        for written in &element.value.values {
            if !seen.insert(written.value.to_ascii_lowercase()) {
                continue;
            }
            // A star means more than is listed.
            let actions: Vec<_> = match written.value.as_str() {
                "*" => Vec::new(),
                pattern => catalogue::actions_matching(pattern).collect(),
            };
            if actions.is_empty() {
                reach.is_complete = false;
            } else {
                reach.asked.push(Asked { written, actions });
            }
        }
        Some(reach)
    }

    /// Whether any of the actions comes with this key, named as the catalogue names it.
    pub(super) fn knows(&self, key: &str) -> bool {
        let mut actions = self.asked.iter().flat_map(|asked| &asked.actions);
        actions.any(|action| action.condition_keys.binary_search(&key).is_ok())
    }
}
