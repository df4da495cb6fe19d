import { explainFailure, parseTextErrors, shortened } from "./failure";
import type { Diagnostic } from "./ui-stream";

const error = (summary: string, detail = "", address?: string): Diagnostic => ({
  severity: "error",
  summary,
  detail,
  address,
});
const explain = (...diagnostics: Diagnostic[]) =>
  explainFailure("network  deploy", diagnostics, {
    zone: "sandbox",
    stack: "network",
    log: "dist/deploy.log",
    sourceLines: (address) =>
      address === "aws_subnet.s" ? ["stacks/network/src/stack.ts:31", "libs/network/src/vpc.ts:60"] : [],
  }).message;

const providerError =
  "creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: emUp, api error InvalidVpcID.NotFound: VpcID vpc-1 does not exist.";

describe("explainFailure", () => {
  it("names the resource, what the provider said, the lines that made it, and the log", () => {
    expect(explain(error(providerError, "", "aws_subnet.s"))).toBe(
      [
        "network  deploy failed: aws_subnet.s: creating EC2 Subnet: InvalidVpcID.NotFound: VpcID vpc-1 does not exist.",
        "      at stacks/network/src/stack.ts:31",
        "      at libs/network/src/vpc.ts:60",
        "    log: dist/deploy.log",
      ].join("\n"),
    );
  });

  it("leaves warnings out, and all but the first errors", () => {
    const message = explain(
      { ...error("careful"), severity: "warning" },
      ...[1, 2, 3, 4, 5, 6, 7].map((n) => error(`e${n}`)),
    );

    expect(message).not.toContain("careful");
    expect(message).toMatch(/e5\n {4}and 2 more\n/);
  });

  it("says so when Terraform ends without an error of its own", () => {
    expect(explain()).toMatch(/^network {2}deploy failed: Terraform ended without saying why\n/);
  });

  it.each([
    [
      "no credentials",
      error("No valid credential sources found"),
      /no AWS credentials for zone sandbox: sign in/,
    ],
    [
      "expired credentials",
      error("api error ExpiredToken: The security token included in the request is expired"),
      /the AWS session for zone sandbox has expired: sign in again/,
    ],
    [
      "no state bucket",
      error("Error refreshing state", 'S3 bucket "sandbox-state-123456789012-eu-west-1" does not exist.'),
      /not there yet: an administrator makes it with `npm run bootstrap -- --zone sandbox`/,
    ],
    [
      "another account",
      error("AWS account ID not allowed: 111122223333"),
      /not for zone sandbox: AWS account ID not allowed: 111122223333/,
    ],
    [
      "no provider",
      error(
        "Failed to query available provider packages",
        "Could not retrieve the list of available versions for provider\nhashicorp/aws: no route\n\nTo see which modules are",
      ),
      /neither from a mirror .* nor from the registry/,
    ],
    [
      "a role that is refused",
      error(
        "Cannot assume IAM Role",
        "IAM Role (arn:aws:iam::123456789012:role/sandbox-deploy) cannot be assumed.\n\nError: operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: User: arn:aws:iam::123456789012:user/ana is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/sandbox-deploy",
      ),
      /AWS refuses to assume arn:aws:iam::123456789012:role\/sandbox-deploy \(AccessDenied\): .* sts:AssumeRole on it; .*`npm run bootstrap -- --zone sandbox`/,
    ],
    [
      "a session that expired before the role was assumed",
      error(
        "Cannot assume IAM Role",
        "api error ExpiredToken: The security token included in the request is expired",
      ),
      /has expired: sign in again/,
    ],
    [
      "a lock file that does not fit",
      error(
        "Failed to query available provider packages",
        "locked provider registry.terraform.io/hashicorp/aws 5.100.0 does not match configured\nversion constraint >= 6.0.0",
      ),
      /asks for providers that \.terraform\.lock\.hcl does not pin/,
    ],
    [
      "another checksum",
      error("Failed to install", "doesn't match any of the\nchecksums"),
      /terraform providers lock/,
    ],
  ])("gives the next step for %s", (_what, diagnostic, expected) => {
    expect(explain(diagnostic)).toMatch(expected);
  });

  it("says who holds the lock, and how to release it", () => {
    const detail =
      "resource temporarily unavailable\nLock Info:\n  ID:        4f2a\n  Who:       ana@laptop\n  Operation: OperationTypeApply\n  Created:   2026-01-02 03:04:05.6 +0000 UTC";
    expect(explain(error("Error acquiring the state lock", detail))).toMatch(
      /the state is locked by ana@laptop, for a deploy or a destroy, since 2026-01-02 03:04:05 UTC .*: wait for that run to end; if it is dead: npx nx unlock network --configuration=sandbox --id=4f2a\n/,
    );
  });
});

describe("shortened", () => {
  it("keeps what matters of an error after retries", () => {
    expect(
      shortened(
        "retrieving caller identity: operation error STS: GetCallerIdentity, exceeded maximum number of attempts, 5, https response error StatusCode: 0, RequestID: , request send failed, Post x",
      ),
    ).toBe("retrieving caller identity: request send failed, Post x");
  });

  it("keeps it to one line of bearable length", () => {
    expect(shortened(`a\n\n  b ${"c".repeat(1_000)}`)).toMatch(/^a b c{396}…$/);
  });
});

describe("parseTextErrors", () => {
  it("reads the errors that init prints", () => {
    expect(parseTextErrors("\nError: one\n\nbecause\nof it\n\n\nError: two\n")).toEqual([
      error("one", "because\nof it"),
      error("two"),
    ]);
  });
});
