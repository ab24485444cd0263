//! Edits of one clause: that it matches the request although it does not, or does not although it does.

use crate::base::Span;
use crate::policy::condition::NEEDS_SET;
use crate::policy::context::ContextValue;
use crate::policy::json::Node;
use crate::policy::layout::Item;
use crate::policy::operator::{Operator, Test};
use crate::policy::pattern::Pattern;
use crate::policy::principal::Principal;
use crate::policy::trace::{ClauseTrace, StatementTrace, Truth, ValueTrace};

use super::case::{Candidate, Case, Document};
use super::draft::{Draft, member, replace};
use super::edit::{EditKind, Patch};
use super::respell;

/// One clause of one statement of one policy.
pub(super) struct Clause<'c, 'a> {
    case: &'c Case<'a>,
    document: &'c Document<'a>,
    draft: &'c Draft<'a>,
    statement: &'a StatementTrace,
    clause: &'a ClauseTrace,
}

impl<'c, 'a> Clause<'c, 'a> {
    /// Nothing where the policy is not ours to change.
    pub(super) fn of(
        case: &'c Case<'a>,
        document: &'c Document<'a>,
        statement: &'a StatementTrace,
        clause: &'a ClauseTrace,
    ) -> Option<Self> {
        let draft = document.draft()?;
        Some(Self {
            case,
            document,
            draft,
            statement,
            clause,
        })
    }

    /// Edits by which it matches the request.
    pub(super) fn admit(&self) -> Vec<Candidate> {
        match &*self.clause.element {
            "Action" => self.add(EditKind::Widen).into_iter().collect(),
            "Resource" => {
                let mut candidates = self.respelled(respell::resource);
                candidates.extend(self.add(EditKind::Widen));
                candidates
            }
            "Principal" => {
                let mut candidates = self.respelled(respell::case);
                candidates.extend(self.add_caller());
                candidates
            }
            "NotAction" | "NotResource" => self.strike(EditKind::Widen).into_iter().collect(),
            "Condition" => self.admit_condition(),
            _ => Vec::new(),
        }
    }

    /// Edits by which it no longer matches the request.
    pub(super) fn exclude(&self) -> Vec<Candidate> {
        let edit = match &*self.clause.element {
            "Action" | "Resource" | "Principal" => self.strike(EditKind::Narrow),
            "NotAction" | "NotResource" => self.add(EditKind::Narrow),
            "NotPrincipal" => self.add_chain(),
            "Condition" => return self.exclude_condition(),
            _ => None,
        };
        edit.into_iter().collect()
    }

    fn admit_condition(&self) -> Vec<Candidate> {
        let Some(operator) = self.operator() else {
            return Vec::new();
        };
        let mut candidates = Vec::new();
        if self.clause.why == NEEDS_SET {
            candidates.extend(self.rename(|name| format!("ForAnyValue:{name}")));
        }
        if self.held().is_none() {
            candidates.extend(self.if_exists(operator));
        }
        if operator.negated {
            candidates.extend(self.strike(EditKind::Widen));
            return candidates;
        }
        candidates.extend(self.wild(operator));
        candidates.extend(self.respelled(respell::case));
        if is_list_test(operator.test) {
            candidates.extend(self.add(EditKind::Widen));
        }
        candidates
    }

    fn exclude_condition(&self) -> Vec<Candidate> {
        let Some(operator) = self.operator() else {
            return Vec::new();
        };
        let mut candidates = Vec::new();
        match (self.held(), operator.negated) {
            (Some(_), true) => {
                candidates.extend(self.wild(operator));
                candidates.extend(self.respelled(respell::case));
                candidates.extend(self.add(EditKind::Narrow));
            }
            (Some(_), false) => candidates.extend(self.strike(EditKind::Narrow)),
            (None, _) if operator.test == Test::Null => {}
            (None, _) => candidates.extend(self.demand_key()),
        }
        candidates
    }

    /// An operator that knows wildcards, where a value would match by them.
    fn wild(&self, operator: Operator) -> Option<Candidate> {
        let is_meant = self.wildcards_are_plain(operator);
        is_meant.then(|| self.rename(|name| name.replace("Equals", "Like")))?
    }

    /// Strikes the one value that matches out of a list.
    fn strike(&self, kind: EditKind) -> Option<Candidate> {
        let mut matching = self
            .clause
            .values
            .iter()
            .filter(|value| value.result == Truth::Matched);
        let (value, None) = (matching.next()?, matching.next()) else {
            return None;
        };
        let patch = self
            .lists()
            .into_iter()
            .find_map(|list| self.draft.remove_string(list, value.span))?;
        let sentence = format!("take `{}` out of {}", value.written, self.list_called());
        Some(self.candidate(kind, patch, 0, sentence))
    }

    /// Adds what the request holds to the list.
    fn add(&self, kind: EditKind) -> Option<Candidate> {
        let held = self.held()?.as_slice();
        let is_listed = |one: &String| {
            self.clause
                .values
                .iter()
                .any(|value| *value.written == **one)
        };
        let missing = held.iter().find(|one| !is_listed(one))?;
        let [list] = self.lists()[..] else {
            return None;
        };
        let text = self.literal(missing);
        let patch = self.draft.add_strings(list, &[text])?;
        let sentence = format!("add `{missing}` to {}", self.list_called());
        Some(self.candidate(kind, patch, 0, sentence))
    }

