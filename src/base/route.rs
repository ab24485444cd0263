//! Addresses of pages, in the URL's fragment, so that the site works from any folder of any static host.

use std::fmt;
use std::str::FromStr;

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// What is due today and what to do next.
    Today,
    /// The course map.
    Course,
    /// A lesson or sheet, by its path below `content/`.
    Reading(String),
    /// The review session.
    Review,
    /// Mock exams.
    Exam,
    /// Every question, to be searched.
    Browse,
    /// The learner's own decks.
    Decks,
    /// The list of labs.
    Labs,
    /// The envelope encryption lab.
    Envelope,
    /// The lab that compares S3's encryption modes.
    Sse,
    /// The policy lab.
    Policy,
    /// What the log tells.
    Statistics,
    /// Settings, export and import.
    Settings,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("#/"),
            Self::Course => f.write_str("#/course"),
            Self::Reading(path) => write!(f, "#/course/{path}"),
            Self::Review => f.write_str("#/review"),
            Self::Exam => f.write_str("#/exam"),
            Self::Browse => f.write_str("#/browse"),
            Self::Decks => f.write_str("#/decks"),
            Self::Labs => f.write_str("#/labs"),
            Self::Envelope => f.write_str("#/labs/envelope"),
            Self::Sse => f.write_str("#/labs/sse"),
            Self::Policy => f.write_str("#/labs/policy"),
            Self::Statistics => f.write_str("#/statistics"),
            Self::Settings => f.write_str("#/settings"),
        }
    }
}

impl FromStr for Route {
    type Err = UnknownRoute;

    fn from_str(fragment: &str) -> Result<Self, UnknownRoute> {
        let path = fragment.strip_prefix('#').unwrap_or(fragment);
        Ok(match path.trim_matches('/') {
            "" => Self::Today,
            "course" => Self::Course,
            "review" => Self::Review,
            "exam" => Self::Exam,
            "browse" => Self::Browse,
            "decks" => Self::Decks,
            "labs" => Self::Labs,
            "labs/envelope" => Self::Envelope,
            "labs/sse" => Self::Sse,
            "labs/policy" => Self::Policy,
            "statistics" => Self::Statistics,
            "settings" => Self::Settings,
            other => match other.strip_prefix("course/") {
                Some(file) if is_content_path(file) => Self::Reading(file.to_owned()),
                _ => return Err(UnknownRoute(fragment.to_owned())),
            },
        })
    }
}

/// A relative path that stays below `content/`.
fn is_content_path(path: &str) -> bool {
    let is_name = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(is_name) && !path.contains([':', '\\', '%', '?', '#'])
}

/// No page has this address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRoute(pub String);

/// A page with what follows its address: the requests of a shared lab, or the case or the task to begin it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The page, or an address that is none.
    pub route: Result<Route, UnknownRoute>,
    /// Behind `?play=`: the steps of a shared lab.
    pub play: Option<String>,
    /// Behind `?scenario=`: the name of a case of the course.
    pub scenario: Option<String>,
    /// Behind `?task=`: the name of what is to be done in a lab.
    pub task: Option<String>,
}

impl From<&str> for Location {
    fn from(fragment: &str) -> Self {
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        };
        Self {
            route: path.parse(),
            play: value("play"),
            scenario: value("scenario"),
            task: value("task"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_page_has_an_address_that_leads_to_it() {
        let pages = [
            Route::Today,
            Route::Course,
            Route::Reading("lessons/kms-keys.md".to_owned()),
            Route::Review,
            Route::Exam,
            Route::Browse,
            Route::Decks,
            Route::Labs,
            Route::Envelope,
            Route::Sse,
            Route::Policy,
            Route::Statistics,
            Route::Settings,
        ];
        for page in pages {
            assert_eq!(page.to_string().parse(), Ok(page));
        }
    }

    #[test]
    fn a_lab_is_told_what_is_to_be_done_in_it() {
        let location = Location::from("#/labs/sse?task=sse-disabled-key");
        assert_eq!(location.route, Ok(Route::Sse));
        assert_eq!(location.task.as_deref(), Some("sse-disabled-key"));
    }

    #[test]
    fn an_empty_fragment_is_today() {
        assert_eq!("".parse(), Ok(Route::Today));
        assert_eq!("#".parse(), Ok(Route::Today));
    }

    #[test]
    fn a_reading_stays_below_the_content() {
        for address in [
            "#/course/../secret",
            "#/course/a//b",
            "#/course/https://x",
            "#/course/%2e%2e/x",
        ] {
            assert!(address.parse::<Route>().is_err(), "{address}");
        }
    }

    #[test]
    fn a_shared_lab_carries_its_steps() {
        let location = Location::from("#/labs/envelope?play=W10");
        assert_eq!(location.route, Ok(Route::Envelope));
        assert_eq!(location.play.as_deref(), Some("W10"));
    }

    proptest! {
        #[test]
        fn any_fragment_is_a_page_or_none(fragment in ".*") {
            if let Ok(route) = Location::from(fragment.as_str()).route {
                prop_assert_eq!(route.to_string().parse(), Ok(route));
            }
        }
    }
}
