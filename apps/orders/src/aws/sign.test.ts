import { signedHeaders } from "./sign";

describe("signedHeaders", () => {
  const request = {
    url: new URL("https://example.amazonaws.com/"),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Param1=value1",
    region: "us-east-1",
    service: "service",
    now: new Date("2015-08-30T12:36:00Z"),
  };
  const credentials = {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  };

  it("signs AWS's own example of a POST request as AWS does", () => {
    expect(signedHeaders(request, credentials)).toEqual({
      "content-type": "application/x-www-form-urlencoded",
      "x-amz-date": "20150830T123600Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    });
  });

  it("signs the session's token too", () => {
    const headers = signedHeaders(request, { ...credentials, sessionToken: "token" });
    expect(headers["x-amz-security-token"]).toBe("token");
    expect(headers.authorization).toContain("host;x-amz-date;x-amz-security-token");
  });
});
