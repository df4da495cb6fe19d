/**
 * Resource types that hold what no configuration can bring back, with what is lost when one of them is deleted or
 * replaced. A type whose loss only stops a service, such as a function or a load balancer, is not one.
 */
const STATEFUL_TYPES: Readonly<Record<string, string>> = {
  aws_backup_vault: "its recovery points",
  aws_cloudtrail: "the chain of digests that proves the log files",
  aws_cloudwatch_log_group: "its logs",
  aws_codecommit_repository: "its history",
  aws_cognito_user_pool: "its users and their passwords",
  aws_db_instance: "its database",
  aws_docdb_cluster: "its database",
  aws_dynamodb_table: "its items",
  aws_dynamodb_table_replica: "its copy of the items, and the region to fail over to",
  aws_ebs_volume: "its blocks",
  aws_ecr_repository: "its images",
  aws_efs_file_system: "its files",
  aws_elasticache_replication_group: "what it caches",
  aws_instance: "what is on its disks",
  aws_kinesis_stream: "the records that nobody has read",
  aws_kms_key: "all that it encrypts, once its waiting time is over",
  aws_kms_replica_key: "all that it encrypts in its region, once its waiting time is over",
  aws_msk_cluster: "its messages",
  aws_neptune_cluster: "its graph",
  aws_opensearch_domain: "its indices",
  aws_organizations_account: "the account: it is closed, with all that is in it",
  aws_organizations_organization: "the organization and its policies",
  aws_rds_cluster: "its database",
  aws_redshift_cluster: "its warehouse",
  aws_route53_key_signing_key: "the chain of trust of its zone",
  aws_route53_zone: "its records and its name servers: the domain stops to resolve",
  aws_s3_bucket: "its objects",
  aws_s3tables_table_bucket: "its tables",
  aws_secretsmanager_secret: "the secret",
  aws_sns_topic: "its subscriptions, which their owners have to confirm again",
  aws_sqs_queue: "the messages in it",
  aws_timestreamwrite_table: "its records",
};

/** What is lost with a resource of a type; `undefined` for a type that holds nothing. */
export const lossOf = (type: string): string | undefined => STATEFUL_TYPES[type];
