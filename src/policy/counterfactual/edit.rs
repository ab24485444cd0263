//! An edit, and what becomes of request and policies by it.

use serde::{Deserialize, Serialize};

use crate::base::Span;
use crate::policy::compiled::CompiledPolicy;
use crate::policy::context::{Context, ContextValue};
use crate::policy::decision::Layer;
use crate::policy::grant::Grant;
use crate::policy::layers::{Level, Policies};
use crate::policy::request::Request;

/// One change that is easy to make and to undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What is done.
    pub kind: EditKind,
    /// Where.
    pub place: Place,
    /// What stands there; nothing where something is added.
    pub before: String,
    /// What is to stand there; nothing where something is taken away.
    pub after: String,
    /// What to do, in one sentence.
    pub sentence: String,
    /// How the text of the policy changes, where one does.
    pub patch: Option<Patch>,
    pub(super) change: Change,
}

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// Gives a condition key another value, or adds or leaves it out.
    ChangeContext,
    /// Puts a spelling right: case, part of an ARN, operator or version.
    Rewrite,
    /// Makes a statement apply to less.
    Narrow,
    /// Makes a statement apply to more.
    Widen,
    /// Adds a statement to a policy.
    AddStatement,
    /// Attaches another policy.
    AttachPolicy,
    /// Passes the token of a KMS grant along.
    PassGrantToken,
    /// Creates a KMS grant.
    AddGrant,
    /// Takes a statement out of a policy.
    RemoveStatement,
    /// Detaches a policy.
    DetachPolicy,
    /// Revokes a KMS grant.
    RemoveGrant,
}

/// What an edit touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A condition key of the request.
    Context(String),
    /// A policy that is attached, whole or in part.
    Policy {
        /// Which policy.
        at: PolicyPlace,
        /// Which of its statements, counted from nought; nothing where it is none or not yet one of them.
        statement: Option<usize>,
        /// Where in the text; something that is added has no length.
        span: Span,
    },
    /// A layer, or one level of it, that gets a policy or a grant.
    Layer {
        /// Which layer.
        layer: Layer,
        /// Which level of an organization's policies, counted from the root.
        level: Option<usize>,
    },
    /// A grant, by its place in the list.
    Grant(usize),
}

/// Which policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PolicyPlace {
    /// Its layer.
    pub layer: Layer,
    /// Its level among an organization's policies, counted from the root.
    pub level: Option<usize>,
    /// Its place in the layer's or level's list, counted from nought.
    pub index: usize,
}

/// One stretch of a text replaced by another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// What is replaced.
    pub span: Span,
    /// What it is replaced by.
    pub text: String,
}

impl Patch {
    /// The text with the stretch replaced; nothing where it does not lie in this text.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        let (before, behind) = (text.get(..self.span.start)?, text.get(self.span.end..)?);
        Some(format!("{before}{}{behind}", self.text))
    }
}

/// What changes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Key {
        key: String,
        value: Option<ContextValue>,
    },
    Document {
        at: PolicyPlace,
        was: CompiledPolicy,
        is: CompiledPolicy,
    },
    Attach {
        layer: Layer,
        level: Option<usize>,
        policy: CompiledPolicy,
    },
    Detach {
        at: PolicyPlace,
        was: CompiledPolicy,
    },
    AddGrant(Grant),
    RemoveGrant(Grant),
    PassToken(String),
}

impl Edit {
    /// Request and policies with the edit made. Where it is made already, or what it is about is not there, nothing
    /// changes.
    #[must_use]
    pub fn apply(&self, request: &Request, policies: &Policies) -> (Request, Policies) {
        self.change.apply(request, policies)
    }
}

