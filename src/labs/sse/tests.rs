use proptest::prelude::*;

use super::{Cell, Column, KeyChoice, Method, Question, Sse, Step, Task, Verdict, View};
use crate::base::{Blob, Timestamp};
use crate::cloud::ServiceError;
use crate::cloud::s3::{KeyAccess, Mode, Scheme, Stored};
use crate::labs::{Genesis, Lab as _, Recording, Session};

fn genesis() -> Genesis {
    Genesis {
        seed: Blob(vec![1; 32]),
        at: Timestamp::parse_rfc3339("2026-11-22T16:40:00Z").unwrap(),
    }
}

fn session(steps: &[Step]) -> Session<Sse> {
    Session::replay(Recording {
        genesis: genesis(),
        steps: steps.to_vec(),
    })
}

fn after(steps: &[Step]) -> View {
    session(steps).lab().view()
}

fn column(view: &View, method: Method) -> &Column {
    let mut columns = view.columns.iter();
    columns.find(|column| column.method == method).unwrap()
}

fn cell(view: &View, method: Method, question: Question) -> &Cell {
    let mut cells = column(view, method).cells.iter();
    cells.find(|cell| cell.question == question).unwrap()
}

fn lines(view: &View, method: Method, question: Question) -> Vec<&str> {
    let cell = cell(view, method, question);
    cell.lines.iter().map(String::as_str).collect()
}

/// Which of the five who try can read, one letter each: `r` reads, `-` cannot.
fn readers(view: &View, method: Method) -> String {
    let verdicts = column(view, method)
        .cells
        .iter()
        .filter_map(|cell| cell.verdict);
    verdicts
        .map(|verdict| match verdict {
            Verdict::Reads => 'r',
            Verdict::Cannot => '-',
        })
        .collect()
}

#[test]
fn who_can_read_differs_from_mode_to_mode() {
    let view = after(&[Step::Put]);
    // Uploader, administrator, role with S3 alone, holder of the disk, holder of the client's key.
    assert_eq!(readers(&view, Method::SseS3), "rrr-r");
    assert_eq!(readers(&view, Method::SseKms), "rr---");
    assert_eq!(readers(&view, Method::SseKmsBucketKey), "rr---");
    assert_eq!(readers(&view, Method::DsseKms), "rr---");
    assert_eq!(readers(&view, Method::SseC), "r---r");
    assert_eq!(readers(&view, Method::ClientSide), "rr--r");
}

#[test]
fn keys_are_made_kept_and_used_by_whom_the_modes_are_named_after() {
    let view = after(&[Step::Put]);
    let made = |method| lines(&view, method, Question::Made);
    assert_eq!(made(Method::SseS3), ["S3"]);
    assert_eq!(made(Method::SseKms), ["KMS, when S3 asked it"]);
    assert_eq!(
        made(Method::SseKmsBucketKey),
        ["KMS, when S3 asked it", "S3"]
    );
    assert_eq!(made(Method::DsseKms), ["KMS, when S3 asked it", "S3"]);
    assert_eq!(made(Method::SseC), ["the client, who sends it along"]);
    assert_eq!(
        made(Method::ClientSide),
        ["KMS, when the client asked it", "S3"]
    );

    let used = |method| lines(&view, method, Question::Used);
    assert_eq!(used(Method::SseKms), ["S3, once"]);
    assert_eq!(used(Method::DsseKms), ["S3, twice: two layers"]);
    assert_eq!(
        used(Method::ClientSide),
        ["the client, before it is sent", "S3, once"]
    );
    assert_eq!(
        lines(&view, Method::SseC, Question::Kept),
        ["the client alone; S3 keeps a salted check of it"]
    );
}

