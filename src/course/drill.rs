//! “Stale or fresh?”: questions made of the dated facts, old value against new.

use super::about::About;
use super::assemble::Course;
use super::facts::{EarlierValue, Fact, FactValue};
use super::file::{File, FileKind};
use super::id::{ContentHash, OptionId, QuestionId};
use super::question::{Choice, Question, QuestionKind};
use super::sheet::Sheet;
use super::text::{Block, BlockKind, Inline, InlineKind};
use crate::base::Span;

/// The name of the drill's sheet and topic, the tag of its questions, and where it stands in a course, where no file does.
pub const DRILL: &str = "stale-or-fresh";

impl Course {
    /// The course with the drill as its last sheet: a question for each fact that older notes state otherwise.
    ///
    /// A question's id is `fact-` and the name of its fact, with `-` for each dot; where the course has a question of that
    /// id, the fact is not asked. The sheet belongs to no domain, so no mock exam draws from it, and stands on no map.
    #[must_use]
    pub fn with_drill(mut self) -> Self {
        let mut questions: Vec<Question> = Vec::new();
        for question in self.facts.facts.iter().filter_map(question) {
            let is_same = |other: &Question| other.id == question.id;
            if self.question(&question.id).is_none() && !questions.iter().any(is_same) {
                questions.push(question);
            }
        }
        if !questions.is_empty() {
            self.add(File {
                path: DRILL.to_owned(),
                kind: FileKind::Sheet(Box::new(sheet(questions))),
            });
        }
        self
    }
}

fn sheet(questions: Vec<Question>) -> Sheet {
    Sheet {
        id: DRILL.parse().expect("it is a slug"),
        id_span: Span::default(),
        about: About {
            title: "Stale or fresh?".to_owned(),
            domains: Vec::new(),
            topic: DRILL.to_owned(),
            tags: vec![DRILL.to_owned()],
        },
        confusable: None,
        prose: vec![paragraph(
            "What older notes say, against what holds today.".to_owned(),
        )],
        questions,
        retired: Vec::new(),
    }
}

/// The question that a fact asks; none where it was never stated otherwise.
fn question(fact: &Fact) -> Option<Question> {
    let stale = stale(fact);
    if stale.is_empty() {
        return None;
    }
    let fresh = fact.value.readable();
    let right = fact.since.as_deref().map_or_else(
        || "It holds today.".to_owned(),
        |day| format!("It has held since {} at least.", readable_day(day)),
    );
    let options = std::iter::once(choice(&fresh, true, right)).chain(
        stale
            .iter()
            .map(|(value, why)| choice(value, false, why.clone())),
    );
    let options: Vec<Choice> = options.collect();
    let stem = fact.says.replace("{value}", "…");
    let said = format!("{}.", fact.says.replace("{value}", &fresh));
    let hashed: Vec<&str> = stale.iter().map(|(value, _)| value.as_str()).collect();
    let content_hash = ContentHash::of(&format!("{stem}\n{fresh}\n{}", hashed.join("\n")));
    Some(Question {
        id: id(fact),
        was: None,
        difficulty: None,
        tags: vec![DRILL.to_owned()],
        facts: vec![fact.id.clone()],
        shuffle: true,
        heading: vec![text(format!("Which holds today? {stem}"))],
        body: Vec::new(),
        kind: QuestionKind::Single { options },
        explanation: vec![paragraph(said), source(&fact.source)],
        content_hash,
        span: Span::default(),
    })
}

fn id(fact: &Fact) -> QuestionId {
    let name = format!("fact-{}", fact.id.as_str().replace('.', "-"));
    name.parse().expect("the parts of a fact's name are slugs")
}

/// What the fact was before and what older notes say, each with the reason why it is wrong.
///
/// Notes that state it in another measure (`4 KB` for 4,096 bytes) are left out: who takes them for right may be right.
fn stale(fact: &Fact) -> Vec<(String, String)> {
    let mut stale: Vec<(String, String)> = Vec::new();
    let mut add = |value: String, why: String| {
        let (one, fresh) = (value.to_lowercase(), fact.value.readable().to_lowercase());
        let is_said = stale
            .iter()
            .any(|(other, _)| other.to_lowercase().contains(&one));
        if one != fresh && !is_said {
            stale.push((value, why));
        }
    };
    for EarlierValue { value, until } in &fact.was {
        let why = until.as_deref().map_or_else(
            || "It was so once.".to_owned(),
            |day| format!("It was so until {}.", readable_day(day)),
        );
        add(value.readable(), why);
    }
    let seed = fact.seed.as_deref().and_then(|seed| fact.value.alike(seed));
    if let Some(seed) = seed.filter(|seed| !fact.value.is_stated_by(seed)) {
        add(
            seed,
            "Older notes say so; it holds no longer, or never did.".to_owned(),
        );
    }
    stale
}

impl FactValue {
    /// `text` as a value of the same kind is read, if it states one.
    fn alike(&self, text: &str) -> Option<String> {
        let plain = text.replace(',', "");
        match self {
            Self::Integer(_) => plain.parse().ok().map(|n| Self::Integer(n).readable()),
            Self::Decimal(_) => {
                let is_decimal = plain.parse::<f64>().is_ok();
                is_decimal.then(|| Self::Decimal(plain).readable())
            }
            Self::Date(_) => date(text).map(|date| Self::Date(date).readable()),
            Self::Text(_) => Some(text.to_owned()),
        }
    }
}

/// `2026-01-05` as `5 January 2026`.
fn readable_day(day: &str) -> String {
    date(day).map_or_else(|| day.to_owned(), |date| FactValue::Date(date).readable())
}

