//! What page and engine say to each other.

use serde::{Deserialize, Serialize};

use crate::course::LabId;
use crate::labs::{Finding, Genesis, Job, Kept, Progress, envelope, policy, sse};

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
pub enum Ask {
    /// Begin a lab, begin it anew, or take it up again.
    Open(LabKind, Beginning),
    /// Take one more step in the step's lab.
    Take(Step),
    /// Take the last step back.
    Undo(LabKind),
    /// Long work, in an engine of its own: it answers nothing else meanwhile, and is cancelled by ending it.
    Run(Job),
}

/// What the engine can answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// The first word of every engine, unasked: which sources it was built from. It stays the first variant, so that
    /// a page of another build can read it too.
    Hello {
        /// As [`crate::door::BUILD`].
        build: String,
    },
    /// The lab that was asked, as it stands now.
    Lab(LabAnswer),
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

/// The labs that stand behind the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabKind {
    /// Envelope encryption.
    Envelope,
    /// Policy evaluation.
    Policy,
    /// S3's encryption modes compared.
    Sse,
}

impl LabKind {
    /// Its name in what the browser keeps.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Envelope => "envelope",
            Self::Policy => "policy",
            Self::Sse => "sse",
        }
    }

    /// The lab in which a task is done, by the task's name; none where no lab knows it.
    #[must_use]
    pub fn of_task(name: &str) -> Option<Self> {
        let is_envelope = envelope::Task::ALL.iter().any(|task| task.name() == name);
        let is_sse = sse::Task::ALL.iter().any(|task| task.name() == name);
        match (is_envelope, is_sse) {
            (true, _) => Some(Self::Envelope),
            (_, true) => Some(Self::Sse),
            _ => None,
        }
    }
}

/// What a lab begins from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Beginning {
    /// Nothing was done yet.
    New(Genesis),
    /// Someone else's steps, as [`LabAnswer::play`] wrote them, taken with keys of one's own.
    Shared(Genesis, String),
    /// Where it was left.
    Kept(Kept),
}

/// A step, in the lab that knows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Step {
    /// In the envelope encryption lab.
    Envelope(envelope::Step),
    /// In the policy lab.
    Policy(policy::Step),
    /// In the lab that compares S3's encryption modes.
    Sse(sse::Step),
}

/// What there is to see, by lab.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum View {
    /// Of the envelope encryption lab.
    Envelope(Box<envelope::View>),
    /// Of the policy lab.
    Policy(Box<policy::View>),
    /// Of the lab that compares S3's encryption modes.
    Sse(Box<sse::View>),
}

/// A lab as it stands now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LabAnswer {
    /// What there is to see.
    pub view: View,
    /// What the page keeps to have it again.
    pub kept: Kept,
    /// Its steps as text that fits a link. Never its seed: whoever opens the link has keys of their own.
    pub play: String,
    /// How many steps can be taken back.
    pub steps: usize,
    /// The tasks that the steps did, as hands-on questions name them; those of a shared link or of an earlier visit too.
    pub done: Vec<LabId>,
}

impl View {
    /// What there is to see of the envelope encryption lab.
    #[must_use]
    pub fn envelope(&self) -> Option<&envelope::View> {
        match self {
            Self::Envelope(view) => Some(view),
            _ => None,
        }
    }

    /// What there is to see of the policy lab.
    #[must_use]
    pub fn policy(&self) -> Option<&policy::View> {
        match self {
            Self::Policy(view) => Some(view),
            _ => None,
        }
    }

    /// What there is to see of the lab that compares S3's encryption modes.
    #[must_use]
    pub fn sse(&self) -> Option<&sse::View> {
        match self {
            Self::Sse(view) => Some(view),
            _ => None,
        }
    }
}

impl From<envelope::View> for View {
    fn from(view: envelope::View) -> Self {
        Self::Envelope(Box::new(view))
    }
}

impl From<policy::View> for View {
    fn from(view: policy::View) -> Self {
        Self::Policy(Box::new(view))
    }
}

impl From<sse::View> for View {
    fn from(view: sse::View) -> Self {
        Self::Sse(Box::new(view))
    }
}

impl From<envelope::Step> for Step {
    fn from(step: envelope::Step) -> Self {
        Self::Envelope(step)
    }
}

impl From<policy::Step> for Step {
    fn from(step: policy::Step) -> Self {
        Self::Policy(step)
    }
}

impl From<sse::Step> for Step {
    fn from(step: sse::Step) -> Self {
        Self::Sse(step)
    }
}
