//! What whoever makes a mistake takes request and policies for.

use serde_json::{Map, Value, json};

use crate::policy::{
    self, ClauseTrace, CompiledPolicy, Decision, Effect, Evaluation, Layer, Level, Outcome,
    Policies, Principal, Request, StatementTrace,
};

use super::clauses::{self, misread};
use super::documents::{Document, compiled, reread, reread_judged};
use super::{Branch, Mistake};

/// What is decided of a request for one resource.
pub(super) fn decide(mistake: Mistake, branch: &Branch, policies: &Policies) -> Decision {
    let Branch { request, right } = branch;
    let under = |policies: &Policies| policy::decide(request, policies).decision;
    let conditions =
        |belief: fn(&ClauseTrace) -> Option<bool>| under(&misread(policies, right, belief));
    let texts = |read: fn(Layer, &mut Document)| under(&reread(policies, read));
    match mistake {
        Mistake::FirstMatchWins => under(&reread_judged(policies, right, |judged, document| {
            let first = judged.statements.iter().find(|statement| statement.applies);
            if let Some(first) = first {
                document.statements.truncate(first.index + 1);
            }
        })),
        Mistake::AllowOverridesDeny if someone_allows(right) => texts(|_, document| {
            document
                .statements
                .retain(|statement| !is(statement, "Deny"));
        }),
        Mistake::AllowOverridesDeny => right.decision,
        Mistake::ResourcePolicyIgnoresBoundary if right.layers.resource == Outcome::Allowed => {
            under(&Policies {
                boundaries: silent(right, Layer::Boundary, &policies.boundaries),
                ..policies.clone()
            })
        }
        Mistake::ResourcePolicyIgnoresBoundary => right.decision,
        Mistake::BoundaryLimitsEverything => match (right.decision, right.layers.boundary) {
            (Decision::Allowed, Outcome::ImplicitlyDenied) => Decision::ImplicitlyDenied,
            (decision, _) => decision,
        },
        Mistake::BoundaryGrants => under(&granting(policies, &policies.boundaries)),
        Mistake::SessionPolicyAdds => {
            let added = granting(policies, &policies.session);
            under(&Policies {
                session: silent(right, Layer::Session, &policies.session),
                ..added
            })
        }
        Mistake::OneSideSufficesAcrossAccounts => {
            policy::decide(&at_home(request), policies).decision
        }
        Mistake::ScpGrants => {
            let levels = policies.service_control.iter();
            let allowing: Vec<CompiledPolicy> =
                levels.flat_map(|level| level.policies.clone()).collect();
            under(&granting(policies, &allowing))
        }
        Mistake::OneScpLevelSuffices => under(&Policies {
            service_control: as_one_level(&policies.service_control),
            ..policies.clone()
        }),
        Mistake::ManagementAccountIsLimited => under(&Policies {
            management_account: None,
            ..policies.clone()
        }),
        Mistake::IdentityPolicySufficesForKeys if is_about(request, "kms:") => {
            under(&delegating(request, policies))
        }
        Mistake::IdentityPolicySufficesForRoles if is_about(request, "sts:assumerole") => {
            under(&delegating(request, policies))
        }
        Mistake::IdentityPolicySufficesForKeys | Mistake::IdentityPolicySufficesForRoles => {
            right.decision
        }
        Mistake::AccountMeansRootUser if matches!(request.principal, Principal::Root { .. }) => {
            right.decision
        }
        Mistake::AccountMeansRootUser => texts(|_, document| nobody_by_account(document)),
        Mistake::MissingKeyMatches => conditions(clauses::missing_key_matches),
        Mistake::MissingKeyNeverMatches => conditions(clauses::missing_key_never_matches),
        Mistake::NegatedListIsOr => conditions(clauses::negated_list_is_or),
        Mistake::ForAllValuesNeedsValues => conditions(clauses::for_all_values_needs_values),
        Mistake::NullTrueMeansPresent => conditions(clauses::null_true_means_present),
        Mistake::WildcardsInStringEquals => texts(|_, document| rename(document, "Equals", "Like")),
        Mistake::StringEqualsIgnoresCase => {
            texts(|_, document| rename(document, "Equals", "EqualsIgnoreCase"))
        }
        Mistake::VariablesInEveryVersion => texts(|_, document| {
            document
                .elements
                .insert("Version".to_owned(), json!("2012-10-17"));
        }),
        Mistake::NotActionDenies => texts(|_, document| deny_the_excepted(document)),
        Mistake::BucketCoversObjects => texts(|_, document| cover_objects(document)),
    }
}

/// Whether a statement of the caller's or the resource's policies allows.
fn someone_allows(evaluation: &Evaluation) -> bool {
    let allows =
        |statement: &StatementTrace| statement.applies && statement.effect == Some(Effect::Allow);
    let layers = evaluation.trace.iter().flat_map(|branch| &branch.layers);
    layers
        .filter(|trace| matches!(trace.layer, Layer::Identity | Layer::Resource))
        .flat_map(|trace| &trace.policies)
        .any(|policy| policy.statements.iter().any(allows))
}

/// The policies of a layer, unless all they do is not to allow.
fn silent(
    evaluation: &Evaluation,
    layer: Layer,
    policies: &[CompiledPolicy],
) -> Vec<CompiledPolicy> {
    match evaluation.layers.of(layer) {
        Outcome::ImplicitlyDenied => Vec::new(),
        _ => policies.to_vec(),
    }
}

