//! What the log tells: statistics, plans, parameters, and search over what is known.

mod a_course;
mod exams;
mod learner;
mod mastery;
mod optimise;
mod plan;
mod search;
mod sessions;
mod simulate;
mod statistics;
