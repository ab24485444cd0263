//! The catalogue's written form: one thing a line, so that a difference reads well.

use super::package::{Action, ConditionKey, Package, ResourceType, Service};
use crate::failure::{Failure, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// How the lines are to be read; the reader is `src/policy/catalogue/read.rs`.
const FORM: &str = "\
A line is of one of these forms. `[]` behind a type marks a key of several values.

  prefix PREFIX [rcp]                               a service; rcp: resource control policies reach it
  namespace NAME                                    stands for a service in ARNs or keys, and is no prefix of actions
  global KEY TYPE                                   a key that every service knows
  service PREFIX TITLE                              one of them, with what follows about it; the others are known by name only
  key KEY TYPE
  resource NAME ARN[|ARN]… [KEY]…                   a resource type, with the keys that go with it
  action NAME LEVEL [RESOURCE]… [/ [KEY]…]          an action, with the keys beyond those of its resources
";

/// Writes the catalogue of these services.
pub fn write(package: &Package, services: &[Service], source: &str) -> Result<String> {
    let mut text = head(package, source);
    let mut line = |parts: &[&str]| {
        text.push_str(&parts.join(" "));
        text.push('\n');
    };
    for prefix in &package.prefixes {
        let reached: &[&str] = if package.with_rcp.contains(prefix) {
            &["rcp"]
        } else {
            &[]
        };
        line(&[&["prefix", prefix.as_str()][..], reached].concat());
    }
    for namespace in namespaces(package)? {
        line(&["namespace", &namespace]);
    }
    let globals = keys(&package.global_keys)?;
    for (key, kind) in &globals {
        line(&["global", key, kind]);
    }
    for service in services {
        write_service(service, &globals, &mut line)?;
    }
    Ok(text)
}

fn head(package: &Package, source: &str) -> String {
    let mut head = format!(
        "What AWS documents about its actions, resource types and condition keys, trimmed.\n\
         Written by `cargo xtask catalogue`; not to be edited.\n\
         \n\
         Source: npm {source}, data of {}, under this licence:\n\n",
        package.date
    );
    for line in package.licence.trim().lines() {
        let _ = writeln!(head, "  {line}");
    }
    let _ = write!(head, "\n{FORM}");
    let mut text = String::new();
    for line in head.lines() {
        let _ = writeln!(text, "{}", format!("# {line}").trim_end());
    }
    text
}

/// What stands for a service in ARNs or keys and is no service's prefix. Web addresses of identity providers are left out.
fn namespaces(package: &Package) -> Result<BTreeSet<String>> {
    let mut found: BTreeSet<String> = package.key_prefixes.iter().cloned().collect();
    for prefix in &package.prefixes {
        for resource in package.resource_types(prefix)? {
            let service = resource.arn.split(':').nth(2).unwrap_or_default();
            found.insert(service.to_owned());
        }
    }
    found.retain(|name| !name.contains(['.', '$']) && !name.is_empty());
    for prefix in &package.prefixes {
        found.remove(prefix);
    }
    Ok(found)
}

fn write_service(
    service: &Service,
    globals: &BTreeMap<String, String>,
    line: &mut impl FnMut(&[&str]),
) -> Result {
    let prefix = service.prefix.as_str();
    line(&["service", prefix, &service.title]);
    for (key, kind) in keys(&service.condition_keys)? {
        if !globals.contains_key(&key) {
            line(&["key", &key, &kind]);
        }
    }
    for resource in service.resource_types.values() {
        let name = one_word(&resource.key);
        let arn = resource.arn.replace(", ", "|");
        let keys = names(&resource.condition_keys)?;
        let keys = keys.iter().map(String::as_str);
        let parts: Vec<&str> = ["resource", &name, &arn].into_iter().chain(keys).collect();
        line(&parts);
    }
    for action in service.actions.values() {
        write_action(action, service, line)?;
    }
    Ok(())
}

fn write_action(action: &Action, service: &Service, line: &mut impl FnMut(&[&str])) -> Result {
    let mut implied = BTreeSet::new();
    let mut own: Vec<String> = action.condition_keys.clone();
    let mut resources = Vec::new();
    for resource in &action.resource_types {
        let kind: &ResourceType = service
            .resource_types
            .get(&resource.name.to_lowercase())
            .ok_or_else(|| {
                Failure::new(format!(
                    "`{}:{}` works on `{}`, which is no resource type",
                    service.prefix, action.name, resource.name
                ))
            })?;
        implied.extend(names(&kind.condition_keys)?);
        own.extend(resource.condition_keys.iter().cloned());
        resources.push(one_word(&kind.key));
    }
    let level = level(&action.access_level)?;
    let mut parts = vec!["action", &action.name, level];
    parts.extend(resources.iter().map(String::as_str));
    let own = names(&own)?;
    let beyond: Vec<&str> = own.difference(&implied).map(String::as_str).collect();
    if !beyond.is_empty() {
        parts.push("/");
        parts.extend(beyond);
    }
    line(&parts);
    Ok(())
}

fn level(written: &str) -> Result<&'static str> {
    Ok(match written {
        "List" => "list",
        "Read" => "read",
        "Write" => "write",
        "Tagging, Write" => "tagging",
        "Permissions management, Write" => "permissions",
        _ => {
            return Err(Failure::new(format!(
                "there is no access level `{written}`"
            )));
        }
    })
}

