//! The JSON editor: CodeMirror behind the custom element of `src/web/editor/`. Until its program is here, and where it never
//! comes, the plain text field inside the element does the work.

use js_sys::{Array, Function, Object, Reflect};
use leptos::ev::{Event, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

use crate::base::{Diagnostic, Span};

/// A JSON text to edit, with its label. `findings` are about `value` as the page has it; `write` hears the whole text once
/// the learner has changed it and pauses, leaves, or presses Ctrl and Enter.
pub fn json_editor(
    id: String,
    label: String,
    value: Signal<String>,
    findings: Signal<Vec<Diagnostic>>,
    write: Callback<String>,
) -> AnyView {
    load();
    let area = id.clone();
    // One effect, because the findings are about the text that was set before them.
    Effect::new(move || {
        let (text, found) = (value.get(), findings.read());
        if let Some(editor) = editor(&area) {
            set(&editor, "value", text.into());
            set(
                &editor,
                "diagnostics",
                found.iter().map(to_js).collect::<Array>().into(),
            );
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let hands_over = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if hands_over && !event.default_prevented() {
            write.run(text_of(&event));
        }
    };
    view! {
        <label for=id.clone()>{label.clone()}</label>
        <json-editor label=label on:change=move |event| write.run(text_of(&event)) on:keydown=on_key>
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
    const PROGRAM: &str = "./editor.js";
    let document = document();
    let is_loaded = document.query_selector(&format!("script[src='{PROGRAM}']"));
    if let (Ok(None), Some(head), Ok(script)) = (
        is_loaded,
        document.head(),
        document.create_element("script"),
    ) {
        for (name, value) in [("type", "module"), ("src", PROGRAM)] {
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
    text.ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn to_js(finding: &Diagnostic) -> Object {
    let Diagnostic {
        span,
        severity,
        code,
        message,
        help,
    } = finding;
    let object = Object::new();
    set(&object, "from", (span.start as f64).into());
    set(&object, "to", (span.end as f64).into());
    set(&object, "severity", severity.to_string().into());
    set(&object, "code", code.into());
    set(&object, "message", message.into());
    set(&object, "help", help.clone().into());
    object
}

fn set(object: &JsValue, name: &str, value: JsValue) {
    Reflect::set(object, &name.into(), &value).expect("an element takes any property");
}