impl Edit {
    /// The same edit, to be made when `first` is made already. Nothing where both change the same stretch of a text.
    pub(super) fn behind(&self, first: &Self) -> Option<Self> {
        let mut behind = self.clone();
        let (
            Change::Document {
                at: one, is: text, ..
            },
            Change::Document { at: other, was, is },
        ) = (&first.change, &mut behind.change)
        else {
            return Some(behind);
        };
        if one != other {
            return Some(behind);
        }
        let patch = behind.patch.as_mut()?;
        patch.span = patch.span_behind(first.patch.as_ref()?)?;
        let edited = CompiledPolicy::parse(&patch.apply(text.source())?).ok()?;
        *is = match text.name() {
            Some(name) => edited.named(name),
            None => edited,
        };
        *was = text.clone();
        if let Place::Policy { span, .. } = &mut behind.place {
            *span = patch.span;
        }
        Some(behind)
    }
}

impl Patch {
    /// Where the stretch lies when another patch was made before; nothing where the two overlap.
    fn span_behind(&self, first: &Self) -> Option<Span> {
        if self.span.end <= first.span.start {
            return Some(self.span);
        }
        let behind = self.span.start.checked_sub(first.span.end)?;
        let start = first.span.start + first.text.len() + behind;
        Some(Span::new(start, start + (self.span.end - self.span.start)))
    }
}

impl Change {
    pub(super) fn apply(&self, request: &Request, policies: &Policies) -> (Request, Policies) {
        let (mut request, mut policies) = (request.clone(), policies.clone());
        match self {
            Self::Key { key, value } => set(&mut request.context, key, value.as_ref()),
            Self::Document { at, was, is } => {
                if let Some(slot) = slot(&mut policies, *at).filter(|slot| *slot == was) {
                    *slot = is.clone();
                }
            }
            Self::Attach {
                layer: Layer::Resource,
                policy,
                ..
            } => {
                policies.resource.get_or_insert_with(|| policy.clone());
            }
            Self::Attach {
                layer,
                level,
                policy,
            } => {
                if let Some(list) = list(&mut policies, *layer, *level)
                    && !list.contains(policy)
                {
                    list.push(policy.clone());
                }
            }
            Self::Detach { at, was } => detach(&mut policies, *at, was),
            Self::AddGrant(grant) => {
                if !policies.grants.contains(grant) {
                    policies.grants.push(grant.clone());
                }
            }
            Self::RemoveGrant(grant) => policies.grants.retain(|other| other != grant),
            Self::PassToken(token) => {
                if !request.grant_tokens.contains(token) {
                    request.grant_tokens.push(token.clone());
                }
            }
        }
        (request, policies)
    }
}

fn set(context: &mut Context, key: &str, value: Option<&ContextValue>) {
    match value {
        Some(value) => context.insert(key, value.clone()),
        None => {
            let others = context
                .iter()
                .filter(|(other, _)| !other.eq_ignore_ascii_case(key));
            *context = others.map(|(key, value)| (key, value.clone())).collect();
        }
    }
}

fn detach(policies: &mut Policies, at: PolicyPlace, was: &CompiledPolicy) {
    if at.layer == Layer::Resource {
        policies.resource.take_if(|policy| policy == was);
    } else if let Some(list) = list(policies, at.layer, at.level)
        && list.get(at.index) == Some(was)
    {
        list.remove(at.index);
    }
}

fn slot(policies: &mut Policies, at: PolicyPlace) -> Option<&mut CompiledPolicy> {
    match at.layer {
        Layer::Resource => policies.resource.as_mut(),
        layer => list(policies, layer, at.level)?.get_mut(at.index),
    }
}

fn list(
    policies: &mut Policies,
    layer: Layer,
    level: Option<usize>,
) -> Option<&mut Vec<CompiledPolicy>> {
    fn of(levels: &mut [Level], level: Option<usize>) -> Option<&mut Vec<CompiledPolicy>> {
        levels.get_mut(level?).map(|level| &mut level.policies)
    }
    match layer {
        Layer::Rcp => of(&mut policies.resource_control, level),
        Layer::Scp => of(&mut policies.service_control, level),
        Layer::Endpoint => Some(&mut policies.endpoint),
        Layer::Identity => Some(&mut policies.identity),
        Layer::Boundary => Some(&mut policies.boundaries),
        Layer::Session => Some(&mut policies.session),
        Layer::Resource | Layer::Grant => None,
    }
}
