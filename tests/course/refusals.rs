//! What the written form refuses is refused at its place.

use super::{FRONT, NOTE, OPTIONS, SUMMARY, course, places, question, refused};

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
fn whatever_is_asked_has_words() {
    let one = format!("{OPTIONS}{NOTE}");
    refused(
        &format!("{FRONT}\n### <!-- q: a -->\n{one}"),
        &["9:1 empty-question"],
    );
    let empty = OPTIONS.replace("Everything", "");
    refused(
        &question("<!-- q: a -->", &format!("{empty}{NOTE}")),
        &["11:1 empty-option"],
    );
    let parts = format!("\nA {{{{b::c::d::e}}}}.\n{NOTE}");
    refused(&question("<!-- q: a -->", &parts), &["11:3 broken-blank"]);
    let name = format!("\nA {{{{b::c::D}}}}.\n{NOTE}");
    refused(&question("<!-- q: a -->", &name), &["11:3 invalid-id"]);
}

#[test]
fn an_id_is_retired_once() {
    let one = format!("{OPTIONS}{NOTE}");
    let retired = "\n<!-- retired: b it is gone -->\n\n<!-- retired: b it is gone -->\n";
    let sheet = format!("{}{retired}", question("<!-- q: a -->", &one));
    refused(&sheet, &["22:15 duplicate-id"]);
}

#[test]
fn an_item_of_the_map_is_a_link() {
    let sheet = question("<!-- q: a -->", &format!("{OPTIONS}{NOTE}"));
    let mut files = course(&sheet);
    files.insert(
        "SUMMARY.md".to_owned(),
        format!("{SUMMARY}- Later, perhaps\n").into(),
    );
    assert_eq!(places(&files), ["SUMMARY.md:5:1 no-link"]);
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