    fn add_caller(&self) -> Option<Candidate> {
        let (kind, name) = principal_names(&self.case.request.principal)
            .into_iter()
            .next()?;
        let element = self.draft.element(self.statement.index, "Principal")?;
        let patch = match member(element, kind) {
            Some(list) => self
                .draft
                .add_strings(&list.value, std::slice::from_ref(&name))?,
            None => self.draft.add_member(element, kind, &Item::string(&name))?,
        };
        let sentence = format!("name `{name}` among the principals of {}", self.called());
        Some(self.candidate(EditKind::Widen, patch, 1, sentence))
    }

    /// Every part of the caller's chain: account, user or role, session.
    fn add_chain(&self) -> Option<Candidate> {
        let element = self.draft.element(self.statement.index, "NotPrincipal")?;
        let list = &member(element, "AWS")?.value;
        let is_listed = |one: &String| {
            self.clause
                .values
                .iter()
                .any(|value| *value.written == **one)
        };
        let chain = chain(&self.case.request.principal).into_iter();
        let missing: Vec<String> = chain.filter(|one| !is_listed(one)).collect();
        let patch = self.draft.add_strings(list, &missing)?;
        let told = missing.join("`, `");
        let sentence = format!("add `{told}` to {}", self.list_called());
        Some(self.candidate(EditKind::Narrow, patch, 1, sentence))
    }

    /// A Deny on what a key holds that is to leave requests without the key alone.
    fn demand_key(&self) -> Option<Candidate> {
        let key = self.clause.key.as_ref()?;
        let conditions = self.draft.element(self.statement.index, "Condition")?;
        let pair = (key.to_string(), Item::string("false"));
        let patch = match member(conditions, "Null") {
            Some(null) => self.draft.add_member(&null.value, key, &pair.1)?,
            None => self
                .draft
                .add_member(conditions, "Null", &Item::Object(vec![pair]))?,
        };
        let sentence = format!("let {} apply only where `{key}` is there", self.called());
        Some(self.candidate(EditKind::Narrow, patch, 1, sentence))
    }

    fn if_exists(&self, operator: Operator) -> Option<Candidate> {
        if operator.test == Test::Null || operator.if_exists {
            return None;
        }
        let mut candidate = self.rename(|name| format!("{name}IfExists"))?;
        candidate.kind = EditKind::Widen;
        candidate.risk = 2;
        Some(candidate)
    }

    /// Another name for the operator.
    fn rename(&self, rename: impl Fn(&str) -> String) -> Option<Candidate> {
        let written = self.clause.operator.as_deref()?;
        let renamed = rename(written);
        let conditions = self.draft.element(self.statement.index, "Condition")?;
        if renamed == written || member(conditions, &renamed).is_some() {
            return None;
        }
        let name = member(conditions, written)?.name_span;
        let patch = replace(name, Item::string(&renamed).on_one_line());
        let sentence = format!(
            "write `{renamed}` in place of `{written}` in {}",
            self.called()
        );
        Some(self.candidate(EditKind::Rewrite, patch, 0, sentence))
    }

    /// Values that miss the request's by their spelling, put right.
    fn respelled(&self, respell: impl Fn(&str, &str) -> Option<String>) -> Vec<Candidate> {
        let Some(ContextValue::Single(held)) = self.held() else {
            return Vec::new();
        };
        let respell = |value: &ValueTrace| {
            let right = respell(&value.written, held).filter(|right| **right != *value.written)?;
            let patch = replace(value.span, Item::string(&right).on_one_line());
            let sentence = format!(
                "write `{right}` in place of `{}` in {}",
                value.written,
                self.called()
            );
            Some(self.candidate(EditKind::Rewrite, patch, 0, sentence))
        };
        self.clause.values.iter().filter_map(respell).collect()
    }

    /// Whether a value would match, were its `*` and `?` wildcards.
    fn wildcards_are_plain(&self, operator: Operator) -> bool {
        let Some(ContextValue::Single(held)) = self.held() else {
            return false;
        };
        operator.test == Test::StringEquals
            && self.clause.values.iter().any(|value| {
                value.written.contains(['*', '?']) && Pattern::wild(&value.written).matches(held)
            })
    }

