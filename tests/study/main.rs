//! What the log tells: statistics, plans, parameters, and search over what is known.

mod learner;
mod plan;
mod search;
mod statistics;
