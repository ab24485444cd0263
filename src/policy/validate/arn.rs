//! Findings about the parts of an ARN: partition, service, region, account, and the resource's own form.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

use std::borrow::Cow;

use crate::base::{AccountId, Span};
use crate::policy::catalogue::{self, ArnFormat};

use super::Check;

/// Source: <https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html>
const PARTITIONS: [&str; 8] = [
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-eusc",
];

impl Check {
    /// The first thing that is wrong with a resource's ARN, if anything is.
    pub(super) fn arn(&mut self, written: &str, span: Span) {
        let parts: Vec<&str> = written.splitn(6, ':').collect();
        let [_, partition, service, region, account, _] = parts[..] else {
            return;
        };
        if self.partition(partition, span) || self.arn_service(service, span) {
            return;
        }
        if !is_open(region) && !region.is_empty() && !is_region(region) {
            return self.warning(
                span,
                "arn-region",
                format!("`{region}` is no region"),
                "a region is such as `eu-central-1`; global services leave it empty",
            );
        }
        // Of what is AWS's own, little is listed.
        if account == "aws" {
            return;
        }
        let formats = formats(service);
        let is_known = |index: usize, part: &str| {
            let mut known = formats.iter().map(|format| format.part(index));
            known.any(|known| known == part)
        };
        if !is_open(account)
            && !account.is_empty()
            && AccountId::new(account).is_none()
            && !is_known(4, account)
        {
            return self.warning(
                span,
                "arn-account",
                format!("`{account}` is no account: an account is twelve digits"),
                "write the twelve digits, leading noughts included",
            );
        }
        let usual = usual(written);
        if !formats.is_empty() && !formats.iter().any(|format| format.can_match(&usual)) {
            self.shape(&parts, &formats, span);
        }
    }

    /// Whether something was found.
    pub(super) fn partition(&mut self, partition: &str, span: Span) -> bool {
        let is_wrong = !is_open(partition) && !PARTITIONS.contains(&partition);
        if is_wrong {
            self.error(
                span,
                "arn-partition",
                format!("there is no partition `{partition}`"),
                "the partitions are `aws`, `aws-cn`, `aws-us-gov` and those of closed clouds",
            );
        }
        is_wrong
    }

    fn arn_service(&mut self, service: &str, span: Span) -> bool {
        let folded = service.to_ascii_lowercase();
        if folded != service && catalogue::is_namespace(&folded) {
            self.error(
                span,
                "arn-service-case",
                format!("the service `{service}` is written `{folded}`"),
                "the service of an ARN is in lower case",
            );
        } else if !catalogue::is_namespace(service) {
            let help = self
                .did_you_mean(service, catalogue::prefixes().iter().copied())
                .unwrap_or_else(|| {
                    "look up the form of the ARN in the Service Authorization Reference".into()
                });
            self.warning(
                span,
                "unknown-arn-service",
                format!("no ARN is of the service `{service}`"),
                &help,
            );
        } else {
            return false;
        }
        true
    }

    /// What it is that keeps the ARN from having any form of its service.
    fn shape(&mut self, parts: &[&str], formats: &[ArnFormat], span: Span) {
        let [_, _, service, region, account, resource] = parts[..] else {
            return;
        };
        let alike: Vec<&ArnFormat> = formats
            .iter()
            .filter(|format| format.part_can_match(5, resource))
            .collect();
        let Some(first) = alike.first() else {
            return self.warning(
                span,
                "arn-resource",
                format!("no resource of {service} is called `{resource}`"),
                &format!("the ARNs of {service} are such as `{}`", formats[0]),
            );
        };
        let all_empty = |index: usize| alike.iter().all(|format| format.part(index).is_empty());
        let none_empty = |index: usize| alike.iter().all(|format| !format.part(index).is_empty());
        let form = format!("the form is `{first}`");
        if !region.is_empty() && all_empty(3) {
            let message = format!("an ARN of this form names no region, this one names `{region}`");
            self.warning(span, "arn-region-not-allowed", message, &form);
        } else if region.is_empty() && none_empty(3) {
            let message = "an ARN of this form names a region, this one does not";
            self.warning(span, "arn-region-missing", message, &form);
        } else if !account.is_empty() && all_empty(4) {
            let message =
                format!("an ARN of this form names no account, this one names `{account}`");
            self.warning(span, "arn-account-not-allowed", message, &form);
        } else if account.is_empty() && none_empty(4) {
            let message = "an ARN of this form names an account, this one does not";
            self.warning(span, "arn-account-missing", message, &form);
        } else {
            let message = format!("this is no ARN of a resource of {service}");
            self.warning(span, "arn-resource", message, &form);
        }
    }
}

/// The ARN as its service's forms have it: documents and parameters that AWS publishes are in no account.
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html>
pub(super) fn usual(arn: &str) -> Cow<'_, str> {
    match arn.splitn(6, ':').collect::<Vec<_>>()[..] {
        ["arn", partition, "ssm", region, "", resource] => {
            format!("arn:{partition}:ssm:{region}:*:{resource}").into()
        }
        _ => arn.into(),
    }
}

/// Every form that the ARNs of a service have, if its resource types are listed.
fn formats(service: &str) -> Vec<ArnFormat> {
    // Application Auto Scaling, which is not listed, has ARNs of this service too.
    if catalogue::actions(service).is_empty() || service == "autoscaling" {
        return Vec::new();
    }
    let types = catalogue::services().iter().flat_map(|listed| {
        let forms = listed.resource_types.iter().flat_map(|kind| &kind.arns);
        forms.map(move |format| (listed.prefix, *format))
    });
    // A backup's ARN is of the service whose resource was backed up.
    let is_theirs = |(listed, format): &(&str, ArnFormat)| {
        format.part(2) == service || *listed == service && format.part(2).contains('$')
    };
    types.filter(is_theirs).map(|(_, format)| format).collect()
}

/// Whether the part may stand for many.
fn is_open(part: &str) -> bool {
    part.contains(['*', '?', '$'])
}

/// Whether the text has the form of a region's code, such as `us-gov-west-1`.
pub(super) fn is_region(text: &str) -> bool {
    let words: Vec<&str> = text.split('-').collect();
    let Some((number, names)) = words.split_last() else {
        return false;
    };
    let is_word =
        |word: &&str| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_number = matches!(
        number.as_bytes(),
        [b'1'..=b'9'] | [b'1'..=b'9', b'0'..=b'9']
    );
    names.len() >= 2 && names.iter().all(is_word) && is_number
}
