//! The written form of sheets, sentence by sentence: what it allows is read, what it refuses is refused at its place.

use cipherdeck::course::{Course, FileKind, Files, QuestionId, QuestionKind};
use cipherdeck::course::{Summary, check_course, parse_file, stamp_ids};
use proptest::prelude::*;

const SUMMARY: &str = "# Summary\n\n- [A lesson](lesson.md)\n  - [A sheet](sheets/a.md)\n";

const EXAMS: &str = r#"
[[exam]]
code = "SCS-C03"
title = "Security"
questions = 65
pass = 750
items = ["multiple choice"]
sources = ["https://example.com/guide"]
[[exam.domain]]
number = 4
name = "Identity"
weight = 100
"#;

const FACTS: &str = r#"
[[fact]]
id = "kms.requests"
says = "KMS takes {value} requests a second"
value = 100000
source = "https://example.com/kms"
"#;

const FRONT: &str =
    "---\nsheet: a\ntitle: A sheet\ndomains: [SCS-C03/4]\ntopic: policies\ntags: [iam]\n---\n";

const NOTE: &str = "\n> [!NOTE]\n> Because.\n> Source: <https://example.com/why>\n";

const OPTIONS: &str =
    "\n- [ ] Everything\n  > It never grants.\n- [x] Nothing\n  > Nothing grants.\n";

