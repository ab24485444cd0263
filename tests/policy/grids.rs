//! Many requests under several versions of the policies.

use cipherdeck::policy::{Cell, DecidedBy, Decision, Grid, Policies, Request, decide, grid};
use serde_json::json;

use super::question::*;

fn requests() -> Vec<Request> {
    ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
        .map(|action| question().action(action).request)
        .to_vec()
}

fn version(statements: serde_json::Value) -> Policies {
    question().identity(statements).policies
}

fn two_versions() -> Vec<Policies> {
    let old =
        json!([{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}]);
    let new = json!([
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:DeleteObject"], "Resource": "*"},
        {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}
    ]);
    vec![version(old), version(new)]
}

#[test]
fn a_grid_holds_the_decision_of_every_request_under_every_version() {
    let (requests, versions) = (requests(), two_versions());
    let grid = grid(&requests, &versions);
    for (row, request) in requests.iter().enumerate() {
        for (column, policies) in versions.iter().enumerate() {
            let verdict = decide(request, policies);
            let cell = grid.cell(row, column).unwrap();
            assert_eq!(
                (cell.decision, cell.decided_by),
                (verdict.decision, verdict.decided_by)
            );
        }
    }
    assert_eq!(grid.cell(3, 0), None);
    assert_eq!(grid.cell(0, 2), None);
}

#[test]
fn the_difference_between_versions_names_what_changed_and_how() {
    let grid = grid(&requests(), &two_versions());
    let allowed = Cell {
        decision: Decision::Allowed,
        decided_by: DecidedBy::Identity,
    };
    let changed: Vec<_> = grid
        .diff(0, 1)
        .iter()
        .map(|one| (one.request, one.from, one.to))
        .collect();
    let denied = |decision, decided_by| Cell {
        decision,
        decided_by,
    };
    assert_eq!(
        changed,
        [
            (
                1,
                allowed,
                denied(Decision::ExplicitlyDenied, DecidedBy::Identity)
            ),
            (
                2,
                denied(Decision::ImplicitlyDenied, DecidedBy::Default),
                allowed
            ),
        ]
    );
    assert!(
        grid.diff(0, 1)
            .iter()
            .all(cipherdeck::policy::Difference::turns)
    );
    assert_eq!(grid.diff(1, 1), []);
    assert_eq!(grid.diff(0, 7), []);
}

#[test]
fn a_grid_travels_as_json() {
    let grid = grid(&requests(), &two_versions());
    let text = serde_json::to_string(&grid).unwrap();
    assert!(text.contains(r#"{"decision":"Allowed","decidedBy":"identity"}"#));
    assert_eq!(serde_json::from_str::<Grid>(&text).unwrap(), grid);
}
