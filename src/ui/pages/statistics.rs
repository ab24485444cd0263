//! What the log tells: charts, each with a sentence and its table; and what follows for what is to come.

mod ahead;

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::course::Course;
use crate::door::{AnalystAnswer, AnalystAsk, Learned, Studied};
use crate::study::figure::{Drawing, Figure, Shape, Table, Tone, WIDE};
use crate::study::statistics::Topic;
use crate::ui::browser::{analyse, window_width};
use crate::ui::controls::drawn;
use crate::ui::library::UNEXPECTED;
use crate::ui::pages::course::in_library;
use crate::ui::pages::heading;
use crate::ui::study::{Study, here_and_now};

/// The charts as they are now, or why there are none.
type Charts = Option<Result<Vec<Figure>, String>>;

/// Every chart; they are computed off the page's thread, and anew whenever the log has grown.
#[component]
pub fn Statistics() -> impl IntoView {
    let study = expect_context::<Study>();
    view! {
        {heading("Statistics")}
        {in_library(move |loaded| {
            let charts = RwSignal::new(None);
            keep_up(study, loaded.course.clone(), charts);
            let is_wide = is_wide();
            view! {
                {drawn(move || all(&charts.read(), is_wide.get()))}
                {ahead::ahead(study, loaded.course, is_wide)}
            }
            .into_any()
        })}
    }
}

fn all(charts: &Charts, is_wide: bool) -> AnyView {
    match charts {
        None => view! { <p class="soft" role="status" aria-busy="true">"Counting your answers…"</p> }.into_any(),
        Some(Err(why)) => view! { <p role="alert"><span class="wrong">"The statistics cannot be computed"</span> ": " {why.clone()} "."</p> }.into_any(),
        Some(Ok(figures)) => {
            let figures = figures.iter().map(|each| figure(each, is_wide));
            figures.collect_view().into_any()
        }
    }
}

fn keep_up(study: Study, course: Arc<Course>, charts: RwSignal<Charts>) {
    Effect::new(move || {
        study.track_learned();
        let course = course.clone();
        spawn_local(async move {
            let Some(learned) = study.learned_so_far().await else {
                return;
            };
            let studied = studied(learned, &course);
            let found = match analyse(&AnalystAsk::Statistics(studied)).await {
                Ok(AnalystAnswer::Statistics(figures)) => Ok(figures),
                Ok(_) => Err(UNEXPECTED.to_owned()),
                Err(why) => Err(why),
            };
            // The page may have been left meanwhile.
            let _ = charts.try_set(Some(found));
        });
    });
}

/// What was learned, with the cards of the course.
fn studied(learned: Learned, course: &Course) -> Box<Studied> {
    let (at, utc_offset) = here_and_now();
    Box::new(Studied {
        learned,
        renamed: course.renamed().clone(),
        topics: Topic::of_course(course),
        at,
        utc_offset,
    })
}

/// Whether the window has room for the wide drawings.
pub fn is_wide() -> Memo<bool> {
    let resized = ArcTrigger::new();
    let tell = resized.clone();
    let listener = window_event_listener(ev::resize, move |_| tell.notify());
    on_cleanup(move || listener.remove());
    Memo::new(move |_| {
        resized.track();
        // Beside the drawing stand the page's margins and its rail.
        window_width() >= 1.5 * f64::from(WIDE)
    })
}

/// A chart: its sentence, its drawing, and its numbers behind it.
pub fn figure(figure: &Figure, is_wide: bool) -> AnyView {
    let drawing = figure.drawn.as_ref().map(|drawn| {
        let drawing = if is_wide { &drawn.wide } else { &drawn.narrow };
        svg(drawing)
    });
    let numbers = (!figure.table.rows.is_empty()).then(|| {
        view! {
            <details>
                <summary>"The numbers"</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=figure.title.clone()>{table(&figure.table)}</div>
            </details>
        }
        .into_any()
    });
    view! {
        <section>
            <h2>{figure.title.clone()}</h2>
            <p>{figure.summary.clone()}</p>
            {drawing}
            {numbers}
        </section>
    }
    .into_any()
}

/// A table, the first cell of each row its name.
pub fn table(of: &Table) -> AnyView {
    let header = of
        .header
        .iter()
        .map(|cell| view! { <th scope="col">{cell.clone()}</th> }.into_any());
    let rows = of.rows.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(place, cell)| match place {
            0 => view! { <th scope="row">{cell.clone()}</th> }.into_any(),
            _ => view! { <td>{cell.clone()}</td> }.into_any(),
        });
        view! { <tr>{cells.collect_view()}</tr> }.into_any()
    });
    view! { <table><thead><tr>{header.collect_view()}</tr></thead><tbody>{rows.collect_view()}</tbody></table> }
        .into_any()
}

/// The sentence above says what is to be seen, so that a screen reader leaves the drawing out.
fn svg(drawing: &Drawing) -> AnyView {
    let Drawing {
        width,
        height,
        shapes,
    } = drawing;
    let size = format!("0 0 {width} {height}");
    view! {
        <svg viewBox=size width=width.to_string() aria-hidden="true">{shapes.iter().map(shape).collect_view()}</svg>
    }
    .into_any()
}

fn shape(shape: &Shape) -> AnyView {
    match shape {
        Shape::Rect { x, y, width, height, tone, hint } => {
            let (colour, strength) = paint(*tone);
            view! {
                <rect x=x.to_string() y=y.to_string() width=width.to_string() height=height.to_string() fill=colour fill-opacity=strength>
                    <title>{hint.clone()}</title>
                </rect>
            }
            .into_any()
        }
        Shape::Line { points, tone } => {
            let (colour, strength) = paint(*tone);
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
            view! { <polyline points=points.join(" ") fill="none" stroke=colour stroke-opacity=strength stroke-width="1.5" /> }
                .into_any()
        }
        Shape::Text { x, y, anchor, words } => view! {
            <text x=x.to_string() y=y.to_string() text-anchor=anchor.name() font-size="12" fill="var(--soft)">{words.clone()}</text>
        }
        .into_any(),
    }
}

/// A colour by its name in the style sheets, and how much of it.
fn paint(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Axis => ("var(--edge)", "1"),
        Tone::Grid => ("var(--rule)", "1"),
        Tone::First => ("var(--nonce)", "1"),
        Tone::Second => ("var(--context)", "1"),
        Tone::Third => ("var(--key)", "1"),
        Tone::Fourth => ("var(--wrong)", "1"),
        Tone::Expected => ("var(--soft)", "1"),
        Tone::Quiet => ("var(--rule)", "0.5"),
        Tone::Heat1 => ("var(--accent)", "0.25"),
        Tone::Heat2 => ("var(--accent)", "0.5"),
        Tone::Heat3 => ("var(--accent)", "0.75"),
        Tone::Heat4 => ("var(--accent)", "1"),
    }
}