fn course(sheet: &str) -> Files {
    let files = [
        ("SUMMARY.md", SUMMARY),
        ("lesson.md", "# A lesson\n\nRead [this](sheets/a.md).\n"),
        ("sheets/a.md", sheet),
        ("exams.toml", EXAMS),
        ("facts.toml", FACTS),
    ];
    let bytes = |(path, text): (&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
    files.map(bytes).into_iter().collect()
}

/// `line:column code` of everything that is wrong with a course of this sheet.
fn places(files: &Files) -> Vec<String> {
    let findings = check_course(files);
    findings
        .iter()
        .map(|finding| {
            format!(
                "{}:{} {}",
                finding.path, finding.place, finding.diagnostic.code
            )
        })
        .collect()
}

fn sheet_places(sheet: &str) -> Vec<String> {
    let places = places(&course(sheet));
    let within = |place: String| place.replace("sheets/a.md:", "");
    places.into_iter().map(within).collect()
}

/// A sheet of one question; its heading stands on line 9.
fn question(comment: &str, body: &str) -> String {
    format!("{FRONT}\n### What may they do? {comment}\n{body}")
}

#[track_caller]
fn refused(sheet: &str, expected: &[&str]) {
    assert_eq!(sheet_places(sheet), expected, "{sheet}");
}

#[track_caller]
fn kind(comment: &str, body: &str) -> QuestionKind {
    let sheet = question(comment, &format!("{body}{NOTE}"));
    assert_eq!(sheet_places(&sheet), [""; 0], "{sheet}");
    let (file, _) = parse_file("a.md", sheet.as_bytes());
    let FileKind::Sheet(sheet) = file.expect("a sheet is text").file.kind else {
        panic!("a sheet is expected")
    };
    sheet.questions[0].kind.clone()
}

#[test]
fn the_example_of_the_written_form_is_a_sheet_without_findings() {
    let sheet = "---
sheet: iam-evaluation
title: How a request is decided
domains: [SCS-C03/4]
topic: policy-evaluation
tags: [iam, scp]
---

# How a request is decided

Text outside level-3 headings is prose and asks nothing.

### An SCP allows `s3:*`. The user has no other policy. What may the user do in S3? <!-- q: iam-scp-grants d=2 tags=scp,org -->

- [ ] Everything in S3
  > An SCP only sets the ceiling; it never grants.
- [x] Nothing
  > No policy grants, so the request ends in an implicit deny.

> [!NOTE]
> Effective permissions are an intersection.
> Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
";
    refused(sheet, &[]);
    let (file, _) = parse_file("a.md", sheet.as_bytes());
    let FileKind::Sheet(sheet) = file.unwrap().file.kind else {
        panic!("a sheet is expected")
    };
    let question = &sheet.questions[0];
    assert_eq!(question.id.as_str(), "iam-scp-grants");
    assert_eq!(
        (question.difficulty, &question.tags[..]),
        (Some(2), &["scp".to_owned(), "org".to_owned()][..])
    );
    let QuestionKind::Single { options } = &question.kind else {
        panic!("one tick makes a single choice")
    };
    assert!(!options[0].right && options[1].right);
}

#[test]
fn the_body_tells_the_type() {
    assert!(matches!(
        kind("<!-- q: a -->", OPTIONS),
        QuestionKind::Single { .. }
    ));
    let two = format!("{OPTIONS}- [x] Little\n  > A third.\n");
    assert!(matches!(
        kind("<!-- q: a -->", &two),
        QuestionKind::Multiple { .. }
    ));
    assert!(matches!(
        kind("<!-- q: a type=multiple -->", OPTIONS),
        QuestionKind::Multiple { .. }
    ));
    let order = "1. First\n2. Second\n";
    assert!(
        matches!(kind("<!-- q: a -->", order), QuestionKind::Order { items } if items.len() == 2)
    );
    let table = "\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n";
    assert!(
        matches!(kind("<!-- q: a -->", table), QuestionKind::Match { pairs, .. } if pairs.len() == 2)
    );
    assert!(matches!(
        kind("<!-- q: a -->", "> An answer.\n"),
        QuestionKind::Basic { .. }
    ));
    assert!(matches!(
        kind("<!-- q: a type=lab lab=envelope -->", "Do it.\n"),
        QuestionKind::Lab { .. }
    ));
}

#[test]
fn typed_alternatives_are_divided_outside_of_code() {
    let QuestionKind::Typed(answer) = kind(
        "<!-- q: a type=typed -->",
        "> AAD | `cat a | base64` | two  words\n",
    ) else {
        panic!("a typed answer is expected")
    };
    assert_eq!(answer.alternatives, ["AAD", "cat a | base64", "two  words"]);
    let exact = kind("<!-- q: a type=typed-exact -->", "> `kms:Decrypt`\n");
    assert!(
        matches!(exact, QuestionKind::Typed(answer) if answer.exact && answer.alternatives == ["kms:Decrypt"])
    );
}

#[test]
fn each_blank_of_a_cloze_is_a_card() {
    let body = "KMS returns {{a data key::what?}} and its {{*encrypted* copy}}; `{{code}}` and \\{{braces}} stay. \
                {{snake_case_word::::third}}, {{`kms:Decrypt`}}.\n";
    let QuestionKind::Cloze { blanks } = kind("<!-- q: a -->", body) else {
        panic!("a cloze is expected")
    };
    let cards: Vec<&str> = blanks.iter().map(|blank| blank.card.as_str()).collect();
    assert_eq!(cards, ["a#1", "a#2", "a#third", "a#4"]);
    let answers: Vec<&str> = blanks.iter().map(|blank| blank.answer.as_str()).collect();
    assert_eq!(
        answers,
        [
            "a data key",
            "encrypted copy",
            "snake_case_word",
            "kms:Decrypt"
        ]
    );
    assert_eq!(blanks[0].hint.as_deref(), Some("what?"));
    let in_heading = format!("{FRONT}\n### A {{{{blank}}}} here <!-- q: b -->\n{NOTE}");
    refused(&in_heading, &[]);
}

#[test]
fn braces_in_options_are_braces() {
    let options = OPTIONS.replace("Everything", "Use {{resolve:secretsmanager:x}} there");
    assert!(matches!(
        kind("<!-- q: a -->", &options),
        QuestionKind::Single { .. }
    ));
}

#[test]
fn front_matter_is_complete_known_and_well_formed() {
    let body = format!("\n### Q? <!-- q: a -->\n{OPTIONS}{NOTE}");
    let with = |front: &str| format!("---\n{front}---\n{body}");
    refused(
        &with("sheet: a\ndomains: [SCS-C03/4]\ntopic: t\n"),
        &["1:1 missing-key"],
    );
    refused(
        &with("sheet: a\ntitle: T\ntopic: t\n"),
        &["1:1 missing-key"],
    );
    refused(
        &with("sheet: a\ntitle: T\ndomains: [SCS-C03/4]\n"),
        &["1:1 missing-key"],
    );
    refused(
        &with("sheet: a\ntitle: T\ndomains: [SCS-C03/4]\ntopic: t\ncolour: red\n"),
        &["6:1 unknown-key"],
    );
    refused(
        &with("sheet: a\ntitle: T\ntitle: U\ndomains: [SCS-C03/4]\ntopic: t\n"),
        &["4:1 doubled-key"],
    );
    refused(
        &with("sheet: a\ntitle: T\ndomains: [SCS-C03/4\ntopic: t\n"),
        &["1:1 missing-key", "4:10 broken-front-matter"],
    );
    refused(
        &with("sheet: a\ntitle: T\ndomains: []\ntopic: t\ntags: []\n"),
        &["4:10 wrong-value"],
    );
    refused(
        &with("sheet: A b\ntitle: T\ndomains: [SCS-C03/4]\ntopic: t\n"),
        &["2:8 invalid-id"],
    );
    refused(
        &with("sheet: a\ntitle: T\ndomains: [SCS-C03/4, SCS-C09/1, SCS-C03/7, x]\ntopic: t\n"),
        &[
            "4:22 unknown-exam",
            "4:33 unknown-domain",
            "4:44 unknown-domain",
        ],
    );
    refused(&with("title: T\n"), &["5:8 no-sheet"]);
    let unclosed = "---\nsheet: a\ntitle: T\ndomains: [SCS-C03/4]\ntopic: t\n";
    refused(unclosed, &["1:1 broken-front-matter"]);
}

#[test]
fn every_question_has_one_id_that_no_other_has() {
    let one = format!("{OPTIONS}{NOTE}");
    refused(&question("", &one), &["9:1 missing-id"]);
    refused(&question("<!-- q: -->", &one), &["9:23 missing-id"]);
    refused(&question("<!-- q: d=2 -->", &one), &["9:23 missing-id"]);
    refused(&question("<!-- q: What_ -->", &one), &["9:31 invalid-id"]);
    refused(
        &question("<!-- q: a --> <!-- q: b -->", &one),
        &["9:37 doubled-id"],
    );
    let middle = format!("{FRONT}\n### What <!-- q: a --> next?\n{one}");
    refused(&middle, &["9:10 misplaced-id"]);
    let other_level = format!("{FRONT}\n## What? <!-- q: a -->\n");
    refused(&other_level, &["9:10 misplaced-id"]);
    let twice = format!(
        "{}\n### Again <!-- q: a -->\n{one}",
        question("<!-- q: a -->", &one)
    );
    refused(&twice, &["20:19 duplicate-id"]);
    let retired = format!(
        "{}\n<!-- retired: a the service is gone -->\n",
        question("<!-- q: a -->", &one)
    );
    refused(&retired, &["9:31 retired-id"]);
    let renamed = format!(
        "{}\n### Again <!-- q: b was=a -->\n{one}",
        question("<!-- q: a -->", &one)
    );
    refused(&renamed, &["20:25 duplicate-id"]);
    let blanks = question(
        "<!-- q: a -->",
        &format!("{{{{x::::n}}}} and {{{{y::::n}}}}{NOTE}"),
    );
    refused(&blanks, &["10:16 duplicate-id"]);
}

#[test]
fn keys_and_values_of_the_comment_are_known() {
    let with = |keys: &str| {
        question(
            &format!("<!-- q: a {keys} -->"),
            &format!("{OPTIONS}{NOTE}"),
        )
    };
    refused(
        &with("d=5 tags=x,y fact=kms.requests shuffle=no was=old"),
        &[],
    );
    refused(&with("d=6"), &["9:35 unknown-value"]);
    refused(&with("tags=a,,b"), &["9:38 unknown-value"]);
    refused(&with("type=essay"), &["9:38 unknown-value"]);
    refused(&with("shuffle=yes"), &["9:41 unknown-value"]);
    refused(&with("fact=kms.requests,kms.none"), &["9:51 unknown-fact"]);
    refused(&with("was=Old"), &["9:37 invalid-id"]);
    refused(&with("d=1 d=2"), &["9:37 doubled-key"]);
    refused(&with("colour=red"), &["9:33 unknown-key"]);
    refused(&with("hard"), &["9:33 unknown-key"]);
    refused(&with("type=single"), &[]);
    refused(&with("lab=envelope"), &["9:37 unknown-value"]);
}

#[test]
fn choices_have_options_ticks_and_reasons() {
    let with = |body: &str| question("<!-- q: a -->", &format!("{body}{NOTE}"));
    refused(&with(&OPTIONS.replace("[x]", "[ ]")), &["11:1 no-tick"]);
    refused(&with(&OPTIONS.replace("[ ]", "[x]")), &["11:1 every-tick"]);
    refused(
        &with("\n- [x] Alone\n  > Why.\n"),
        &["11:1 too-few-options"],
    );
    refused(
        &with("\n- [x] A\n- [ ] B\n  > Why.\n"),
        &["11:1 missing-reason"],
    );
    refused(
        &with("\n- [x] A\n  > Why.\n- [ ] B\n"),
        &["13:1 missing-reason"],
    );
    refused(
        &with("\n- [x] A\n  > Why.\n- B\n  > Why.\n- [ ] C\n  > Why.\n"),
        &["13:1 missing-box"],
    );
    refused(
        &with("\n- [x] A\n  > Why.\n- [ ] A\n  > Why.\n"),
        &["11:1 twins"],
    );
    let single = question(
        "<!-- q: a type=single -->",
        &format!("{}- [x] C\n  > Why.\n{NOTE}", OPTIONS),
    );
    refused(&single, &["9:38 type-mismatch"]);
}

#[test]
fn every_question_is_explained_with_a_source() {
    refused(
        &question("<!-- q: a -->", OPTIONS),
        &["9:1 missing-explanation"],
    );
    let note = |text: &str| {
        question(
            "<!-- q: a -->",
            &format!("{OPTIONS}\n> [!NOTE]\n> {text}\n"),
        )
    };
    refused(&note("Because."), &["16:1 missing-source"]);
    refused(&note("Source: the manual"), &["16:1 missing-source"]);
    refused(&note("See <https://example.com>"), &["16:1 missing-source"]);
    for source in [
        "<https://example.com/a>",
        "[the guide](https://example.com/a)",
        "https://example.com/a",
    ] {
        refused(&note(&format!("Because. Source: {source}")), &[]);
    }
}

#[test]
fn other_types_have_what_they_need() {
    let with = |comment: &str, body: &str| question(comment, &format!("{body}{NOTE}"));
    refused(
        &with("<!-- q: a -->", "\nOnly words.\n"),
        &["9:1 missing-answer"],
    );
    refused(
        &with("<!-- q: a -->", "\n1. Alone\n"),
        &["11:1 too-few-items"],
    );
    refused(&with("<!-- q: a -->", "\n1. A\n2. A\n"), &["11:1 twins"]);
    refused(
        &with("<!-- q: a -->", "\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
        &["11:1 too-few-pairs"],
    );
    refused(
        &with(
            "<!-- q: a -->",
            "\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |\n",
        ),
        &["11:1 empty-pair"],
    );
    refused(
        &with("<!-- q: a type=typed -->", "\nNo quote.\n"),
        &["9:1 missing-answer"],
    );
    refused(
        &with("<!-- q: a type=typed -->", "\n> a |  | b\n"),
        &["11:3 empty-alternative"],
    );
    refused(
        &with("<!-- q: a type=cloze -->", "\nNo blank, `{{code}}`.\n"),
        &["9:1 no-blank"],
    );
    refused(
        &with("<!-- q: a -->", "\nAn {{}} empty one.\n"),
        &["11:4 empty-blank"],
    );
    refused(
        &with("<!-- q: a type=lab -->", "\nDo it.\n"),
        &["9:23 missing-lab"],
    );
}

#[test]
fn html_is_refused_but_for_the_comments_of_the_form() {
    let one = format!("{OPTIONS}{NOTE}");
    let with = |prose: &str| format!("{}\n# More\n\n{prose}\n", question("<!-- q: a -->", &one));
    refused(
        &with("Some <b>bold</b> words."),
        &["22:6 html", "22:13 html"],
    );
    refused(&with("<div>\nblock\n</div>"), &["22:1 html"]);
    refused(&with("<!-- a note to myself -->"), &["22:1 html"]);
    refused(&with("`<b>` is code, <https://example.com> a link"), &[]);
    refused(&with("<!-- retired: gone-1 -->"), &["22:1 missing-reason"]);
    refused(
        &with("<!-- retired: gone-1 it is gone -->\n<!-- retired: gone-2 so is it -->"),
        &[],
    );
}

#[test]
fn links_and_pictures_lead_somewhere() {
    let one = format!("{OPTIONS}{NOTE}");
    let with = |prose: &str| format!("{}\n# More\n\n{prose}\n", question("<!-- q: a -->", &one));
    refused(
        &with("[a](../lesson.md), [b](../lesson.md#a-lesson), [c](#more), [d](#a), [e](#/labs)."),
        &[],
    );
    refused(
        &with("[a](#/labs/envelope?play=W10), [b](#/course/lesson.md)."),
        &[],
    );
    refused(&with("See [a](#/labs/none)."), &["22:5 dead-link"]);
    refused(&with("[a](#/course/none.md)"), &["22:1 dead-link"]);
    refused(&with("See [a](none.md)."), &["22:5 dead-link"]);
    refused(&with("![a](none.png)"), &["22:1 dead-link"]);
    refused(&with("[a](../lesson.md#none)"), &["22:1 dead-link"]);
    refused(&with("[a](../../etc/passwd)"), &["22:1 dead-link"]);
    refused(&with("[a](javascript:alert)"), &["22:1 dead-link"]);
    let mut files = course(&with(""));
    files.insert(
        "lesson.md".to_owned(),
        b"# L\n\nIn prose: [x](gone.md)\n".to_vec(),
    );
    assert_eq!(places(&files), ["lesson.md:3:11 dead-link"]);
}

#[test]
fn a_number_equals_the_fact_it_links() {
    let one = format!("{OPTIONS}{NOTE}");
    let with = |prose: &str| format!("{}\n# More\n\n{prose}\n", question("<!-- q: a -->", &one));
    refused(
        &with("[100,000](../facts.toml#kms.requests) [100000](../facts.toml#kms.requests)"),
        &[],
    );
    refused(
        &with("now [30,000](../facts.toml#kms.requests)"),
        &["22:5 wrong-fact"],
    );
    refused(
        &with("now [30,000](../facts.toml#kms.nothing)"),
        &["22:5 unknown-fact"],
    );
}

#[test]
fn the_map_reaches_every_file_and_no_other() {
    let sheet = question("<!-- q: a -->", &format!("{OPTIONS}{NOTE}"));
    let mut files = course(&sheet);
    files.insert("stray.md".to_owned(), b"# Stray\n".to_vec());
    assert_eq!(places(&files), ["stray.md:1:1 unreached"]);
    let mut files = course(&sheet);
    files.remove("lesson.md");
    assert_eq!(places(&files), ["SUMMARY.md:3:3 dead-link"]);
    let mut files = course(&sheet);
    files.insert(
        "SUMMARY.md".to_owned(),
        format!("{SUMMARY}- [Later]()\n- [Twice](lesson.md)\n").into(),
    );
    assert_eq!(places(&files), ["SUMMARY.md:6:3 listed-twice"]);
    let mut files = course(&sheet);
    files.remove("SUMMARY.md");
    assert_eq!(places(&files), ["SUMMARY.md:1:1 no-summary"]);
}

#[test]
fn two_sheets_do_not_share_a_name() {
    let sheet = question("<!-- q: a -->", &format!("{OPTIONS}{NOTE}"));
    let mut files = course(&sheet);
    files.insert(
        "SUMMARY.md".to_owned(),
        format!("{SUMMARY}- [B](sheets/b.md)\n").into(),
    );
    files.insert(
        "sheets/b.md".to_owned(),
        sheet.replace("q: a", "q: b").into(),
    );
    assert_eq!(places(&files), ["sheets/b.md:2:8 duplicate-sheet"]);
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_stand() {
    let mut files = course("");
    files.insert("lesson.md".to_owned(), b"# L\n\nab\xffc".to_vec());
    files.insert(
        "sheets/a.md".to_owned(),
        b"# S\n\na\x07b\r\nc\rd \xe2\x80\xae\n".to_vec(),
    );
    assert_eq!(
        places(&files),
        [
            "lesson.md:3:3 invalid-utf-8",
            "sheets/a.md:3:2 control-character",
            "sheets/a.md:4:2 control-character",
            "sheets/a.md:4:5 control-character",
        ]
    );
    files.insert("facts.toml".to_owned(), b"[[fact]]\nid = 3 4\n".to_vec());
    assert_eq!(places(&files)[0], "facts.toml:2:6 broken-toml");
}

#[test]
fn a_broken_question_does_not_take_the_others_with_it() {
    let one = format!("{OPTIONS}{NOTE}");
    let sheet = format!(
        "{}\n### Next <!-- q: b -->\n{one}",
        question("<!-- q: a -->", OPTIONS)
    );
    let (file, findings) = parse_file("a.md", sheet.as_bytes());
    assert_eq!(findings.len(), 1);
    let FileKind::Sheet(sheet) = file.unwrap().file.kind else {
        panic!("a sheet is expected")
    };
    assert_eq!(sheet.questions.len(), 1);
    assert_eq!(sheet.questions[0].id.as_str(), "b");
}

#[test]
fn fix_stamps_ids_and_changes_nothing_else() {
    let one = format!("{OPTIONS}{NOTE}");
    let sheet = format!(
        "{FRONT}\n### What may `s3:*` do, and why? ###\n{one}\n### What may S3 do, and why?  \n{one}\n### X <!-- q: d=2 -->\n{one}\n### Y <!-- q: x -->\n{one}"
    );
    let stamped = stamp_ids(&course(&sheet)).remove("sheets/a.md").unwrap();
    let ids: Vec<&str> = stamped.ids.iter().map(|id| id.as_str()).collect();
    assert_eq!(
        ids,
        ["what-may-s3-do-and-why", "what-may-s3-do-and-why-2", "x-2"]
    );
    let expected = sheet
        .replace("why? ###", "why? <!-- q: what-may-s3-do-and-why --> ###")
        .replace("why?  \n", "why? <!-- q: what-may-s3-do-and-why-2 -->  \n")
        .replace("q: d=2", "q: x-2 d=2");
    assert_eq!(stamped.text, expected);
    refused(&stamped.text, &[]);
    assert!(
        stamp_ids(&course(&stamped.text)).is_empty(),
        "a second run has nothing to do"
    );
}

#[test]
fn an_edit_changes_the_content_hash_and_a_comment_does_not() {
    let hash = |comment: &str, note: &str| {
        let sheet = question(comment, &format!("{OPTIONS}{note}"));
        let (file, _) = parse_file("a.md", sheet.as_bytes());
        let FileKind::Sheet(sheet) = file.unwrap().file.kind else {
            panic!("a sheet is expected")
        };
        sheet.questions[0].content_hash.clone()
    };
    let first = hash("<!-- q: a -->", NOTE);
    assert_eq!(first, hash("<!-- q: a d=3 tags=x -->", NOTE));
    assert_eq!(
        first,
        hash(
            "<!-- q: a -->",
            &format!("{NOTE}\n\n<!-- retired: z gone -->\n")
        )
    );
    assert_ne!(
        first,
        hash("<!-- q: a -->", &NOTE.replace("Because", "Hence"))
    );
}

#[test]
fn a_course_finds_questions_by_id_and_by_the_id_they_had() {
    let sheet = question("<!-- q: b was=a -->", &format!("{OPTIONS}{NOTE}"));
    let (course, findings) = Course::read(&course(&sheet));
    assert_eq!(findings, []);
    let (old, new): (QuestionId, QuestionId) = ("a".parse().unwrap(), "b".parse().unwrap());
    assert_eq!(course.renamed().get(&old), Some(&new));
    assert!(course.question(&new).is_some());
}

fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("### "),
        Just("<!-- q: "),
        Just(" -->"),
        Just("- [x] "),
        Just("- [ ] "),
        Just("> [!NOTE]\n"),
        Just("> "),
        Just("\n"),
        Just("\n\n"),
        Just("  "),
        Just("{{"),
        Just("}}"),
        Just("::"),
        Just("\\"),
        Just("|"),
        Just("|---|---|\n"),
        Just("1. "),
        Just("Source: "),
        Just("<https://a.b>"),
        Just("`"),
        Just("*"),
        Just("é"),
        Just("a"),
        Just("type=typed "),
        Just("[x](y.md)"),
        Just("---\n"),
        Just("sheet: a\n"),
        Just("\r\n"),
        Just("<!-- retired: "),
        Just("```\n"),
        Just("\u{0}"),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in markdown(), with_front in any::<bool>()) {
        let text = if with_front { format!("{FRONT}{text}") } else { text };
        let files = course(&text);
        let _ = check_course(&files);
        let _ = stamp_ids(&files);
        let _ = Summary::parse(&text);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut files = course("");
        for path in ["sheets/a.md", "facts.toml", "exams.toml", "SUMMARY.md"] {
            files.insert(path.to_owned(), bytes.clone());
        }
        let _ = check_course(&files);
    }
}

#[test]
fn a_text_of_any_depth_is_read() {
    let deep = format!("{FRONT}{}x\n", "> ".repeat(20_000));
    assert!(
        sheet_places(&deep)
            .iter()
            .any(|place| place.ends_with("too-deep"))
    );
    let deep = format!(
        "{FRONT}{}x{}\n",
        "*a **b ".repeat(2_000),
        "** *".repeat(2_000)
    );
    sheet_places(&deep);
}
