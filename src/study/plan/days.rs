//! The days up to the exam, played through.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use super::{PlannedDay, Share};
use crate::course::CardId;
use crate::study::day::Day;
use crate::study::entry::Rating;
use crate::study::memory::MemoryState;
use crate::study::progress::{Card, Due, Progress};
use crate::study::scheduler::Scheduler;

/// The cards of an exam as they are, and the days that are left. Days count from today, which is 0.
pub(super) struct Days<'a> {
    scheduler: &'a Scheduler,
    cards: Vec<Known>,
    share: &'a Share,
}

/// What is known of a card.
#[derive(Clone, Copy)]
struct Known {
    memory: Option<MemoryState>,
    /// The day of the last answer; below 0 before today.
    last: i64,
    /// The day on which it comes back.
    due: i64,
    suspended: bool,
}

/// How the days went, on average over several games.
pub(super) struct Played {
    /// Answers of each day, and how many of them only the last pass asked for.
    answers: Vec<(f32, f32)>,
    /// Mean recall on the day of the exam.
    pub recall: f32,
    /// How many cards were never seen by then.
    pub unseen: f32,
}

impl<'a> Days<'a> {
    pub fn new(progress: &'a Progress, cards: &[CardId], today: Day, share: &'a Share) -> Self {
        let known = cards.iter().map(|name| progress.card(name));
        Self {
            scheduler: progress.scheduler(),
            cards: known.map(|card| Known::of(card, today)).collect(),
            share,
        }
    }

    /// Mean recall in some days, if nothing more is answered.
    pub fn recall_after(&self, days: u32) -> f32 {
        self.mean_recall(&self.cards, days.into())
    }

    fn mean_recall(&self, cards: &[Known], day: i64) -> f32 {
        let recall = cards.iter().map(|card| self.recall(card, day));
        recall.sum::<f32>() / cards.len().max(1) as f32
    }

    fn recall(&self, card: &Known, day: i64) -> f32 {
        let elapsed = u32::try_from(day - card.last).unwrap_or(0);
        let recall = |memory| self.scheduler.model.recall(memory, elapsed);
        card.memory.map_or(0.0, recall)
    }

    pub fn planned(&self, played: &Played, today: Day) -> Vec<PlannedDay> {
        let days = played.answers.iter().zip(0..);
        days.map(|(&(answers, pass), day)| PlannedDay {
            date: today.plus(day).date(),
            new: self.share.new_on(day),
            answers,
            pass,
        })
        .collect()
    }

    /// Plays the days several times, with no more than `pace` answers a day.
    pub fn play(&self, pace: f32) -> Played {
        const ENOUGH: usize = 3000;
        let games = (ENOUGH / self.cards.len().max(1)).clamp(1, 20);
        let mut played = Played {
            answers: vec![(0.0, 0.0); self.share.left as usize],
            recall: 0.0,
            unseen: 0.0,
        };
        for game in 0..games {
            let mut game = Game {
                days: self,
                cards: self.cards.clone(),
                chance: ChaCha8Rng::seed_from_u64(game as u64),
            };
            for (day, sum) in (0..).zip(&mut played.answers) {
                let (answers, pass) = game.play_day(day, pace);
                *sum = (sum.0 + answers, sum.1 + pass);
            }
            played.recall += self.mean_recall(&game.cards, self.share.left.into());
            played.unseen += game.cards.iter().filter(|card| card.is_new()).count() as f32;
        }
        let games = games as f32;
        for (answers, pass) in &mut played.answers {
            *answers /= games;
            *pass /= games;
        }
        played.recall /= games;
        played.unseen /= games;
        played
    }
}

impl Known {
    fn of(card: Option<&Card>, today: Day) -> Self {
        let days = |day: Day| i64::from(day.since(today)) - i64::from(today.since(day));
        let due = card.and_then(|card| card.due);
        Self {
            memory: card.and_then(|card| card.memory),
            last: card.and_then(|card| card.last_day).map_or(0, days),
            due: match due {
                Some(Due::On(day)) => days(day),
                Some(Due::At(_)) | None => 0,
            },
            suspended: card.is_some_and(|card| card.suspended),
        }
    }

    fn is_new(&self) -> bool {
        self.memory.is_none() && !self.suspended
    }
}

/// The days, played once.
struct Game<'a> {
    days: &'a Days<'a>,
    cards: Vec<Known>,
    chance: ChaCha8Rng,
}