    /// The lists in which the clause's values stand: of principals one each kind, else one.
    fn lists(&self) -> Vec<&'c Node> {
        let element = self
            .draft
            .element(self.statement.index, &self.clause.element);
        let Some(element) = element else {
            return Vec::new();
        };
        match &*self.clause.element {
            "Principal" | "NotPrincipal" => super::draft::members(element)
                .iter()
                .map(|member| &member.value)
                .collect(),
            "Condition" => {
                let operator = self
                    .clause
                    .operator
                    .as_deref()
                    .and_then(|name| member(element, name));
                let key = self.clause.key.as_deref();
                let key = key.and_then(|key| member(&operator?.value, key));
                key.map(|member| &member.value).into_iter().collect()
            }
            _ => vec![element],
        }
    }

    fn operator(&self) -> Option<Operator> {
        Operator::parse(self.clause.operator.as_deref()?)
    }

    fn held(&self) -> Option<&'a ContextValue> {
        self.clause.request.as_deref()
    }

    /// A text that stands for itself where `*`, `?` and `${` mean something.
    fn literal(&self, text: &str) -> String {
        match &*self.clause.element {
            "Resource" | "NotResource" => self.draft.literal(text),
            "Condition"
                if self
                    .operator()
                    .is_some_and(|operator| takes_patterns(operator.test)) =>
            {
                self.draft.literal(text)
            }
            _ => text.to_owned(),
        }
    }

    /// How sentences call the clause's list.
    fn list_called(&self) -> String {
        let is_negated = self.operator().is_some_and(|operator| operator.negated);
        let what = match (&*self.clause.element, &self.clause.key) {
            ("Action", _) => "the actions of",
            ("NotAction", _) => "the excepted actions of",
            ("Resource", _) => "the resources of",
            ("NotResource", _) => "the excepted resources of",
            ("Principal", _) => "the principals of",
            ("NotPrincipal", _) => "the excepted principals of",
            (_, Some(key)) if is_negated => &format!("the excepted values of `{key}` in"),
            (_, Some(key)) => &format!("the values of `{key}` in"),
            _ => "the values of",
        };
        format!("{what} {}", self.called())
    }

    fn called(&self) -> String {
        self.document.part(self.statement)
    }

    fn candidate(&self, kind: EditKind, patch: Patch, risk: u8, sentence: String) -> Candidate {
        let statement = Some(self.statement.index);
        self.document
            .candidate(kind, statement, patch, risk, sentence)
    }
}

/// A condition that leaves the caller out of a Deny, whatever else it says.
pub(super) fn exempt_caller<'a>(
    case: &Case<'a>,
    document: &Document<'a>,
    statement: &StatementTrace,
) -> Option<Candidate> {
    const OPERATOR: &str = "ArnNotEquals";
    const KEY: &str = "aws:PrincipalArn";
    let draft = document.draft()?;
    let caller = case.request.principal.principal_arn()?.to_string();
    let value = Item::string(&draft.literal(&caller));
    let object = |name: &str, item| Item::Object(vec![(name.to_owned(), item)]);
    let patch = match draft.element(statement.index, "Condition") {
        None => {
            let condition = object(OPERATOR, object(KEY, value)).open();
            draft.add_member(draft.statement(statement.index)?, "Condition", &condition)?
        }
        Some(conditions) => match member(conditions, OPERATOR) {
            None => draft.add_member(conditions, OPERATOR, &object(KEY, value))?,
            Some(keys) if member(&keys.value, KEY).is_none() => {
                draft.add_member(&keys.value, KEY, &value)?
            }
            Some(_) => return None,
        },
    };
    let sentence = format!("except `{caller}` from {}", document.part(statement));
    Some(document.candidate(EditKind::Narrow, Some(statement.index), patch, 2, sentence))
}

/// How a policy names the caller: its kind and its names, the role before its session.
pub(super) fn principal_names(caller: &Principal) -> Vec<(&'static str, String)> {
    match caller {
        Principal::Service(service) => vec![("Service", service.clone())],
        Principal::Federated { provider } => vec![("Federated", provider.clone())],
        Principal::Anonymous => vec![("AWS", "*".to_owned())],
        Principal::Root { .. }
        | Principal::User { .. }
        | Principal::Role(_)
        | Principal::FederatedUser { .. } => {
            let own = [caller.principal_arn(), caller.arn()];
            let mut names: Vec<String> = own
                .into_iter()
                .flatten()
                .map(|arn| arn.to_string())
                .collect();
            names.dedup();
            names.into_iter().map(|name| ("AWS", name)).collect()
        }
    }
}

fn chain(caller: &Principal) -> Vec<String> {
    let account = caller.account();
    let root = account.map(|account| format!("arn:aws:iam::{account}:root"));
    let names = principal_names(caller).into_iter().map(|(_, name)| name);
    let mut chain: Vec<String> = root.into_iter().chain(names).collect();
    chain.dedup();
    chain
}

/// Whether one more value in the list is one more that matches.
fn is_list_test(test: Test) -> bool {
    !matches!(
        test,
        Test::Null | Test::Bool | Test::Numeric(_) | Test::Date(_)
    )
}

fn takes_patterns(test: Test) -> bool {
    matches!(test, Test::StringLike | Test::Arn)
}

/// Where the version stands, or where it would.
pub(super) fn version(document: &Document<'_>) -> Option<Candidate> {
    let draft = document.draft()?;
    let written = draft.version().unwrap_or(Span::at(0));
    if draft.text(written) == "\"2012-10-17\"" || !document.policy.source().contains("${") {
        return None;
    }
    let patch = draft.set_version("2012-10-17")?;
    let sentence = format!(
        "give {} the version `2012-10-17`, in which its variables are filled in",
        document.called
    );
    Some(document.candidate(EditKind::Rewrite, None, patch, 0, sentence))
}
