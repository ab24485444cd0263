//! What is written for Anki; `cargo xtask test anki` imports it into the real one.

use cipherdeck::base::Timestamp;
use cipherdeck::course::{Course, Files};
use cipherdeck::door::{
    Analyst, AnalystAnswer, AnalystAsk, AnkiAsk, AnkiForm, Learned, Packed, decode, encode,
};
use cipherdeck::store::AnkiExport;
use cipherdeck::study::{Log, StudyOptions, UtcOffset};
use proptest::prelude::*;

use super::entry;

const HEAD: &str = "---\nsheet: a\ntitle: \"A: sheet::one\"\ndomains: [SCS-C03/4]\ntopic: policies\ntags: [iam, scp]\n---\n";
const NOTE: &str = "\n> [!NOTE]\n> Because of *this*. Source: <https://example.com/why?a=1&b=2>\n";

fn course(questions: &str) -> Course {
    let sheet = format!("{HEAD}\n{questions}");
    let files: Files = [
        ("sheets/a.md".to_owned(), sheet.into_bytes()),
        (
            "exams.toml".to_owned(),
            include_bytes!("../../content/exams.toml").to_vec(),
        ),
    ]
    .into();
    let (course, findings) = Course::read(&files);
    assert_eq!(findings, [], "{questions}");
    course
}

fn export(course: &Course) -> AnkiExport<'_> {
    AnkiExport {
        course,
        progress: None,
        at: Timestamp::from_millis(1_790_000_000_000),
        offset: UtcOffset::UTC,
    }
}

/// The fields of one question: asked, answer, explanation, source, id, tags.
fn fields(heading: &str, body: &str) -> Vec<String> {
    let course = course(&format!("### {heading}\n\n{body}{NOTE}"));
    let text = export(&course).text();
    let line = text.lines().last().unwrap();
    assert_eq!(line.matches('\t').count(), 8, "{line}");
    let values = line.split('\t').map(|value| {
        let inner = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        inner.unwrap().replace("\"\"", "\"")
    });
    values.collect()
}

#[test]
fn a_line_has_its_guid_kind_deck_fields_and_tags() {
    let fields = fields("Why `a<b>`? <!-- q: why tags=x,scp -->", "> So & so.\n");
    assert_eq!(
        fields,
        [
            "cipherdeck:why",
            "Cipherdeck",
            "Cipherdeck::A: sheet: one",
            "<p>Why <code>a&lt;b&gt;</code>?</p>",
            "<p>So &amp; so.</p>",
            "<p>Because of <em>this</em>.</p>",
            "<a href=\"https://example.com/why?a=1&amp;b=2\">https://example.com/why?a=1&amp;b=2</a>",
            "why",
            "SCS-C03::4 iam scp topic::policies x",
        ]
    );
}

#[test]
fn a_choice_shows_its_options_and_answers_with_every_reason() {
    let options = "- [ ] One\n  > Not one.\n- [x] Two\n  > Two.\n- [x] Three\n  > Three.\n";
    let fields = fields("Which? <!-- q: which shuffle=no -->", options);
    assert_eq!(
        fields[3],
        "<p>Which?</p><p>Choose 2.</p><ol type=\"A\"><li>One</li><li>Two</li><li>Three</li></ol>"
    );
    assert!(
        fields[4].contains("<li class=\"wrong\">✗ One<div class=\"reason\">Not one.</div></li>")
    );
    assert!(
        fields[4].contains("<li class=\"right\">✓ Three<div class=\"reason\">Three.</div></li>")
    );
}

#[test]
fn blanks_are_a_cloze_that_braces_do_not_break() {
    let body = "KMS gives {{a :: b}} and {{two::a hint}}, never `{{c1::three}}` or \\{{four}}.\n";
    let fields = fields("Fill in <!-- q: fill -->", &body.replace(" :: ", "-"));
    assert_eq!(fields[1], "Cipherdeck Cloze");
    assert_eq!(
        fields[3],
        "<p>Fill in</p><p>KMS gives {{c1::a-b}} and {{c2::two::a hint}}, never <code>&#123;&#123;c1::three&#125;&#125;</code> or &#123;&#123;four&#125;&#125;.</p>"
    );
}

