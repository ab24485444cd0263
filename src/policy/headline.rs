//! The decision in one sentence.
//!
//! Source of the form: <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>

use super::decision::{DecidedBy, Decision, Outcome, Verdict};
use super::request::Request;
use super::trace::ResourceTrace;

pub(super) fn sentence(request: &Request, verdict: &Verdict, trace: &[ResourceTrace]) -> String {
    let decisive = trace
        .iter()
        .find(|branch| branch.decision == verdict.decision);
    let resource = on_resource(decisive.map_or("*", |branch| branch.resource.as_str()));
    let action = &request.action;
    let words = Words::of(verdict.decided_by, request);
    let is = match verdict.decision {
        Decision::Allowed => "is authorized",
        Decision::ImplicitlyDenied | Decision::ExplicitlyDenied => "is not authorized",
    };
    let because = match verdict.decision {
        Decision::ExplicitlyDenied => {
            let name = decisive.and_then(|branch| denying_policy(branch, verdict.decided_by));
            let name = name.map_or_else(String::new, |name| format!(": {name}"));
            format!("with an explicit deny in {}{name}", words.one)
        }
        Decision::ImplicitlyDenied => {
            format!("because no {} allows the {action} action", words.bare)
        }
        Decision::Allowed if verdict.decided_by == DecidedBy::Default => {
            format!("because no permission is needed for the {action} action")
        }
        Decision::Allowed => format!("because {} allows the {action} action", words.one),
    };
    let caller = &request.principal;
    format!("User: {caller} {is} to perform: {action}{resource} {because}")
}

/// Amazon S3 writes its resources in quotes, the others do not; what is for no resource names none.
fn on_resource(arn: &str) -> String {
    if arn == "*" {
        String::new()
    } else if arn.split(':').nth(2) == Some("s3") {
        format!(" on resource: \"{arn}\"")
    } else {
        format!(" on resource: {arn}")
    }
}

/// How a layer's policies are called, with and without article.
struct Words {
    one: &'static str,
    bare: &'static str,
}

impl Words {
    fn of(layer: DecidedBy, request: &Request) -> Self {
        let is_trust = request
            .action
            .to_ascii_lowercase()
            .starts_with("sts:assumerole");
        let (one, bare) = match layer {
            DecidedBy::Default if request.principal.account().is_none() => {
                ("a resource-based policy", "resource-based policy")
            }
            DecidedBy::Identity | DecidedBy::Default => {
                ("an identity-based policy", "identity-based policy")
            }
            DecidedBy::Resource if is_trust => ("the role trust policy", "role trust policy"),
            DecidedBy::Resource => ("a resource-based policy", "resource-based policy"),
            DecidedBy::Boundary => ("a permissions boundary", "permissions boundary"),
            DecidedBy::Session => ("a session policy", "session policy"),
            DecidedBy::Scp => ("a service control policy", "service control policy"),
            DecidedBy::Rcp => ("a resource control policy", "resource control policy"),
            DecidedBy::Endpoint => ("a VPC endpoint policy", "VPC endpoint policy"),
            DecidedBy::Grant => ("a grant", "grant"),
        };
        Self { one, bare }
    }
}

fn denying_policy(branch: &ResourceTrace, decided_by: DecidedBy) -> Option<&str> {
    let layer = branch
        .layers
        .iter()
        .find(|layer| DecidedBy::from(layer.layer) == decided_by)?;
    let mut policies = layer.policies.iter();
    let denying = policies.find(|policy| policy.outcome == Outcome::ExplicitlyDenied)?;
    denying.name.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Layer;

    #[test]
    fn every_layer_has_words() {
        let request = Request::new(
            "arn:aws:iam::111122223333:user/a".parse().unwrap(),
            "s3:GetObject",
            crate::policy::Resource::new("*"),
        );
        for layer in Layer::ALL {
            assert!(
                Words::of(layer.into(), &request)
                    .one
                    .ends_with(Words::of(layer.into(), &request).bare)
            );
        }
    }
}