#[test]
fn a_bucket_key_asks_kms_once_for_many_objects_and_names_the_bucket() {
    let view = after(&[Step::Objects(3), Step::Put]);
    let kms = |method| lines(&view, method, Question::Kms);
    assert_eq!(
        kms(Method::SseKms)[..2],
        [
            "3 × GenerateDataKey to put 3 objects",
            "3 × Decrypt to get them"
        ]
    );
    assert_eq!(
        kms(Method::SseKmsBucketKey),
        [
            "1 × GenerateDataKey to put 3 objects",
            "nothing to get them",
            "context names arn:aws:s3:::side-by-side"
        ]
    );
    assert_eq!(kms(Method::SseC)[0], "nothing to put 3 objects");
}

#[test]
fn the_key_that_aws_manages_lets_everyone_in_through_s3_and_serves_no_client() {
    let view = after(&[Step::Key(KeyChoice::AwsManaged), Step::Put]);
    assert_eq!(readers(&view, Method::SseKms), "rrr-r");
    assert_eq!(readers(&view, Method::ClientSide), "-----");
    let made = lines(&view, Method::ClientSide, Question::Made);
    assert_eq!(
        made,
        ["nothing was stored, refused: AccessDeniedException (400)"]
    );
    let refused = after(&[Step::Key(KeyChoice::AwsManaged), Step::Put, Step::Disable]);
    assert_eq!(
        refused.said,
        "DisableKey was refused: AccessDeniedException."
    );
}

#[test]
fn a_disabled_key_locks_what_needs_it_and_a_remembered_bucket_key_delays_that() {
    let view = after(&[Step::Put, Step::Disable]);
    assert_eq!(readers(&view, Method::SseS3), "rrr-r");
    assert_eq!(readers(&view, Method::SseKms), "-----");
    assert_eq!(readers(&view, Method::SseC), "r---r");
    assert_eq!(readers(&view, Method::ClientSide), "----r");
    assert_eq!(readers(&view, Method::SseKmsBucketKey), "rr---");
    let later = after(&[Step::Put, Step::Disable, Step::Wait]);
    assert_eq!(readers(&later, Method::SseKmsBucketKey), "-----");
    let again = after(&[Step::Put, Step::Disable, Step::Wait, Step::Enable]);
    assert_eq!(readers(&again, Method::SseKmsBucketKey), "rr---");
}

#[test]
fn under_a_disabled_key_nothing_new_is_stored_where_kms_has_to_make_a_key() {
    let view = after(&[Step::Disable, Step::Put]);
    for method in [Method::SseKms, Method::SseKmsBucketKey, Method::DsseKms] {
        let refused = ["nothing was stored, refused: KMS.DisabledException (400)"];
        assert_eq!(lines(&view, method, Question::Made), refused);
        assert_eq!(readers(&view, method), "-----");
    }
    assert_eq!(readers(&view, Method::SseS3), "rrr-r");
}

#[test]
fn every_answer_but_what_lies_on_the_disk_has_its_requests() {
    let view = after(&[Step::Put]);
    for column in &view.columns {
        assert_eq!(column.cells.len(), Question::ALL.len());
        for cell in &column.cells {
            let has_requests = !cell.calls.is_empty();
            assert_eq!(
                has_requests,
                cell.question != Question::DiskHolder,
                "{cell:?}"
            );
            assert!(cell.calls.iter().all(|&place| place < column.calls.len()));
        }
    }
    let asked = cell(&view, Method::SseKms, Question::Asked);
    let call = &column(&view, Method::SseKms).calls[asked.calls[0]];
    assert_eq!(call.sent[0].0, "PUT");
    assert_eq!((call.action.as_str(), call.status), ("s3:PutObject", 200));
    assert_eq!(call.events.len(), 2);
}

const AWS_MANAGED: Step = Step::Key(KeyChoice::AwsManaged);

