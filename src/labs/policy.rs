//! Policy evaluation: texts in, the decision out, with the clause that made it.
//!
//! A step writes one text or sets out a scenario. What is wrong with a text is said beneath it; a decision is made
//! only while every text can be read, by the same engine that guards the simulated cloud.

mod ask;
pub mod mistake;
mod scenario;
#[cfg(test)]
mod tests;
mod tree;
mod view;

use serde::{Deserialize, Serialize};

use crate::labs::{Genesis, Lab};
use crate::policy::PolicyType;

pub use scenario::{SCENARIOS, Scenario};
pub use tree::{Branch, Mark};
pub use view::{Answer, FieldView, Note, View};

/// What a learner can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Set out one of the [`SCENARIOS`], by its number from zero.
    SetOut(usize),
    /// Write one text.
    Write(Field, String),
}

/// One text on the bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Who asks.
    Principal,
    /// What for.
    Action,
    /// Of which resource.
    Resource,
    /// Whose that is.
    Owner,
    /// Under which circumstances: condition keys as a JSON object.
    Context,
    /// The policy of the user or role.
    IdentityPolicy,
    /// The policy of the resource.
    ResourcePolicy,
    /// The permissions boundary.
    Boundary,
    /// The session policy.
    SessionPolicy,
    /// The service control policy.
    ServiceControl,
    /// The resource control policy.
    ResourceControl,
}

impl Field {
    /// Every text, in the order of the bench.
    pub const ALL: [Self; 11] = [
        Self::Principal,
        Self::Action,
        Self::Resource,
        Self::Owner,
        Self::Context,
        Self::IdentityPolicy,
        Self::ResourcePolicy,
        Self::Boundary,
        Self::SessionPolicy,
        Self::ServiceControl,
        Self::ResourceControl,
    ];

    /// What it is called on the bench.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Principal => "Principal",
            Self::Action => "Action",
            Self::Resource => "Resource",
            Self::Owner => "Resource's account",
            Self::Context => "Context",
            Self::IdentityPolicy => "Identity policy",
            Self::ResourcePolicy => "Resource policy",
            Self::Boundary => "Permissions boundary",
            Self::SessionPolicy => "Session policy",
            Self::ServiceControl => "Service control policy",
            Self::ResourceControl => "Resource control policy",
        }
    }

    /// What kind of policy it holds; of a resource's that depends on the resource.
    fn policy_type(self) -> Option<PolicyType> {
        match self {
            Self::Principal | Self::Action | Self::Resource | Self::Owner | Self::Context => None,
            Self::IdentityPolicy => Some(PolicyType::Identity),
            Self::ResourcePolicy => Some(PolicyType::Resource),
            Self::Boundary => Some(PolicyType::Boundary),
            Self::SessionPolicy => Some(PolicyType::Session),
            Self::ServiceControl => Some(PolicyType::Scp),
            Self::ResourceControl => Some(PolicyType::Rcp),
        }
    }
}

/// The bench: all its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyBench {
    scenario: usize,
    texts: [String; Field::ALL.len()],
}

impl PolicyBench {
    fn set_out(number: usize) -> Self {
        let number = number.min(SCENARIOS.len() - 1);
        Self {
            scenario: number,
            texts: Field::ALL.map(|field| SCENARIOS[number].text(field).to_owned()),
        }
    }

    fn text(&self, field: Field) -> &str {
        &self.texts[field as usize]
    }
}

impl Lab for PolicyBench {
    type Step = Step;
    type View = View;

    fn begin(_genesis: &Genesis) -> Self {
        Self::set_out(0)
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::SetOut(number) => *self = Self::set_out(*number),
            Step::Write(field, text) => text.clone_into(&mut self.texts[*field as usize]),
        }
    }

    fn view(&self) -> View {
        view::of(self)
    }
}
