//! The written form of scenarios: what it allows is read, what it refuses is refused at its place.

use cipherdeck::course::{ExhibitKind, FileKind, Scenario, parse_file};
use cipherdeck::policy::{DecidedBy, Decision, PolicyType};

const CASE: &str = r#"---
scenario: a-case
title: A case
domains: [SCS-C03/4]
topic: iam
decision: ImplicitlyDenied
decided-by: scp
findings: [missing-version]
---

# A case

Somebody wants something.

```json
{"an": "example in the story"}
```

```json request
{"principal": "x"}
```

```json scp Root FullAWSAccess
{}
```

```json identity Two words
{}
```

```json grants
[]
```

> [!NOTE]
> So it is.
>
> Source: <https://docs.aws.amazon.com/x.html>
"#;

fn read(text: &str) -> (Option<Box<Scenario>>, Vec<String>) {
    let (draft, findings) = parse_file("scenarios/a-case.md", text.as_bytes());
    let findings = findings.iter();
    let findings = findings.map(|finding| format!("{} {}", finding.place, finding.diagnostic.code));
    let scenario = match draft.expect("it is text").file.kind {
        FileKind::Scenario(scenario) => Some(scenario),
        _ => None,
    };
    (scenario, findings.collect())
}

/// What is found once `from` is replaced by `to`.
fn found(from: &str, to: &str) -> Vec<String> {
    assert!(CASE.contains(from), "{from}");
    read(&CASE.replace(from, to)).1
}

#[test]
fn a_scenario_has_a_story_exhibits_and_a_note() {
    let (scenario, findings) = read(CASE);
    assert_eq!(findings, Vec::<String>::new());
    let scenario = scenario.expect("it is a scenario");
    assert_eq!(
        (scenario.id.as_str(), scenario.about.title.as_str()),
        ("a-case", "A case")
    );
    assert_eq!((scenario.story.len(), scenario.note.len()), (2, 2));
    let expected = scenario.expected.as_ref().expect("it was just read");
    assert_eq!(
        (expected.decision, expected.decided_by),
        (Decision::ImplicitlyDenied, DecidedBy::Scp)
    );
    assert_eq!(expected.findings, ["missing-version"]);
    let exhibits: Vec<_> = scenario
        .exhibits
        .iter()
        .map(|exhibit| {
            assert_eq!(&CASE[exhibit.span.start..exhibit.span.end], exhibit.text);
            (exhibit.kind, exhibit.level.as_str(), exhibit.name.as_str())
        })
        .collect();
    assert_eq!(
        exhibits,
        [
            (ExhibitKind::Request, "", ""),
            (
                ExhibitKind::Policy(PolicyType::Scp),
                "Root",
                "FullAWSAccess"
            ),
            (ExhibitKind::Policy(PolicyType::Identity), "", "Two words"),
            (ExhibitKind::Grants, "", ""),
        ]
    );
}

#[test]
fn what_a_scenario_lacks_is_told() {
    assert_eq!(
        found("decision: ImplicitlyDenied\n", ""),
        ["1:1 missing-key"]
    );
    assert_eq!(found("ImplicitlyDenied", "Maybe"), ["6:11 wrong-value"]);
    assert_eq!(
        found("decided-by: scp", "decided-by: SCP"),
        ["7:13 wrong-value"]
    );
    assert_eq!(
        found("topic: iam", "topic: iam\nmood: good"),
        ["6:1 unknown-key"]
    );
    assert_eq!(
        found("scenario: a-case", "scenario: b-case"),
        ["2:11 misnamed-file"]
    );
    assert_eq!(
        found("scenario: a-case", "scenario: A case"),
        ["2:11 invalid-id"]
    );
    assert_eq!(found("# A case", "# Another"), ["11:1 missing-heading"]);
    assert_eq!(found("json request", "json"), ["1:1 missing-request"]);
    let story = "Somebody wants something.\n\n```json\n{\"an\": \"example in the story\"}\n```\n";
    assert_eq!(found(story, ""), ["1:1 missing-story"]);
    assert_eq!(found("Source:", "See"), ["35:1 missing-source"]);
    assert_eq!(
        found(
            "> [!NOTE]\n> So it is.\n>\n> Source: <https://docs.aws.amazon.com/x.html>\n",
            ""
        ),
        ["1:1 missing-explanation"]
    );
}

#[test]
fn what_stands_in_the_wrong_place_is_refused_there() {
    assert_eq!(
        found("```json grants\n[]\n```", "More prose."),
        ["31:1 misplaced-prose"]
    );
    assert_eq!(found("json grants", "json trust me"), Vec::<String>::new());
    assert_eq!(found("json grants", "json gift"), ["31:1 unknown-exhibit"]);
    assert_eq!(
        found("json scp Root FullAWSAccess", "json scp"),
        ["23:1 missing-level"]
    );
    assert_eq!(
        found("json identity Two words", "json request"),
        ["28:1 doubled-exhibit"]
    );
    assert_eq!(
        found(
            "json identity Two words\n{}\n```\n\n```json grants\n[]",
            "json key\n{}\n```\n\n```json resource\n{}"
        ),
        ["32:1 doubled-exhibit"]
    );
    assert_eq!(
        found("So it is.", "So <b>it</b> is."),
        ["36:6 html", "36:11 html"]
    );
}
