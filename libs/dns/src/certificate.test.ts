import { type Duty, type Zone, type ZoneInput } from "@landfall/core";
import { organizationZone, synthStack, testZone, twoRegionZone } from "@landfall/testing";
import { Certificate, type CertificateProps, type KeyAlgorithm } from "./certificate";

const delegated: Partial<ZoneInput> = { dns: { delegated: true } };

const certificate = (
  change: Partial<CertificateProps> = {},
  zone: Zone = testZone(delegated),
  duty: Duty = "network",
) =>
  synthStack((stack) => new Certificate(stack, "Certificate", { zoneId: "Z1", ...change }), {
    zone,
    definition: { name: "sample", scope: "global", accounts: [duty] },
  });

describe("Certificate", () => {
  it("covers the account's domain and all names below it, with an elliptic key", () => {
    expect(certificate().resource("aws_acm_certificate")).toMatchObject({
      domain_name: "test.example.com",
      subject_alternative_names: ["*.test.example.com"],
      validation_method: "DNS",
      key_algorithm: "EC_prime256v1",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is the same in each region, proven by one record", () => {
    const stack = certificate({}, twoRegionZone(delegated));
    expect(stack.resources("aws_acm_certificate").map(({ provider }) => provider)).toEqual([
      "aws.eu-central-1",
      "aws",
    ]);
    const record = stack.resource("aws_route53_record");
    expect(record).toMatchObject({ zone_id: "Z1", type: "CNAME" });
    const validations = stack.resources("aws_acm_certificate_validation");
    expect(validations).toHaveLength(2);
    for (const validation of validations) {
      expect(validation).toMatchObject({
        validation_record_fqdns: [expect.stringContaining("aws_route53_record.")],
        timeouts: { create: "30m" },
      });
    }
    expect(validations.map(({ provider }) => provider)).toEqual(["aws.eu-central-1", "aws"]);
  });

  it("makes a record for each name that has to be proven: a wildcard is proven with its domain", () => {
    const names = ["test.example.com", "*.test.example.com", "*.api.test.example.com"];
    const records = certificate({ names }).resources("aws_route53_record");
    expect(records.map(({ name }) => /== "([^"]+)"/.exec(String(name))?.[1])).toEqual([
      "api.test.example.com",
      "test.example.com",
    ]);
    expect(records[0]).toMatchObject({
      name: expect.stringMatching(
        /^\$\{one\(distinct\(\[for option in aws_acm_certificate\.Certificate_Resource-eu-west-1_\w+\.domain_validation_options : option\.resource_record_name if trimprefix\(option\.domain_name, "\*\."\) == "api\.test\.example\.com"\]\)\)\}$/,
      ),
      records: [expect.stringContaining("option.resource_record_value")],
    });
  });

  it("covers the zone's names that the account answers for", () => {
    const zone = organizationZone({
      dns: {
        delegated: true,
        certificateNames: ["www.test.example.com", "*.workload.test.example.com"],
      },
    });
    const [network] = certificate({}, zone).resources("aws_acm_certificate");
    expect(network).toMatchObject({ domain_name: "www.test.example.com", subject_alternative_names: [] });
    const [workload] = certificate({}, zone, "workload").resources("aws_acm_certificate");
    expect(workload).toMatchObject({
      domain_name: "*.workload.test.example.com",
      subject_alternative_names: [],
    });
  });

  it("covers an account's own domain where the zone names none of it", () => {
    const zone = organizationZone({ dns: { delegated: true, certificateNames: ["www.test.example.com"] } });
    const [workload] = certificate({}, zone, "workload").resources("aws_acm_certificate");
    expect(workload?.domain_name).toBe("workload.test.example.com");
  });

  it("has another key, names and regions where asked", () => {
    const stack = certificate({
      keyAlgorithm: "RSA_2048",
      names: ["www.test.example.com"],
      regions: ["us-east-1"],
    });
    expect(stack.resource("aws_acm_certificate")).toMatchObject({
      provider: "aws.us-east-1",
      domain_name: "www.test.example.com",
      key_algorithm: "RSA_2048",
    });
  });

  it("refuses a domain that is not delegated, for which ACM would never answer", () => {
    expect(() => certificate({}, testZone())).toThrow(
      /'zone\.dns\.delegated' must be true: .* the parent of test\.example\.com delegates to this zone, got: false/,
    );
  });

  it("names every bad prop at once", () => {
    expect(() =>
      certificate({
        names: [`${"a".repeat(60)}.test.example.com`, "www.example.com"],
        keyAlgorithm: "RSA_1024" as KeyAlgorithm,
        regions: [],
      }),
    ).toThrow(
      /'names\.0' must be at most 64[^]*'names\.1' must be test\.example\.com or a lower-case name below it[^]*got: "www\.example\.com"[^]*'keyAlgorithm' must be one of EC_prime256v1, RSA_2048[^]*'regions' must be/,
    );
  });

  it.each([[[]], [["a.test.example.com", "a.test.example.com"]]])("refuses the names %j", (names) => {
    expect(() => certificate({ names })).toThrow("'names' must be 1 to 10 names that differ");
  });

  it("has no ARN in a region without it", () => {
    expect(() =>
      synthStack((stack) => new Certificate(stack, "Certificate", { zoneId: "Z1" }).arnIn("us-west-2"), {
        zone: testZone(delegated),
      }),
    ).toThrow("has no certificate in us-west-2");
  });
});