/// Keys with their types, by name.
fn keys(keys: &[ConditionKey]) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    for key in keys {
        if let Some(name) = name(&key.key)? {
            found.insert(name, kind(&key.kind)?);
        }
    }
    Ok(found)
}

fn names(keys: &[String]) -> Result<BTreeSet<String>> {
    keys.iter()
        .filter_map(|key| name(key).transpose())
        .collect()
}

/// The key with its open end in one form, as in `aws:RequestTag/${TagKey}`. Nothing for a key whose prefix is open:
/// the address of an identity provider of which there are many.
fn name(written: &str) -> Result<Option<String>> {
    let name = written
        .replace("/tag-key", "/${TagKey}")
        .replace("<key>", "${TagKey}");
    let (prefix, behind) = name
        .split_once(':')
        .ok_or_else(|| Failure::new(format!("`{written}` is no condition key")))?;
    if prefix.contains('$') {
        return Ok(None);
    }
    let is_sound = match behind.split_once("${") {
        None => !behind.contains(['<', '{']),
        Some((_, open)) => open.find('}') == Some(open.len() - 1),
    };
    if is_sound {
        Ok(Some(name))
    } else {
        Err(Failure::new(format!(
            "the condition key `{written}` is open elsewhere than at its end"
        )))
    }
}

fn kind(written: &str) -> Result<String> {
    let (many, one) = match written.strip_prefix("ArrayOf") {
        Some(one) => ("[]", one),
        None => ("", written),
    };
    let one = match one {
        "String" => "string",
        "Numeric" => "numeric",
        "Date" => "date",
        "Bool" => "bool",
        "Binary" => "binary",
        "IPAddress" => "ip",
        "ARN" => "arn",
        _ => {
            return Err(Failure::new(format!(
                "there is no type of condition key `{written}`"
            )));
        }
    };
    Ok(format!("{one}{many}"))
}

fn one_word(name: &str) -> String {
    name.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_end_of_a_key_is_written_in_one_form() {
        let written = |key| name(key).expect("a sound key");
        for key in ["aws:RequestTag/tag-key", "aws:RequestTag/${TagKey}"] {
            assert_eq!(written(key).as_deref(), Some("aws:RequestTag/${TagKey}"));
        }
        assert_eq!(
            written("s3:ExistingObjectTag/<key>").as_deref(),
            Some("s3:ExistingObjectTag/${TagKey}")
        );
        assert_eq!(written("agent.${Domain}.example.com:sub"), None);
        assert!(name("codebuild:sources/${id}.type").is_err());
        assert!(name("SourceIp").is_err());
    }

    #[test]
    fn a_type_is_marked_where_the_key_has_several_values() {
        assert_eq!(kind("ArrayOfARN").expect("a known type"), "arn[]");
        assert_eq!(kind("IPAddress").expect("a known type"), "ip");
        assert!(kind("Colour").is_err());
    }
}
