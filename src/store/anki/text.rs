//! Anki's text files: fields parted by tabs under headers that say what they are.
//!
//! Source: <https://docs.ankiweb.net/importing/text-files.html#file-headers>

use super::collection::notes;
use super::field::Fields;
use super::note::Note;
use crate::course::Course;

/// Every question of the course on a line of its own.
pub(super) fn write(course: &Course) -> String {
    let columns = ["GUID", "Notetype", "Deck"]
        .into_iter()
        .chain(Fields::NAMES);
    let columns: Vec<&str> = columns.chain(["Tags"]).collect();
    let tags = columns.len();
    let mut text = format!(
        "#separator:tab\n#html:true\n#columns:{}\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:{tags}\n",
        columns.join("\t"),
    );
    for note in notes(course) {
        text.push_str(&line(&note));
        text.push('\n');
    }
    text
}

fn line(note: &Note) -> String {
    let guid = note.guid();
    let tags = note.tags.join(" ");
    let mut values = vec![guid.as_str(), note.kind.name(), note.deck.as_str()];
    values.extend(note.fields.in_order());
    values.push(&tags);
    let quoted: Vec<String> = values.into_iter().map(quoted).collect();
    quoted.join("\t")
}

/// In quotes, doubled within, so that tabs and line ends in code stay what they are.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}
