//! What Anki exports as text becomes a deck. The golden file was written by Anki 26.9.3.

use cipherdeck::base::Severity;
use cipherdeck::course::text::{plain_blocks, plain_inlines};
use cipherdeck::course::{Course, Deck, Files, Question, QuestionKind};
use cipherdeck::door::{Packed, ReadAnswer, ReadAsk, Reader, decode, encode};
use cipherdeck::store::read_anki_text;
use proptest::prelude::*;

/// The deck's course, without a single error.
fn course(files: &Files) -> Course {
    let (deck, findings) = Deck::new("From Anki", files, &Files::new(), &[]);
    assert_eq!(findings, []);
    let (course, findings) = Course::with_decks(&Files::new(), &[deck]);
    let errors = findings
        .iter()
        .filter(|f| f.diagnostic.severity == Severity::Error);
    let errors: Vec<_> = errors.map(ToString::to_string).collect();
    let texts: Vec<_> = files
        .values()
        .map(|text| String::from_utf8_lossy(text))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{}", texts.join("\n"));
    course
}

fn asked(question: &Question) -> String {
    plain_inlines(&question.heading)
}

#[test]
fn a_file_of_the_real_anki_becomes_a_deck() {
    let text = include_str!("../golden/anki/notes.txt");
    let (files, findings) = read_anki_text("From Anki", text);
    assert_eq!(findings, []);
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        ["cloud-kms.md", "default.md"]
    );
    let course = course(&files);
    let titles: Vec<_> = course
        .sheets()
        .map(|(_, sheet)| sheet.about.title.as_str())
        .collect();
    assert_eq!(titles, ["Cloud: KMS", "Default"]);
    let questions: Vec<&Question> = course.questions().map(|(_, question)| question).collect();
    assert_eq!(questions.len(), 4);

    assert_eq!(asked(questions[0]), "What is a DEK?");
    assert_eq!(questions[0].tags, ["aws-security", "kms"]);
    let QuestionKind::Basic { answer } = &questions[0].kind else {
        panic!("an answer is expected")
    };
    assert_eq!(
        plain_blocks(answer),
        "A data encryption key, e.g. a<b|c. It encrypts data."
    );

    assert_eq!(asked(questions[1]), "Which call makes one?");
    assert_eq!(plain_blocks(&questions[1].body), "Name it.");

    let QuestionKind::Cloze { blanks } = &questions[2].kind else {
        panic!("a cloze is expected")
    };
    let filled: Vec<_> = blanks
        .iter()
        .map(|blank| (blank.answer.as_str(), blank.hint.as_deref()))
        .collect();
    assert_eq!(
        filled,
        [("the data key", Some("which?")), ("a KMS key", None)]
    );
    assert_eq!(plain_blocks(&questions[2].explanation), "Extra & more");

    assert_eq!(
        asked(questions[3]),
        "# 1. Not a heading * {{braces}} \\ \"quoted\""
    );
    let QuestionKind::Basic { answer } = &questions[3].kind else {
        panic!("an answer is expected")
    };
    assert_eq!(
        plain_blocks(answer),
        "{\n  \"Effect\": \"Allow\"\n}\n [picture] [sound:a.mp3]"
    );
}

#[test]
fn a_note_keeps_its_id_when_it_is_edited() {
    let ids = |text: &str| -> Vec<String> {
        let course = course(&read_anki_text("Mine", text).0);
        course
            .questions()
            .map(|(_, question)| question.id.to_string())
            .collect()
    };
    let head = "#separator:tab\n#html:false\n#guid column:1\n";
    let first = ids(&format!("{head}g1\tWhat?\tThis.\n"));
    assert_eq!(first, ids(&format!("{head}g1\tWhat else?\tThat.\n")));
    assert_ne!(first, ids(&format!("{head}g2\tWhat?\tThis.\n")));
    assert_eq!(
        ids("What?\tThis.\n"),
        ids("What?\tThat.\n"),
        "without a GUID the question counts"
    );
}

#[test]
fn notes_that_ask_nothing_are_told_with_their_place() {
    let text = "#separator:comma\nWhat?,This.\n,no question\n\nno answer\n\"two\nlines\",yes\n";
    let (files, findings) = read_anki_text("Mine", text);
    let lines = cipherdeck::base::Lines::new(text);
    let told: Vec<_> = findings
        .iter()
        .map(|finding| format!("{} {}", lines.place(finding.span.start), finding.code))
        .collect();
    assert_eq!(told, ["3:1 empty-question", "5:1 missing-answer"]);
    assert_eq!(course(&files).questions().count(), 2);
}

#[test]
fn the_reader_takes_a_file_of_ankis_among_others() {
    let brought: Files = [
        (
            "notes.TXT".to_owned(),
            b"What?\tThis.\n\tnothing\n".to_vec(),
        ),
        ("old.txt".to_owned(), b"Was?\tG\xfcte.\n".to_vec()),
        ("a.md".to_owned(), b"# A\n".to_vec()),
    ]
    .into();
    let ask = ReadAsk::Deck {
        title: "Mine".to_owned(),
        brought,
        files: Files::new(),
        decks: Packed::default(),
    };
    let ReadAnswer::Deck {
        deck,
        questions,
        findings,
    } = decode(&Reader::default().answer(&encode(&ask))).unwrap()
    else {
        panic!("a deck is expected")
    };
    assert_eq!((questions, deck.open().unwrap().files.len()), (1, 2));
    assert_eq!(
        findings[..2],
        [
            "notes.TXT:2:1: error: the note's first field is empty",
            "old.txt:1:7: error: the file is not valid UTF-8 from here on",
        ]
    );
}

fn field() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "<b>",
        "</b>",
        "<br>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<li>",
        "<div>",
        "<",
        ">",
        "&lt;",
        "&amp;",
        "&#123;",
        "{{c1::",
        "{{c2::",
        "::",
        "}}",
        "`",
        "```",
        "\n",
        "#",
        "- ",
        "1. ",
        "> ",
        "[x](y.md)",
        "<!-- q: a -->",
        "![",
        "|",
        "\\",
        "*",
        "_",
        "~~",
        "word",
        "é",
        "\u{7}",
        "\u{202e}",
        "---",
        "\t",
        "\"",
        "Source: ",
        "https://a.b",
    ]);
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn whatever_anki_exports_is_a_deck_without_errors(
        fields in proptest::collection::vec((field(), field(), field()), 0..4), html in any::<bool>(),
    ) {
        let mut text = format!("#separator:tab\n#html:{html}\n");
        for (a, b, c) in fields {
            let line = [a, b, c].map(|value| format!("\"{}\"", value.replace('"', "\"\"")));
            text.push_str(&line.join("\t"));
            text.push('\n');
        }
        course(&read_anki_text("Mine", &text).0);
    }

    #[test]
    fn no_text_makes_the_import_panic(text in "\\PC{0,60}([\n\t\"]\\PC{0,30}){0,6}") {
        course(&read_anki_text(&text, &text).0);
    }
}
