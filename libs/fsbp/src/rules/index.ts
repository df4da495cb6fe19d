import { type Rule } from "../rule";
import { acmRules } from "./acm";
import { apigatewayRules } from "./apigateway";
import { cloudfrontRules } from "./cloudfront";
import { cloudTrailRules } from "./cloudtrail";
import { codebuildRules } from "./codebuild";
import { configRules } from "./config";
import { dynamodbRules } from "./dynamodb";
import { ec2Rules } from "./ec2";
import { ecrRules } from "./ecr";
import { elbRules } from "./elb";
import { eventBridgeRules } from "./eventbridge";
import { guardDutyRules } from "./guardduty";
import { iamRules } from "./iam";
import { inspectorRules } from "./inspector";
import { kinesisRules } from "./kinesis";
import { kmsRules } from "./kms";
import { lambdaRules } from "./lambda";
import { macieRules } from "./macie";
import { route53Rules } from "./route53";
import { s3Rules } from "./s3";
import { secretsManagerRules } from "./secrets-manager";
import { snsRules } from "./sns";
import { sqsRules } from "./sqs";
import { ssmRules } from "./ssm";
import { stepFunctionsRules } from "./step-functions";
import { wafRules } from "./waf";

/** Every rule, by service: one for each control that code decides. */
export const RULES: readonly Rule[] = [
  ...acmRules,
  ...apigatewayRules,
  ...cloudfrontRules,
  ...cloudTrailRules,
  ...codebuildRules,
  ...configRules,
  ...dynamodbRules,
  ...ec2Rules,
  ...ecrRules,
  ...elbRules,
  ...eventBridgeRules,
  ...guardDutyRules,
  ...iamRules,
  ...inspectorRules,
  ...kinesisRules,
  ...kmsRules,
  ...lambdaRules,
  ...macieRules,
  ...route53Rules,
  ...s3Rules,
  ...secretsManagerRules,
  ...snsRules,
  ...sqsRules,
  ...ssmRules,
  ...stepFunctionsRules,
  ...wafRules,
];