impl Game<'_> {
    /// The share of learners' first answers that are right, as the simulator of crate `fsrs` takes it.
    const FIRST_RIGHT: f32 = 0.76;

    /// One day: what is due, then new cards, then the last pass. Gives the answers, and those of the pass alone.
    fn play_day(&mut self, day: u32, pace: f32) -> (f32, f32) {
        let (mut answers, mut of_pass) = (0, 0);
        let has_time = |answers: u32| (answers as f32) < pace;
        for place in self.due(day) {
            if has_time(answers) {
                answers += self.review(place, day);
            }
        }
        let share = self.days.share;
        let done = if day == 0 { share.begun } else { 0 };
        let new = share.new_on(day).saturating_sub(done);
        let fresh = (0..self.cards.len()).filter(|&place| self.cards[place].is_new());
        let fresh: Vec<usize> = fresh.take(new as usize).collect();
        for place in fresh {
            if has_time(answers) {
                answers += self.begin(place, day);
            }
        }
        for place in self.passing(day) {
            if has_time(answers) {
                let asked = self.review(place, day);
                answers += asked;
                of_pass += asked;
            }
        }
        (answers as f32, of_pass as f32)
    }

    fn due(&self, day: u32) -> Vec<usize> {
        let is_due =
            |card: &Known| card.memory.is_some() && !card.suspended && card.due <= i64::from(day);
        let places = 0..self.cards.len();
        places.filter(|&place| is_due(&self.cards[place])).collect()
    }

    /// An even part of the cards that the last pass has not asked yet, the weakest first.
    fn passing(&self, day: u32) -> Vec<usize> {
        let share = self.days.share;
        let (left, pass) = (share.left, share.pass_days);
        // Below 0 where the pass has begun already.
        let from = i64::from(left) - i64::from(pass);
        if i64::from(day) < from {
            return Vec::new();
        }
        let waits = |card: &Known| card.memory.is_some() && !card.suspended && card.last < from;
        let mut waiting: Vec<(f32, usize)> = self
            .cards
            .iter()
            .enumerate()
            .filter(|(_, card)| waits(card))
            .map(|(place, card)| (self.days.recall(card, left.into()), place))
            .collect();
        waiting.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let passed = if day == 0 { share.passed } else { 0 };
        waiting.truncate(share.quota(waiting.len(), passed, day));
        waiting.into_iter().map(|(_, place)| place).collect()
    }

    /// Asks a card that was seen before; gives how many answers that takes.
    fn review(&mut self, place: usize, day: u32) -> u32 {
        let recall = self.days.recall(&self.cards[place], day.into());
        if self.happens(recall) {
            self.answer(place, Rating::Good, day);
            return 1;
        }
        self.answer(place, Rating::Again, day);
        let steps = self.days.scheduler.relearning_steps.len();
        1 + self.steps(place, steps, day)
    }

    /// Asks a card for the first time, and again until it has been learned.
    fn begin(&mut self, place: usize, day: u32) -> u32 {
        let steps = self.days.scheduler.learning_steps.len();
        if self.happens(Self::FIRST_RIGHT) {
            self.answer(place, Rating::Good, day);
            return 1 + self.steps(place, steps.saturating_sub(1), day);
        }
        self.answer(place, Rating::Again, day);
        1 + self.steps(place, steps, day)
    }

    /// The steps of minutes, each taken rightly.
    fn steps(&mut self, place: usize, steps: usize, day: u32) -> u32 {
        for _ in 0..steps {
            self.answer(place, Rating::Good, day);
        }
        steps as u32
    }

    fn answer(&mut self, place: usize, rating: Rating, day: u32) {
        let card = &mut self.cards[place];
        let elapsed = u32::try_from(i64::from(day) - card.last).unwrap_or(0);
        let Scheduler {
            model,
            desired_retention,
            maximum_interval,
            ..
        } = self.days.scheduler;
        let (memory, days) = model.review(card.memory, rating, elapsed, *desired_retention);
        let days = (days.round() as u32).clamp(1, (*maximum_interval).max(1));
        card.memory = Some(memory);
        card.last = day.into();
        card.due = i64::from(day) + i64::from(days);
    }

    fn happens(&mut self, probability: f32) -> bool {
        let drawn = (self.chance.next_u32() >> 8) as f32 / (1 << 24) as f32;
        drawn < probability
    }
}
