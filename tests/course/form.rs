//! What the written form allows is read.

use cipherdeck::course::{FileKind, QuestionKind, parse_file};

use super::{FRONT, NOTE, OPTIONS, kind, refused};

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
