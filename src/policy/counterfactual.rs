//! What would have turned the decision round: for a denial the smallest edits that allow, for an allow what denies.
//!
//! Edits are proposed from the trace, and every one is tried by [`decide`](super::decide) before it is returned.
//! They change the request's context or the policies, never who asks or for what. Ranked smallest and safest first:
//! another context, a spelling put right, a narrower Deny, a wider Allow, one more statement, one more policy or grant,
//! a statement less, a policy less.
//!
//! The work is bounded: of each [`EditKind`] at most [`MOST_TRIED`] edits are tried by themselves, and, where none of
//! them all is enough, at most [`MOST_PAIRS`] pairs, as long as no more than [`MOST_BYTES`] of edited policies must be
//! compiled for either. At most [`MOST_EDITS`] are returned, and of each kind at most [`MOST_OF_A_KIND`].
//!
//! ```
//! use cipherdeck::policy::{counterfactual::{self, EditKind}, decide, Policies, Request, Resource};
//! let caller = "arn:aws:iam::111122223333:user/alice".parse()?;
//! let request = Request::new(caller, "s3:GetObject", Resource::new("arn:aws:s3:::notes/a.txt"));
//! let found = counterfactual::find(&request, &Policies::default());
//! let first = &found.edits[0];
//! assert_eq!(first.kind, EditKind::AttachPolicy);
//! let (request, policies) = first.apply(&request, &Policies::default());
//! assert!(decide(&request, &policies).decision.is_allowed());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod case;
mod clauses;
mod context;
mod denials;
mod draft;
mod edit;
mod grants;
mod minimal;
mod refusal;
mod respell;
mod sample;
mod search;
mod statements;

use serde::{Deserialize, Serialize};

use super::decision::{Decision, Layer, Outcome};
use super::evaluate::evaluate;
use super::layers::Policies;
use super::request::Request;
use case::Case;

pub use edit::{Edit, EditKind, Patch, Place, PolicyPlace};

/// How many edits are returned at most.
pub const MOST_EDITS: usize = 12;

/// How many edits of one kind are returned at most.
pub const MOST_OF_A_KIND: usize = 4;

/// How many edits of one kind are tried at most.
pub const MOST_TRIED: usize = 40;

/// How many pairs of edits are tried at most.
pub const MOST_PAIRS: usize = 240;

/// How many bytes of policies are compiled anew at most, for single edits and again for pairs.
pub const MOST_BYTES: usize = 1 << 20;

/// What would have turned the decision round.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterfactuals {
    /// What is decided as things are.
    pub decision: Decision,
    /// Edits each of which alone turns a denial into an allow or an allow into a denial, smallest and safest first.
    pub edits: Vec<Edit>,
    /// Of a denial: the fewest layers that would all have to change their mind.
    pub refusals: Vec<Refusal>,
    /// Two edits that together turn the decision round, where no single one was found; the second is made behind the
    /// first.
    pub pair: Option<[Edit; 2]>,
}

/// A layer that stands in the request's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Which layer.
    pub layer: Layer,
    /// How sentences call it, such as `key policy`.
    pub called: String,
    /// How it refuses.
    pub outcome: Outcome,
    /// Why, in a short phrase.
    pub why: String,
}

/// Looks for edits that turn the decision on `request` round.
#[must_use]
pub fn find(request: &Request, policies: &Policies) -> Counterfactuals {
    let evaluation = evaluate(request, policies);
    let case = Case::new(request, policies, &evaluation);
    let candidates = if evaluation.decision.is_allowed() {
        statements::that_would_deny(&case)
    } else {
        let mut candidates = statements::that_would_allow(&case);
        candidates.extend(denials::candidates(&case));
        candidates.extend(grants::candidates(&case));
        candidates
    };
    let found = search::search(&case, candidates);
    Counterfactuals {
        decision: evaluation.decision,
        edits: found.edits,
        refusals: refusal::refusals(&case),
        pair: found.pair,
    }
}

impl Counterfactuals {
    /// Who refuses, in one sentence; nothing where nobody does.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let told: Vec<String> = self
            .refusals
            .iter()
            .map(|refusal| format!("the {} ({})", refusal.called, refusal.why))
            .collect();
        let (last, others) = told.split_last()?;
        if others.is_empty() {
            return Some(format!("one layer refuses: {last}"));
        }
        let count = ["two", "three", "four", "five", "six", "seven"][others.len() - 1];
        let others = others.join(", ");
        Some(format!("{count} layers refuse: {others} and {last}"))
    }
}
