//! The texts on the bench: a request and the policies that bear on it, read or not.

mod written;

use crate::course::ExhibitKind;
use crate::policy::{PolicyType, catalogue};

use super::field::Field;
use super::paper::Paper;
pub(super) use written::FEDERATED;
use written::Written;

/// All texts on the bench.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Case {
    pub(super) principal: String,
    pub(super) action: String,
    /// One at least.
    pub(super) resources: Vec<ResourceTexts>,
    pub(super) keys: Vec<KeyTexts>,
    /// The tokens of young KMS grants that the request passes along.
    pub(super) grant_tokens: Vec<String>,
    /// Empty where there is no organization, or nobody says.
    pub(super) management_account: String,
    /// `AWS`, or anything else for the account.
    pub(super) key_manager: String,
    pub(super) policies: Vec<PolicyText>,
    /// The grants on a KMS key, if they lie on the bench.
    pub(super) grants: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ResourceTexts {
    pub(super) arn: String,
    /// Empty for the account in the ARN, or the caller's.
    pub(super) account: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyTexts {
    pub(super) key: String,
    /// One value a line.
    pub(super) values: String,
    /// Whether the key holds a set, even of one value.
    pub(super) is_set: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PolicyText {
    pub(super) kind: PolicyType,
    pub(super) level: String,
    pub(super) name: String,
    pub(super) text: String,
}

impl KeyTexts {
    /// Several values are a set, and so is one value of a key that is known to hold sets.
    fn look_up(&mut self) {
        let known = catalogue::condition_key(self.key.trim());
        let is_known_set = known.is_some_and(|key| key.is_multi_valued);
        self.is_set = is_known_set || self.values.contains('\n');
    }
}

impl Case {
    /// The case of these papers. A request that is no JSON object leaves the request's texts empty, which says so.
    pub(super) fn of(papers: &[Paper]) -> Self {
        let is_request = |paper: &&Paper| paper.kind == ExhibitKind::Request;
        let request = papers.iter().find(is_request);
        let request = request.and_then(|paper| Written::read(&paper.text));
        let mut case = request.map_or_else(Self::default, Written::into_case);
        if case.resources.is_empty() {
            case.add_resource();
        }
        for paper in papers {
            case.lay(paper);
        }
        case
    }

    /// The papers of which [`Case::of`] makes this case again.
    pub(super) fn papers(&self) -> Vec<Paper> {
        let request = Paper::new(ExhibitKind::Request, &Written::of(self).print());
        let policies = self.policies.iter().map(|policy| Paper {
            kind: ExhibitKind::Policy(policy.kind),
            level: policy.level.clone(),
            name: policy.name.clone(),
            text: policy.text.clone(),
        });
        let grants = self
            .grants
            .iter()
            .map(|text| Paper::new(ExhibitKind::Grants, text));
        std::iter::once(request)
            .chain(policies)
            .chain(grants)
            .collect()
    }

    /// This request, asked of another case's policies.
    pub(super) fn with_policies_of(&self, other: &Self) -> Self {
        Self {
            policies: other.policies.clone(),
            grants: other.grants.clone(),
            management_account: other.management_account.clone(),
            key_manager: other.key_manager.clone(),
            ..self.clone()
        }
    }

    pub(super) fn has_policies_of(&self, other: &Self) -> bool {
        other.with_policies_of(self) == *other
    }

    pub(super) fn has_request_of(&self, other: &Self) -> bool {
        self.with_policies_of(other) == *other
    }

    /// Who wants to do what to which resources.
    pub(super) fn sentence(&self) -> String {
        let resources: Vec<&str> = self
            .resources
            .iter()
            .map(|texts| texts.arn.as_str())
            .collect();
        let (principal, action) = (&self.principal, &self.action);
        format!("{principal} {action} {}", resources.join(", "))
    }

    /// Lays a policy or grants down. A second request is none.
    pub(super) fn lay(&mut self, paper: &Paper) {
        match paper.kind {
            ExhibitKind::Request => {}
            ExhibitKind::Grants => self.grants = Some(paper.text.clone()),
            ExhibitKind::Policy(kind) => self.policies.push(PolicyText {
                kind,
                level: paper.level.clone(),
                name: paper.name.clone(),
                text: paper.text.clone(),
            }),
        }
    }

    pub(super) fn add_resource(&mut self) {
        self.resources.push(ResourceTexts::default());
    }

    pub(super) fn add_key(&mut self, key: &str, values: &str) {
        let mut texts = KeyTexts {
            key: key.to_owned(),
            values: values.to_owned(),
            is_set: false,
        };
        texts.look_up();
        self.keys.push(texts);
    }

    /// Whatever case the key is written in.
    pub(super) fn set_key(&mut self, key: &str, values: Option<&str>) {
        let is_it = |texts: &KeyTexts| texts.key.trim().eq_ignore_ascii_case(key);
        let at = self.keys.iter().position(is_it);
        match (at, values) {
            (Some(at), Some(values)) => self.write(Field::Values(at), values),
            (None, Some(values)) => self.add_key(key, values),
            (_, None) => self.keys.retain(|texts| !is_it(texts)),
        }
    }

    /// Writes a text. One that is not there stays away: a link may be older than the bench.
    pub(super) fn write(&mut self, field: Field, text: &str) {
        if let Some(place) = self.place(field) {
            text.clone_into(place);
        }
        if let Field::Key(number) | Field::Values(number) = field
            && let Some(texts) = self.keys.get_mut(number)
        {
            texts.look_up();
        }
    }

    fn place(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Principal => Some(&mut self.principal),
            Field::Action => Some(&mut self.action),
            Field::Resource(number) => self.resources.get_mut(number).map(|texts| &mut texts.arn),
            Field::Account(number) => self
                .resources
                .get_mut(number)
                .map(|texts| &mut texts.account),
            Field::Key(number) => self.keys.get_mut(number).map(|texts| &mut texts.key),
            Field::Values(number) => self.keys.get_mut(number).map(|texts| &mut texts.values),
            Field::ManagementAccount => Some(&mut self.management_account),
            Field::KeyManager => Some(&mut self.key_manager),
            Field::Policy(number) => self.policies.get_mut(number).map(|policy| &mut policy.text),
            Field::Name(number) => self.policies.get_mut(number).map(|policy| &mut policy.name),
            Field::Level(number) => self
                .policies
                .get_mut(number)
                .map(|policy| &mut policy.level),
            Field::Grants => self.grants.as_mut(),
        }
    }

    /// Takes away what a text belongs to. A request keeps its last resource.
    pub(super) fn remove(&mut self, field: Field) {
        fn take<T>(list: &mut Vec<T>, number: usize) {
            if number < list.len() {
                list.remove(number);
            }
        }
        match field {
            Field::Resource(number) | Field::Account(number) if self.resources.len() > 1 => {
                take(&mut self.resources, number);
            }
            Field::Key(number) | Field::Values(number) => take(&mut self.keys, number),
            Field::Policy(number) | Field::Name(number) | Field::Level(number) => {
                take(&mut self.policies, number);
            }
            Field::Grants => self.grants = None,
            _ => {}
        }
    }
}
