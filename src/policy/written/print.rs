//! The way back: a request and grants as text.

use std::fmt;

use serde::Serialize;

use crate::policy::context::ContextValue;
use crate::policy::grant::Grant;
use crate::policy::layers::KeyManager;
use crate::policy::request::Resource;

use super::Asked;

/// As JSON, indented by two spaces; [`request`](super::request) reads it.
impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = &self.request;
        let resource = match request.resources.as_slice() {
            [one] => place(one),
            several => {
                let lines: Vec<_> = several.iter().map(place).collect();
                format!("[\n    {}\n  ]", lines.join(",\n    "))
            }
        };
        write!(
            f,
            "{{\n  \"principal\": {},\n  \"action\": {},\n  \"resource\": {resource}",
            json(&request.principal),
            json(&request.action)
        )?;
        f.write_str(",\n  \"context\": {")?;
        let mut separator = "\n";
        for (key, value) in request.context.iter() {
            write!(f, "{separator}    {}: {}", json(key), values(value))?;
            separator = ",\n";
        }
        f.write_str(if separator == "\n" { "}" } else { "\n  }" })?;
        if !request.grant_tokens.is_empty() {
            let tokens = ContextValue::Multiple(request.grant_tokens.clone());
            write!(f, ",\n  \"grantTokens\": {}", values(&tokens))?;
        }
        if let Some(account) = &self.management_account {
            write!(f, ",\n  \"managementAccount\": {}", json(account))?;
        }
        if self.key_manager == KeyManager::Aws {
            f.write_str(",\n  \"keyManager\": \"AWS\"")?;
        }
        f.write_str("\n}")
    }
}

/// Grants as JSON, indented by two spaces; [`grants`](super::grants) reads it.
#[must_use]
pub fn grants_to_json(grants: &[Grant]) -> String {
    serde_json::to_string_pretty(grants).expect("grants are strings, lists and maps of strings")
}

fn place(resource: &Resource) -> String {
    let arn = json(&resource.arn);
    match &resource.account {
        Some(account) => format!("{{\"resource\": {arn}, \"accountId\": {}}}", json(account)),
        None => format!("{{\"resource\": {arn}}}"),
    }
}

fn values(value: &ContextValue) -> String {
    match value {
        ContextValue::Single(value) => json(value),
        ContextValue::Multiple(values) => {
            let values: Vec<_> = values.iter().map(json).collect();
            format!("[{}]", values.join(", "))
        }
    }
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("strings can be written as JSON")
}
