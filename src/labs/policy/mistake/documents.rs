//! Policies read otherwise: their documents with something changed.

use serde_json::{Map, Value};

use crate::policy::{CompiledPolicy, Evaluation, Layer, Level, Policies, PolicyTrace};

/// A document's statements as JSON objects, and its other elements.
pub(super) struct Document {
    pub(super) elements: Map<String, Value>,
    pub(super) statements: Vec<Map<String, Value>>,
}

/// Every policy read anew by `read`, which is told its layer.
pub(super) fn reread(policies: &Policies, read: impl Fn(Layer, &mut Document)) -> Policies {
    let mut policies = policies.clone();
    for (layer, _, policy) in all(&mut policies) {
        *policy = reread_one(policy, |document| read(layer, document));
    }
    policies
}

/// The same for policies that were judged; `read` is told what became of each.
pub(super) fn reread_judged(
    policies: &Policies,
    evaluation: &Evaluation,
    read: impl Fn(&PolicyTrace, &mut Document),
) -> Policies {
    let mut policies = policies.clone();
    for (layer, index, policy) in all(&mut policies) {
        let branches = evaluation.trace.iter().flat_map(|branch| &branch.layers);
        let judged = branches
            .filter(|trace| trace.layer == layer)
            .find_map(|trace| trace.policies.get(index));
        if let Some(judged) = judged {
            *policy = reread_one(policy, |document| read(judged, document));
        }
    }
    policies
}

/// A document's text as a policy.
pub(super) fn compiled(document: &Value) -> CompiledPolicy {
    CompiledPolicy::parse(&document.to_string()).expect("an object is a document")
}

/// Every policy, with its place among those of its layer, levels one after the other.
fn all(policies: &mut Policies) -> Vec<(Layer, usize, &mut CompiledPolicy)> {
    let mut all = Vec::new();
    let mut add = |layer, list: Vec<_>| {
        let numbered = list.into_iter().enumerate();
        all.extend(numbered.map(|(index, policy)| (layer, index, policy)));
    };
    let in_levels = |levels| {
        let levels: &mut Vec<Level> = levels;
        levels
            .iter_mut()
            .flat_map(|level| &mut level.policies)
            .collect()
    };
    add(Layer::Rcp, in_levels(&mut policies.resource_control));
    add(Layer::Scp, in_levels(&mut policies.service_control));
    add(Layer::Endpoint, policies.endpoint.iter_mut().collect());
    add(Layer::Resource, policies.resource.iter_mut().collect());
    add(Layer::Identity, policies.identity.iter_mut().collect());
    add(Layer::Boundary, policies.boundaries.iter_mut().collect());
    add(Layer::Session, policies.session.iter_mut().collect());
    all
}

/// A policy whose document is read as it stands keeps its text.
fn reread_one(policy: &CompiledPolicy, read: impl FnOnce(&mut Document)) -> CompiledPolicy {
    let Ok(Value::Object(mut elements)) = serde_json::from_str(policy.source()) else {
        return policy.clone();
    };
    let written = elements.remove("Statement");
    let statements: Vec<Map<String, Value>> = match written {
        Some(Value::Array(list)) => list.into_iter().filter_map(object).collect(),
        Some(other) => object(other).into_iter().collect(),
        None => Vec::new(),
    };
    let mut document = Document {
        elements,
        statements,
    };
    let before = (document.elements.clone(), document.statements.clone());
    read(&mut document);
    if before == (document.elements.clone(), document.statements.clone()) {
        return policy.clone();
    }
    let statements = document.statements.into_iter().map(Value::Object).collect();
    document
        .elements
        .insert("Statement".to_owned(), Value::Array(statements));
    let compiled = compiled(&Value::Object(document.elements));
    match policy.name() {
        Some(name) => compiled.named(name),
        None => compiled,
    }
}

fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
