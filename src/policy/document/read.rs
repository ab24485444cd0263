//! From JSON to a document. Nothing is refused here but what is no JSON object: problems are noted, with their place.

use std::collections::HashMap;
use std::sync::Arc;

use crate::base::{Diagnostic, Span};
use crate::policy::json::{self, Json, Member, Node};

use super::{
    Condition, Effect, Element, Illegal, NamedPrincipals, Policy, Principals, Spanned, Statement,
    Strings,
};

pub(super) fn policy(text: &str) -> Result<Policy, Diagnostic> {
    let root = json::parse(text)?;
    let Json::Object(members) = root.json else {
        let message = format!("a policy is an object, this is {}", root.json.kind());
        return Err(Diagnostic::error(root.span, "not-an-object", message)
            .with_help("begin with `{\"Version\": \"2012-10-17\", \"Statement\": […]}`"));
    };
    let mut policy = Policy {
        source: Arc::from(text),
        span: root.span,
        version: None,
        id: None,
        statements: Vec::new(),
        problems: Vec::new(),
    };
    report_repeated(&members, &mut policy.problems);
    let mut has_statement = false;
    for member in members {
        match member.name.as_str() {
            "Version" => policy.version = string(member, &mut policy.problems).ok(),
            "Id" => policy.id = string(member, &mut policy.problems).ok(),
            "Statement" => {
                has_statement = true;
                statements(member.value, &mut policy);
            }
            _ => policy
                .problems
                .push(unknown(&member, "a policy", &TOP_LEVEL)),
        }
    }
    if !has_statement {
        let missing = Diagnostic::error(
            root.span,
            "missing-statement",
            "the policy has no `Statement`",
        );
        policy
            .problems
            .push(missing.with_help("add a `Statement` with at least an `Effect` and an `Action`"));
    }
    policy.problems.sort_by_key(|problem| problem.span);
    Ok(policy)
}

/// The elements of a document.
pub(in crate::policy) const TOP_LEVEL: [&str; 3] = ["Version", "Id", "Statement"];

/// The elements of a statement.
pub(in crate::policy) const IN_STATEMENT: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

fn statements(node: Node, policy: &mut Policy) {
    match node.json {
        Json::Object(members) => {
            let statement = statement(node.span, members, &mut policy.problems);
            policy.statements.push(statement);
        }
        Json::Array(nodes) => {
            for node in nodes {
                match node.json {
                    Json::Object(members) => {
                        let statement = statement(node.span, members, &mut policy.problems);
                        policy.statements.push(statement);
                    }
                    other => policy.problems.push(wrong_type(
                        node.span,
                        "a statement",
                        "an object",
                        &other,
                    )),
                }
            }
        }
        other => {
            policy.problems.push(wrong_type(
                node.span,
                "`Statement`",
                "an object or a list of objects",
                &other,
            ));
        }
    }
}

fn statement(span: Span, members: Vec<Member>, problems: &mut Vec<Diagnostic>) -> Statement {
    let mut reader = Reader {
        problems,
        illegal: Vec::new(),
    };
    reader.repeated(&members, None);
    let mut statement = Statement {
        span,
        sid: None,
        effect: None,
        principal: None,
        not_principal: None,
        action: None,
        not_action: None,
        resource: None,
        not_resource: None,
        condition: None,
        illegal: Vec::new(),
    };
    for member in members {
        match member.name.as_str() {
            // An id decides nothing, so one that cannot be read harms nothing.
            "Sid" => statement.sid = string(member, reader.problems).ok(),
            "Effect" => statement.effect = reader.string(member),
            "Principal" => statement.principal = Some(reader.principals(member)),
            "NotPrincipal" => statement.not_principal = Some(reader.principals(member)),
            "Action" => statement.action = Some(reader.strings(member)),
            "NotAction" => statement.not_action = Some(reader.strings(member)),
            "Resource" => statement.resource = Some(reader.strings(member)),
            "NotResource" => statement.not_resource = Some(reader.strings(member)),
            "Condition" => statement.condition = Some(reader.condition(member)),
            _ => {
                let problem = unknown(&member, "a statement", &IN_STATEMENT);
                reader.note(&member.name, "unknown element", problem);
            }
        }
    }
    reader.effect(&statement);
    statement.illegal = reader.illegal;
    statement
}

