//! No text makes the reader panic.

use cipherdeck::course::{Summary, check_course, stamp_ids};
use proptest::prelude::*;

use super::{FRONT, course, sheet_places};

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
