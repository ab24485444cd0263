//! The request and the policies, to write.

use leptos::prelude::*;

use crate::base::Diagnostic;
use crate::labs::policy::{Act, FieldId, FieldView, Form, FormView, Note, PartView, Step};
use crate::ui::controls::{Button, drawn};
use crate::ui::editor::{Help, json_editor, reveal};
use crate::ui::lab::LabLink;
use crate::ui::text::sentence;

/// Every part of the bench. It is drawn anew only when a field or an act comes or goes.
pub fn form(lab: LabLink) -> AnyView {
    let shape = lab.read(Box::new(|view| view.policy().map(|view| view.form.shape)));
    drawn(move || {
        // Read, because a memo that nobody reads never hears of a change.
        let _ = shape.get();
        untrack(|| {
            lab.see(|view| view.policy().map(|view| parts(lab, &view.form)))
                .into_any()
        })
    })
}

fn parts(lab: LabLink, form: &FormView) -> AnyView {
    let policies = form.policies.iter().map(|part| document(lab, part));
    view! {
        <h2>{form.request.title.clone()}</h2>
        {fields(lab, &form.request)}
        <h2>{form.context.title.clone()}</h2>
        {fields(lab, &form.context)}
        <h2>"The policies"</h2>
        <div class="split">{policies.collect_view()}</div>
        {document(lab, &form.more)}
    }
    .into_any()
}

fn document(lab: LabLink, part: &PartView) -> AnyView {
    view! {
        <details open=part.is_open>
            <summary>{part.title.clone()}</summary>
            {fields(lab, part)}
        </details>
    }
    .into_any()
}

/// What is written in a line or two side by side, JSON beneath it.
fn fields(lab: LabLink, part: &PartView) -> AnyView {
    let written = |is_json: bool| {
        let fields = part.fields.iter();
        fields
            .filter(|view| (view.form == Form::Json) == is_json)
            .map(|view| field(lab, view))
            .collect_view()
    };
    let acts = part.acts.iter().map(|each| act(lab, each));
    view! {
        <div class="inputs">{written(false)}</div>
        {written(true)}
        <p class="row">{acts.collect_view()}</p>
    }
    .into_any()
}

/// Something that can be done with one press.
pub fn act(lab: LabLink, act: &Act) -> AnyView {
    let deed = act.deed.clone();
    Button::new(act.label.clone()).press(move || lab.take(Step::Do(deed.clone())))
}

/// A text with what is wrong with it.
fn field(lab: LabLink, view: &FieldView) -> AnyView {
    let (field, label, form) = (view.field.clone(), view.label.clone(), view.form);
    let id = field.as_str().to_owned();
    let value = {
        let field = field.clone();
        lab.text(move |view| Some(view.policy()?.form.field(&field)?.text.clone()))
    };
    let write = {
        let field = field.clone();
        move |text: String| {
            if value.get_untracked() != text {
                lab.take(Step::Write(field.clone(), text));
            }
        }
    };
    let written = match form {
        Form::Json => {
            let field = field.clone();
            let help = move || {
                let help = lab.see(|view| help(&view.policy()?.form, &field));
                help.flatten().unwrap_or_default()
            };
            json_editor(id.clone(), label, value, help, write)
        }
        Form::Lines => view! {
            <label for=id.clone()>{label}</label>
            <textarea id=id.clone() rows="1" spellcheck="false" autocapitalize="off" prop:value=move || value.get()
                on:change:target=move |event| write(event.target().value())></textarea>
        }
        .into_any(),
        Form::Line => {
            let list = format!("offers-{id}");
            view! {
                <label for=id.clone()>{label}</label>
                <input id=id.clone() list=list.clone() spellcheck="false" autocapitalize="off" autocomplete="off"
                    prop:value=move || value.get() on:change:target=move |event| write(event.target().value()) />
                <datalist id=list>{told(lab, field.clone(), offers)}</datalist>
            }
            .into_any()
        }
    };
    view! { <div>{written} {told(lab, field, about)}</div> }.into_any()
}

/// A part of what is said about a text, drawn anew after every step.
fn told(lab: LabLink, field: FieldId, draw: fn(&FieldView) -> AnyView) -> AnyView {
    lab.drawn(move |view| view.policy()?.form.field(&field).map(draw))
}

fn offers(field: &FieldView) -> AnyView {
    let offers = field.offers.iter();
    offers
        .map(|offer| view! { <option value=offer.clone()></option> }.into_any())
        .collect_view()
        .into_any()
}

fn help(form: &FormView, field: &FieldId) -> Option<Help> {
    let notes = form.field(field)?.notes.iter();
    Some(Help {
        findings: notes.map(|note| note.finding.clone()).collect(),
        actions: form.words.actions.clone(),
        names: form.words.names.clone(),
    })
}

/// What is wrong with a text, each with its place, which leads there; and what else there is to know.
fn about(field: &FieldView) -> AnyView {
    let id = field.field.as_str().to_owned();
    let note = |note: &Note| {
        let Diagnostic {
            span,
            severity,
            message,
            help,
            ..
        } = &note.finding;
        let place = note.place.map(|place| {
            let (id, span) = (id.clone(), *span);
            let about = format!("{place}: show it in the text");
            Button::new(place.to_string())
                .plain(about)
                .press(move || reveal(&id, span))
        });
        let help = help
            .as_ref()
            .map(|help| view! { <br /> <span class="soft">{sentence(help)}</span> }.into_any());
        view! { <li>{place} " " {severity.to_string()} ": " {sentence(message)} {help}</li> }
            .into_any()
    };
    view! {
        <p class="soft small">{field.about.clone()}</p>
        <ul class="diagnostics">{field.notes.iter().map(note).collect_view()}</ul>
    }
    .into_any()
}
