//! What becomes of a sheet: stamped, read and found again.

use cipherdeck::course::{Course, FileKind, QuestionId, parse_file, stamp_ids};

use super::{FRONT, NOTE, OPTIONS, course, question, refused};

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
