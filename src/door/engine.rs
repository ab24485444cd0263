//! The engine's end of the door.

use crate::course::LabId;
use crate::door::message::{
    Answer, Ask, Beginning, LabAnswer, LabKind, Message, Reply, Step, View,
};
use crate::door::{BUILD, decode, encode};
use crate::labs::envelope::Envelope;
use crate::labs::policy::PolicyBench;
use crate::labs::sse::Sse;
use crate::labs::{Lab, Recording, Session};

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
        let answer = match ask {
            Ask::Open(kind, beginning) => self.open(kind, beginning).map(Answer::Lab),
            Ask::Take(step) => self.take(step).map(Answer::Lab),
            Ask::Undo(kind) => self.undo(kind).map(Answer::Lab),
            Ask::Run(job) => job
                .run(&mut |progress| say(Answer::Progress(progress)))
                .map(Answer::Found),
        };
        answer.unwrap_or_else(|why| Answer::Refused { why })
    }

    fn open(&mut self, kind: LabKind, beginning: Beginning) -> Result<LabAnswer, String> {
        Ok(match kind {
            LabKind::Envelope => show(self.envelope.insert(begin(beginning)?)),
            LabKind::Policy => show(self.policy.insert(begin(beginning)?)),
            LabKind::Sse => show(self.sse.insert(begin(beginning)?)),
        })
    }

    fn take(&mut self, step: Step) -> Result<LabAnswer, String> {
        match step {
            Step::Envelope(step) => go_on(&mut self.envelope, |session| session.take(step)),
            Step::Policy(step) => go_on(&mut self.policy, |session| session.take(step)),
            Step::Sse(step) => go_on(&mut self.sse, |session| session.take(step)),
        }
    }

    fn undo(&mut self, kind: LabKind) -> Result<LabAnswer, String> {
        match kind {
            LabKind::Envelope => go_on(&mut self.envelope, Session::undo),
            LabKind::Policy => go_on(&mut self.policy, Session::undo),
            LabKind::Sse => go_on(&mut self.sse, Session::undo),
        }
    }
}

fn begin<L: Lab>(beginning: Beginning) -> Result<Session<L>, String> {
    let recording = match beginning {
        Beginning::New(genesis) => Recording {
            genesis,
            steps: Vec::new(),
        },
        Beginning::Shared(genesis, play) => Recording::from_play(genesis, &play)?,
        Beginning::Kept(kept) => Recording::take_up(&kept)?,
    };
    Ok(Session::replay(recording))
}

fn go_on<L: Lab>(
    session: &mut Option<Session<L>>,
    change: impl FnOnce(&mut Session<L>),
) -> Result<LabAnswer, String>
where
    L::View: Into<View>,
{
    let session = session.as_mut().ok_or("this lab is not open yet")?;
    change(session);
    Ok(show(session))
}

fn show<L: Lab>(session: &mut Session<L>) -> LabAnswer
where
    L::View: Into<View>,
{
    let recording = session.recording();
    LabAnswer {
        view: session.lab().view().into(),
        kept: recording.keep(),
        play: session.play(),
        steps: recording.steps.len(),
        done: session.done().iter().map(task).collect(),
    }
}

fn task(name: &&str) -> LabId {
    name.parse()
        .expect("tasks are named as questions name them")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::{Blob, Timestamp};
    use crate::labs::envelope::{self, Stage};
    use crate::labs::{Genesis, Job, Kept};

    fn genesis() -> Genesis {
        Genesis {
            seed: Blob(vec![3; 32]),
            at: Timestamp::from_millis(0),
        }
    }

    fn open(engine: &mut Engine, beginning: Beginning) -> Answer {
        ask(engine, Ask::Open(LabKind::Envelope, beginning)).remove(0)
    }

    fn take(engine: &mut Engine, step: envelope::Step) -> Answer {
        ask(engine, Ask::Take(Step::Envelope(step))).remove(0)
    }

    fn lab(answer: Answer) -> LabAnswer {
        match answer {
            Answer::Lab(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    fn stage(answer: Answer) -> Stage {
        lab(answer).view.envelope().unwrap().stage
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
        assert_eq!(
            stage(open(&mut engine, Beginning::New(genesis()))),
            Stage::Empty
        );
        let stepped = lab(take(&mut engine, envelope::Step::CreateKey));
        assert_eq!(stepped.steps, 1);
        let undone = ask(&mut engine, Ask::Undo(LabKind::Envelope)).remove(0);
        assert_eq!(stage(undone), Stage::Empty);
    }

    #[test]
    fn a_lab_is_taken_up_where_it_was_left_and_its_link_leads_there_too() {
        let mut engine = Engine::default();
        open(&mut engine, Beginning::New(genesis()));
        let left = lab(take(&mut engine, envelope::Step::CreateKey));
        let beginnings = [
            Beginning::Kept(left.kept),
            Beginning::Shared(genesis(), left.play),
        ];
        for beginning in beginnings {
            assert_eq!(
                stage(open(&mut Engine::default(), beginning)),
                Stage::KeyCreated
            );
        }
    }

    #[test]
    fn every_answer_says_which_tasks_are_done_and_every_task_belongs_to_a_lab() {
        use envelope::Step::{CreateKey, Decrypt, Encrypt, GenerateDataKey, Store, Unwrap, Wipe};
        let mut engine = Engine::default();
        let opened = lab(open(&mut engine, Beginning::New(genesis())));
        assert_eq!(opened.done, []);
        let steps = [CreateKey, GenerateDataKey, Encrypt, Wipe, Store, Unwrap];
        for step in steps {
            assert_eq!(lab(take(&mut engine, step)).done, []);
        }
        let task: LabId = "envelope".parse().unwrap();
        assert_eq!(LabKind::of_task(task.as_str()), Some(LabKind::Envelope));
        let finished = lab(take(&mut engine, Decrypt));
        assert_eq!(finished.done, std::slice::from_ref(&task));
        let kept = lab(open(&mut engine, Beginning::Kept(finished.kept)));
        assert_eq!(kept.done, [task]);
        let undone = lab(ask(&mut engine, Ask::Undo(LabKind::Envelope)).remove(0));
        assert_eq!(undone.done, []);
    }

    #[test]
    fn what_cannot_be_read_opens_nothing() {
        let beginnings = [
            Beginning::Kept(Kept("{".to_owned())),
            Beginning::Shared(genesis(), "?".to_owned()),
        ];
        for beginning in beginnings {
            let answer = open(&mut Engine::default(), beginning);
            assert!(matches!(answer, Answer::Refused { .. }), "{answer:?}");
        }
    }

    #[test]
    fn a_lab_that_is_not_open_takes_no_step() {
        let mut engine = Engine::default();
        let answers = [
            take(&mut engine, envelope::Step::CreateKey),
            ask(&mut engine, Ask::Undo(LabKind::Envelope)).remove(0),
        ];
        for answer in answers {
            assert!(matches!(answer, Answer::Refused { .. }), "{answer:?}");
        }
    }

    #[test]
    fn a_job_says_how_far_it_is_and_then_what_it_found() {
        use envelope::Step::{CreateKey, Encrypt, GenerateDataKey, Store, Wipe};
        let mut engine = Engine::default();
        open(&mut engine, Beginning::New(genesis()));
        let steps = [CreateKey, GenerateDataKey, Encrypt, Wipe, Store];
        let answers = steps.map(|step| lab(take(&mut engine, step)));
        let kept = answers[4].kept.clone();
        let answers = ask(&mut Engine::default(), Ask::Run(Job::FlipEveryBit(kept)));
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
