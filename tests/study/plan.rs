//! A plan spreads what is left over the days that are left, and says when they do not suffice.

use cipherdeck::base::Timestamp;
use cipherdeck::course::{CardId, Course, Files};
use cipherdeck::study::plan::{Aim, Plan, Verdict, todays_queue};
use cipherdeck::study::{Day, Limits, Rating, Rollover, Scheduler, UtcOffset};
use proptest::prelude::*;

use crate::learner::{DAY, Learner, NAMES, any_log, at, card, replay};

fn cards(count: usize) -> Vec<CardId> {
    (0..count)
        .map(|number| card(&format!("card-{number}")))
        .collect()
}

fn date(day: &str) -> time::Date {
    let noon = at(&format!("{day}T12:00:00Z"));
    Day::of(noon, UtcOffset::UTC, Rollover::default()).date()
}

fn aim(day: &str) -> Aim {
    Aim {
        exam: "SCS-C03".to_owned(),
        date: date(day),
        since: date("2026-11-22"),
    }
}

fn plan(learner: &Learner, cards: &[CardId], date: &str, now: &str) -> Plan {
    let offset = UtcOffset::UTC;
    Plan::of(&learner.progress, cards, aim(date), at(now), offset)
}

#[test]
fn new_cards_are_spread_evenly_over_the_days_before_the_last_pass() {
    let plan = plan(
        &Learner::new(),
        &cards(20),
        "2026-12-04",
        "2026-11-22T12:00:00Z",
    );
    assert_eq!(plan.days.len(), 12);
    // A quarter of twelve days are the last pass.
    assert_eq!(plan.pass_from.unwrap().to_string(), "2026-12-01");
    let new: Vec<u32> = plan.days.iter().map(|day| day.new).collect();
    assert_eq!(new, [3, 2, 2, 2, 3, 2, 2, 2, 2, 0, 0, 0]);
    let pass: f32 = plan.days[9..].iter().map(|day| day.pass).sum();
    assert!(pass > 0.0 && plan.days[..9].iter().all(|day| day.pass == 0.0));
}

#[test]
fn what_is_begun_today_belongs_to_what_today_was_to_bring() {
    let mut learner = Learner::new();
    let before = plan(&learner, &cards(20), "2026-12-04", "2026-11-22T12:00:00Z");
    learner.answers("card-0", Rating::Good, at("2026-11-22T12:00:00Z"));
    learner.answers("card-0", Rating::Good, at("2026-11-22T12:10:00Z"));
    let after = plan(&learner, &cards(20), "2026-12-04", "2026-11-22T12:20:00Z");
    assert_eq!(before.days[0].new, after.days[0].new);
    assert_eq!((before.unseen, after.unseen), (20, 20));
    let tomorrow = plan(&learner, &cards(20), "2026-12-04", "2026-11-23T12:20:00Z");
    assert_eq!(tomorrow.unseen, 19);
}

#[test]
fn without_more_study_recall_falls_as_fsrs_6_predicts() {
    let mut learner = Learner::new();
    learner.answers("card-0", Rating::Easy, at("2026-11-22T12:00:00Z"));
    let plan = plan(&learner, &cards(2), "2026-12-02", "2026-11-22T12:00:00Z");
    assert_eq!(plan.outlook.now, 0.5, "one of two cards, answered just now");
    // R(10, 8.2956) = (1 + 0.98035 · 10 / 8.2956)^-0.1542 = 0.88666
    assert!((plan.outlook.untouched - 0.886_66 / 2.0).abs() < 1e-4);
    assert!(plan.outlook.planned > 0.85, "{}", plan.outlook.planned);
}

#[test]
fn the_pace_of_late_says_whether_time_suffices() {
    let mut learner = Learner::new();
    for day in 8..22 {
        let name = format!("other-{day}");
        learner.answers(
            &name,
            Rating::Easy,
            at(&format!("2026-11-{day:02}T12:00:00Z")),
        );
    }
    let verdict = |count| {
        let plan = plan(
            &learner,
            &cards(count),
            "2026-12-12",
            "2026-11-22T12:00:00Z",
        );
        assert_eq!(plan.pace, Some(1.0), "fourteen answers in fourteen days");
        (plan.verdict, plan.outlook.at_pace.unwrap().1)
    };
    assert_eq!(verdict(2).0, Verdict::InTime);
    let (short, unseen) = verdict(200);
    assert_eq!(short, Verdict::Short);
    assert!(
        unseen > 180.0,
        "at one answer a day {unseen} are never seen"
    );
}

