//! A document as text again.

use std::fmt;

use crate::policy::layout::Item;

use super::{Condition, Element, Policy, Principals, Spanned, Statement, Strings};

/// As JSON, indented by two spaces, the elements in the order of AWS's examples. One string stays one string, a list a
/// list. What could not be read is left out.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl Policy {
    /// The document as JSON, as [`Display`](fmt::Display) writes it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let statements = self.statements.iter().map(|one| self.statement(one));
        let mut statements: Vec<Item> = statements.collect();
        let statements = match statements.pop() {
            Some(only) if statements.is_empty() && self.stands_alone() => only,
            last => {
                statements.extend(last);
                Item::List(statements).open()
            }
        };
        let mut members = Vec::new();
        push(&mut members, "Version", &self.version, string);
        push(&mut members, "Id", &self.id, string);
        members.push(("Statement".to_owned(), statements));
        Item::Object(members).open().lay_out(0, 0)
    }

    /// Whether the first statement is no member of a list.
    fn stands_alone(&self) -> bool {
        let first = self.statements.first();
        let before = first.and_then(|statement| self.source.get(..statement.span.start));
        before.is_some_and(|before| before.trim_end().ends_with(':'))
    }

    fn statement(&self, statement: &Statement) -> Item {
        let mut members = Vec::new();
        push(&mut members, "Sid", &statement.sid, string);
        push(&mut members, "Effect", &statement.effect, string);
        push(&mut members, "Principal", &statement.principal, principals);
        push(
            &mut members,
            "NotPrincipal",
            &statement.not_principal,
            principals,
        );
        push(&mut members, "Action", &statement.action, strings);
        push(&mut members, "NotAction", &statement.not_action, strings);
        push(&mut members, "Resource", &statement.resource, strings);
        push(
            &mut members,
            "NotResource",
            &statement.not_resource,
            strings,
        );
        push(
            &mut members,
            "Condition",
            &statement.condition,
            |conditions| self.conditions(conditions),
        );
        Item::Object(members).open()
    }

    /// The keys of one operator stand together, as they were read.
    fn conditions(&self, conditions: &[Condition]) -> Item {
        let same_operator = |one: &Condition, next: &Condition| one.operator == next.operator;
        let operators = conditions.chunk_by(same_operator).map(|keys| {
            let members = keys.iter().map(|condition| {
                let values = list(&condition.values, |value| self.scalar(value));
                (condition.key.value.clone(), values)
            });
            let operator = keys.first().map_or("", |first| &first.operator.value);
            (operator.to_owned(), Item::Object(members.collect()))
        });
        Item::Object(operators.collect()).open()
    }

    /// A value of a condition; what was written as boolean or number stays one.
    fn scalar(&self, value: &Spanned<String>) -> Item {
        let written = self.source.get(value.span.start..value.span.end);
        let is_bare = |text: &str| {
            matches!(text, "true" | "false")
                || text.starts_with(|char: char| char == '-' || char.is_ascii_digit())
        };
        if written == Some(&value.value) && is_bare(&value.value) {
            Item::Raw(value.value.clone())
        } else {
            string(value)
        }
    }
}

fn push<T>(
    members: &mut Vec<(String, Item)>,
    name: &str,
    element: &Option<Element<T>>,
    print: impl Fn(&T) -> Item,
) {
    if let Some(element) = element {
        members.push((name.to_owned(), print(&element.value)));
    }
}

fn string(text: &Spanned<String>) -> Item {
    Item::string(&text.value)
}

fn strings(strings: &Strings) -> Item {
    list(strings, string)
}

fn list(strings: &Strings, print: impl Fn(&Spanned<String>) -> Item) -> Item {
    match strings.values.as_slice() {
        [one] if !strings.is_list => print(one),
        several => Item::List(several.iter().map(print).collect()),
    }
}

fn principals(principals: &Principals) -> Item {
    match principals {
        Principals::Everyone(_) => Item::string("*"),
        Principals::Named(kinds) => {
            let kinds = kinds
                .iter()
                .map(|named| (named.kind.value.clone(), strings(&named.names)));
            Item::Object(kinds.collect())
        }
        Principals::Illegal(_) => Item::Object(Vec::new()),
    }
}
