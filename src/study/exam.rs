//! Mock exams: a paper drawn by an exam's own weights, sat against the clock, scored by domain.
//!
//! AWS does not publish how it scales scores, so a score here is the share of right answers and nothing else.
//! Source: <https://docs.aws.amazon.com/aws-certification/latest/security-specialty-03/security-specialty-03.html>

mod blueprint;
mod draw;
mod run;
mod score;
mod words;

pub use blueprint::{Blueprint, Domain, apportion};
pub use draw::{Explain, Item, Only, Paper, PaperDomain, PracticeOptions, TimeLimit};
pub use run::{Event, EventKind, Run, RunState, Seat};
pub use score::{DomainScore, Outcome, Score};
pub use words::{Offer, Report};
