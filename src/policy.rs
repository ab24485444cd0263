//! Documents in, decision and trace out. A pure function that knows nothing of the cloud.
//!
//! A text becomes a [`Policy`] (what was written, with the place of every element), that becomes a
//! [`CompiledPolicy`] (what is evaluated), and [`evaluate`] asks all the [`Policies`] that bear on a [`Request`].
//! [`decide`] gives the same decision without the reasons, faster.
//!
//! Evaluation never validates: an element that AWS would not have accepted matches nothing in an Allow, and a Deny
//! that cannot be evaluated applies. [`validate`] says what is wrong with a document, by the [`catalogue`] of what there is.
//! The rules of evaluation, with the pages that they come from, are listed in `policy/RULES.md`.
//!
//! ```
//! use cipherdeck::policy::{self, CompiledPolicy, Decision, Policies, Request, Resource};
//! let policies = Policies {
//!     identity: vec![CompiledPolicy::parse(
//!         r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}"#,
//!     ).expect("sound JSON")],
//!     ..Policies::default()
//! };
//! let caller = "arn:aws:iam::111122223333:user/alice".parse()?;
//! let request = Request::new(caller, "s3:GetObject", Resource::new("arn:aws:s3:::notes/a.txt"));
//! assert_eq!(policy::evaluate(&request, &policies).decision, Decision::Allowed);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(doc)]
#[doc = include_str!("policy/RULES.md")]
pub mod rules {}

mod action;
mod arn_pattern;
mod caller;
pub mod catalogue;
mod compiled;
mod condition;
mod context;
pub mod counterfactual;
mod decision;
mod document;
mod evaluate;
mod grant;
mod grid;
mod headline;
mod json;
mod judge;
mod key;
mod kind;
mod layers;
mod layout;
mod names;
mod operator;
mod pattern;
mod principal;
mod recorder;
mod request;
mod scalar;
mod scope;
mod settle;
mod statement;
mod template;
mod trace;
mod unspecified;
mod validate;
mod value;
mod view;
pub mod written;

pub use compiled::CompiledPolicy;
pub use context::{Context, ContextValue};
pub use decision::{DecidedBy, Decision, Evaluation, Layer, Outcome, Outcomes, Verdict};
pub use document::{
    Condition, Effect, Element, Illegal, NamedPrincipals, Policy, Principals, Spanned, Statement,
    Strings,
};
pub use evaluate::{decide, evaluate};
pub use grant::{Grant, GrantConstraints, GrantState};
pub use grid::{Cell, Difference, Grid, grid};
pub use kind::{ParsePolicyTypeError, PolicyType};
pub use layers::{KeyManager, Level, Policies};
pub use names::names;
pub use principal::{ParsePrincipalError, Principal, RoleSession};
pub use request::{Request, Resource};
pub use trace::{
    ClauseTrace, LayerTrace, PolicyTrace, ResourceTrace, StatementTrace, Truth, ValueTrace,
};
pub use unspecified::Unspecified;
pub use validate::{Size, not_utf8, validate, validate_policy};
