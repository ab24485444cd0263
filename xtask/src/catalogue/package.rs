//! What the npm package holds, as far as it is wanted.

use crate::failure::{Context as _, Failure, Result};
use serde::{Deserialize, de::DeserializeOwned};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The package, unpacked.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
    titles: BTreeMap<String, String>,
    /// The services that resource control policies reach.
    pub with_rcp: BTreeSet<String>,
    /// Every service's prefix.
    pub prefixes: Vec<String>,
    /// Prefixes of condition keys that are no service's, such as `saml`.
    pub key_prefixes: Vec<String>,
    /// The keys that every service knows.
    pub global_keys: Vec<ConditionKey>,
    /// The day on which AWS's documentation was read.
    pub date: String,
    /// The licence, with the copyright notice.
    pub licence: String,
}

/// One service.
#[derive(Debug)]
pub struct Service {
    pub prefix: String,
    pub title: String,
    /// By name.
    pub actions: BTreeMap<String, Action>,
    /// By name in lower case.
    pub resource_types: BTreeMap<String, ResourceType>,
    pub condition_keys: Vec<ConditionKey>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    pub name: String,
    pub access_level: String,
    pub resource_types: Vec<ActionResource>,
    pub condition_keys: Vec<String>,
}

/// A resource type that an action works on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionResource {
    pub name: String,
    pub condition_keys: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceType {
    pub key: String,
    /// One form, or several with commas between them.
    pub arn: String,
    #[serde(default)]
    pub condition_keys: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct ConditionKey {
    pub key: String,
    /// Such as `String` or `ArrayOfString`.
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    updated_at: String,
}

impl Package {
    /// Reads what is not about one service.
    pub fn open(folder: &Path) -> Result<Self> {
        let manifest: Manifest = json(&folder.join("package.json"))?;
        let data = folder.join("data");
        let keys_beside_services: BTreeMap<String, serde_json::Value> =
            json(&data.join("unassociatedConditions.json"))?;
        Ok(Self {
            titles: json(&data.join("serviceNames.json"))?,
            with_rcp: json(&data.join("rcpSupportedServices.json"))?,
            prefixes: json(&data.join("services.json"))?,
            key_prefixes: keys_beside_services.into_keys().collect(),
            global_keys: global_keys(&folder.join("dist/esm/globalConditionKeys.js"))?,
            date: manifest.updated_at.chars().take(10).collect(),
            licence: read(&folder.join("LICENSE.txt"))
                .or_else(|_| read(&folder.join("LICENSE")))?,
            folder: data,
        })
    }

    /// Reads all about one service.
    pub fn service(&self, prefix: &str) -> Result<Service> {
        let title = self
            .titles
            .get(prefix)
            .ok_or_else(|| Failure::new(format!("the package knows no service `{prefix}`")))?;
        let file = |kind: &str| self.folder.join(kind).join(format!("{prefix}.json"));
        let keys: BTreeMap<String, ConditionKey> = json(&file("conditionKeys"))?;
        Ok(Service {
            prefix: prefix.to_owned(),
            title: title.clone(),
            actions: json(&file("actions"))?,
            resource_types: json(&file("resourceTypes"))?,
            condition_keys: keys.into_values().collect(),
        })
    }

    /// The resource types of a service, also of one that is not listed.
    pub fn resource_types(&self, prefix: &str) -> Result<Vec<ResourceType>> {
        let file = self
            .folder
            .join("resourceTypes")
            .join(format!("{prefix}.json"));
        let types: BTreeMap<String, ResourceType> = json(&file)?;
        Ok(types.into_values().collect())
    }
}

/// The global keys are no data file but an array in a script, a line each for the key and its type.
fn global_keys(script: &Path) -> Result<Vec<ConditionKey>> {
    let script = read(script)?;
    let quoted = |line: &str, label: &str| -> Option<String> {
        let rest = line.trim().strip_prefix(label)?.strip_prefix(": '")?;
        Some(rest.split_once('\'')?.0.to_owned())
    };
    let mut keys = Vec::new();
    let mut key = None;
    for line in script.lines() {
        key = quoted(line, "key").or(key);
        if let Some(kind) = quoted(line, "type") {
            let key = key.take().ok_or_else(|| {
                Failure::new("a global condition key's type stands before its name")
            })?;
            keys.push(ConditionKey { key, kind });
        }
    }
    if keys.is_empty() {
        return Err(Failure::new("the package lists no global condition keys"));
    }
    Ok(keys)
}

fn json<T: DeserializeOwned>(file: &Path) -> Result<T> {
    serde_json::from_str(&read(file)?).context(format!("`{}` is not as expected", file.display()))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).context(format!("could not read `{}`", file.display()))
}
