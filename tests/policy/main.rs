//! What the policy engine promises, rule by rule, and what its command does.

mod conditions;
mod documents;
mod grammar;
mod laws;
mod layers;
mod principals;
mod question;
