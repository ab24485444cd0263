//! Which exam, and how it differs from the real one.

use leptos::prelude::*;

use super::hall::Hall;
use crate::study::exam::{Explain, Offer, Only, PracticeOptions, Run, TimeLimit};
use crate::ui::browser::now;
use crate::ui::controls::{Button, Field, drawn, select};
use crate::ui::pages::heading;

const FORMS: [&str; 2] = ["Full mock", "Practice"];
const QUESTIONS: u32 = 10;
const TIMES: [(&str, TimeLimit); 5] = [
    ("At the pace of the exam", TimeLimit::AsTheExam),
    ("As long as it takes", TimeLimit::Untimed),
    ("10 minutes", TimeLimit::Minutes(10)),
    ("30 minutes", TimeLimit::Minutes(30)),
    ("60 minutes", TimeLimit::Minutes(60)),
];
const ONLY: [(&str, Only); 5] = [
    ("All questions", Only::All),
    ("Not seen yet", Only::Unseen),
    ("Missed in the last 7 days", Only::MissedLately(7)),
    ("Missed in the last 30 days", Only::MissedLately(30)),
    ("Missed in the last exam", Only::MissedInLast(1)),
];
const EXPLAIN: [(&str, Explain); 2] = [
    ("At the end", Explain::AtTheEnd),
    ("After each answer", Explain::AfterEach),
];

/// The exams that there are, and those that were begun.
pub fn view(hall: Hall) -> AnyView {
    view! {
        {heading("Exam")}
        <p class="lede">"A mock exam from the questions of this course, by the weights of the exam guide. It holds no real exam items."</p>
        {drawn(move || match &*hall.offers.read() {
            None => view! { <p class="soft" role="status" aria-busy="true">"Looking for exams…"</p> }.into_any(),
            Some(Err(why)) => view! { <p role="alert"><span class="wrong">"The exams cannot be read"</span> ": " {why.clone()} "."</p> }.into_any(),
            Some(Ok((offers, lines))) => untrack(|| view! { {new(hall, offers)} {begun(hall, lines)} }.into_any()),
        })}
    }
    .into_any()
}

fn new(hall: Hall, offers: &[Offer]) -> AnyView {
    if offers.is_empty() {
        return view! { <p>"The course has no questions for an exam that can still be sat."</p> }
            .into_any();
    }
    let offers = StoredValue::new(offers.to_vec());
    // The learner's own exam is the one sat last; without one, the last of the course's.
    let last = hall
        .runs
        .with_untracked(|runs| runs.last().map(|run| run.paper.exam.clone()));
    let place = offers.with_value(|offers| {
        let is_last = |offer: &Offer| last.as_ref().is_none_or(|last| offer.exam == *last);
        offers.iter().rposition(is_last)
    });
    let exam = RwSignal::new(Some(place.unwrap_or(0)));
    let form = RwSignal::new(Some(0));
    let questions = RwSignal::new(QUESTIONS);
    let [time, only, explain] = [0; 3].map(|place| RwSignal::new(Some(place)));
    let trouble = RwSignal::new(String::new());
    let offer = move || {
        let place = exam.get().unwrap_or(0);
        offers.with_value(|offers| offers.get(place).cloned())
    };
    let begin = move || {
        let chosen = |signal: RwSignal<Option<usize>>| signal.get_untracked().unwrap_or(0);
        let options = match chosen(form) {
            0 => PracticeOptions::default(),
            _ => PracticeOptions {
                questions: Some(questions.get_untracked()),
                time: TIMES[chosen(time)].1,
                only: ONLY[chosen(only)].1,
                explain: EXPLAIN[chosen(explain)].1,
            },
        };
        trouble.set(String::new());
        if let Some(offer) = untrack(offer) {
            hall.begin(offer.exam, options, move |why| {
                let _ = trouble.try_set(why);
            });
        }
    };
    let titles: Vec<String> =
        offers.with_value(|offers| offers.iter().map(|offer| offer.title.clone()).collect());
    let practice = move || {
        let most = untrack(offer).map_or(QUESTIONS, |offer| offer.questions);
        let count = Memo::new(move |_| questions.get().to_string());
        let write = move |written: String| {
            let number = written.parse().unwrap_or(QUESTIONS).clamp(1, most);
            questions.set(number);
        };
        view! {
            {Field::number("exam-questions", "Questions", (1, most), count).write(write)}
            {chosen("exam-time", "Time", &TIMES.map(|(words, _)| words), time)}
            {chosen("exam-only", "Which", &ONLY.map(|(words, _)| words), only)}
            {chosen("exam-explain", "Explanations", &EXPLAIN.map(|(words, _)| words), explain)}
        }
        .into_any()
    };
    let about = move || {
        let about = offer().map(|offer| offer.about).unwrap_or_default();
        let line = |words: String| view! { <li>{words}</li> }.into_any();
        about.into_iter().map(line).collect_view().into_any()
    };
    view! {
        <div class="inputs">
            {chosen("exam", "Exam", &titles, exam)}
            {chosen("exam-form", "Form", &FORMS, form)}
            {drawn(move || if form.get() == Some(1) { untrack(practice) } else { ().into_any() })}
        </div>
        <ul class="soft small">{drawn(about)}</ul>
        <p class="row">
            {Button::new("Begin").primary().press(begin)}
            <span role="status">{drawn(move || trouble.get().into_any())}</span>
        </p>
        <p class="soft small">"Everything is saved as you go. The clock goes on while the tab is closed, unless you pause."</p>
    }
    .into_any()
}

fn chosen(
    id: &str,
    label: &'static str,
    words: &[impl AsRef<str>],
    place: RwSignal<Option<usize>>,
) -> AnyView {
    select(
        id.to_owned(),
        label.into_any(),
        words,
        place.into(),
        move |chosen| {
            place.set(chosen);
        },
    )
}

fn begun(hall: Hall, lines: &[String]) -> Option<AnyView> {
    let doomed = RwSignal::new(None::<usize>);
    let runs = hall.runs.get_untracked();
    let rows = runs
        .into_iter()
        .zip(lines.iter().cloned())
        .enumerate()
        .rev();
    let rows = rows.map(|(place, (run, line))| {
        let words = line.clone();
        let ways = move || ways(hall, place, &run, &line, doomed);
        view! { <li>{words} <p class="row">{drawn(ways)}</p></li> }.into_any()
    });
    let rows = rows.collect_view();
    (!lines.is_empty())
        .then(|| view! { <h2>"Your exams"</h2> <ul class="list">{rows}</ul> }.into_any())
}

fn ways(
    hall: Hall,
    place: usize,
    run: &Run,
    line: &str,
    doomed: RwSignal<Option<usize>>,
) -> AnyView {
    if doomed.get() == Some(place) {
        let name = run.name().to_owned();
        return view! {
            <span>"Throw it away for good?"</span>
            {Button::new("Throw away").press(move || hall.throw_away(name.clone()))}
            {Button::new("Keep").press(move || doomed.set(None))}
        }
        .into_any();
    }
    let is_over = run.at(now()).ended.is_some();
    let label = if is_over { "Go over it" } else { "Go on" };
    let open = run.clone();
    view! {
        {Button::new(label).plain(format!("{label}: {line}")).press(move || hall.open(open.clone()))}
        {Button::new("Throw away").plain(format!("Throw away: {line}")).press(move || doomed.set(Some(place)))}
    }
    .into_any()
}
