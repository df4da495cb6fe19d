import { type Zone } from "@landfall/core";
import {
  type Attributes,
  organizationZone,
  type PolicyStatement,
  statementsOf,
  synthApp,
  type SynthesizedStack,
  testZone,
  twoRegionZone,
} from "@landfall/testing";
import { definition } from "./stack";

const CLASSES = ["logs", "data", "messages", "secrets", "artifacts"] as const;
const ACCOUNT = "123456789012";
const synth = (zone: Zone) => synthApp({ zone, definitions: [definition] });
const instance = (zone: Zone, name: string): SynthesizedStack => {
  const found = synth(zone)[name];
  if (!found) throw new Error(`no instance ${name}`);
  return found;
};

/** The policies of a stack's keys by class, whether primaries or replicas. */
const policies = (stack: SynthesizedStack): Record<string, Record<string, PolicyStatement>> => {
  const keys: Record<string, Attributes> = {
    ...stack.json.resource?.aws_kms_key,
    ...stack.json.resource?.aws_kms_replica_key,
  };
  return Object.fromEntries(
    Object.entries(keys).map(([address, { policy }]) => [
      String(address.split("_")[0]).toLowerCase(),
      statementsOf(policy),
    ]),
  );
};
const via = (...services: string[]) => ({
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Condition: {
    StringEquals: {
      "kms:CallerAccount": ACCOUNT,
      "kms:ViaService": services.map((service) => `${service}.eu-west-1.amazonaws.com`),
    },
  },
});

