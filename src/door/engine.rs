//! The engine's end of the door.

use crate::door::{Answer, Ask, BUILD, LabAnswer, LabAsk, Message, Reply, decode, encode};
use crate::labs::envelope::Envelope;
use crate::labs::policy::PolicyBench;
use crate::labs::sse::Sse;
use crate::labs::{Lab, Session};

/// The labs, each with its cloud. Knows nothing of workers: bytes in, bytes out.
#[derive(Debug, Default)]
pub struct Engine {
    envelope: Option<Session<Envelope>>,
    policy: Option<Session<PolicyBench>>,
    sse: Option<Session<Sse>>,
}

impl Engine {
    /// The first word, before anything is asked.
    #[must_use]
    pub fn hello() -> Vec<u8> {
        let answer = Answer::Hello {
            build: BUILD.to_owned(),
        };
        encode(&Reply { id: 0, answer })
    }

    /// Hears one message and says what there is to say: one answer, or the progress of a job and then what it found.
    pub fn hear(&mut self, message: &[u8], say: &mut dyn FnMut(Vec<u8>)) {
        match decode(message) {
            Ok(Message { id, ask }) => {
                let answer = self.answer(ask, &mut |answer| say(encode(&Reply { id, answer })));
                say(encode(&Reply { id, answer }));
            }
            Err(error) => {
                let why = format!("the message cannot be read: {error}");
                say(encode(&Reply {
                    id: 0,
                    answer: Answer::Refused { why },
                }));
            }
        }
    }

    fn answer(&mut self, ask: Ask, say: &mut dyn FnMut(Answer)) -> Answer {
        match ask {
            Ask::Envelope(ask) => answer_lab(&mut self.envelope, ask, Answer::Envelope),
            Ask::Policy(ask) => answer_lab(&mut self.policy, ask, Answer::Policy),
            Ask::Sse(ask) => answer_lab(&mut self.sse, ask, Answer::Sse),
            Ask::Run(job) => {
                Answer::Found(job.run(&mut |progress| say(Answer::Progress(progress))))
            }
        }
    }
}

/// The variant of [`Answer`] that a lab's answers travel in.
type Wrap<L> = fn(Box<LabAnswer<<L as Lab>::View, <L as Lab>::Step>>) -> Answer;

fn answer_lab<L: Lab>(
    session: &mut Option<Session<L>>,
    ask: LabAsk<L::Step>,
    wrap: Wrap<L>,
) -> Answer {
    match (ask, session.as_mut()) {
        (LabAsk::Open(recording), _) => *session = Some(Session::replay(recording)),
        (LabAsk::Take(step), Some(session)) => session.take(step),
        (LabAsk::Undo, Some(session)) => session.undo(),
        (LabAsk::Take(_) | LabAsk::Undo, None) => {
            return Answer::Refused {
                why: "this lab is not open yet".to_owned(),
            };
        }
    }
    let session = session.as_ref().expect("it was opened, or it was open");
    wrap(Box::new(LabAnswer {
        view: session.lab().view(),
        recording: session.recording().clone(),
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::{Blob, Timestamp};
    use crate::labs::envelope::{Stage, Step};
    use crate::labs::{Genesis, Job, Recording};

    fn recording(steps: &[Step]) -> Recording<Step> {
        let genesis = Genesis {
            seed: Blob(vec![3; 32]),
            at: Timestamp::from_millis(0),
        };
        Recording {
            genesis,
            steps: steps.to_vec(),
        }
    }

    fn ask(engine: &mut Engine, ask: Ask) -> Vec<Answer> {
        let message = encode(&Message { id: 5, ask });
        let mut answers = Vec::new();
        engine.hear(&message, &mut |reply| {
            let Reply { id, answer } = decode(&reply).unwrap();
            assert_eq!(id, 5);
            answers.push(answer);
        });
        answers
    }

    #[test]
    fn the_first_word_names_the_build() {
        let Reply { answer, .. } = decode(&Engine::hello()).unwrap();
        assert!(matches!(answer, Answer::Hello { build } if build == BUILD));
    }

    #[test]
    fn a_lab_opens_takes_a_step_and_takes_it_back() {
        let mut engine = Engine::default();
        let mut stage = |lab| match ask(&mut engine, Ask::Envelope(lab)).remove(0) {
            Answer::Envelope(answer) => answer.view.stage,
            other => panic!("{other:?}"),
        };
        assert_eq!(stage(LabAsk::Open(recording(&[]))), Stage::Empty);
        assert_eq!(stage(LabAsk::Take(Step::CreateKey)), Stage::KeyCreated);
        assert_eq!(stage(LabAsk::Undo), Stage::Empty);
    }

    #[test]
    fn a_lab_that_is_not_open_takes_no_step() {
        let answers = ask(&mut Engine::default(), Ask::Envelope(LabAsk::Undo));
        assert!(matches!(answers[..], [Answer::Refused { .. }]));
    }

    #[test]
    fn a_job_says_how_far_it_is_and_then_what_it_found() {
        let steps = [
            Step::CreateKey,
            Step::GenerateDataKey,
            Step::Encrypt,
            Step::Wipe,
            Step::Store,
        ];
        let answers = ask(
            &mut Engine::default(),
            Ask::Run(Job::FlipEveryBit(recording(&steps))),
        );
        let (last, before) = answers.split_last().unwrap();
        assert!(matches!(last, Answer::Found(_)));
        assert!(
            before.len() > 1
                && before
                    .iter()
                    .all(|answer| matches!(answer, Answer::Progress(_)))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered_once(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut answers = 0;
            Engine::default().hear(&bytes, &mut |_| answers += 1);
            prop_assert_eq!(answers, 1);
        }
    }
}
