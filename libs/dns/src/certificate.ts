import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { type Account, type Zone, zoneRegions } from "@landfall/core";
import { type Constraint, validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { accountDomain, answeringAccount, withinDomain } from "./account-domain";

/** The keys that a certificate may have. RSA is for clients that don't know elliptic curves. */
export const KEY_ALGORITHMS = ["EC_prime256v1", "RSA_2048"] as const;

export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

export interface CertificateProps {
  /** The public hosted zone of the account's domain, which proves that the names are the account's. */
  readonly zoneId: string;
  /**
   * The names that it covers, each the account's domain or below it, 1 to 10.
   * @default those of the zone's `dns.certificateNames` that the account answers for; where there is none, the account's
   * domain and all names one level below it
   */
  readonly names?: readonly string[];
  /** @default "EC_prime256v1" */
  readonly keyAlgorithm?: KeyAlgorithm;
  /** @default all of the zone's regions */
  readonly regions?: readonly string[];
}

/** ACM's quota of names. */
const MOST_NAMES = 10;
/** A certificate's common name can't be longer (RFC 5280). */
const LONGEST_FIRST_NAME = 64;
const VALIDATION_TTL_SECONDS = 300;
/** ACM takes minutes. Terraform waits 75 by default. */
const VALIDATION_TIMEOUT = "30m";

/** The names that a certificate of the account covers where nothing else is said. */
const defaultNames = (zone: Zone, account: Account): readonly string[] => {
  const domain = accountDomain(zone, account);
  const own = zone.dns.certificateNames.filter((name) => answeringAccount(zone, name)?.id === account.id);
  return own.length > 0 ? own : [domain, `*.${domain}`];
};

/**
 * The same certificate in each region, proven by DNS and renewed by ACM for as long as the proof is there.
 *
 * A domain that is not delegated proves nothing: ACM would never answer, and the first deploy would wait in vain.
 *
 * @see ACM.1 (renewal), ACM.2 (key length), https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export class Certificate extends Construct {
  private readonly arns = new Map<string, string>();

  constructor(scope: Construct, id: string, props: CertificateProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const names = props.names ?? defaultNames(zone, account);
    const regions = props.regions ?? zoneRegions(zone);
    validateProps(this, constraints(zone, account, { ...props, names, regions }));

    const certificates = regions.map((region) => {
      const provider = stack.providerIn({ region });
      const certificate = new AcmCertificate(this, `Resource-${region}`, {
        provider,
        domainName: names[0] ?? "",
        subjectAlternativeNames: names.slice(1),
        validationMethod: "DNS",
        keyAlgorithm: props.keyAlgorithm ?? "EC_prime256v1",
        options: { certificateTransparencyLoggingPreference: "ENABLED" },
        // A listener lets go of the old one only when it has the new one.
        lifecycle: { createBeforeDestroy: true },
      });
      return { region, provider, certificate };
    });
    // ACM asks an account for the same proof of a name, and of all below it, in every region.
    const [first] = certificates;
    const proven = [...new Set(names.map((name) => name.replace(/^\*\./, "")))];
    const proofs = first ? proven.map((name) => this.proof(first.certificate, name, props.zoneId)) : [];
    for (const { region, provider, certificate } of certificates) {
      const validation = new AcmCertificateValidation(this, `Validation-${region}`, {
        provider,
        certificateArn: certificate.arn,
        validationRecordFqdns: proofs.map(({ fqdn }) => fqdn),
        timeouts: { create: VALIDATION_TIMEOUT },
      });
      // Whoever uses it waits until it is issued.
      this.arns.set(region, validation.certificateArn);
    }
  }

  /** The certificate's ARN in a region. @throws Error for a region that has none */
  arnIn(region: string): string {
    const arn = this.arns.get(region);
    if (arn === undefined) throw new Error(`'${this.node.path}' has no certificate in ${region}`);
    return arn;
  }

  /** The record that ACM asks for as proof of a name. */
  private proof(certificate: AcmCertificate, name: string, zoneId: string): Route53Record {
    // ACM's answer is a set: it is looked into by the name, which is known at synthesis, since for_each would need known keys.
    const options = `${certificate.terraformResourceType}.${certificate.friendlyUniqueId}.domain_validation_options`;
    const asked = (attribute: string) =>
      `\${one(distinct([for option in ${options} : option.${attribute} if trimprefix(option.domain_name, "*.") == "${name}"]))}`;
    return new Route53Record(this, `Proof-${name}`, {
      zoneId,
      name: asked("resource_record_name"),
      type: "CNAME",
      ttl: VALIDATION_TTL_SECONDS,
      records: [asked("resource_record_value")],
    });
  }
}

const constraints = (
  zone: Zone,
  account: Account,
  { names, regions, keyAlgorithm }: CertificateProps & Required<Pick<CertificateProps, "names" | "regions">>,
): Constraint[] => [
  {
    prop: "zone.dns.delegated",
    value: zone.dns.delegated,
    valid: zone.dns.delegated,
    allowed: `true: a certificate is issued only once the parent of ${zone.domain} delegates to this zone`,
  },
  {
    prop: "names",
    value: names,
    valid: names.length >= 1 && names.length <= MOST_NAMES && new Set(names).size === names.length,
    allowed: `1 to ${MOST_NAMES} names that differ`,
  },
  {
    prop: "names.0",
    value: names[0],
    valid: (names[0] ?? "").length <= LONGEST_FIRST_NAME,
    allowed: `at most ${LONGEST_FIRST_NAME} characters long: put a shorter name first`,
  },
  ...names.map((name, index) => withinDomain(`names.${index}`, name, zone, account)),
  {
    prop: "keyAlgorithm",
    value: keyAlgorithm,
    valid: keyAlgorithm === undefined || KEY_ALGORITHMS.includes(keyAlgorithm),
    allowed: `one of ${KEY_ALGORITHMS.join(", ")}`,
  },
  {
    prop: "regions",
    value: regions,
    valid: regions.length >= 1 && new Set(regions).size === regions.length,
    allowed: "regions that differ, and at least one",
  },
];
