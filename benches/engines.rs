//! The engines' figures that matter, measured natively: `cargo xtask bench`.

mod measure;
mod policy;

use cipherdeck::{
    base::Timestamp,
    client::Client,
    cloud::{ADMINISTRATOR, Accounts, Cloud, kms::EncryptionContext},
    course::{ContentHash, parse_file},
    crypto::{aead, entropy::Entropy},
    policy::{decide, evaluate},
    study::{
        Answer, DeviceId, Entry, EntryId, EntryKind, Interval, Log, Progress, Rating, Rollover,
        Scheduler, UtcOffset,
    },
};
use measure::{rate, rate_with, ratio, show};
use policy::Case;
use std::collections::HashMap;

const MEGABYTE: usize = 1_000_000;

fn main() {
    println!("{:<44} {:>14}  against", "engine", "rate");
    decisions();
    kms();
    aes_gcm();
    replay();
    markdown();
}

fn decisions() {
    let Case { request, policies } = policy::everyday();
    assert!(decide(&request, &policies).decision.is_allowed());
    let decided = rate(|| decide(&request, &policies));
    let traced = rate(|| evaluate(&request, &policies));
    show("policy decisions, 10 × 3 statements", decided, "1/s", "");
    show(
        "policy decisions with their trace",
        traced,
        "1/s",
        &ratio(traced, decided, "without trace"),
    );
    let Case { request, policies } = policy::late();
    assert!(decide(&request, &policies).decision.is_allowed());
    let late = rate(|| decide(&request, &policies));
    show(
        "policy decisions, the last of 10 allows",
        late,
        "1/s",
        &ratio(late, decided, "where each allows"),
    );
    let one = policy::grown(1);
    let one = rate(|| decide(&one.request, &one.policies));
    for statements in [1, 10, 100, 1_000] {
        let Case { request, policies } = policy::grown(statements);
        assert!(decide(&request, &policies).decision.is_allowed());
        let rate = rate(|| decide(&request, &policies));
        let cost = one / rate;
        let name = format!("policy decisions, {statements} statements");
        let against = format!("{cost:.1} × the time of one statement");
        show(&name, rate, "1/s", &against);
    }
    for (place, Case { request, policies }) in policy::hostile() {
        assert!(!decide(&request, &policies).decision.is_allowed());
        let rate = rate(|| decide(&request, &policies));
        let name = format!("hostile pattern in {place}");
        show(&name, 1e6 / rate, "µs", "of 1,000 that it may take");
    }
}

fn kms() {
    let at = Timestamp::parse_rfc3339("2026-01-01T00:00:00Z").expect("the time is written rightly");
    let mut cloud = Cloud::new(7, at);
    let credentials = cloud
        .sign_in(&Accounts::role(ADMINISTRATOR))
        .expect("the administrator is there from the beginning");
    let client = Client::new(credentials, "us-east-1");
    let key = client
        .create_key(&mut cloud, "bench", None)
        .result
        .expect("an administrator may make keys")
        .key_id;
    let context = EncryptionContext::default();

    // A cloud keeps its whole trail, so each round works on a copy of the young one.
    let pairs = rate_with(
        || cloud.clone(),
        |cloud| {
            let sealed = client
                .encrypt(cloud, &key, b"a data key of thirty-two bytes..", &context)
                .result
                .expect("the key is enabled");
            client
                .decrypt(cloud, &sealed.ciphertext_blob, &context)
                .result
                .expect("the blob is whole")
        },
    );
    show(
        "KMS Encrypt + Decrypt, signed and decided",
        pairs,
        "1/s",
        "",
    );
}

fn aes_gcm() {
    let mut entropy = Entropy::new(7.into());
    let key = entropy.key();
    let nonce = aead::Nonce(entropy.bytes());
    let plaintext = vec![7; MEGABYTE];
    let sealed = aead::seal(&key, nonce, &plaintext, b"");
    let seals = rate(|| aead::seal(&key, nonce, &plaintext, b""));
    let opens = rate(|| aead::open(&key, &sealed, b""));
    show("AES-256-GCM seal", seals, "MB/s", "");
    show(
        "AES-256-GCM open",
        opens,
        "MB/s",
        &ratio(opens, seals, "seal"),
    );
}

fn replay() {
    let day = 24 * 60 * 60 * 1000;
    let (cards, days) = (200, 50);
    let answers = (0..days).flat_map(|day| (0..cards).map(move |card| (day, card)));
    let entries = (1..).zip(answers).map(|(counter, (at, number))| Entry {
        id: EntryId {
            device: DeviceId::from_random([1; 8]),
            counter,
        },
        at: Timestamp::from_millis(at * day),
        utc_offset: UtcOffset::UTC,
        card: format!("card-{number}")
            .parse()
            .expect("it is a card's name"),
        content_hash: ContentHash::of("a question"),
        kind: EntryKind::Answer(Answer {
            rating: Rating::Good,
            guessed: false,
            took_ms: 4000,
            chosen: Vec::new(),
            interval: Interval::Days(1),
        }),
    });
    let log: Log = entries.collect();
    let reviews = log.len() as f64;
    let replays = rate(|| {
        Progress::replay(
            log.clone(),
            Scheduler::default(),
            Rollover::default(),
            HashMap::new(),
        )
    });
    show(
        "reviews replayed from the log",
        replays * reviews,
        "1/s",
        "",
    );
}

fn markdown() {
    let question = "### Which key does KMS keep? <!-- q: bench-ID d=2 -->\n\n- [ ] The data key\n  > It is handed out.\n- [x] The KMS key\n  > It never leaves `kms`.\n\n> [!NOTE]\n> See above.\n> Source: <https://docs.aws.amazon.com/kms/>\n\n";
    let questions = 100;
    let mut sheet =
        "---\nsheet: bench\ntitle: Bench\ndomains: [SCS-C03/5]\ntopic: bench\n---\n\n# Bench\n\n"
            .to_owned();
    sheet.extend((0..questions).map(|number| question.replace("ID", &number.to_string())));
    let sheets = rate(|| parse_file("sheets/bench.md", sheet.as_bytes()));
    show(
        "questions read from markdown",
        sheets * f64::from(questions),
        "1/s",
        "",
    );
}
