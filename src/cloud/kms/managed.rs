//! Keys that AWS manages for a service in an account, such as `aws/s3`.

use std::collections::BTreeMap;

use serde_json::json;

use super::alias::Alias;
use super::key::{BackingKey, KeyState, KmsKey};
use crate::base::Arn;
use crate::cloud::Cloud;
use crate::cloud::call::Call;
use crate::policy::CompiledPolicy;

/// Makes the key that AWS manages for a service, where an account has none yet, and returns it.
pub(in crate::cloud) fn managed_key(cloud: &mut Cloud, call: &Call, service: &str) -> Arn {
    let alias = Arn::aws(
        "kms",
        &call.region,
        call.account(),
        format!("alias/aws/{service}"),
    );
    if let Some(existing) = cloud.kms.aliases.get(&alias) {
        return existing.target.clone();
    }
    let resource = format!("key/{}", cloud.unique_id());
    let arn = Arn::aws("kms", &call.region, call.account(), resource);
    let key = KmsKey {
        created: cloud.now,
        description: format!(
            "Default key that protects my {} objects when no other key is defined",
            service.to_uppercase()
        ),
        state: KeyState::Enabled,
        managed_for: Some(service.to_owned()),
        policy: policy(call.account(), &call.region, service),
        tags: BTreeMap::new(),
        current: BackingKey::new(&arn, cloud.entropy.key()),
        earlier: Vec::new(),
        arn: arn.clone(),
    };
    let now = cloud.now;
    cloud.kms.aliases.insert(
        alias,
        Alias {
            target: arn.clone(),
            created: now,
            updated: now,
        },
    );
    cloud.kms.keys.insert(arn.clone(), key);
    arn
}

/// Everybody in the account may use the key through the service, and nobody may manage it.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key>
fn policy(account: &str, region: &str, service: &str) -> CompiledPolicy {
    let policy = json!({
        "Version": "2012-10-17",
        "Id": format!("auto-{service}-2"),
        "Statement": [
            {
                "Sid": format!("Allow access through {service} for all principals in the account that are authorized to use it"),
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                "Resource": "*",
                "Condition": {"StringEquals": {
                    "kms:CallerAccount": account,
                    "kms:ViaService": format!("{service}.{region}.amazonaws.com"),
                }},
            },
            {
                "Sid": "Allow direct access to key metadata to the account",
                "Effect": "Allow",
                "Principal": {"AWS": Arn::aws("iam", "", account, "root")},
                "Action": ["kms:Describe*", "kms:Get*", "kms:List*"],
                "Resource": "*",
            },
        ],
    });
    CompiledPolicy::parse(&policy.to_string()).expect("it is a JSON object")
}