fn date(day: &str) -> Option<time::Date> {
    let mut parts = day.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let of_month = parts.next()?.parse().ok()?;
    time::Date::from_calendar_date(year, month.try_into().ok()?, of_month).ok()
}

fn choice(value: &str, right: bool, reason: String) -> Choice {
    Choice {
        id: OptionId::of(value),
        text: vec![paragraph(value.to_owned())],
        right,
        reason: vec![paragraph(reason)],
    }
}

fn source(address: &str) -> Block {
    let link = InlineKind::Link {
        target: address.to_owned(),
        content: vec![text(address.to_owned())],
    };
    block(vec![text("Source: ".to_owned()), inline(link)])
}

fn paragraph(words: String) -> Block {
    block(vec![text(words)])
}

fn block(line: Vec<Inline>) -> Block {
    Block {
        span: Span::default(),
        kind: BlockKind::Paragraph(line),
    }
}

fn text(words: String) -> Inline {
    inline(InlineKind::Text(words))
}

fn inline(kind: InlineKind) -> Inline {
    Inline {
        span: Span::default(),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Files;
    use crate::course::text::{plain_blocks, plain_inlines};

    const FACTS: &str = r#"
[[fact]]
id = "kms.keys-per-region"
says = "An account may hold {value} keys"
value = 100000
since = 2026-11-22
source = "https://docs.aws.amazon.com/kms/"
seed = "1,000"

[[fact]]
id = "organizations.scp-characters"
says = "A policy may be {value} characters long"
value = 10240
source = "https://docs.aws.amazon.com/organizations/"
was = [{ value = 5120, until = 2026-05-14 }]

[[fact]]
id = "kms.plaintext-bytes"
says = "Encrypt takes {value} bytes"
value = 4096
source = "https://docs.aws.amazon.com/kms/"
seed = "4 KB"

[[fact]]
id = "kms.aliases"
says = "A key may have {value} aliases"
value = 50
source = "https://docs.aws.amazon.com/kms/"

[[fact]]
id = "library.name"
says = "The library is called {value}"
value = "AWS Database Encryption SDK"
source = "https://docs.aws.amazon.com/database-encryption-sdk/"
seed = "DynamoDB Encryption Client"
was = [{ value = "Amazon DynamoDB Encryption Client", until = 2023-06-08 }]
"#;

    fn course(facts: &str) -> Course {
        let files = [("facts.toml".to_owned(), facts.as_bytes().to_vec())];
        let (course, findings) = Course::read(&Files::from(files));
        assert!(findings.is_empty(), "{findings:?}");
        course.with_drill()
    }

    fn told(question: &Question) -> Vec<(String, bool, String)> {
        let QuestionKind::Single { options } = &question.kind else {
            panic!("one of several is right")
        };
        let told = options.iter().map(|option| {
            let (text, reason) = (plain_blocks(&option.text), plain_blocks(&option.reason));
            (text, option.right, reason)
        });
        told.collect()
    }

    #[test]
    fn a_fact_that_older_notes_state_otherwise_is_asked() {
        let course = course(FACTS);
        let asked: Vec<&str> = course.questions().map(|(_, one)| one.id.as_str()).collect();
        // 4 KB may well be 4,096 bytes, and nobody was ever wrong about aliases.
        assert_eq!(
            asked,
            [
                "fact-kms-keys-per-region",
                "fact-organizations-scp-characters",
                "fact-library-name",
            ]
        );
        let (sheet, question) = course.questions().next().unwrap();
        assert!(sheet.about.domains.is_empty());
        assert_eq!(
            plain_inlines(&question.heading),
            "Which holds today? An account may hold … keys"
        );
        let options = told(question);
        assert_eq!((options[0].0.as_str(), options[0].1), ("100,000", true));
        assert_eq!((options[1].0.as_str(), options[1].1), ("1,000", false));
        assert_eq!(
            plain_blocks(&question.explanation),
            "An account may hold 100,000 keys. Source: https://docs.aws.amazon.com/kms/"
        );
    }

    #[test]
    fn what_held_before_says_until_when_and_is_not_offered_twice() {
        let course = course(FACTS);
        let of = |id: &str| told(course.question(&id.parse().unwrap()).unwrap().1);
        let scp = of("fact-organizations-scp-characters");
        assert_eq!(scp[1].2, "It was so until 14 May 2026.");
        let library = of("fact-library-name");
        assert_eq!(library.len(), 2, "{library:?}");
    }

    #[test]
    fn an_edited_value_keeps_the_id_and_changes_the_hash() {
        let edited = FACTS.replace("value = 100000", "value = 200000");
        let (before, after) = (course(FACTS), course(&edited));
        let id = "fact-kms-keys-per-region".parse().unwrap();
        let hash = |course: &Course| course.question(&id).unwrap().1.content_hash.clone();
        assert_ne!(hash(&before), hash(&after));
    }

    #[test]
    fn facts_of_one_name_but_for_dots_are_asked_once() {
        let twin = FACTS
            .replace("kms.keys-per-region", "library.name-x")
            .replace("kms.aliases", "a.b")
            .replace("\"library.name\"", "\"library-name.x\"");
        let asked = course(&twin);
        let ids: Vec<&str> = asked.questions().map(|(_, one)| one.id.as_str()).collect();
        assert_eq!(ids.len(), 2, "{ids:?}");
    }

    #[test]
    fn a_course_without_facts_has_no_drill() {
        assert_eq!(course("").files.len(), 0);
    }
}