#[test]
fn every_task_is_done_by_its_last_step_and_by_none_before() {
    use Step::{Disable, Objects, Put, Wait};
    let locked = Task::DisabledKey.name();
    let ways: [(Task, &[Step], &[&str]); 5] = [
        (Task::BucketKey, &[Objects(5), Put], &[]),
        (Task::DisabledKey, &[Put, Disable], &[]),
        (Task::DisabledBucketKey, &[Put, Disable, Wait], &[locked]),
        (Task::AwsManagedKey, &[AWS_MANAGED, Put], &[]),
        (
            Task::AwsManagedSwitch,
            &[AWS_MANAGED, Put, Disable],
            &[Task::AwsManagedKey.name()],
        ),
    ];
    assert_eq!(ways.map(|(task, ..)| task), Task::ALL);
    for (task, way, before) in ways {
        let mut session = session(way);
        assert_eq!(session.done(), [before, &[task.name()]].concat());
        session.undo();
        assert_eq!(session.done(), before, "{task:?}");
    }
}

#[test]
fn a_bucket_key_that_s3_remembers_needs_no_call_and_saves_them_too() {
    let steps = [Step::Put, Step::Objects(5), Step::Put];
    let kms = lines(&after(&steps), Method::SseKmsBucketKey, Question::Kms)[0].to_owned();
    assert_eq!(kms, "nothing to put 5 objects");
    assert_eq!(session(&steps).done(), [Task::BucketKey.name()]);
}

#[test]
fn what_was_never_stored_is_not_locked() {
    let steps = [Step::Disable, Step::Objects(5), Step::Put, Step::Wait];
    assert_eq!(session(&steps).done(), [""; 0]);
}

/// Stores what it is given and asks nobody.
#[derive(Debug)]
struct Plain;

impl Scheme for Plain {
    fn seal(&self, _: &mut KeyAccess<'_>, plaintext: &[u8]) -> Result<Stored, ServiceError> {
        Ok(Stored {
            bytes: Blob(plaintext.to_vec()),
            keys: Vec::new(),
        })
    }

    fn open(&self, _: &mut KeyAccess<'_>, stored: &Stored) -> Result<Vec<u8>, ServiceError> {
        Ok(stored.bytes.0.clone())
    }
}

#[test]
fn another_implementation_of_one_mode_changes_its_answers_and_no_others() {
    let mut lab = Sse::begin(&genesis());
    lab.replace_scheme(Mode::SseKms, &Plain);
    lab.take(&Step::Put);
    let view = lab.view();
    assert_eq!(readers(&view, Method::SseKms), "rrrrr");
    lab.take(&Step::Disable);
    assert_eq!(lab.done(), [""; 0]);
    let nobody = ["nobody: there is no key"];
    assert_eq!(lines(&view, Method::SseKms, Question::Made), nobody);
    assert_eq!(lines(&view, Method::SseKms, Question::Kept), nobody);
    assert_eq!(lines(&view, Method::SseKms, Question::Used), ["nobody"]);
    assert_eq!(
        lines(&view, Method::SseKms, Question::Kms),
        ["nothing to put 2 objects", "nothing to get them"]
    );
    let sound = after(&[Step::Put]);
    for method in Method::ALL
        .into_iter()
        .filter(|&method| method != Method::SseKms)
    {
        for question in Question::ALL {
            assert_eq!(
                lines(&view, method, question),
                lines(&sound, method, question)
            );
        }
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Put),
        1 => ".{0,30}".prop_map(Step::Write),
        1 => any::<u8>().prop_map(Step::Objects),
        1 => prop::sample::select(vec![KeyChoice::CustomerManaged, KeyChoice::AwsManaged]).prop_map(Step::Key),
        1 => Just(Step::Disable),
        1 => Just(Step::Enable),
        1 => Just(Step::Wait),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever is done in whatever order: the lab stands, and nobody reads from the disk.
    #[test]
    fn no_order_of_steps_opens_the_disk(steps in prop::collection::vec(any_step(), 0..6)) {
        for column in after(&steps).columns {
            let disk = column.cells.iter().find(|cell| cell.question == Question::DiskHolder).unwrap();
            prop_assert_eq!(disk.verdict, Some(Verdict::Cannot));
        }
    }
}
