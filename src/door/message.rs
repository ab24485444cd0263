//! What page and engine say to each other.

use serde::{Deserialize, Serialize};

use crate::labs::{Finding, Job, Lab, Progress, Recording, envelope, policy, sse};

/// From the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// Given back in every reply to this message.
    pub id: u64,
    /// What is wanted.
    pub ask: Ask,
}

/// From the engine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    /// Of the message that is answered; 0 where there was none.
    pub id: u64,
    /// What came of it.
    pub answer: Answer,
}

/// What the page can ask.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// The envelope encryption lab.
    Envelope(LabAsk<envelope::Step>),
    /// The policy lab.
    Policy(LabAsk<policy::Step>),
    /// The lab that compares S3's encryption modes.
    Sse(LabAsk<sse::Step>),
    /// Long work, in an engine of its own: it answers nothing else meanwhile, and is cancelled by ending it.
    Run(Job),
}

/// What the engine can answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The first word of every engine, unasked: which sources it was built from. It stays the first variant, so that
    /// a page of another build can read it too.
    Hello {
        /// As [`crate::door::BUILD`].
        build: String,
    },
    /// The envelope encryption lab as it stands now.
    Envelope(Box<LabAnswer<envelope::View, envelope::Step>>),
    /// The policy lab as it stands now.
    Policy(Box<LabAnswer<policy::View, policy::Step>>),
    /// The lab that compares S3's encryption modes as it stands now.
    Sse(Box<LabAnswer<sse::View, sse::Step>>),
    /// How far a job has come.
    Progress(Progress),
    /// What a job found; its last word.
    Found(Finding),
    /// The ask cannot be met, and why.
    Refused {
        /// One sentence.
        why: String,
    },
}

/// What can be asked of any lab.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabAsk<Step> {
    /// Begin, begin anew, or take up again: replays the recording.
    Open(Recording<Step>),
    /// Take one more step.
    Take(Step),
    /// Take the last step back.
    Undo,
}

/// A lab as it stands now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LabAnswer<View, Step> {
    /// What there is to see.
    pub view: View,
    /// How it came to be: what the page keeps to have it again.
    pub recording: Recording<Step>,
}

/// A lab that stands behind the door.
pub trait Room: Lab {
    /// Its name in addresses and in what the browser keeps, such as `envelope`.
    const NAME: &'static str;

    /// The message that asks this lab.
    fn ask(ask: LabAsk<Self::Step>) -> Ask;

    /// This lab's answer, if it is one.
    fn answer(answer: Answer) -> Option<LabAnswer<Self::View, Self::Step>>;
}

impl Room for envelope::Envelope {
    const NAME: &'static str = "envelope";

    fn ask(ask: LabAsk<Self::Step>) -> Ask {
        Ask::Envelope(ask)
    }

    fn answer(answer: Answer) -> Option<LabAnswer<Self::View, Self::Step>> {
        match answer {
            Answer::Envelope(answer) => Some(*answer),
            _ => None,
        }
    }
}

impl Room for policy::PolicyBench {
    const NAME: &'static str = "policy";

    fn ask(ask: LabAsk<Self::Step>) -> Ask {
        Ask::Policy(ask)
    }

    fn answer(answer: Answer) -> Option<LabAnswer<Self::View, Self::Step>> {
        match answer {
            Answer::Policy(answer) => Some(*answer),
            _ => None,
        }
    }
}

impl Room for sse::Sse {
    const NAME: &'static str = "sse";

    fn ask(ask: LabAsk<Self::Step>) -> Ask {
        Ask::Sse(ask)
    }

    fn answer(answer: Answer) -> Option<LabAnswer<Self::View, Self::Step>> {
        match answer {
            Answer::Sse(answer) => Some(*answer),
            _ => None,
        }
    }
}
