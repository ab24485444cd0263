//! Findings about condition keys: whether they exist, whether they come with the actions, whether the operator fits.

use crate::policy::catalogue::{self, ConditionKey, KeyType};
use crate::policy::document::Condition;
use crate::policy::operator::{Operator, Test};
use crate::policy::validate::Check;
use crate::policy::validate::action::day;
use crate::policy::validate::reach::Reach;
use crate::policy::validate::variable::is_ours;

impl Check {
    pub(super) fn condition_key(&mut self, condition: &Condition, reach: Option<&Reach<'_>>) {
        let (span, written) = (condition.key.span, &condition.key.value);
        let Some((prefix, _)) = written.split_once(':') else {
            return self.error(
                span,
                "invalid-key-format",
                format!("`{written}` is no condition key"),
                "a key has the form `service:name`, such as `aws:SourceIp`",
            );
        };
        if let Some(newer) = replaced_by(written) {
            return self.warning(
                span,
                "deprecated-key",
                format!("`{written}` is deprecated"),
                &format!("write `{newer}`"),
            );
        }
        if let Some(key) = catalogue::condition_key(written) {
            self.key_fits_operator(condition, key);
            return self.key_comes_with(condition, key, reach);
        }
        if is_stem(written) {
            return self.error(
                span,
                "missing-tag-key",
                format!("`{written}` does not say which"),
                &format!("write it to the end, such as `{}Team`", stem_of(written)),
            );
        }
        let help = |known: &mut dyn Iterator<Item = &'static str>| {
            self.did_you_mean(written, known)
                .unwrap_or_else(|| "look it up in the Service Authorization Reference".into())
        };
        if prefix.eq_ignore_ascii_case("aws") {
            let help = help(&mut catalogue::global_keys().iter().map(|key| key.name));
            let message = format!(
                "there is no global condition key `{written}` as of {}",
                day()
            );
            self.warning(span, "unknown-global-key", message, &help);
        } else if is_ours(written) {
            let service = catalogue::service(prefix);
            let keys = service
                .into_iter()
                .flat_map(|service| &service.condition_keys);
            let help = help(&mut keys.map(|key| key.name));
            let message = format!("{prefix} has no condition key `{written}` as of {}", day());
            self.warning(span, "unknown-key", message, &help);
        } else if !prefix.contains(['.', '/']) && !catalogue::is_namespace(prefix) {
            let help = help(&mut catalogue::prefixes().iter().copied());
            let message = format!("`{written}` is a key of no service");
            self.warning(span, "unknown-key", message, &help);
        }
    }

    /// Whether any of the statement's actions comes with the key.
    fn key_comes_with(
        &mut self,
        condition: &Condition,
        key: ConditionKey,
        reach: Option<&Reach<'_>>,
    ) {
        let is_about_tags = matches!(
            key.stem(),
            "aws:RequestTag/" | "aws:ResourceTag/" | "aws:TagKeys"
        );
        let is_everywhere = catalogue::global_keys().contains(&key) && !is_about_tags;
        let is_claim = key
            .name
            .split(':')
            .next()
            .is_some_and(|prefix| prefix.contains('.'));
        let Some(reach) = reach.filter(|reach| reach.is_complete) else {
            return;
        };
        if is_everywhere || is_claim || reach.knows(key.name) {
            return;
        }
        let (code, help) = if is_about_tags {
            (
                "tag-key-not-applicable",
                "not every service and action knows tags: look the action up before you rely on them",
            )
        } else {
            (
                "key-not-applicable",
                "give the actions that know the key a statement of their own",
            )
        };
        let message = format!(
            "none of the statement's actions comes with `{}`, so it is always missing",
            condition.key.value
        );
        self.warning(condition.key.span, code, message, help);
    }

    fn key_fits_operator(&mut self, condition: &Condition, key: ConditionKey) {
        let Some(operator) = Operator::parse(&condition.operator.value) else {
            return;
        };
        let written = &condition.operator.value;
        if !fits(operator.test, key) {
            let message = format!(
                "`{}` is of type {}, and `{written}` compares another",
                key.name, key.value_type
            );
            let help = format!("write an operator of type {}", key.value_type);
            return self.warning(
                condition.operator.span,
                "operator-key-mismatch",
                message,
                &help,
            );
        }
        let has_wildcard = |value: &str| value != "*" && value.contains('*');
        let mut values = condition.values.values.iter();
        if operator.test == Test::StringLike
            && key.value_type == KeyType::Arn
            && values.any(|value| has_wildcard(&value.value))
        {
            self.suggestion(
                condition.operator.span,
                "string-like-on-arn",
                format!("under `{written}` a `*` also crosses the colons of an ARN, so more matches than one sees"),
                "write `ArnLike` or `ArnNotLike`",
            );
        }
    }
}

/// Whether an operator compares values of the key's type.
fn fits(test: Test, key: ConditionKey) -> bool {
    match (test, key.value_type) {
        (Test::Null, _) => true,
        // AWS's own table names both for it.
        (Test::Numeric(_), KeyType::Date) => key.name == "aws:EpochTime",
        (Test::Numeric(_), kind) => kind == KeyType::Numeric,
        (Test::Date(_), kind) => kind == KeyType::Date,
        (Test::Bool, kind) => kind == KeyType::Bool,
        (Test::IpAddress, kind) => kind == KeyType::IpAddress,
        // A key that holds an ARN is often documented as text, and no other text passes as an ARN.
        (
            Test::Arn | Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike,
            kind,
        ) => {
            matches!(kind, KeyType::String | KeyType::Arn)
        }
        (Test::Binary, kind) => matches!(kind, KeyType::Binary | KeyType::String),
    }
}

/// What to write instead of a key that is given up.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
fn replaced_by(key: &str) -> Option<&'static str> {
    match key.to_ascii_lowercase().as_str() {
        "aws:arn" => Some("aws:PrincipalArn` or `aws:SourceArn"),
        "aws:sourceowner" => Some("aws:SourceAccount"),
        _ => None,
    }
}

/// The key with the mark that stands before what is to be filled in.
fn stem_of(written: &str) -> String {
    let closed = [
        format!("{written}/"),
        format!("{written}:"),
        written.to_owned(),
    ];
    let mut closed = closed.into_iter();
    closed
        .find(|stem| catalogue::condition_key(&format!("{stem}x")).is_some())
        .unwrap_or_else(|| written.to_owned())
}

/// Whether the key is an open one that was not filled in.
fn is_stem(written: &str) -> bool {
    let stem = stem_of(written);
    stem.ends_with(['/', ':']) && catalogue::condition_key(&format!("{stem}x")).is_some()
}
