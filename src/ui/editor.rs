//! The JSON editor: CodeMirror behind the custom element of `src/web/editor/`. Until its program is here, and where it never
//! comes, the plain text field inside the element does the work.

use js_sys::{Array, Function, Object, Reflect};
use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use crate::base::{Diagnostic, Span};

/// What the editor is told beside the text.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// What is wrong with the text.
    pub findings: Vec<Diagnostic>,
    /// What may be a value of an action.
    pub actions: Vec<String>,
    /// What may be a name of a member.
    pub names: Vec<String>,
}

/// A JSON text to edit, with its label. `help` is about `value`; `write` hears the whole text once the learner has
/// changed it and pauses, leaves it, or presses Ctrl and Enter.
pub fn json_editor(
    id: String,
    label: String,
    value: Memo<String>,
    help: impl Fn() -> Help + 'static,
    write: impl Fn(String) + 'static,
) -> AnyView {
    draw(id, label, value, Box::new(help), Box::new(write))
}

fn draw(
    id: String,
    label: String,
    value: Memo<String>,
    help: Box<dyn Fn() -> Help>,
    write: Box<dyn Fn(String)>,
) -> AnyView {
    load();
    let area = id.clone();
    // One effect, because the findings are about the text that is set before them.
    Effect::new(move || {
        let (text, help) = (value.get(), help());
        if let Some(editor) = editor(&area) {
            set(&editor, "value", text.into());
            let found: Array = help.findings.iter().map(to_js).collect();
            set(&editor, "diagnostics", found.into());
            set(&editor, "actions", strings(help.actions));
            set(&editor, "names", strings(help.names));
        }
    });
    view! {
        <label for=id.clone()>{label.clone()}</label>
        <json-editor label=label on:change=move |event| write(text_of(&event))>
            <textarea id=id rows="12" spellcheck="false" autocapitalize="off" autocomplete="off" prop:value=move || value.get()></textarea>
        </json-editor>
    }
    .into_any()
}

/// Leads to a range of the text in the editor called `id`: shows, selects and marks it.
pub fn reveal(id: &str, span: Span) {
    let Some(editor) = editor(id) else { return };
    let run = Reflect::get(&editor, &"reveal".into()).and_then(|run| run.dyn_into::<Function>());
    match run {
        Ok(run) => {
            let (from, to) = (span.start as f64, span.end as f64);
            let _ = run.call2(&editor, &from.into(), &to.into());
        }
        // The plain field shows it all.
        Err(_) => crate::ui::browser::focus(&format!("#{id}")),
    }
}

/// Has the browser load the editor's program, once.
fn load() {
    let document = document();
    let is_loaded = document.query_selector("script[src='./editor.js']");
    if let (Ok(None), Some(head), Ok(script)) = (
        is_loaded,
        document.head(),
        document.create_element("script"),
    ) {
        for (name, value) in [("type", "module"), ("src", "./editor.js")] {
            let _ = script.set_attribute(name, value);
        }
        let _ = head.append_child(&script);
    }
}

fn editor(id: &str) -> Option<Element> {
    document().get_element_by_id(id)?.parent_element()
}

/// The text of the editor, or of the plain field, whichever the event comes from.
fn text_of(event: &Event) -> String {
    let text = Reflect::get(&event.target().into(), &"value".into());
    let text = text.ok().and_then(|text| text.as_string());
    text.unwrap_or_default()
}

fn to_js(finding: &Diagnostic) -> Object {
    let object = Object::new();
    let properties: [(&str, JsValue); 6] = [
        ("from", (finding.span.start as f64).into()),
        ("to", (finding.span.end as f64).into()),
        ("severity", finding.severity.to_string().into()),
        ("code", (&finding.code).into()),
        ("message", (&finding.message).into()),
        ("help", finding.help.as_deref().into()),
    ];
    for (name, value) in properties {
        set(&object, name, value);
    }
    object
}

fn strings(strings: Vec<String>) -> JsValue {
    let strings = strings.into_iter().map(JsValue::from);
    strings.collect::<Array>().into()
}

fn set(object: &JsValue, name: &str, value: JsValue) {
    Reflect::set(object, &name.into(), &value).expect("an element takes any property");
}
