//! Policy evaluation: texts in, the decision out, with the clause that made it.
//!
//! On the bench lie a request and policies, as texts. A step writes one of them, lays another one down, or sets out a
//! scenario. What is wrong with a text is said beneath it; a decision is made only while every text can be read, by the
//! same engine that guards the simulated cloud. A scenario hides its decision until the learner has predicted it.

mod answer;
mod ask;
mod case;
mod compare;
mod context;
mod deed;
mod edits;
mod field;
mod form;
mod misreadings;
pub mod mistake;
mod organization;
mod paper;
mod prediction;
mod proof;
#[cfg(test)]
mod tests;
mod tree;

use serde::{Deserialize, Serialize};

use crate::cloud::Cloud;
use crate::course::ScenarioId;
use crate::labs::{Genesis, Lab};

pub use answer::Answer;
pub use compare::{Cell, Comparison, Row};
pub use deed::Deed;
pub use field::FieldId;
pub use form::{Act, FieldView, Form, FormView, Note, PartView, Words};
pub use paper::Paper;
pub use prediction::{Graded, Prediction};
pub use proof::prove;
pub use tree::{At, Branch, Mark};

use case::Case;
use compare::Kept;
use deed::Change;
use prediction::{Stage, Trial};

/// What a learner can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Clear the bench and lay these papers down; a scenario says which one it is, and waits for a prediction.
    SetOut(Option<ScenarioId>, Vec<Paper>),
    /// Lay these papers down in place of all that lie there, whatever scenario it was.
    Replace(Vec<Paper>),
    /// Write one text.
    Write(FieldId, String),
    /// Do one of the things that the bench offers.
    Do(Deed),
    /// Say what will come of it; this shows what does.
    Predict(Prediction),
    /// Hide the decision again, to predict it.
    Hide,
    /// Keep the policies as they stand, to compare later versions with.
    KeepPolicies,
    /// Keep the request as it stands, to ask every version for it.
    KeepRequest,
}

/// What there is to see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// The scenario that was set out last.
    pub scenario: Option<ScenarioId>,
    /// The request and the policies.
    pub form: FormView,
    /// Whether every text can be read, so that there is a decision.
    pub is_readable: bool,
    /// The decision; nothing while it is to be predicted or a text cannot be read.
    pub answer: Option<Box<Answer>>,
    /// How the prediction went; nothing where none was made.
    pub graded: Option<Graded>,
    /// Whether the first prediction of the scenario was right, verdict and reason: what the study engine takes as a grade.
    /// Nothing before it, and nothing where a policy or the request was changed before it.
    pub verdict: Option<bool>,
}

/// The bench with all that lies on it.
#[derive(Clone, Debug)]
pub struct PolicyBench {
    /// Who can ask in the simulated account.
    callers: Vec<String>,
    scenario: Option<ScenarioId>,
    case: Case,
    stage: Stage,
    trial: Trial,
    kept: Kept,
}

impl PolicyBench {
    fn set_out(callers: Vec<String>, scenario: Option<ScenarioId>, papers: &[Paper]) -> Self {
        let case = Case::of(papers);
        let (stage, trial) = match scenario {
            Some(_) => (Stage::Hidden, Trial::Open),
            None => (Stage::Shown(None), Trial::Over(None)),
        };
        Self {
            callers,
            stage,
            trial,
            scenario,
            kept: Kept::first(&case),
            case,
        }
    }
}

impl PolicyBench {
    fn is_as_set_out(&self) -> bool {
        self.case == *self.kept.first_case()
    }

    fn change(&mut self, change: Change) {
        match change {
            Change::SetOutExample(mistake) => {
                let callers = std::mem::take(&mut self.callers);
                *self = Self::set_out(callers, None, &paper::of(&mistake.example()));
            }
            Change::Write(field, text) => self.case.write(field, &text),
            Change::Lay(paper) => self.case.lay(&paper),
            Change::AddResource => self.case.add_resource(),
            Change::AddKey(key, value) => self.case.add_key(&key, &value),
            Change::SetKey(key, values) => self.case.set_key(&key, values.as_deref()),
            Change::Remove(field) => self.case.remove(field),
        }
    }
}

impl Lab for PolicyBench {
    type Step = Step;
    type View = View;

    fn begin(genesis: &Genesis) -> Self {
        let mut cloud = Cloud::new(genesis.seed(), genesis.at);
        let callers = cloud.accounts_mut().callers();
        let callers = callers.map(|arn| arn.to_string()).collect();
        Self::set_out(callers, None, &paper::first())
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::SetOut(scenario, papers) => {
                let callers = std::mem::take(&mut self.callers);
                *self = Self::set_out(callers, scenario.clone(), papers);
            }
            Step::Replace(papers) => self.case = Case::of(papers),
            Step::Write(field, text) => {
                if let Ok(field) = field.parse() {
                    self.case.write(field, text);
                }
            }
            // A deed of another build is none; an old link then leaves the bench as it is.
            Step::Do(deed) => {
                if let Some(change) = deed.change() {
                    self.change(change);
                }
            }
            Step::Predict(prediction) => {
                let graded = prediction::grade(*prediction, &self.case);
                self.trial.predicted(graded, self.is_as_set_out());
                self.stage = Stage::Shown(graded);
            }
            Step::Hide => self.stage = Stage::Hidden,
            Step::KeepPolicies => self.kept.keep_policies(&self.case),
            Step::KeepRequest => self.kept.keep_request(&self.case),
        }
    }

    fn view(&self) -> View {
        let asked = ask::read(&self.case);
        let complete = asked.complete();
        let answer = match &self.stage {
            Stage::Hidden => None,
            Stage::Shown(_) => complete
                .as_ref()
                .map(|question| Box::new(answer::of(question, &self.case, &self.kept))),
        };
        View {
            scenario: self.scenario.clone(),
            form: form::of(&self.case, &asked, &self.callers),
            is_readable: complete.is_some(),
            answer,
            graded: match self.stage {
                Stage::Shown(graded) => graded,
                Stage::Hidden => None,
            },
            verdict: self.trial.verdict(),
        }
    }

    /// Whoever opens a link finds the bench as it stands, and a scenario waiting for their own prediction. What was
    /// changed of it is a step of its own, lest the change be taken for the scenario.
    fn shared(&self, _taken: &[Step]) -> Vec<Step> {
        let (scenario, now) = (self.scenario.clone(), self.case.papers());
        if scenario.is_none() || self.is_as_set_out() {
            return vec![Step::SetOut(scenario, now)];
        }
        let first = self.kept.first_case().papers();
        vec![Step::SetOut(scenario, first), Step::Replace(now)]
    }
}