#[test]
fn a_plan_in_words_is_honest_about_time() {
    let mut learner = Learner::new();
    let summary = |learner: &Learner| {
        plan(learner, &cards(100), "2026-12-02", "2026-11-22T12:00:00Z").summary()
    };
    assert!(summary(&learner).contains("is not known yet"));
    learner.answers("other", Rating::Easy, at("2026-11-20T12:00:00Z"));
    let short = summary(&learner);
    assert!(short.starts_with("Time is short: about"), "{short}");
    assert!(short.contains("of 100 new cards stay unseen"), "{short}");
}

#[test]
fn after_the_exam_and_on_its_day_nothing_is_left_to_plan() {
    let on = |now| plan(&Learner::new(), &cards(3), "2026-12-02", now);
    let today = on("2026-12-02T12:00:00Z");
    assert_eq!((today.verdict, today.days.len()), (Verdict::Today, 0));
    assert_eq!(on("2026-12-03T12:00:00Z").verdict, Verdict::Over);
    let none = plan(&Learner::new(), &[], "2026-12-02", "2026-11-22T12:00:00Z");
    assert_eq!(none.verdict, Verdict::NoCards);
    assert!(none.figure().drawn.is_none());
}

#[test]
fn the_last_pass_begins_when_it_was_to_begin() {
    for now in ["2026-11-22", "2026-11-30", "2026-12-02", "2026-12-03"] {
        let now = format!("{now}T12:00:00Z");
        let plan = plan(&Learner::new(), &cards(20), "2026-12-04", &now);
        assert_eq!(plan.pass_from, Some(date("2026-12-01")), "{now}");
    }
}

#[test]
fn few_cards_for_many_days_are_begun_one_a_day_and_not_at_the_end() {
    let plan = plan(
        &Learner::new(),
        &cards(5),
        "2027-02-20",
        "2026-11-22T12:00:00Z",
    );
    let new: Vec<u32> = plan.days.iter().map(|day| day.new).collect();
    assert_eq!((new[0], new.iter().sum::<u32>()), (1, 5));
    assert!(
        plan.way()
            .starts_with("5 of 5 cards were new when the day began. Today's part of them is 1;"),
        "{}",
        plan.way()
    );
}

/// Answers these cards so well that none comes back before the middle of December, `weakest` somewhat worse.
fn well_known(cards: &[CardId], weakest: usize) -> Learner {
    let mut learner = Learner::new();
    for day in ["2026-08-01", "2026-08-12", "2026-10-15"] {
        for (number, name) in cards.iter().enumerate() {
            let is_weak = number == weakest && day != "2026-08-01";
            let rating = if is_weak { Rating::Good } else { Rating::Easy };
            learner.answers(name.as_str(), rating, at(&format!("{day}T12:00:00Z")));
        }
    }
    learner
}

#[test]
fn the_last_pass_asks_every_card_once_the_weakest_first_and_as_many_each_day() {
    let cards = cards(7);
    let mut learner = well_known(&cards, 4);
    let mut asked = Vec::new();
    for day in 30..35 {
        let day = match day {
            30 => "2026-11-30".to_owned(),
            day => format!("2026-12-{:02}", day - 30),
        };
        let now = at(&format!("{day}T12:00:00Z"));
        let today = learner.progress.day(now, UtcOffset::UTC);
        let share = |learner: &Learner| aim("2026-12-04").share(&learner.progress, &cards, today);
        let todays = share(&learner).pass().to_vec();
        for (done, name) in todays.iter().enumerate() {
            learner.answers(name.as_str(), Rating::Good, now);
            let left = share(&learner).pass().len();
            assert_eq!(
                left,
                todays.len() - done - 1,
                "what is done brings nothing more"
            );
        }
        asked.push(todays);
    }
    let counts: Vec<usize> = asked.iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 3, 2, 2, 0]);
    assert_eq!(asked[1][0], cards[4], "less well known, so weakest");
    let mut names = asked.concat();
    names.sort();
    assert_eq!(names, cards);
}

