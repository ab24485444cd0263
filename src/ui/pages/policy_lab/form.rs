//! The request and the policies, to write.

use leptos::prelude::*;

use crate::base::Diagnostic;
use crate::door::View;
use crate::labs::policy::{Act, FieldId, FieldView, Form, FormView, Note, PartView, Step};
use crate::ui::controls::{Button, drawn, each};
use crate::ui::editor::{Help, json_editor, reveal};
use crate::ui::lab::LabLink;
use crate::ui::text::sentence;

/// Every part of the bench. A field that stays is never drawn anew, whatever comes and goes around it: somebody may be
/// typing in it while the engine answers.
pub fn form(lab: LabLink) -> AnyView {
    let policies = names(lab, |form| {
        let parts = form.policies.iter();
        Some(parts.map(|part| part.title.clone()).collect())
    });
    let title = |part: fn(&FormView) -> &PartView| {
        lab.see(|view| view.policy().map(|view| part(&view.form).title.clone()))
            .flatten()
            .unwrap_or_default()
    };
    let (request, context, more) = (
        title(|form| &form.request),
        title(|form| &form.context),
        title(|form| &form.more),
    );
    view! {
        <h2>{request.clone()}</h2>
        {fields(lab, request)}
        <h2>{context.clone()}</h2>
        {fields(lab, context)}
        <h2>"The policies"</h2>
        <div class="split">{each(policies, move |title| document(lab, title))}</div>
        {document(lab, more)}
    }
    .into_any()
}

/// A part that can be closed. It opens by itself once there is something in it.
fn document(lab: LabLink, title: String) -> AnyView {
    let is_open = {
        let title = title.clone();
        Memo::new(move |was_open: Option<&bool>| {
            let is_open = |view: &View| Some(view.policy()?.form.part(&title)?.is_open);
            was_open == Some(&true) || lab.see(is_open).flatten() == Some(true)
        })
    };
    view! {
        <details open=move || is_open.get()>
            <summary>{title.clone()}</summary>
            {fields(lab, title)}
        </details>
    }
    .into_any()
}

/// What is written in a line or two side by side, JSON beneath it.
fn fields(lab: LabLink, title: String) -> AnyView {
    let written = |is_json: bool| {
        let title = title.clone();
        let fields = names(lab, move |form| {
            let fields = form.part(&title)?.fields.iter();
            let fields = fields.filter(|view| (view.form == Form::Json) == is_json);
            Some(fields.map(|view| view.field.as_str().to_owned()).collect())
        });
        each(fields, move |name| field(lab, name.into()))
    };
    let acts = {
        let title = title.clone();
        names(lab, move |form| {
            let acts = form.part(&title)?.acts.iter();
            Some(acts.map(|act| act.label.clone()).collect())
        })
    };
    view! {
        <div class="inputs">{written(false)}</div>
        {written(true)}
        <p class="row">{each(acts, move |label| act_called(lab, title.clone(), label))}</p>
    }
    .into_any()
}

/// An act of a part. What it does is looked up when it is pressed, because what it is about may have another number by then.
fn act_called(lab: LabLink, title: String, label: String) -> AnyView {
    let deed = {
        let label = label.clone();
        move |view: &View| {
            let mut acts = view.policy()?.form.part(&title)?.acts.iter();
            Some(acts.find(|act| act.label == label)?.deed.clone())
        }
    };
    Button::new(label).press(move || {
        if let Some(deed) = untrack(|| lab.see(&deed)).flatten() {
            lab.take(Step::Do(deed));
        }
    })
}

/// Something that can be done with one press.
pub fn act(lab: LabLink, act: &Act) -> AnyView {
    let deed = act.deed.clone();
    Button::new(act.label.clone()).press(move || lab.take(Step::Do(deed.clone())))
}

/// What is called for by a list, nothing while there is no bench.
fn names(
    lab: LabLink,
    read: impl Fn(&FormView) -> Option<Vec<String>> + Send + Sync + 'static,
) -> Memo<Vec<String>> {
    lab.read(Box::new(move |view| {
        let names = view.policy().and_then(|view| read(&view.form));
        names.unwrap_or_default()
    }))
}

/// A text with what is wrong with it.
fn field(lab: LabLink, field: FieldId) -> AnyView {
    let id = field.as_str().to_owned();
    let value = text(lab, &field, |view| &view.text);
    let label = text(lab, &field, |view| &view.label);
    let form = lab.see(|view| Some(view.policy()?.form.field(&field)?.form));
    let write = {
        let field = field.clone();
        move |text: String| {
            if value.get_untracked() != text {
                lab.take(Step::Write(field.clone(), text));
            }
        }
    };
    let written = match form.flatten().unwrap_or(Form::Line) {
        Form::Json => {
            let field = field.clone();
            let help = move || {
                let help = lab.see(|view| help(&view.policy()?.form, &field));
                help.flatten().unwrap_or_default()
            };
            json_editor(id.clone(), label.get_untracked(), value, help, write)
        }
        Form::Lines => view! {
            <label for=id.clone()>{drawn(move || label.get().into_any())}</label>
            <textarea id=id.clone() rows="1" spellcheck="false" autocapitalize="off" prop:value=move || value.get()
                on:change:target=move |event| write(event.target().value())></textarea>
        }
        .into_any(),
        Form::Line => {
            let list = format!("offers-{id}");
            let offers = {
                let field = field.clone();
                names(lab, move |form| Some(form.field(&field)?.offers.clone()))
            };
            let offer = |words| view! { <option value=words></option> }.into_any();
            view! {
                <label for=id.clone()>{drawn(move || label.get().into_any())}</label>
                <input id=id.clone() list=list.clone() spellcheck="false" autocapitalize="off" autocomplete="off"
                    prop:value=move || value.get() on:change:target=move |event| write(event.target().value()) />
                <datalist id=list>{each(offers, offer)}</datalist>
            }
            .into_any()
        }
    };
    let told = lab.drawn(move |view| view.policy()?.form.field(&field).map(about));
    view! { <div>{written} {told}</div> }.into_any()
}

fn text(lab: LabLink, field: &FieldId, read: fn(&FieldView) -> &String) -> Memo<String> {
    let field = field.clone();
    lab.text(move |view| Some(read(view.policy()?.form.field(&field)?).clone()))
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
