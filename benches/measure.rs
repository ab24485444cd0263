//! How the benchmarks measure and print.
//!
//! Each thing is done over and over for half a second, three times; the best of the three counts, because whatever else
//! runs on the machine only ever makes it slower. Ratios compare figures of the same run.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const ROUND: Duration = Duration::from_millis(500);
const ROUNDS: u32 = 3;

/// How often a second `work` can be done.
pub fn rate<T>(mut work: impl FnMut() -> T) -> f64 {
    rate_with(|| (), |()| work())
}

/// How often a second `work` can be done, on a fresh subject each round.
pub fn rate_with<S, T>(subject: impl Fn() -> S, mut work: impl FnMut(&mut S) -> T) -> f64 {
    let round = |_| {
        let mut subject = subject();
        let started = Instant::now();
        let mut done = 0_u32;
        while started.elapsed() < ROUND {
            black_box(work(&mut subject));
            done += 1;
        }
        f64::from(done) / started.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(round).fold(0.0, f64::max)
}

/// How many milliseconds `work` takes on a subject that it uses up.
#[allow(dead_code, reason = "not every benchmark has such work")]
pub fn millis<S, T>(subject: impl Fn() -> S, work: impl Fn(S) -> T) -> f64 {
    let once = |_| {
        let subject = subject();
        let started = Instant::now();
        let done = black_box(work(subject));
        let took = started.elapsed();
        drop(done);
        took.as_secs_f64() * 1000.0
    };
    (0..ROUNDS).map(once).fold(f64::INFINITY, f64::min)
}

pub fn show(what: &str, figure: f64, unit: &str, against: &str) {
    println!("{what:<44} {figure:>9.0} {unit:<4}  {against}");
}

#[allow(dead_code, reason = "not every benchmark compares")]
pub fn ratio(rate: f64, other: f64, name: &str) -> String {
    format!("{:.2} × {name}", rate / other)
}
