//! Patterns over actions: `*` or `service:name`, with wildcards in the name only.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>

use super::pattern::Pattern;

/// `*` or `service:name`, in lower case.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ActionPattern {
    Everything,
    Named { service: String, name: Pattern },
}

/// Why a text is no such pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadAction {
    Form,
    ServiceWildcard,
}

impl BadAction {
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Self::Form => "neither `*` nor `service:name`",
            Self::ServiceWildcard => "a wildcard in the service",
        }
    }
}

impl ActionPattern {
    pub(super) fn parse(text: &str) -> Result<Self, BadAction> {
        if text == "*" {
            return Ok(Self::Everything);
        }
        let (service, name) = text.split_once(':').ok_or(BadAction::Form)?;
        if service.contains(['*', '?']) {
            return Err(BadAction::ServiceWildcard);
        }
        let is_name = |text: &str, more: &[char]| {
            let fits =
                |char: char| char.is_ascii_alphanumeric() || char == '-' || more.contains(&char);
            !text.is_empty() && text.chars().all(fits)
        };
        if !is_name(service, &[]) || !is_name(name, &['*', '?', '_']) {
            return Err(BadAction::Form);
        }
        Ok(Self::Named {
            service: service.to_ascii_lowercase(),
            name: Pattern::wild(&name.to_ascii_lowercase()),
        })
    }

    /// `action` is in lower case.
    pub(super) fn matches(&self, action: &str) -> bool {
        let (service, name) = action.split_once(':').unwrap_or(("", action));
        self.matches_parts(service, name)
    }

    /// The same for an action taken apart at its colon.
    pub(super) fn matches_parts(&self, asked_service: &str, asked: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Named { service, name } => asked_service == service && name.matches(asked),
        }
    }
}
