//! What an answer was worth, and why.

use leptos::prelude::*;

use super::sitting::{Sitting, Verdict};
use crate::study::{Interval, LeechAction};
use crate::ui::controls::drawn;
use crate::ui::keys::cap;
use crate::ui::question::{Asked, answer, explanation, notes, report, right_in_words, words};
use crate::ui::study::Saving;

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
        {answer(asked, verdict.response.as_ref(), verdict.is_right)}
        {explanation(asked)}
        <p class="row">
            <button id="next" class="primary" on:click=move |_| sitting.next()>"Next"</button>
            <button on:click=move |_| sitting.undo()>"Take back"</button>
            <span class="soft small">{cap("Enter")} " next · " {cap("u")} " take back · " <span>{drawn(move || saving(&sitting.study.saving.read()).into_any())}</span></span>
        </p>
        {notes(sitting.study, asked, move || sitting.noted())}
        <p class="small">{report(asked)}</p>
    }
    .into_any()
}

/// The verdict for a screen reader, which cannot see colours.
pub fn in_words(asked: &Asked, verdict: &Verdict) -> String {
    let right = right_in_words(asked);
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
    let again = "It comes again in this sitting.";
    let Some(interval) = verdict.interval else {
        return "This was a try, so it counts for nothing.".to_owned();
    };
    let times = |lapses: u32| match lapses {
        1 => "once".to_owned(),
        lapses => format!("{lapses} times"),
    };
    match verdict.leech {
        Some((lapses, LeechAction::Suspend)) => {
            return format!(
                "You have forgotten it {}, so it is suspended: Browse lists it among the leeches, and asks it again when you say so.",
                times(lapses)
            );
        }
        Some((lapses, LeechAction::Mark)) => {
            return format!(
                "{again} You have forgotten it {}: Browse lists it among the leeches.",
                times(lapses)
            );
        }
        None => {}
    }
    if !verdict.is_right {
        return again.to_owned();
    }
    if verdict.guessed {
        return "You guessed, so it comes again in this sitting.".to_owned();
    }
    format!("It comes back {}.", comes_back(interval))
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
