//! A small course to test with.

use cipherdeck::course::{Course, Files};

const EXAMS: &str = r#"
[[exam]]
code = "X-1"
title = "An exam"
questions = 10
minutes = 20
pass = 700
items = ["multiple choice", "ordering", "matching"]
sources = ["https://example.com/"]
domain = [
  { number = 1, name = "First", weight = 50 },
  { number = 2, name = "Second", weight = 30 },
  { number = 3, name = "Third", weight = 20 },
]
"#;

/// Two sheets that are easily confused, one that is not, and no question for the third domain.
pub fn course() -> Course {
    let sheet = |id: &str, domain: u32, more: &str, body: &str| {
        let text = format!(
            "---\nsheet: {id}\ntitle: A sheet\ndomains: [X-1/{domain}]\ntopic: {id}\n{more}---\n\n# A sheet\n\n{body}"
        );
        (format!("sheets/{id}.md"), text)
    };
    let note = "> [!NOTE]\n> Why.\n> Source: <https://example.com/>\n\n";
    let single = |id: &str| {
        format!(
            "### Which of {id}? <!-- q: {id} -->\n\n- [x] Right {id}\n  > Yes.\n- [ ] Wrong {id}\n  > No.\n\n{note}"
        )
    };
    let singles =
        |name: &str| -> String { (1..=4).map(|n| single(&format!("{name}-{n}"))).collect() };
    let others = format!(
        "### Order? <!-- q: order -->\n\n1. One\n2. Two\n3. Three\n\n{note}\
         ### Match? <!-- q: match -->\n\n| a | b |\n|---|---|\n| one | x |\n| two | y |\n| three | x |\n\n{note}\
         ### Blanks? <!-- q: blanks -->\n\nA {{{{first}}}} and a {{{{second}}}}.\n\n{note}"
    );
    let files = [
        (
            "SUMMARY.md".to_owned(),
            "# S\n\n- [A](sheets/a.md)\n- [C](sheets/c.md)\n- [B](sheets/b.md)\n".to_owned(),
        ),
        ("exams.toml".to_owned(), EXAMS.to_owned()),
        ("facts.toml".to_owned(), String::new()),
        sheet("a", 1, "confusable: look-alikes\n", &singles("a")),
        sheet("b", 2, "confusable: look-alikes\n", &singles("b")),
        sheet("c", 1, "tags: [blank]\n", &others),
    ];
    let (course, findings) = Course::read(&Files::from(
        files.map(|(path, text)| (path, text.into_bytes())),
    ));
    assert!(findings.is_empty(), "{findings:?}");
    course
}

pub fn question<'a>(course: &'a Course, id: &str) -> &'a cipherdeck::course::Question {
    let id = id.parse().expect("it is an id");
    course.question(&id).expect("the course has it").1
}