/// With these policies as identity policies too.
fn granting(policies: &Policies, more: &[CompiledPolicy]) -> Policies {
    let mut granting = policies.clone();
    granting.identity.extend_from_slice(more);
    granting
}

/// As if the resource belonged to the caller's account.
fn at_home(request: &Request) -> Request {
    let mut at_home = request.clone();
    for resource in &mut at_home.resources {
        if let Some(account) = request.principal.account() {
            resource.account = Some(account.clone());
        }
    }
    at_home
}

fn as_one_level(levels: &[Level]) -> Vec<Level> {
    let mut levels = levels.iter().cloned();
    let Some(mut one) = levels.next() else {
        return Vec::new();
    };
    one.policies.extend(levels.flat_map(|level| level.policies));
    vec![one]
}

fn is_about(request: &Request, actions: &str) -> bool {
    request.action.to_ascii_lowercase().starts_with(actions)
}

/// As if the resource's policy left everything to the identity policies of the caller's account.
fn delegating(request: &Request, policies: &Policies) -> Policies {
    let Some(account) = request.principal.account() else {
        return policies.clone();
    };
    let mut statement = json!({
        "Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{account}:root")}, "Action": "*", "Resource": "*"
    });
    if is_about(request, "sts:")
        && let Some(members) = statement.as_object_mut()
    {
        members.remove("Resource");
    }
    if policies.resource.is_none() {
        let document = json!({"Version": "2012-10-17", "Statement": [statement]});
        return Policies {
            resource: Some(compiled(&document)),
            ..policies.clone()
        };
    }
    reread(policies, |layer, document| {
        if let (Layer::Resource, Value::Object(members)) = (layer, &statement) {
            document.statements.push(members.clone());
        }
    })
}

/// Strikes accounts out of every list of principals, and statements that then name nobody.
fn nobody_by_account(document: &mut Document) {
    document.statements.retain_mut(|statement| {
        let names = statement
            .get_mut("Principal")
            .and_then(|principal| principal.get_mut("AWS"));
        match names {
            Some(Value::Array(names)) => {
                names.retain(|name| !is_account(name));
                !names.is_empty()
            }
            Some(name) => !is_account(name),
            None => true,
        }
    });
}

fn is_account(name: &Value) -> bool {
    name.as_str().is_some_and(|name| {
        let is_digits = name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit());
        is_digits || name.starts_with("arn:") && name.ends_with(":root")
    })
}

/// Gives `StringEquals` and `StringNotEquals` another meaning.
fn rename(document: &mut Document, from: &str, to: &str) {
    let conditions = document.statements.iter_mut().filter_map(|statement| {
        statement
            .get_mut("Condition")
            .and_then(Value::as_object_mut)
    });
    for operators in conditions {
        let written: Vec<String> = operators.keys().cloned().collect();
        for operator in written {
            let base = operator.rsplit(':').next().unwrap_or_default();
            let base = base.strip_suffix("IfExists").unwrap_or(base);
            if matches!(base, "StringEquals" | "StringNotEquals")
                && let Some(keys) = operators.remove(&operator)
            {
                merge(operators, operator.replace(from, to), keys);
            }
        }
    }
}

/// Puts keys under an operator that may have keys already.
fn merge(operators: &mut Map<String, Value>, operator: String, keys: Value) {
    match (
        operators.get_mut(&operator).and_then(Value::as_object_mut),
        keys,
    ) {
        (Some(there), Value::Object(keys)) => there.extend(keys),
        (_, keys) => {
            operators.insert(operator, keys);
        }
    }
}

/// Reads `NotAction` in an Allow as a Deny of what it lists.
fn deny_the_excepted(document: &mut Document) {
    let excepting = document
        .statements
        .iter()
        .filter(|statement| is(statement, "Allow"));
    let denying: Vec<Map<String, Value>> = excepting
        .filter_map(|statement| {
            let mut denying = statement.clone();
            let actions = denying.remove("NotAction")?;
            denying.insert("Action".to_owned(), actions);
            denying.insert("Effect".to_owned(), json!("Deny"));
            Some(denying)
        })
        .collect();
    document.statements.extend(denying);
}

/// Reads the ARN of a bucket as the bucket and its objects.
fn cover_objects(document: &mut Document) {
    for statement in &mut document.statements {
        if let Some(resources) = statement.get_mut("Resource") {
            let mut all = match resources.take() {
                Value::Array(all) => all,
                one => vec![one],
            };
            let objects: Vec<Value> = all.iter().filter_map(objects_of).collect();
            all.extend(objects);
            *resources = match <[Value; 1]>::try_from(all) {
                Ok([one]) => one,
                Err(all) => Value::Array(all),
            };
        }
    }
}

fn objects_of(resource: &Value) -> Option<Value> {
    let bucket = resource.as_str()?.strip_prefix("arn:aws:s3:::")?;
    let is_bucket = !bucket.contains(['/', '*', '?']);
    is_bucket.then(|| json!(format!("arn:aws:s3:::{bucket}/*")))
}

fn is(statement: &Map<String, Value>, effect: &str) -> bool {
    let written = statement.get("Effect").and_then(Value::as_str);
    written.is_some_and(|written| written.eq_ignore_ascii_case(effect))
}
