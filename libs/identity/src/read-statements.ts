import { keyPatterns } from "./guardrails/within";
import { type Statement } from "./policy-document";
import { readStatement } from "./service-access";
import { servicesIn } from "./services";
import { type Ground } from "./zone-roles";

/** The contracts' values: they are configuration, though they are kept as parameters. */
const readContracts = ({ zone, account }: Ground): Statement => ({
  Sid: "ReadContracts",
  Effect: "Allow",
  Action: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
  Resource: `arn:aws:ssm:*:${account.id}:parameter/landfall/${zone.name}/*`,
});

/** Lambda shows the variables of a function only to whom their key decrypts; without, a plan would find them gone. */
const readFunctionVariables = (ground: Ground): Statement => ({
  Sid: "ReadFunctionVariables",
  Effect: "Allow",
  Action: "kms:Decrypt",
  Resource: keyPatterns(ground),
  Condition: { StringLike: { "kms:ViaService": "lambda.*.amazonaws.com" } },
});

/** Lets people see the configuration of all that the stacks of an account hold, and no data. */
export const lookStatements = (ground: Ground): readonly Statement[] => [
  ...servicesIn(ground.account).map((service) => readStatement(ground, service)),
  readContracts(ground),
];

/** Lets Terraform compare the zone with what is deployed. */
export const planStatements = (ground: Ground): readonly Statement[] => [
  ...lookStatements(ground),
  readFunctionVariables(ground),
];
