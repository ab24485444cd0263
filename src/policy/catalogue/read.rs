//! Reads the catalogue's file, whose head says how its lines are to be read. It is part of the program, and a test reads
//! it whole, so what it holds is expected and not checked.

use super::{
    AccessLevel, Action, ArnFormat, Catalogue, ConditionKey, KeyType, ResourceType, Service,
};

pub(super) fn catalogue(text: &'static str) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for line in text.lines() {
        let (form, rest) = line.split_once(' ').unwrap_or((line, ""));
        match form {
            "#" => catalogue.note(rest),
            "prefix" => catalogue.prefix(rest),
            "namespace" => catalogue.namespaces.push(rest),
            "global" => {
                let key = catalogue.key(rest);
                catalogue.global_keys.push(key);
            }
            "service" => catalogue.service(rest),
            "key" => {
                let key = catalogue.key(rest);
                catalogue.current().condition_keys.push(key);
            }
            "resource" => catalogue.current().resource_types.push(resource_type(rest)),
            "action" => {
                let service = catalogue.current();
                let action = action(rest, service);
                service.actions.push(action);
            }
            _ => {}
        }
    }
    catalogue
}

impl Catalogue {
    fn note(&mut self, note: &'static str) {
        if let Some(source) = note.strip_prefix("Source: ") {
            self.source = source.split(", under").next().unwrap_or(source);
        }
    }

    fn prefix(&mut self, rest: &'static str) {
        let prefix = rest.strip_suffix(" rcp").unwrap_or(rest);
        self.prefixes.push(prefix);
        if prefix != rest {
            self.with_rcp.push(prefix);
        }
    }

    fn service(&mut self, rest: &'static str) {
        let (prefix, title) = rest
            .split_once(' ')
            .expect("a service's title stands behind its prefix");
        self.services.push(Service {
            prefix,
            title,
            actions: Vec::new(),
            resource_types: Vec::new(),
            condition_keys: Vec::new(),
        });
    }

    fn key(&mut self, rest: &'static str) -> ConditionKey {
        let (name, kind) = rest
            .split_once(' ')
            .expect("a key's type stands behind its name");
        let value_type = kind.trim_end_matches("[]");
        let key = ConditionKey {
            name,
            value_type: key_type(value_type),
            is_multi_valued: value_type != kind,
        };
        // A key may be listed by several services; the global list, which comes first, is the surest.
        self.keys
            .entry(key.stem().to_ascii_lowercase())
            .or_insert(key);
        key
    }

    /// The service that the lines are about.
    fn current(&mut self) -> &mut Service {
        self.services
            .last_mut()
            .expect("a service's own line is its first")
    }
}

fn resource_type(rest: &'static str) -> ResourceType {
    let mut words = rest.split(' ');
    let name = words.next().expect("a split has a first part");
    let arns = words.next().expect("a resource type has an ARN");
    ResourceType {
        name,
        arns: arns.split('|').map(ArnFormat).collect(),
        condition_keys: words.collect(),
    }
}

fn action(rest: &'static str, service: &Service) -> Action {
    let mut words = rest.split(' ');
    let name = words.next().expect("a split has a first part");
    let access_level = access_level(words.next().expect("an action has a level"));
    let resource_types: Vec<&str> = words.by_ref().take_while(|word| *word != "/").collect();
    let kinds = resource_types
        .iter()
        .filter_map(|name| service.resource_type(name));
    let theirs = kinds.flat_map(|kind| kind.condition_keys.iter().copied());
    let mut condition_keys: Vec<&str> = words.chain(theirs).collect();
    condition_keys.sort_unstable();
    condition_keys.dedup();
    Action {
        service: service.prefix,
        name,
        access_level,
        resource_types,
        condition_keys,
    }
}

fn access_level(word: &str) -> AccessLevel {
    match word {
        "list" => AccessLevel::List,
        "read" => AccessLevel::Read,
        "tagging" => AccessLevel::Tagging,
        "permissions" => AccessLevel::PermissionsManagement,
        _ => AccessLevel::Write,
    }
}

fn key_type(word: &str) -> KeyType {
    match word {
        "numeric" => KeyType::Numeric,
        "date" => KeyType::Date,
        "bool" => KeyType::Bool,
        "binary" => KeyType::Binary,
        "ip" => KeyType::IpAddress,
        "arn" => KeyType::Arn,
        _ => KeyType::String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines as written, without the head.
    fn lines() -> impl Iterator<Item = &'static str> {
        let text = include_str!("aws.txt");
        text.lines().filter(|line| !line.starts_with('#'))
    }

    #[test]
    fn every_line_of_the_file_has_a_known_form_and_known_words() {
        let levels = ["list", "read", "write", "tagging", "permissions"];
        let types = ["string", "numeric", "date", "bool", "binary", "ip", "arn"];
        for line in lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let is_sound = match words[0] {
                "prefix" => words.len() == 2 || words.get(2) == Some(&"rcp"),
                "namespace" => words.len() == 2,
                "global" | "key" => types.contains(&words[2].trim_end_matches("[]")),
                "service" => words.len() > 2,
                "resource" => words[2]
                    .split('|')
                    .all(|arn| arn.splitn(6, ':').count() == 6),
                "action" => levels.contains(&words[2]),
                _ => false,
            };
            assert!(is_sound, "{line}");
        }
    }

    #[test]
    fn every_name_that_a_line_refers_to_is_defined() {
        let catalogue = catalogue(include_str!("aws.txt"));
        for service in &catalogue.services {
            for action in &service.actions {
                for name in &action.resource_types {
                    assert!(service.resource_type(name).is_some(), "{action}: {name}");
                }
                for key in &action.condition_keys {
                    let stem = key.split("${").next().unwrap().to_ascii_lowercase();
                    assert!(catalogue.keys.contains_key(&stem), "{action}: {key}");
                }
            }
        }
    }

    #[test]
    fn what_is_searched_by_halves_is_sorted() {
        let catalogue = catalogue(include_str!("aws.txt"));
        assert!(catalogue.prefixes.is_sorted());
        assert!(catalogue.with_rcp.is_sorted());
        assert!(catalogue.namespaces.is_sorted());
        assert!(
            catalogue
                .services
                .is_sorted_by_key(|service| service.prefix)
        );
        for name in lines().filter_map(|line| line.strip_prefix("prefix ")) {
            assert_eq!(name, name.to_ascii_lowercase());
        }
    }
}
