//! The request of a scenario, as JSON: the form of the native command, whose values may still be wrong.

use serde::{Deserialize, Serialize};

use crate::policy::{Context, ContextValue};

use super::{Case, KeyTexts, ResourceTexts};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Written {
    principal: Caller,
    action: String,
    resource: Resources,
    #[serde(default)]
    context: Context,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    grant_tokens: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    management_account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key_manager: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Caller {
    Name(String),
    Kind(CallerKind),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
enum CallerKind {
    Anonymous,
    Federated { provider: String },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Resources {
    One(Resource),
    Many(Vec<Resource>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Resource {
    resource: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    account_id: String,
}

/// Before the provider's name, in the text of a caller who is signed in there and no more.
pub(in crate::labs::policy) const FEDERATED: &str = "federated ";

impl Written {
    /// Nothing for a text that has not this form; what is wrong with it the stricter form of the engine says.
    pub(super) fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    pub(super) fn of(case: &Case) -> Self {
        let mut resources = case.resources.iter().map(|texts| Resource {
            resource: texts.arn.clone(),
            account_id: texts.account.clone(),
        });
        Self {
            principal: match case.principal.strip_prefix(FEDERATED) {
                Some(provider) => Caller::Kind(CallerKind::Federated {
                    provider: provider.to_owned(),
                }),
                None => Caller::Name(case.principal.clone()),
            },
            action: case.action.clone(),
            resource: match (resources.next(), case.resources.len()) {
                (Some(only), 1) => Resources::One(only),
                (first, _) => Resources::Many(first.into_iter().chain(resources).collect()),
            },
            context: case
                .keys
                .iter()
                .map(|texts| (texts.key.clone(), texts.value()))
                .collect(),
            grant_tokens: case.grant_tokens.clone(),
            management_account: given(&case.management_account),
            key_manager: given(&case.key_manager),
        }
    }

    pub(super) fn print(&self) -> String {
        serde_json::to_string_pretty(self).expect("a request is plain data")
    }

    pub(super) fn into_case(self) -> Case {
        let resources = match self.resource {
            Resources::One(resource) => vec![resource],
            Resources::Many(resources) => resources,
        };
        Case {
            principal: match self.principal {
                Caller::Name(name) => name,
                Caller::Kind(CallerKind::Anonymous) => "anonymous".to_owned(),
                Caller::Kind(CallerKind::Federated { provider }) => {
                    format!("{FEDERATED}{provider}")
                }
            },
            action: self.action,
            resources: resources
                .into_iter()
                .map(|resource| ResourceTexts {
                    arn: resource.resource,
                    account: resource.account_id,
                })
                .collect(),
            keys: self
                .context
                .iter()
                .map(|(key, value)| KeyTexts {
                    key: key.to_owned(),
                    values: value.as_slice().join("\n"),
                    is_set: matches!(value, ContextValue::Multiple(_)),
                })
                .collect(),
            grant_tokens: self.grant_tokens,
            management_account: self.management_account.unwrap_or_default(),
            key_manager: self.key_manager.unwrap_or_default(),
            policies: Vec::new(),
            grants: None,
        }
    }
}

impl KeyTexts {
    /// What the key holds. A set without values is written as no text at all.
    pub(in crate::labs::policy) fn value(&self) -> ContextValue {
        if self.is_set {
            ContextValue::Multiple(self.values.lines().map(str::to_owned).collect())
        } else {
            ContextValue::Single(self.values.clone())
        }
    }
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
