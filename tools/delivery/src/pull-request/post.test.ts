import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { MARKER } from "./comment";
import { postToGitHub } from "./post";

/** Stands for GitHub's API, which no machine of ours may call. */
let server: Server;
let api = "";
let comments: { id: number; body: string }[] = [];
let refuses = false;
const calls: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      calls.push(`${request.method} ${request.url}`);
      if (refuses || request.headers.authorization !== "Bearer token") {
        response.writeHead(403, "Forbidden").end("{}");
        return;
      }
      const { body = "" } = text === "" ? {} : (JSON.parse(text) as { body?: string });
      if (request.method === "POST") comments.push({ id: 2, body });
      if (request.method === "PATCH")
        comments = comments.map((each) => (each.id === 1 ? { id: 1, body } : each));
      response.end(JSON.stringify(comments));
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  calls.length = 0;
  refuses = false;
});

const post = (body: string) =>
  postToGitHub({ kind: "github", repository: "example/landing-zone", number: 7, token: "token", api }, body);

describe("postToGitHub", () => {
  it("adds a comment where there is none of ours", async () => {
    comments = [{ id: 9, body: "looks good" }];
    await post(`${MARKER}\nplan`);
    expect(comments).toEqual([
      { id: 9, body: "looks good" },
      { id: 2, body: `${MARKER}\nplan` },
    ]);
    expect(calls.at(-1)).toBe("POST /repos/example/landing-zone/issues/7/comments");
  });

  it("renews our earlier comment", async () => {
    comments = [{ id: 1, body: `${MARKER}\nold` }];
    await post(`${MARKER}\nnew`);
    expect(comments).toEqual([{ id: 1, body: `${MARKER}\nnew` }]);
    expect(calls.at(-1)).toBe("PATCH /repos/example/landing-zone/issues/comments/1");
  });

  it("says what the token lacks where GitHub refuses, and never the token", async () => {
    refuses = true;
    const error: unknown = await post("x").catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(
      /GitHub refuses the comment on pull request 7 .*403 Forbidden.*write pull requests/,
    );
    expect(String(error)).not.toContain("token;");
  });
});
