import { expect, test } from "vitest";
import { createTransport } from "../../../src/adapters/jira/transport.ts";
import { TINY } from "./support.ts";

test.each([
  "https://evil.example/rest/api/3/field",
  "http://acme.example/",
  "https://acme.example:8443/",
  "",
  "//x",
])("REL-71: nothing is sent to %j, which is not the origin of the settings", async (uri) => {
  const send = createTransport("https://acme.example", TINY);
  expect(await send({ uri, method: "GET", auth: { bearer: "canary" } })).toEqual({
    kind: "failure",
    code: "jira-unexpected",
    seen: "an address of another origin",
    transient: false,
  });
});
