//! Counts tests in what the test programs print.

use std::ops::AddAssign;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u32,
    /// Tests that failed.
    pub failed: u32,
}

impl Tally {
    /// What one printed line adds: the summary lines of `cargo test`, `cargo nextest` and `node --test`.
    pub fn of_line(line: &str) -> Self {
        let line = strip_colour(line);
        // Nextest shows a failed test's own output, with the summary in it, further to the right.
        if line.starts_with("test result:") || line.trim_start().starts_with("Summary [") {
            return Self {
                passed: number_before(&line, " passed"),
                failed: number_before(&line, " failed"),
            };
        }
        let after = |label: &str| {
            line.strip_prefix(label)
                .and_then(|count| count.trim().parse().ok())
                .unwrap_or(0)
        };
        Self {
            passed: after("ℹ pass "),
            failed: after("ℹ fail "),
        }
    }

    /// Whether nothing was counted.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn number_before(line: &str, label: &str) -> u32 {
    let Some((before, _)) = line.split_once(label) else {
        return 0;
    };
    before
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

fn strip_colour(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summaries_of_three_runners_are_counted() {
        let cases = [
            (
                "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
                (12, 3),
            ),
            (
                "     Summary [   0.105s] 7 tests run: 6 passed, 1 failed, 0 skipped",
                (6, 1),
            ),
            (
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.105s] \u{1b}[1m7\u{1b}[0m tests run: \u{1b}[1m7\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped",
                (7, 0),
            ),
            ("ℹ pass 4", (4, 0)),
            ("ℹ fail 2", (0, 2)),
            ("test base::arn::tests::it_parses ... ok", (0, 0)),
            (
                "    test result: FAILED. 0 passed; 1 failed; 0 ignored",
                (0, 0),
            ),
        ];
        for (line, (passed, failed)) in cases {
            assert_eq!(Tally::of_line(line), Tally { passed, failed }, "{line}");
        }
    }
}
