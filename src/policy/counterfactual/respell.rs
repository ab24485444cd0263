//! Texts that miss another by little.

use crate::policy::pattern::Pattern;

/// What was meant where only case differs.
pub(super) fn case(written: &str, asked: &str) -> Option<String> {
    let stem = written.find(['*', '?', '$']).unwrap_or(written.len());
    let is_whole = stem == written.len();
    let (begin, rest) = written.split_at(stem);
    let asked_begin = if is_whole { asked } else { asked.get(..stem)? };
    (begin != asked_begin && begin.eq_ignore_ascii_case(asked_begin))
        .then(|| format!("{asked_begin}{rest}"))
}

/// What was meant by an ARN: another case, another account or Region, or the objects of a bucket and not the bucket.
pub(super) fn resource(written: &str, asked: &str) -> Option<String> {
    case(written, asked)
        .or_else(|| objects(written, asked))
        .or_else(|| segment(written, asked))
}

/// `arn:aws:s3:::bucket/*` for `arn:aws:s3:::bucket`.
fn objects(bucket: &str, asked: &str) -> Option<String> {
    let behind = asked.strip_prefix(bucket)?;
    let is_bucket = bucket.contains(":s3:") && !bucket.contains('/');
    (is_bucket && behind.starts_with('/')).then(|| format!("{bucket}/*"))
}

/// The ARN with partition, Region and account of the one asked for, where service and resource fit.
fn segment(written: &str, asked: &str) -> Option<String> {
    let parts = |arn: &'_ str| -> Vec<String> { arn.splitn(6, ':').map(str::to_owned).collect() };
    let (mine, theirs) = (parts(written), parts(asked));
    let [_, _, service, _, _, resource] = mine.as_slice() else {
        return None;
    };
    let fits = theirs.len() == 6
        && *service == theirs[2]
        && !resource.contains("${")
        && Pattern::wild(resource).matches(&theirs[5]);
    let fitted = |at: usize| match at {
        1 | 3 | 4 if !mine[at].contains('*') => theirs[at].as_str(),
        _ => mine[at].as_str(),
    };
    fits.then(|| (0..6).map(fitted).collect::<Vec<_>>().join(":"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_put_right_up_to_the_first_wildcard() {
        let right = |written, asked| case(written, asked);
        assert_eq!(
            right("arn:aws:s3:::Notes/*", "arn:aws:s3:::notes/a").as_deref(),
            Some("arn:aws:s3:::notes/*")
        );
        assert_eq!(right("AWS:kms", "aws:kms").as_deref(), Some("aws:kms"));
        assert_eq!(right("aws:kms", "aws:kms"), None);
        assert_eq!(right("é*", "e"), None);
    }

    #[test]
    fn an_arn_is_put_right_where_it_names_the_bucket_or_another_account() {
        let right = |written, asked| resource(written, asked);
        assert_eq!(
            right("arn:aws:s3:::notes", "arn:aws:s3:::notes/a").as_deref(),
            Some("arn:aws:s3:::notes/*")
        );
        assert_eq!(right("arn:aws:s3:::notes", "arn:aws:s3:::notes-2/a"), None);
        assert_eq!(
            right(
                "arn:aws:kms:us-east-1:444455556666:key/*",
                "arn:aws:kms:eu-west-1:111122223333:key/1"
            )
            .as_deref(),
            Some("arn:aws:kms:eu-west-1:111122223333:key/*")
        );
        assert_eq!(
            right(
                "arn:aws:kms:*:444455556666:key/*",
                "arn:aws:kms:eu-west-1:111122223333:key/1"
            )
            .as_deref(),
            Some("arn:aws:kms:*:111122223333:key/*"),
            "what holds already is left as it is"
        );
        assert_eq!(
            right("arn:aws:sqs:us-east-1:1:a", "arn:aws:kms:us-east-1:1:b"),
            None
        );
    }
}
