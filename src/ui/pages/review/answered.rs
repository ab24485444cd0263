//! What an answer was worth, and why.

use leptos::prelude::*;

use super::places;
use super::question::words;
use super::sitting::{Asked, Sitting, Verdict};
use crate::course::text::{Block, BlockKind, plain_blocks};
use crate::course::{Choice, QuestionKind};
use crate::study::Interval;
use crate::ui::controls::drawn;
use crate::ui::study::Saving;
use crate::ui::text;

/// The question with every option's reason, the explanation, and the way on.
pub fn view(sitting: Sitting, asked: &Asked, verdict: &Verdict) -> AnyView {
    let (mark, class) = if verdict.is_right {
        ("Right", "right")
    } else {
        ("Wrong", "wrong")
    };
    let back = back_in_words(verdict);
    view! {
        {words(asked, false)}
        <p><span class=class>{mark}</span> ". " {back}</p>
        {answer(asked, verdict)}
        {explanation(asked)}
        <p class="row">
            <button id="next" class="primary" on:click=move |_| sitting.next()>"Next"</button>
            <button on:click=move |_| sitting.undo()>"Take back"</button>
            <span class="soft small"><kbd>"Enter"</kbd> " next · " <kbd>"u"</kbd> " take back · " <span>{drawn(move || saving(&sitting.study.saving.read()).into_any())}</span></span>
        </p>
    }
    .into_any()
}

/// Why the answer is the answer.
pub fn explanation(asked: &Asked) -> AnyView {
    view! { <div class="explanation">{text::blocks(&asked.path, &asked.question.explanation, 2)}</div> }.into_any()
}

/// The verdict for a screen reader, which cannot see colours.
pub fn in_words(asked: &Asked, verdict: &Verdict) -> String {
    let right = match &asked.question.kind {
        QuestionKind::Single { options } | QuestionKind::Multiple { options } => {
            let right = options.iter().filter(|option| option.right);
            right
                .map(|option| plain_blocks(&option.text))
                .collect::<Vec<_>>()
                .join("; ")
        }
        QuestionKind::Typed(answer) => answer.alternatives.join(" or "),
        QuestionKind::Cloze { blanks } => {
            let blank = blanks.iter().find(|blank| blank.card == asked.card);
            blank.map(|blank| blank.answer.clone()).unwrap_or_default()
        }
        QuestionKind::Order { .. } | QuestionKind::Match { .. } => {
            places::right_in_words(&asked.question)
        }
        QuestionKind::Basic { .. } | QuestionKind::Lab { .. } => String::new(),
    };
    let back = back_in_words(verdict);
    if verdict.is_right || right.is_empty() {
        format!(
            "{}. {back}",
            if verdict.is_right {
                "Right"
            } else {
                "Not recalled"
            }
        )
    } else {
        format!("Wrong. Right is: {right}. {back}")
    }
}

/// `in 3 days`, `in 10 minutes`.
pub fn comes_back(interval: Interval) -> String {
    // In whole numbers, because to write a broken one takes the page several KB.
    const TENTHS_OF_MONTH: u32 = 304;
    let (amount, one, unit) = match interval {
        Interval::Days(days) if days >= 365 => (days, 365, "year"),
        Interval::Days(days) if days >= 60 => (days * 10, TENTHS_OF_MONTH, "month"),
        Interval::Days(days) => (days, 1, "day"),
        Interval::Millis(millis) => (millis, 60_000, "minute"),
    };
    let halves = (u64::from(amount) * 4 + u64::from(one)) / (2 * u64::from(one));
    let half = if halves % 2 == 1 { ".5" } else { "" };
    let plural = if halves == 2 { "" } else { "s" };
    format!("in {}{half} {unit}{plural}", halves / 2)
}

fn back_in_words(verdict: &Verdict) -> String {
    if !verdict.is_right {
        return "It comes again in this sitting.".to_owned();
    }
    if verdict.guessed {
        return "You guessed, so it comes again in this sitting.".to_owned();
    }
    format!("It comes back {}.", comes_back(verdict.interval))
}

fn answer(asked: &Asked, verdict: &Verdict) -> AnyView {
    match &asked.question.kind {
        QuestionKind::Single { .. } | QuestionKind::Multiple { .. } => {
            let rows = asked
                .options
                .iter()
                .enumerate()
                .map(|(place, option)| row(asked, verdict, place, option))
                .collect_view();
            view! { <ol class="options">{rows}</ol> }.into_any()
        }
        QuestionKind::Typed(right) => compared(verdict, &right.alternatives.join(" or ")),
        QuestionKind::Cloze { blanks } => {
            let blank = blanks.iter().find(|blank| blank.card == asked.card);
            compared(verdict, blank.map_or("", |blank| &blank.answer))
        }
        QuestionKind::Basic { answer } => text::blocks(&asked.path, answer, 2),
        QuestionKind::Order { .. } | QuestionKind::Match { .. } => places::shown(asked, verdict),
        QuestionKind::Lab { .. } => ().into_any(),
    }
}

fn row(asked: &Asked, verdict: &Verdict, place: usize, option: &Choice) -> AnyView {
    let is_mine = verdict.chosen.contains(&option.id);
    let mark = match (option.right, is_mine) {
        (true, true) => Some(" — right, your answer"),
        (true, false) => Some(" — right"),
        (false, true) => Some(" — your answer"),
        (false, false) => None,
    };
    view! {
        <li class="shown" class:true=option.right class:mine=is_mine>
            <kbd>{(place + 1).to_string()}</kbd>
            <div class="choice">{with_mark(&asked.path, &option.text, mark)}</div>
            <div class="reason">{text::blocks(&asked.path, &option.reason, 2)}</div>
        </li>
    }
    .into_any()
}

/// The words with the mark on the same line, where they are one line.
fn with_mark(path: &str, blocks: &[Block], mark: Option<&'static str>) -> AnyView {
    if let [
        Block {
            kind: BlockKind::Paragraph(line),
            ..
        },
    ] = blocks
    {
        let plain = |_| ().into_any();
        let line = text::inlines(path, line, &plain);
        return view! { <p>{line}{mark}</p> }.into_any();
    }
    view! { {text::blocks(path, blocks, 2)} <p>{mark}</p> }.into_any()
}

fn compared(verdict: &Verdict, right: &str) -> AnyView {
    let typed = match verdict.typed.trim() {
        "" => "nothing".to_owned(),
        typed => typed.to_owned(),
    };
    let class = if verdict.is_right { "right" } else { "wrong" };
    view! {
        <dl class="facts">
            <dt>"You typed"</dt><dd class=class>{typed}</dd>
            <dt>"Right is"</dt><dd class="right">{right.to_owned()}</dd>
        </dl>
    }
    .into_any()
}

fn saving(saving: &Saving) -> String {
    match saving {
        Saving::Nothing => String::new(),
        Saving::Running => "saving…".to_owned(),
        Saving::Saved => "saved".to_owned(),
        Saving::Waiting(1, why) => format!("1 answer not saved yet: {why}"),
        Saving::Waiting(count, why) => format!("{count} answers not saved yet: {why}"),
    }
}