/// Notes a problem twice: for whoever reads the findings, and for the evaluation, which must not pass over it.
struct Reader<'a> {
    problems: &'a mut Vec<Diagnostic>,
    illegal: Vec<Illegal>,
}

impl Reader<'_> {
    fn note(&mut self, element: &str, why: &str, problem: Diagnostic) {
        self.illegal.push(Illegal {
            element: element.to_owned(),
            why: why.to_owned(),
            span: problem.span,
        });
        self.problems.push(problem);
    }

    fn repeated(&mut self, members: &[Member], element: Option<&str>) {
        let mut found = Vec::new();
        report_repeated(members, &mut found);
        for problem in found {
            let name = members
                .iter()
                .find(|member| member.name_span == problem.span)
                .map_or("", |member| member.name.as_str());
            self.note(element.unwrap_or(name), "repeated key", problem);
        }
    }

    fn effect(&mut self, statement: &Statement) {
        match &statement.effect {
            Some(effect) if matches!(effect.value.value.as_str(), "Allow" | "Deny") => {}
            Some(effect) => {
                let written = &effect.value.value;
                let message = format!("`{written}` is no effect");
                let problem = Diagnostic::error(effect.span, "invalid-effect", message)
                    .with_help("write `Allow` or `Deny`, in this case");
                let why = if Effect::of(written).is_some() {
                    "case differs from `Deny`"
                } else {
                    "no effect"
                };
                self.note("Effect", why, problem);
            }
            None if self
                .illegal
                .iter()
                .any(|illegal| illegal.element == "Effect") => {}
            None => {
                let start = Span::new(statement.span.start, statement.span.start + 1);
                let problem =
                    Diagnostic::error(start, "missing-effect", "the statement has no `Effect`")
                        .with_help("add `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`");
                self.note("Effect", "missing", problem);
            }
        }
    }

    fn string(&mut self, member: Member) -> Option<Element<Spanned<String>>> {
        let name = member.name.clone();
        string(member, self.problems)
            .map_err(|span| {
                self.illegal.push(Illegal {
                    element: name,
                    why: "not a string".to_owned(),
                    span,
                });
            })
            .ok()
    }

    fn strings(&mut self, member: Member) -> Element<Strings> {
        let element = member.name.clone();
        Element {
            name: member.name_span,
            span: member.value.span,
            value: self.string_list(&element, member.value, &|_| None),
        }
    }

    /// One string or a list of them. `convert` says which other values will do.
    fn string_list(
        &mut self,
        element: &str,
        node: Node,
        convert: &dyn Fn(&Json) -> Option<String>,
    ) -> Strings {
        let (nodes, is_list) = match node.json {
            Json::Array(nodes) => (nodes, true),
            _ => (vec![node], false),
        };
        let mut strings = Strings {
            values: Vec::with_capacity(nodes.len()),
            is_list,
            illegal: Vec::new(),
        };
        for Node { span, json } in nodes {
            let value = match json {
                Json::String(value) => Ok(value),
                other => convert(&other).ok_or(other),
            };
            match value {
                Ok(value) => strings.values.push(Spanned { value, span }),
                Err(other) => {
                    let subject = format!("a value of `{element}`");
                    self.problems
                        .push(wrong_type(span, &subject, "a string", &other));
                    strings.illegal.push(Illegal {
                        element: element.to_owned(),
                        why: "not a string".to_owned(),
                        span,
                    });
                }
            }
        }
        strings
    }

    fn principals(&mut self, member: Member) -> Element<Principals> {
        let (name, span) = (member.name_span, member.value.span);
        let element = member.name.clone();
        let value = match member.value.json {
            Json::String(text) if text == "*" => Principals::Everyone(span),
            Json::Object(members) => {
                self.repeated(&members, Some(&element));
                let named = members.into_iter().map(|member| NamedPrincipals {
                    kind: Spanned {
                        span: member.name_span,
                        value: member.name,
                    },
                    names: self.string_list(&element, member.value, &|_| None),
                });
                Principals::Named(named.collect())
            }
            _ => {
                let message = format!("`{element}` is neither `\"*\"` nor an object");
                let problem = Diagnostic::error(span, "invalid-principal", message)
                    .with_help("write `\"*\"` or for example `{\"AWS\": \"111122223333\"}`");
                self.problems.push(problem);
                Principals::Illegal(span)
            }
        };
        Element { name, value, span }
    }

    fn condition(&mut self, member: Member) -> Element<Vec<Condition>> {
        let (name, span) = (member.name_span, member.value.span);
        let mut value = Vec::new();
        match member.value.json {
            Json::Object(operators) => {
                self.repeated(&operators, Some("Condition"));
                for operator in operators {
                    self.operator(operator, &mut value);
                }
            }
            other => {
                let problem = wrong_type(span, "`Condition`", "an object", &other);
                self.note("Condition", "not an object", problem);
            }
        }
        Element { name, value, span }
    }

    fn operator(&mut self, member: Member, conditions: &mut Vec<Condition>) {
        let operator = Spanned {
            value: member.name,
            span: member.name_span,
        };
        let keys = match member.value.json {
            Json::Object(keys) => keys,
            other => {
                let subject = format!("what stands under `{}`", operator.value);
                let problem = wrong_type(member.value.span, &subject, "an object of keys", &other);
                return self.note("Condition", "not an object of keys", problem);
            }
        };
        self.repeated(&keys, Some("Condition"));
        for key in keys {
            let span = Span::new(key.name_span.start, key.value.span.end);
            let values = self.string_list("Condition", key.value, &|json| match json {
                Json::Bool(value) => Some(value.to_string()),
                Json::Number(value) => Some(value.clone()),
                _ => None,
            });
            conditions.push(Condition {
                operator: operator.clone(),
                key: Spanned {
                    value: key.name,
                    span: key.name_span,
                },
                values,
                span,
            });
        }
    }
}