/// A course of eleven basic questions for the exam, and three of no exam, which stand first.
fn course() -> Course {
    let sheet = |id: &str, more: &str, count: usize| {
        let question = |number| {
            format!(
                "### What? <!-- q: {id}-{number} -->\n\n> This.\n\n> [!NOTE]\n> So.\n> Source: <https://example.com/>\n\n"
            )
        };
        let questions: String = (0..count).map(question).collect();
        let text = format!(
            "---\nsheet: {id}\ntitle: A sheet\n{more}topic: {id}\n---\n\n# A sheet\n\n{questions}"
        );
        (format!("sheets/{id}.md"), text)
    };
    let map = "# S\n\n- [Other](sheets/other.md)\n- [Card](sheets/card.md)\n";
    let files = [
        ("SUMMARY.md".to_owned(), map.to_owned()),
        (
            "exams.toml".to_owned(),
            "[[exam]]\ncode = \"SCS-C03\"\n".to_owned(),
        ),
        sheet("other", "", 3),
        sheet("card", "domains: [SCS-C03/5]\n", 11),
    ];
    let bytes = files.map(|(path, text)| (path, text.into_bytes()));
    let (course, _) = Course::read(&Files::from(bytes));
    assert_eq!(course.questions().count(), 14);
    course
}

#[test]
fn a_review_offers_each_day_what_the_plan_says_and_the_last_pass_comes_up() {
    let course = course();
    let aim = aim("2026-12-04");
    let exam = aim.cards(&course);
    assert_eq!(exam.len(), 11);
    let mut learner = Learner::new();
    let mut passed = Vec::new();
    for day in 0..12 {
        let now = at("2026-11-22T12:00:00Z") + std::time::Duration::from_secs(day * 86_400);
        let offset = UtcOffset::UTC;
        let queue = |learner: &Learner, at| {
            let limits = Limits::default();
            todays_queue(&learner.progress, &course, Some(&aim), limits, at, offset)
        };
        let plan = Plan::of(&learner.progress, &exam, aim.clone(), now, offset);
        let todays = queue(&learner, now);
        let is_over = plan.unseen == 0 && day < 9;
        if !is_over {
            assert_eq!(todays.new.len(), plan.days[0].new as usize, "day {day}");
            assert!(todays.new.iter().all(|card| exam.contains(card)));
        }
        for card in todays.cards() {
            learner.answers(card.as_str(), Rating::Easy, now);
            if day >= 9 {
                passed.push(card);
            }
        }
        let later = now + std::time::Duration::from_secs(60);
        assert!(queue(&learner, later).is_empty() || is_over, "day {day}");
    }
    assert!(exam.iter().all(|card| passed.contains(card)));
}

#[test]
fn an_aim_is_a_day_that_is_not_over_and_counts_down_to_it() {
    let today = Day::on(date("2026-11-22"));
    let on = |day: &str| Aim::on("SCS-C03", day, today);
    assert_eq!(on("2026-12-02"), Ok(aim("2026-12-02")));
    assert_eq!(on("2026-11-21"), Err("`2026-11-21` is over".to_owned()));
    for wrong in ["", "soon", "2026-02-30", "2026-13-01", "2026-12"] {
        assert!(on(wrong).unwrap_err().starts_with("expected a day"));
    }
    let says = |day: &str| aim(day).countdown(today);
    assert_eq!(
        says("2026-12-02"),
        "SCS-C03 is in 10 days, on 2 December 2026."
    );
    assert_eq!(
        says("2026-11-23"),
        "SCS-C03 is tomorrow, on 23 November 2026."
    );
    assert!(says("2026-11-22").starts_with("SCS-C03 is today."));
    assert!(says("2026-11-21").ends_with("is over."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_plan_begins_every_new_card_and_says_the_same_each_time(
        log in any_log(),
        count in 0..40_usize,
        days in 1..120_i64,
        gone in 0..60_u32,
    ) {
        let progress = replay(log, Scheduler::default());
        let mut exam = cards(count);
        exam.extend(NAMES.map(card));
        let now = Timestamp::from_millis(3 * 365 * DAY);
        let date = progress.day(now, UtcOffset::UTC).plus(days as u32).date();
        let since = progress.day(now, UtcOffset::UTC).minus(gone).date();
        let aim = Aim { exam: "X".to_owned(), date, since };
        let make = || Plan::of(&progress, &exam, aim.clone(), now, UtcOffset::UTC);
        let plan = make();
        prop_assert_eq!(&plan, &make());
        prop_assert_eq!(plan.days.len(), days as usize);
        let new: u32 = plan.days.iter().map(|day| day.new).sum();
        prop_assert_eq!(new, plan.unseen);
        for recall in [plan.outlook.now, plan.outlook.untouched, plan.outlook.planned] {
            prop_assert!((0.0..=1.0).contains(&recall), "{}", recall);
        }
        prop_assert!(plan.days.iter().all(|day| day.pass <= day.answers));
        let figure = plan.figure();
        prop_assert!(figure.drawn.is_some());
    }
}
