//! From a statement as it was written to one that is ready to be judged.

use crate::base::Span;
use crate::policy::action::{ActionPattern, BadAction};
use crate::policy::caller::Callers;
use crate::policy::condition::Condition;
use crate::policy::document::{self, Effect, Element, Illegal, Policy, Strings};

use super::entry::{ResourcePattern, entries};
use super::{Clause, Statement};

impl Statement {
    pub(in crate::policy) fn compile(
        index: usize,
        written: &document::Statement,
        policy: &Policy,
    ) -> Self {
        let variables = policy.has_variables();
        let mut illegal = written.illegal.clone();
        let mut both = |name: &str, first: Option<Span>, second: Option<Span>| {
            if let (Some(_), Some(span)) = (first, second) {
                illegal.push(Illegal {
                    element: name.to_owned(),
                    why: format!("both `{name}` and `Not{name}`"),
                    span,
                });
            }
        };
        both(
            "Principal",
            name_of(&written.principal),
            name_of(&written.not_principal),
        );
        both(
            "Action",
            name_of(&written.action),
            name_of(&written.not_action),
        );
        both(
            "Resource",
            name_of(&written.resource),
            name_of(&written.not_resource),
        );
        if let Some(version) = &policy.version
            && !matches!(version.value.value.as_str(), "2012-10-17" | "2008-10-17")
        {
            illegal.push(Illegal {
                element: "Version".to_owned(),
                why: "there is no such version".to_owned(),
                span: version.span,
            });
        }
        let action = |element: &Element<Strings>| {
            entries(element, |text| {
                ActionPattern::parse(text).map_err(BadAction::phrase)
            })
        };
        let resource = |element: &Element<Strings>| {
            entries(element, |text| ResourcePattern::parse(text, variables))
        };
        Self {
            index,
            sid: written
                .sid
                .as_ref()
                .map(|sid| sid.value.value.as_str().into()),
            span: written.span,
            effect: written
                .effect
                .as_ref()
                .and_then(|effect| Effect::of(&effect.value.value)),
            principal: either(&written.principal, &written.not_principal, |element| {
                Callers::compile(&element.value)
            }),
            action: either(&written.action, &written.not_action, action),
            resource: either(&written.resource, &written.not_resource, resource),
            conditions: written
                .condition
                .iter()
                .flat_map(|element| &element.value)
                .map(|condition| Condition::compile(condition, variables))
                .collect(),
            illegal,
        }
    }
}

fn name_of<T>(element: &Option<Element<T>>) -> Option<Span> {
    element.as_ref().map(|element| element.name)
}

fn either<T, U>(
    plain: &Option<Element<T>>,
    not: &Option<Element<T>>,
    compile: impl Fn(&Element<T>) -> U,
) -> Option<Clause<U>> {
    let (element, is_negated) = match (plain, not) {
        (Some(element), _) => (element, false),
        (None, Some(element)) => (element, true),
        (None, None) => return None,
    };
    Some(Clause {
        is_negated,
        span: Span::new(element.name.start, element.span.end),
        value: compile(element),
    })
}