fn string(
    member: Member,
    problems: &mut Vec<Diagnostic>,
) -> Result<Element<Spanned<String>>, Span> {
    let span = member.value.span;
    match member.value.json {
        Json::String(value) => Ok(Element {
            name: member.name_span,
            span,
            value: Spanned { value, span },
        }),
        other => {
            problems.push(wrong_type(
                span,
                &format!("`{}`", member.name),
                "a string",
                &other,
            ));
            Err(span)
        }
    }
}

/// Reports every key that repeats an earlier one, also in other case.
fn report_repeated(members: &[Member], problems: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, &str> = HashMap::with_capacity(members.len());
    for member in members {
        match seen.get(&member.name.to_ascii_lowercase()) {
            None => {
                seen.insert(member.name.to_ascii_lowercase(), &member.name);
            }
            Some(&first) if first == member.name => {
                let message = format!("`{first}` stands here a second time");
                problems.push(
                    Diagnostic::error(member.name_span, "duplicate-key", message)
                        .with_help("join the two; of two equal keys only one would count"),
                );
            }
            Some(&first) => {
                let message = format!("`{}` differs from `{first}` only in case", member.name);
                problems.push(
                    Diagnostic::error(member.name_span, "duplicate-key-case", message)
                        .with_help("join the two under one spelling"),
                );
            }
        }
    }
}

fn unknown(member: &Member, place: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{place} has no element `{}`", member.name);
    let problem = Diagnostic::error(member.name_span, "unknown-element", message);
    let alike = known.iter().find(|known| is_alike(known, &member.name));
    match alike {
        Some(alike) => problem.with_help(format!("did you mean `{alike}`?")),
        None => problem.with_help(format!("its elements are {}", known.join(", "))),
    }
}

/// Equal but for case and a plural.
fn is_alike(known: &str, written: &str) -> bool {
    let singular = written.strip_suffix(['s', 'S']).unwrap_or(written);
    known.eq_ignore_ascii_case(written) || known.eq_ignore_ascii_case(singular)
}

fn wrong_type(span: Span, subject: &str, wanted: &str, found: &Json) -> Diagnostic {
    let message = format!("{subject} is {wanted}, not {}", found.kind());
    Diagnostic::error(span, "wrong-type", message)
}