#[test]
fn order_pairs_typed_answers_and_labs_are_told_in_plain_html() {
    let order = fields("Order? <!-- q: o -->", "1. b\n2. a\n");
    assert!(order[3].contains("<ul>") && order[4] == "<ol><li>b</li><li>a</li></ol>");
    let table = "| left | right |\n|---|---|\n| 1 | one |\n| 2 | two |\n";
    let pairs = fields("Match? <!-- q: m -->", table);
    assert!(pairs[3].contains("<p>left:</p><ul><li>1</li><li>2</li></ul><p>right:</p>"));
    assert!(pairs[4].contains("<tr><td>1</td><td>one</td></tr>"));
    let typed = fields("Type? <!-- q: t type=typed -->", "> AAD | `a|b`\n");
    assert_eq!(typed[4], "<p><code>AAD</code> or <code>a|b</code></p>");
    let lab = fields("Do? <!-- q: l type=lab lab=envelope -->", "Do it.\n");
    assert!(lab[4].contains("<code>envelope</code>"));
    let text = "Look:\n\n```json\n{\n\t\"a\": \"[sound:x]\"\n}\n```\n\n| a | b | c |\n|:--|---|--:|\n| 1 | 2 | 3 |\n\n> So.\n";
    let plain = fields_of_many_lines("Read? <!-- q: r -->", text);
    assert!(plain.contains("\t&quot;a&quot;: &quot;&#91;sound:x]&quot;\n"));
    assert!(plain.contains("<th style=\"\"text-align:left\"\">a</th><th>b</th>"));
}

fn fields_of_many_lines(heading: &str, body: &str) -> String {
    export(&course(&format!("### {heading}\n\n{body}{NOTE}"))).text()
}

#[test]
fn one_export_is_like_another() {
    let course = course(&format!("### Why? <!-- q: why -->\n\n> So.\n{NOTE}"));
    let package = export(&course).package();
    assert_eq!(package, export(&course).package());
    assert!(package.starts_with(b"PK\x03\x04"));
    let database = b"SQLite format 3\0";
    assert!(
        package
            .windows(database.len())
            .any(|window| window == database)
    );
}

#[test]
fn the_analyst_makes_the_same_package() {
    let sheet = format!("{HEAD}\n### Why? <!-- q: why -->\n\n> So.\n{NOTE}");
    let files = Files::from([("a.md".to_owned(), sheet.into_bytes())]);
    let learned = Learned {
        log: Packed::new(&[entry(1, 1, 5)].into_iter().collect()),
        unsaved: Log::default(),
        options: StudyOptions {
            desired_retention: 0.95,
            ..StudyOptions::default()
        },
    };
    let (course, _) = Course::read(&files);
    let progress = learned.clone().replay(course.renamed().clone());
    let expected = AnkiExport {
        progress: Some(&progress),
        ..export(&course)
    };
    let ask = AnalystAsk::Anki(Box::new(AnkiAsk {
        files,
        decks: Packed::default(),
        learned,
        at: expected.at,
        offset: expected.offset,
        form: AnkiForm::Package,
    }));
    let AnalystAnswer::Anki(package) = decode(&Analyst::answer(&encode(&ask))).unwrap() else {
        panic!("a package is expected")
    };
    assert!(package == expected.package(), "the two packages differ");
}

proptest! {
    #[test]
    fn whatever_an_author_writes_is_escaped(words in "[ -~]{1,40}") {
        let code = words.replace('`', "'");
        let body = format!("> x `` {code} ``\n");
        let fields = fields("Why? <!-- q: why -->", &body);
        let inner = fields[4].strip_prefix("<p>x <code>").and_then(|rest| rest.strip_suffix("</code></p>"));
        let inner = inner.expect("code stands in its element");
        prop_assert!(!inner.contains(['<', '>', '"', '{', '}', '\\']), "{}", inner);
        prop_assert!(!inner.contains("[sound:"));
    }
}
