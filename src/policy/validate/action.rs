//! Findings about single actions: their form, whether they exist, whether they belong into this kind of policy.

use crate::policy::action::{ActionPattern, BadAction};
use crate::policy::catalogue;
use crate::policy::document::{Element, Spanned, Strings};
use crate::policy::kind::PolicyType;
use crate::policy::pattern::Pattern;

use super::Check;

impl Check {
    pub(super) fn actions(&mut self, element: &Element<Strings>, is_not: bool) {
        self.not_empty(element, if is_not { "NotAction" } else { "Action" });
        for action in &element.value.values {
            let written = &action.value;
            match ActionPattern::parse(written) {
                Ok(ActionPattern::Everything) => {}
                Ok(ActionPattern::Named { service, .. }) => {
                    self.action_fits(action, &service, is_not);
                    if self.looks_closer {
                        self.action_exists(action, &service);
                    }
                }
                Err(BadAction::ServiceWildcard) => self.error(
                    action.span,
                    "action-service-wildcard",
                    format!("`{written}` has a wildcard in its service"),
                    "write the service in full, or `*` alone for everything",
                ),
                Err(BadAction::Form) if written.contains("${") => self.error(
                    action.span,
                    "variable-in-action",
                    format!("`{written}` holds a variable"),
                    "variables may stand in resources and condition values only",
                ),
                Err(BadAction::Form) => self.error(
                    action.span,
                    "invalid-action",
                    format!("`{written}` is no action"),
                    "write `*` or for example `s3:GetObject`",
                ),
            }
        }
        if self.looks_closer {
            self.redundant_actions(&element.value.values);
        }
    }

    /// Whether the action belongs into a policy of this kind.
    fn action_fits(&mut self, action: &Spanned<String>, service: &str, is_not: bool) {
        let written = &action.value;
        match self.kind {
            PolicyType::Trust if !is_not && !is_about_trust(written) => self.error(
                action.span,
                "trust-action",
                format!("`{written}` says nothing about who may assume a role"),
                "a trust policy holds actions such as `sts:AssumeRole`",
            ),
            PolicyType::Key if service != "kms" => self.warning(
                action.span,
                "key-action",
                format!("`{written}` is no action on a KMS key"),
                "a key policy holds actions of `kms` only",
            ),
            PolicyType::Rcp
                if catalogue::is_service(service)
                    && !catalogue::has_resource_control_policies(service) =>
            {
                self.warning(
                    action.span,
                    "rcp-service",
                    format!("resource control policies do not reach `{service}`"),
                    "deny it by a service control policy, or by the resource's own policy",
                );
            }
            _ => {}
        }
    }

    fn action_exists(&mut self, action: &Spanned<String>, service: &str) {
        let written = &action.value;
        if !catalogue::is_service(service) {
            let names = catalogue::prefixes().iter().copied();
            let help = self.did_you_mean(service, names).unwrap_or_else(|| {
                "the service's prefix is in its page of the Service Authorization Reference".into()
            });
            let message = format!("there is no service `{service}` as of {}", day());
            return self.warning(action.span, "unknown-service", message, &help);
        }
        if is_retired(written) {
            return self.warning(
                action.span,
                "deprecated-action",
                format!("`{written}` was replaced by finer actions in 2023"),
                "write the actions of `billing`, `account`, `ce`, `payments` and others that are meant",
            );
        }
        let actions = catalogue::actions(service);
        if !actions.is_empty() && catalogue::actions_matching(written).next().is_none() {
            let name = written.split_once(':').map_or("", |(_, name)| name);
            let help = instead_of_operation(written)
                .map(|action| format!("the operation is allowed by `{action}`"))
                .or_else(|| self.did_you_mean(name, actions.iter().map(|action| action.name)))
                .unwrap_or_else(|| "look it up in the Service Authorization Reference".into());
            let message = format!("`{written}` is no action of {service} as of {}", day());
            self.warning(action.span, "unknown-action", message, &help);
        }
    }

    pub(super) fn not_empty(&mut self, element: &Element<Strings>, name: &str) {
        if element.value.is_empty() {
            self.suggestion(
                element.span,
                "empty-list",
                format!("`{name}` lists nothing"),
                "list something or remove the statement",
            );
        }
    }
}

/// Whether a pattern means one of the actions that a role is assumed with or that go along with it.
fn is_about_trust(written: &str) -> bool {
    let folded = written.to_ascii_lowercase();
    let Some(name) = folded.strip_prefix("sts:") else {
        return false;
    };
    let pattern = Pattern::wild(name);
    let mut known = [
        "assumerole",
        "assumerolewithsaml",
        "assumerolewithwebidentity",
        "assumeroot",
        "setcontext",
        "setsourceidentity",
        "tagsession",
    ]
    .into_iter();
    known.any(|name| pattern.matches(name))
}

/// Source: <https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/migrate-granularaccess-whatis.html>
fn is_retired(written: &str) -> bool {
    let folded = written.to_ascii_lowercase();
    folded.starts_with("aws-portal:")
        || matches!(
            folded.as_str(),
            "purchase-orders:viewpurchaseorders" | "purchase-orders:modifypurchaseorders"
        )
}

/// The day of the catalogue.
pub(super) fn day() -> &'static str {
    catalogue::source().rsplit(' ').next().unwrap_or_default()
}

/// The action that allows an operation of another name, where the operation's name is often written.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>
fn instead_of_operation(written: &str) -> Option<&'static str> {
    Some(match written.to_ascii_lowercase().as_str() {
        "s3:copyobject" => "s3:PutObject` and `s3:GetObject",
        "s3:completemultipartupload" | "s3:createmultipartupload" | "s3:uploadpart" => {
            "s3:PutObject"
        }
        "s3:deleteobjects" => "s3:DeleteObject",
        "s3:headobject" => "s3:GetObject",
        "s3:headbucket" | "s3:listobjects" | "s3:listobjectsv2" => "s3:ListBucket",
        "s3:listbuckets" => "s3:ListAllMyBuckets",
        "s3:listobjectversions" => "s3:ListBucketVersions",
        "s3:listmultipartuploads" => "s3:ListBucketMultipartUploads",
        "kms:reencrypt" => "kms:ReEncryptFrom` and `kms:ReEncryptTo",
        "lambda:invoke" => "lambda:InvokeFunction",
        _ => return None,
    })
}