describe("KeysStack", () => {
  const home = instance(testZone(), "test-keys-eu-west-1");

  it("has a rotated key for each class, which can be replicated whenever the zone gets a recovery region", () => {
    const names = home.resources("aws_kms_alias").map(({ name }) => name);
    expect(names.sort()).toEqual(CLASSES.map((name) => `alias/test-${name}`).sort());
    for (const key of home.resources("aws_kms_key")) {
      expect(key).toMatchObject({ enable_key_rotation: true, multi_region: true });
    }
  });

  it("publishes every key", () => {
    expect(home.resources("aws_ssm_parameter").map(({ name }) => name)).toHaveLength(CLASSES.length);
  });

  it("lets nobody lose a key, and nobody from outside use one", () => {
    for (const statements of Object.values(policies(home))) {
      expect(statements.DenyLosingTheKey).toMatchObject({ Effect: "Deny", Principal: { AWS: "*" } });
      const open = Object.values(statements).filter(
        ({ Effect, Principal, Condition }) =>
          Effect === "Allow" && JSON.stringify(Principal) === '{"AWS":"*"}' && Condition === undefined,
      );
      expect(open).toEqual([]);
    }
  });

  it("replicates each key to the recovery region, from the ARN that the home region publishes", () => {
    const recovery = instance(twoRegionZone(), "test-keys-eu-central-1");
    expect(recovery.resources("aws_kms_key")).toEqual([]);
    expect(recovery.resources("aws_kms_replica_key")).toHaveLength(CLASSES.length);
    const [read] = recovery.dataSources("aws_ssm_parameter");
    expect(read).toMatchObject({ provider: "aws.eu-west-1", name: expect.stringMatching(/\/test\/keys\//) });
    expect(new Set(recovery.resources("aws_kms_replica_key").map((key) => key.primary_key_arn)).size).toBe(
      CLASSES.length,
    );
  });

  describe("logs", () => {
    it("is used by log groups, deliveries, Config and the trail of this account, each bound to it", () => {
      const { logs } = policies(home);
      expect(Object.keys(logs ?? {})).toEqual([
        "AdministeredByIam",
        "DenyLosingTheKey",
        "UsedThroughServices",
        "GrantedToServices",
        "LogGroups",
        "DeliveredLogs",
        "ConfigSnapshots",
        "TrailEncrypts",
        "TrailUsesBucketKey",
      ]);
      const trail = `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/test-logging-account`;
      expect(logs).toMatchObject({
        UsedThroughServices: via("s3"),
        LogGroups: {
          Principal: { Service: "logs.eu-west-1.amazonaws.com" },
          Condition: {
            ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${ACCOUNT}:*` },
          },
        },
        DeliveredLogs: {
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": [ACCOUNT] },
            ArnLike: { "aws:SourceArn": [`arn:aws:logs:eu-west-1:${ACCOUNT}:*`] },
          },
        },
        ConfigSnapshots: { Condition: { StringEquals: { "aws:SourceAccount": [ACCOUNT] } } },
        TrailEncrypts: {
          Action: ["kms:GenerateDataKey*"],
          Condition: {
            StringEquals: { "aws:SourceArn": trail },
            StringLike: {
              "kms:EncryptionContext:aws:cloudtrail:arn": `arn:aws:cloudtrail:*:${ACCOUNT}:trail/*`,
            },
          },
        },
        TrailUsesBucketKey: { Condition: { StringEquals: { "aws:SourceArn": trail } } },
      });
    });

    it("is not used by Config where the zone does not record", () => {
      const zone = testZone({ services: { config: false } });
      expect(policies(instance(zone, "test-keys-eu-west-1")).logs).not.toHaveProperty("ConfigSnapshots");
    });

    it("takes the logs of every account in an organization's log archive, and of its own elsewhere", () => {
      const zone = organizationZone();
      const all = zone.accounts.map(({ id }) => id);
      const archive = policies(instance(zone, "test-keys-log-archive-eu-west-1")).logs;
      expect(archive).toMatchObject({
        DeliveredLogs: { Condition: { StringEquals: { "aws:SourceAccount": all } } },
        ConfigSnapshots: { Condition: { StringEquals: { "aws:SourceAccount": all } } },
        TrailEncrypts: {
          Condition: {
            StringEquals: {
              "aws:SourceArn": "arn:aws:cloudtrail:eu-west-1:555555555555:trail/test-logging-account",
            },
          },
        },
      });
      const workload = policies(instance(zone, "test-keys-workload-eu-west-1")).logs;
      expect(workload).toMatchObject({
        DeliveredLogs: { Condition: { StringEquals: { "aws:SourceAccount": ["444444444444"] } } },
      });
      for (const sid of ["ConfigSnapshots", "TrailEncrypts", "TrailUsesBucketKey"]) {
        expect(workload).not.toHaveProperty(sid);
      }
    });

    it("is not used by the trail in the recovery region, which has no bucket for it", () => {
      const { logs } = policies(instance(twoRegionZone(), "test-keys-eu-central-1"));
      expect(logs).toHaveProperty("ConfigSnapshots");
      expect(logs).not.toHaveProperty("TrailEncrypts");
    });
  });

  it("uses the data key through buckets, tables, volumes, backups and functions", () => {
    const { data } = policies(home);
    expect(data).toMatchObject({
      UsedThroughServices: via("backup", "dynamodb", "ec2", "lambda", "network-firewall", "s3"),
    });
    expect(data).toMatchObject({
      GrantedToServices: { Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } } },
    });
    expect(data).not.toHaveProperty("DecryptedByServiceRoles");
  });

  it("lets Macie look into data where it is on", () => {
    const zone = testZone({ services: { macie: true } });
    expect(policies(instance(zone, "test-keys-eu-west-1")).data).toMatchObject({
      DecryptedByServiceRoles: {
        Condition: {
          ArnEquals: {
            "aws:PrincipalArn": [
              `arn:aws:iam::${ACCOUNT}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie`,
            ],
          },
        },
      },
    });
  });

  it("lets alarms, events, buckets and topics of this account send encrypted messages", () => {
    const { messages } = policies(home);
    expect(messages).toMatchObject({ UsedThroughServices: via("sns", "sqs") });
    for (const sid of ["UsedByCloudwatch", "UsedByEvents", "UsedByS3", "UsedBySns"]) {
      expect(messages?.[sid]).toMatchObject({
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
      });
    }
  });

  it("uses the keys of secrets and artifacts through their services alone", () => {
    const { secrets, artifacts } = policies(home);
    expect(secrets).toMatchObject({ UsedThroughServices: via("secretsmanager", "ssm") });
    expect(artifacts).toMatchObject({
      UsedThroughServices: via("codebuild", "codepipeline", "ecr", "s3", "signer"),
    });
    for (const statements of [secrets, artifacts]) {
      expect(JSON.stringify(statements)).not.toContain('"Service"');
    }
  });
});
