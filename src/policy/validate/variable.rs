//! Findings about policy variables.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use crate::policy::catalogue;
use crate::policy::document::Spanned;

use super::Check;
use super::action::day;

impl Check {
    /// A variable in a document whose version has none.
    pub(super) fn variable_without_version(&mut self, text: &Spanned<String>) {
        if !self.variables && text.value.contains("${") {
            self.warning(
                text.span,
                "variable-needs-version",
                format!(
                    "`{}` holds a variable, and the policy's version has none",
                    text.value
                ),
                "write `\"Version\": \"2012-10-17\"`; until then it is plain text",
            );
        }
    }

    /// Variables that no request fills. The text's variables are well formed.
    pub(super) fn variable_names(&mut self, text: &Spanned<String>) {
        if !self.variables || !self.looks_closer {
            return;
        }
        for name in names(&text.value) {
            match catalogue::condition_key(name) {
                Some(key) if key.is_multi_valued => {
                    return self.warning(
                        text.span,
                        "variable-multi-valued",
                        format!("`{name}` has several values, and a variable holds one"),
                        "name the values themselves, or compare the key under `Condition`",
                    );
                }
                None if is_ours(name) => {
                    let known = catalogue::global_keys().iter().map(|key| key.name);
                    let help = self
                        .did_you_mean(name, known)
                        .unwrap_or_else(|| "a variable is named as a condition key is".into());
                    return self.warning(
                        text.span,
                        "unknown-variable",
                        format!("there is no key `{name}` as of {}", day()),
                        &help,
                    );
                }
                _ => {}
            }
        }
    }
}

/// The names of a text's variables, without what stands for a plain character.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.split("${").skip(1);
    let inside = behind.filter_map(|piece| piece.split_once('}').map(|(inside, _)| inside));
    let names = inside.map(|inside| inside.split(',').next().unwrap_or(inside).trim());
    names.filter(|name| !matches!(*name, "*" | "?" | "$"))
}

/// Whether the catalogue should know a key: a global one, or one of a service whose keys are listed.
pub(super) fn is_ours(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, _)| {
        prefix.eq_ignore_ascii_case("aws") || catalogue::service(prefix).is_some()
    })
}
