//! The mistaken evaluators beside the right one: who would get this request wrong, and where the others would.

use crate::policy::Decision;

use super::ask::Question;
use super::deed::Change;
use super::form::Act;
use super::mistake::{Mistake, disagreements};
use super::tree::{Branch, Mark};

/// The mistakes that show on this request, and the others in a branch of their own.
pub(super) fn branches(question: &Question) -> Vec<Branch> {
    let found = disagreements(std::slice::from_ref(&question.request), &question.policies);
    let wrong = |mistake: Mistake| {
        let mut found = found.iter();
        found
            .find(|found| found.mistake == mistake)
            .map(|found| found.wrong)
    };
    let (mut shown, mut others) = (Vec::new(), Vec::new());
    for mistake in Mistake::ALL {
        match wrong(mistake) {
            Some(decision) => shown.push(shows(mistake, decision)),
            None => others.push(hides(mistake)),
        }
    }
    shown.push(Branch {
        children: others,
        ..Branch::new("Misreadings that come to the same here", "")
    });
    shown
}

fn shows(mistake: Mistake, decision: Decision) -> Branch {
    Branch {
        mark: Some(Mark::from(decision)),
        children: vec![Branch::new(mistake.belief(), "")],
        ..told(mistake)
    }
}

fn hides(mistake: Mistake) -> Branch {
    Branch {
        act: Some(Act::new(
            "Set out a case on which it shows",
            Change::SetOutExample(mistake),
        )),
        ..told(mistake)
    }
}

fn told(mistake: Mistake) -> Branch {
    Branch {
        source: Some(mistake.source()),
        ..Branch::new(mistake.name(), mistake.truth())
    }
}
