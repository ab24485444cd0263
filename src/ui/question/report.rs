//! A mistake in a question, told to those who write the course.

use leptos::prelude::*;

use super::Asked;
use crate::course::deck_of;
use crate::course::text::plain_inlines;
use crate::ui::browser::copy;
use crate::ui::controls::{Button, drawn};

/// A link to where the host wants to hear of mistakes, with the question's name filled in; where the host says no such
/// place, the same words to be pasted anywhere. Nothing for the learner's own decks, whose author is the learner.
pub fn report(asked: &Asked) -> Option<AnyView> {
    if deck_of(&asked.path).is_some() {
        return None;
    }
    let question = &asked.question;
    let title = format!("Question {}", question.id);
    let words = format!(
        "Question: {}\nFile: {}\nIt reads: {}\n\nWhat is wrong, and a source that says so:\n",
        question.id,
        asked.path,
        plain_inlines(&question.heading),
    );
    let label = "Report a mistake";
    Some(match place() {
        Some(place) => {
            let join = if place.contains('?') { '&' } else { '?' };
            let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
            let (title, body) = (encoded(&title), encoded(&words));
            let address = format!("{place}{join}title={title}&body={body}");
            view! { <a href=address target="_blank" rel="noreferrer">{label}</a> }.into_any()
        }
        None => {
            let is_copied = RwSignal::new(false);
            let press = move || {
                copy(&format!("{title}\n\n{words}"));
                is_copied.set(true);
            };
            let said = move || {
                let said = "Copied: send it to whoever gave you this course.";
                is_copied.get().then_some(said).into_any()
            };
            view! { {Button::new(label).plain(label.to_owned()).press(press)} " " <span role="status">{drawn(said)}</span> }.into_any()
        }
    })
}

/// Where the host wants to hear of mistakes: `<meta name="cipherdeck:report" content="https://…">`.
fn place() -> Option<String> {
    let meta = document().query_selector("meta[name='cipherdeck:report']");
    let place = meta.ok()??.get_attribute("content")?;
    place.starts_with("https://").then_some(place)
}
