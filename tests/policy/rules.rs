//! The rules of evaluation, each with at least two tests: where it holds and where it does not.
//!
//! The rules are listed in `src/policy/RULES.md`. A test names those it is about in a comment above it.

mod conditions;
mod cross_account;
mod grants;
mod kms;
mod matching;
mod names;
mod order;
mod organizations;
mod resource;
mod values;
mod variables;

use std::collections::BTreeMap;

const RULES: &str = include_str!("../../src/policy/RULES.md");

const CHAPTERS: [&str; 11] = [
    include_str!("rules/conditions.rs"),
    include_str!("rules/cross_account.rs"),
    include_str!("rules/grants.rs"),
    include_str!("rules/kms.rs"),
    include_str!("rules/matching.rs"),
    include_str!("rules/names.rs"),
    include_str!("rules/order.rs"),
    include_str!("rules/organizations.rs"),
    include_str!("rules/resource.rs"),
    include_str!("rules/values.rs"),
    include_str!("rules/variables.rs"),
];

/// Each rule's number with the names of its tests.
fn tests_by_rule() -> BTreeMap<usize, Vec<&'static str>> {
    let mut tests: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for chapter in CHAPTERS {
        let lines: Vec<&str> = chapter.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(numbers) = line.strip_prefix("// Rule ") else {
                continue;
            };
            assert_eq!(lines[at + 1], "#[test]", "{line} stands above no test");
            let name = lines[at + 2].strip_prefix("fn ").unwrap();
            for number in numbers.split(", ") {
                let tests = tests.entry(number.parse().unwrap()).or_default();
                tests.push(name.split('(').next().unwrap());
            }
        }
    }
    tests
}

#[test]
fn every_rule_has_its_page_and_two_tests() {
    let written: Vec<(usize, &str)> = RULES
        .lines()
        .filter_map(|line| line.split_once(". "))
        .filter_map(|(number, rule)| Some((number.parse().ok()?, rule)))
        .collect();
    let numbers: Vec<usize> = written.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=58).collect::<Vec<_>>());
    for (number, rule) in written {
        assert!(
            rule.contains("<https://docs.aws.amazon.com/"),
            "rule {number}"
        );
    }
    let tests = tests_by_rule();
    assert!(tests.keys().all(|number| numbers.contains(number)));
    for number in numbers {
        let tests = tests.get(&number).map_or(&[][..], Vec::as_slice);
        assert!(tests.len() >= 2, "rule {number} has {tests:?}");
    }
}
